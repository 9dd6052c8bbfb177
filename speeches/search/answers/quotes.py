"""Finding the paragraph that a quotation stands in, even when a word or two of it is wrong.

The index gives the few paragraphs that hold the rarest words of the quotation (`anchors`);
those are compared with it word for word (`alignment`). Both steps are bounded, whatever is
pasted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from speeches.search.answers.alignment import Place, exact_places, locate
from speeches.search.answers.anchors import Anchors
from speeches.search.answers.found import PassageMatch
from speeches.search.answers.passages import frequencies, passages_at
from speeches.search.index.backends import backend
from speeches.search.index.live import asked_again, live
from speeches.search.words.language import words

MOST_WORDS = 400
MOST_ALIGNED = 20


@dataclass(frozen=True)
class QuoteMatch:
    """A paragraph that holds a quotation: in its words from `start_word` up to `end_word`.

    Words are counted as `language.words` gives them.
    """

    passage: PassageMatch
    start_word: int
    end_word: int
    similarity: float
    exact: bool


@asked_again
def find_quote(quote: Sequence[str], limit: int = 20, *, nearly: bool = True) -> list[QuoteMatch]:
    """Return the paragraphs that hold a quotation, given as folded words.

    Word for word where there are such, the newest first; else those that hold nearly the
    same, the most similar first, unless `nearly` is not wanted.

    Raises TooSlow when the database takes longer than it may.
    """
    sought = tuple(quote[:MOST_WORDS])
    with backend().bounded():
        now = live()
        if now is None or not sought or not now.languages:
            return []
        anchors = Anchors(now, sought)
        numbers = anchors.word_for_word()
        passages = passages_at(now, numbers)
        found: list[QuoteMatch] = []
        for number in numbers.tolist():
            if number in passages and len(found) < limit:
                text = words(passages[number].text)
                found += [_match(passages[number], p) for p in exact_places(sought, text, most=1)]
        if found or not nearly:
            return found
        numbers = anchors.nearest(MOST_ALIGNED)
        passages = passages_at(now, numbers)
    for number in numbers.tolist():
        if number in passages:
            place = locate(sought, words(passages[number].text))
            if place is not None and place.is_near:
                found.append(_match(passages[number], place))
    return sorted(found, key=lambda match: -match.similarity)[:limit]


@asked_again
def holding(forms: Sequence[str], limit: int) -> list[PassageMatch]:
    """Return visible paragraphs that hold the rarest of some words, the newest first."""
    with backend().bounded():
        now = live()
        if now is None or not forms:
            return []
        anchors = Anchors(now, forms)
        numbers = anchors.visible(anchors.numbers(limit))
        passages = passages_at(now, numbers)
        return [passages[number] for number in numbers.tolist() if number in passages]


def rarest(quote: Iterable[str]) -> list[str]:
    """Return the distinct words of a quotation that the archive knows, the rarest first."""
    counted = frequencies(dict.fromkeys(quote))
    return sorted((word for word, count in counted.items() if count), key=counted.__getitem__)


def _match(passage: PassageMatch, place: Place) -> QuoteMatch:
    return QuoteMatch(passage, place.start, place.end, place.similarity, place.is_exact)
