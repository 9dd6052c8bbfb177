"""Exact phrases: the words as they are said, in order, which stems alone cannot tell.

A pair of words that is common is a token of its own. Any other phrase is looked for by its
rarest tokens; where those leave few passages, each is read. Where even a phrase of stems
stands in thousands, reading all of them would take too long: then the stems decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from speeches.search.answers.vocabulary import passages_of_tokens
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.expressions import Expression, Token, adjacent, all_of, any_of
from speeches.search.index.live import Live
from speeches.search.index.tables import HIGHEST, ROW_BITS, SPEECH_BITS
from speeches.search.index.tokens import pair_token, spaced
from speeches.search.words.language import stem_all, words

ANCHORS = 4
MOST_READ = 3000
MOST_STANDING = 400_000


@dataclass(frozen=True)
class PhraseHits:
    """Where a phrase stands.

    `expression` holds for every such passage and, unless `numbers` lists them, for no other.
    `is_read` says that the passages were read, so that `numbers` holds none by its stems
    only; `readings` are those stems in each language.
    """

    expression: Expression
    numbers: Numbers | None = None
    likely: int = 0
    is_read: bool = False
    readings: tuple[tuple[str, ...], ...] = ()


def find_phrase(live: Live, forms: Sequence[str]) -> PhraseHits:
    """Return where the words of a phrase stand next to each other."""
    common = [pair_token(*pair) for pair in pairwise(forms) if pair in live.pairs]
    if len(forms) == 2 and common:
        counts = passages_of_tokens(live, common)
        return PhraseHits(Token(common[0]), likely=counts.get(common[0], 0))
    readings = _readings(live, forms)
    counts = passages_of_tokens(live, {*common, *(stem for some in readings for stem in some)})
    known = [some for some in readings if all(stem in counts for stem in some)]
    if not known or any(pair not in counts for pair in common):
        return PhraseHits(any_of([]), np.empty(0, np.int64))
    pairs: list[Expression] = [Token(pair) for pair in common]
    whole = any_of(all_of([*pairs, adjacent(stems)]) for stems in known)
    rarest = [
        sorted({*common, *stems}, key=lambda token: counts[token])[:ANCHORS] for stems in known
    ]
    fewest = sum(counts[tokens[0]] for tokens in rarest)
    if fewest <= MOST_READ:
        anchors = any_of(all_of(map(Token, tokens)) for tokens in rarest)
        numbers = _passages(live, anchors, MOST_READ, fewest)
    else:
        numbers = _passages(live, whole, MOST_STANDING, 0)
        if len(numbers) > MOST_READ:
            return PhraseHits(whole, numbers, len(numbers), readings=tuple(known))
    said = _read(live, numbers, forms)
    return PhraseHits(whole, said, len(said), is_read=True, readings=tuple(known))


def _readings(live: Live, forms: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the stems of the words in each language of the archive, without repetition.

    Names are of no language: they stand in the index as they are.
    """
    readings = {tuple(stem_all(forms, language)) for language in live.languages}
    return sorted({tuple(forms), *readings})


def _passages(live: Live, expression: Expression, limit: int, likely: int) -> Numbers:
    return backend().passages_with(live.tables, expression, 0, HIGHEST, limit, likely)


def _read(live: Live, numbers: Numbers, forms: Sequence[str]) -> Numbers:
    """Keep the passages in which the words stand just so."""
    texts = backend().joined(live.tables, "text", numbers)
    said = [number for number, text in texts if says(text, forms)]
    headings = numbers[(numbers & ((1 << ROW_BITS) - 1)) == 0]
    for number, tokens in backend().tokens_of(live.tables, headings) if len(headings) else ():
        held = f" {tokens} "
        if any(spaced(stems) in held for stems in _readings(live, forms)):
            said.append(number)
    return np.array(sorted(said, reverse=True), np.int64)


def says(text: str, forms: Sequence[str]) -> bool:
    """Say whether a text says the words of a phrase one after the other."""
    if text.isascii():
        # Most texts that do not are told by a look at the letters, ten times as fast.
        letters = text.lower().replace("'", "")
        if not all(form in letters for form in forms):
            return False
    return f" {' '.join(forms)} " in f" {' '.join(words(text))} "


def speeches_of(numbers: Numbers) -> Numbers:
    """Return the speeches that passages belong to, each once."""
    return np.unique((numbers >> ROW_BITS) & ((1 << SPEECH_BITS) - 1))
