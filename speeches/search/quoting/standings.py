"""Where in a whole text a quotation stands: over two paragraphs, or in parts with omissions.

`quotes.find_quote` looks into one paragraph at a time. What it cannot find there is looked
for in the texts that hold pieces of it, read from their first paragraph to their last.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from operator import attrgetter

from speeches.models import Passage
from speeches.search.answers.alignment import LEAST_SIMILARITY, Place, locate_parts
from speeches.search.answers.found import PassageMatch
from speeches.search.answers.quotes import find_quote, holding
from speeches.search.quoting.quotation import Quotation
from speeches.search.words.language import words

MOST_FOUND = 500
MOST_TEXTS = 8
MOST_PASSAGES = 3000
"""Paragraphs read of all these texts together."""
MOST_CHUNKS = 6
CHUNK_WORDS = 12
EACH_CHUNK = 60


@dataclass(frozen=True)
class Piece:
    """Words of one paragraph, from `start_word` up to `end_word`."""

    passage: PassageMatch
    start_word: int
    end_word: int


@dataclass(frozen=True)
class Standing:
    """A quotation in one text of a speech.

    `parts` holds for each part of the quotation its pieces: none where the part is missing,
    several where it runs over the end of a paragraph.
    """

    speech_id: int
    language: str
    parts: tuple[tuple[Piece, ...], ...]
    similarity: float
    exact: bool


def find_standings(quotation: Quotation) -> list[Standing]:
    """Return where a quotation stands: word for word, or else the nearest to it first."""
    matches = find_quote(quotation.plain.words, MOST_FOUND)
    inside = [
        Standing(
            match.passage.speech_id,
            match.passage.language,
            ((Piece(match.passage, match.start_word, match.end_word),),),
            match.similarity,
            match.exact,
        )
        for match in matches
    ]
    if inside and inside[0].exact:
        return inside
    across = _find_in_texts(quotation)
    if exact := [standing for standing in across if standing.exact]:
        return exact
    if quotation.is_cut and across:
        return across
    return sorted([*inside, *across], key=lambda standing: -standing.similarity)


def _find_in_texts(quotation: Quotation) -> list[Standing]:
    passages = _likely_passages(quotation)
    found = (_standing(quotation, text) for text in _texts_of(passages))
    standing = [one for one in found if one is not None]
    return sorted(standing, key=lambda one: (-one.similarity, -one.speech_id))


def _likely_passages(quotation: Quotation) -> list[PassageMatch]:
    """Return a paragraph of each text that holds most pieces of the quotation."""
    votes: Counter[tuple[int, str]] = Counter()
    first: dict[tuple[int, str], PassageMatch] = {}
    for chunk in _chunks(quotation):
        texts: dict[tuple[int, str], PassageMatch] = {}
        for passage in holding(chunk, EACH_CHUNK):
            texts.setdefault((passage.speech_id, passage.language), passage)
        votes.update(texts.keys())
        first = texts | first
    return [first[key] for key, _votes in votes.most_common(MOST_TEXTS)]


def _chunks(quotation: Quotation) -> Iterator[Sequence[str]]:
    """Yield pieces of the quotation that are likely to stand in one paragraph each."""
    longest = sorted(quotation.parts, key=lambda part: -len(part.words))[:MOST_CHUNKS]
    each = max(1, MOST_CHUNKS // len(longest))
    for part in longest:
        count = min(each, max(1, len(part.words) // (CHUNK_WORDS // 2)))
        length = -(-len(part.words) // count)
        for start in range(0, len(part.words), length):
            chunk = part.words[start : start + length]
            yield chunk if length <= 2 * CHUNK_WORDS else chunk[:CHUNK_WORDS]


def _texts_of(passages: Iterable[PassageMatch]) -> Iterator[list[PassageMatch]]:
    """Yield all paragraphs of the texts that some paragraphs belong to, in reading order."""
    keys = [passage.passage_id for passage in passages]
    rows = (
        Passage.objects.filter(
            speech_text__in=Passage.objects.filter(pk__in=keys).values("speech_text"),
            retired_at=None,
        )
        .order_by("speech_text_id", "position")
        .values_list("speech_text__speech_id", "pk", "anchor", "speech_text__language", "text")
    )
    read = (PassageMatch(*row) for row in islice(rows.iterator(), MOST_PASSAGES))
    for _text, members in groupby(read, attrgetter("speech_id", "language")):
        yield list(members)


def _standing(quotation: Quotation, passages: list[PassageMatch]) -> Standing | None:
    """Return where a quotation stands in one text, None where too little of it does."""
    cut = [words(passage.text) for passage in passages]
    starts = [0, *accumulate(map(len, cut))]
    flat = [word for passage_words in cut for word in passage_words]
    parts = [part.words for part in quotation.parts]
    places = locate_parts(parts, quotation.gaps, flat)
    total = sum(map(len, parts))
    weighed = zip(parts, places, strict=True)
    similarity = sum(len(part) * place.similarity for part, place in weighed if place) / total
    if similarity < LEAST_SIMILARITY:
        return None
    return Standing(
        passages[0].speech_id,
        passages[0].language,
        tuple(tuple(_pieces(place, passages, starts)) for place in places),
        similarity,
        all(place is not None and place.is_exact for place in places),
    )


def _pieces(
    place: Place | None, passages: Sequence[PassageMatch], starts: Sequence[int]
) -> Iterator[Piece]:
    """Yield the words of a place, cut where a paragraph ends."""
    if place is None:
        return
    start = place.start
    while start < place.end:
        index = bisect_right(starts, start) - 1
        end = min(place.end, starts[index + 1])
        yield Piece(passages[index], start - starts[index], end - starts[index])
        start = end
