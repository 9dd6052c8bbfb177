"""The rarest things that a quotation says, by which the index finds the few likely paragraphs.

An anchor is a word, or a pair of words that is common enough to be a token of its own. Four
anchors together leave few of 400,000 paragraphs even where each word of a quotation alone is
common.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz

from speeches.search.answers.passages import speech_of
from speeches.search.answers.vocabulary import passages_of_tokens, stems_of
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.expressions import Expression, Token, adjacent, all_of, any_of
from speeches.search.index.live import Live
from speeches.search.index.tables import HIGHEST
from speeches.search.index.tokens import pair_token, spaced
from speeches.search.words.language import stem_all

FEW = 4
MORE = 10
MOST_NUMBERS = 500
MOST_LOOSE = 300
"""Paragraphs, the newest, that are taken of each attempt with a word left out."""
MOST_ATTEMPTS = 16


@dataclass(frozen=True)
class Anchor:
    """What the index is asked for, for which words, and in how many paragraphs it stands."""

    expression: Expression
    words: frozenset[str]
    likely: int


class Anchors:
    """The anchors of one quotation, the rarest first."""

    def __init__(self, live: Live, quote: Sequence[str]) -> None:
        self.live = live
        self.quote = quote
        self.readings = sorted({tuple(stem_all(quote, name)) for name in live.languages})
        known = stems_of(live, quote)
        pairs = {pair_token(*pair): pair for pair in pairwise(quote) if pair in live.pairs}
        found = [
            Anchor(Token(token), frozenset(pairs[token]), count)
            for token, count in passages_of_tokens(live, pairs).items()
        ]
        for word, stems in known.items():
            if stems:
                expression = any_of(map(Token, stems))
                found.append(Anchor(expression, frozenset([word]), sum(stems.values())))
        self.unknown = {word for word in quote if not known.get(word)}
        self.all = sorted(found, key=lambda anchor: anchor.likely)

    def chosen(self, most: int, without: frozenset[str] = frozenset()) -> list[Anchor]:
        """Return the rarest anchors, none of them of a word left out, or of one covered."""
        anchors: list[Anchor] = []
        covered: set[str] = set()
        for anchor in self.all:
            if not anchor.words & without and not anchor.words <= covered:
                anchors.append(anchor)
                covered |= anchor.words
            if len(anchors) == most:
                break
        return anchors

    def numbers(self, limit: int, without: frozenset[str] = frozenset()) -> Numbers:
        """Return the paragraphs with the rarest anchors, the newest of them."""
        few = self.chosen(FEW, without)
        found = self._with(few, limit)
        if len(found) == limit:
            found = self._with(self.chosen(MORE, without), limit)
        if len(found) == limit:
            # Nothing in it is rare: let the index compare the places of the words, too.
            stretch = self._stretch(without)
            whole = any_of(adjacent(reading[stretch]) for reading in self.readings)
            found = np.union1d(found, self._with(few, limit, whole))[::-1]
        return found

    def _stretch(self, without: frozenset[str]) -> slice:
        """Return the longest stretch of words that are known and not left out."""
        best, start = slice(0, 0), 0
        for end, word in enumerate([*self.quote, ""]):
            if word in self.unknown or word in without or end == len(self.quote):
                if end - start > best.stop - best.start:
                    best = slice(start, end)
                start = end + 1
        return best

    def word_for_word(self) -> Numbers:
        """Return the paragraphs that may hold the whole quotation, judged by its stems."""
        if self.unknown:
            return np.empty(0, np.int64)
        found = self.numbers(MOST_NUMBERS)
        sought = [spaced(stems) for stems in self.readings]
        rows = backend().tokens_of(self.live.tables, found)
        held = [n for n, tokens in rows if any(stems in f" {tokens} " for stems in sought)]
        return self.visible(np.array(sorted(held, reverse=True), np.int64))

    def nearest(self, most: int) -> Numbers:
        """Return the paragraphs that come nearest to the quotation, the nearest first.

        As given, then without each of its rarest words in turn, then without two of them:
        a wrong word may be rare, and would keep the right paragraph from being found. It
        ends where no more words are wrong than are unknown, or one.
        """
        likeness: dict[int, float] = {}
        wrong = max(1, len(self.unknown))
        enough = 100 * (1 - (wrong + 0.01) / len(self.quote))
        for without in self._attempts():
            found = self.visible(self.numbers(MOST_LOOSE, without))
            new = found[~np.isin(found, np.array(list(likeness), np.int64))]
            for number, tokens in backend().tokens_of(self.live.tables, new):
                stems = tokens.split()
                likeness[number] = max(fuzz.partial_ratio(one, stems) for one in self.readings)
            if max(likeness.values(), default=0) >= enough:
                break
        order = sorted(likeness, key=lambda number: (-likeness[number], -number))
        return np.array(order[:most], np.int64)

    def _attempts(self) -> Iterator[frozenset[str]]:
        """Yield what to leave out: nothing, one word, two words; each attempt asks for others."""
        waiting: list[frozenset[str]] = [frozenset()]
        tried: set[tuple[Anchor, ...]] = set()
        while waiting and len(tried) < MOST_ATTEMPTS:
            without = waiting.pop(0)
            anchors = tuple(self.chosen(FEW, without))
            if not anchors or anchors in tried:
                continue
            tried.add(anchors)
            yield without
            if len(without) < 2:
                words = dict.fromkeys(word for anchor in anchors for word in sorted(anchor.words))
                waiting += [without | {word} for word in words]

    def _with(self, anchors: Sequence[Anchor], limit: int, *more: Expression) -> Numbers:
        if not anchors:
            return np.empty(0, np.int64)
        every = all_of([*(anchor.expression for anchor in anchors), *more])
        tables, likely = self.live.tables, anchors[0].likely
        return backend().passages_with(tables, every, 0, HIGHEST, limit, likely)

    def visible(self, numbers: Numbers) -> Numbers:
        """Return those paragraphs of speeches that the public may see."""
        return numbers[self.live.visible[speech_of(numbers)]]
