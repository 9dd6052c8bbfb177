"""Which passages answer best: BM25 over a bounded number of them, then the words as said.

Both databases give the same passages, and everything after that happens here, so both give
the same order. BM25: Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.live import Live
from speeches.search.index.tables import ROW_BITS
from speeches.search.words.language import words

RANKED = 500
"""Matching passages that are ranked: the newest, where there are more."""

READ_AGAIN = 60
"""The best of them, which are looked at once more in their own words."""

K1, B = 1.2, 0.6
ABOUT = 1.3
"""How much more a word weighs in what is said about a speech, its title for one."""

SAID_EXACTLY = 0.35
NEAR_EACH_OTHER = 0.6
IN_ORDER = 0.5

FEW_TOKENS = 4


@dataclass(frozen=True)
class Scorer:
    """One clause of the query: its tokens, in how many passages they stand, its words."""

    tokens: tuple[str, ...]
    passages: int
    forms: tuple[str, ...] = ()

    def rarity(self, all_passages: int) -> float:
        rest = max(all_passages - self.passages, 0)
        return max(math.log((rest + 0.5) / (self.passages + 0.5)), 0.05)

    def count(self, texts: Sequence[str]) -> np.ndarray:
        """Return how often the tokens stand in each text."""
        if len(self.tokens) <= FEW_TOKENS:
            found = np.zeros(len(texts))
            for token in self.tokens:
                sought = f" {token} "
                found += [text.count(sought) for text in texts]
            return found
        pattern = re.compile(f" (?:{'|'.join(map(re.escape, self.tokens))})(?= )")
        return np.array([len(pattern.findall(text)) for text in texts], float)


def rank(live: Live, numbers: Numbers, scorers: Sequence[Scorer]) -> tuple[Numbers, np.ndarray]:
    """Return passages with their scores, the best first; equals by their day, newest first."""
    if not len(numbers):
        return numbers, np.empty(0)
    rows = sorted(backend().tokens_of(live.tables, numbers), reverse=True)
    texts = [f" {tokens} " for _number, tokens in rows]
    lengths = np.array([len(text) for text in texts], float)
    usual = lengths.mean()
    scores = np.zeros(len(texts))
    for scorer in scorers:
        often = scorer.count(texts)
        scores += scorer.rarity(live.passages) * (
            often * (K1 + 1) / (often + K1 * (1 - B + B * lengths / usual))
        )
    numbers = np.array([number for number, _tokens in rows], np.int64)
    scores[(numbers & ((1 << ROW_BITS) - 1)) == 0] *= ABOUT
    return _ordered(numbers, scores)


def _ordered(numbers: Numbers, scores: np.ndarray) -> tuple[Numbers, np.ndarray]:
    # Rounded, so that the last bit of a sum does not decide between equals.
    order = np.lexsort((-numbers, -np.round(scores, 6)))
    return numbers[order], scores[order]


def rank_again(
    live: Live, numbers: Numbers, scores: np.ndarray, scorers: Sequence[Scorer]
) -> tuple[Numbers, np.ndarray]:
    """Order the best passages by what they say in so many words.

    A word as it was typed counts more than another of its stem, and words close to each
    other more than words apart.
    """
    best = numbers[:READ_AGAIN]
    asked = [scorer for scorer in scorers if scorer.forms]
    if not asked or len(best) < 2:
        return numbers, scores
    scores = scores.copy()
    texts = dict(backend().joined(live.tables, "text", best))
    for place, number in enumerate(best.tolist()):
        if text := texts.get(number):
            scores[place] += _said(words(text), asked, live.passages)
    head, ranked = _ordered(best, scores[:READ_AGAIN])
    return np.concatenate([head, numbers[READ_AGAIN:]]), np.concatenate(
        [ranked, scores[READ_AGAIN:]]
    )


def _said(forms: list[str], asked: Sequence[Scorer], all_passages: int) -> float:
    """Return what a passage gains from saying the words of the query themselves."""
    first: list[int] = []
    gain = 0.0
    for scorer in asked:
        at = [forms.index(form) for form in scorer.forms if form in forms]
        if at:
            gain += SAID_EXACTLY * scorer.rarity(all_passages)
            first.append(min(at))
    if len(first) == len(asked) > 1:
        spread = max(first) - min(first) + 1
        gain += NEAR_EACH_OTHER * len(asked) / spread
        gain += IN_ORDER * all(a < b for a, b in pairwise(first)) * len(asked) / spread
    return gain
