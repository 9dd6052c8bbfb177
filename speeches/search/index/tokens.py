"""From the words of a passage to the tokens that are indexed: stems, then common pairs.

A pair of words that stand together in many speeches, as “united nations” does, is a token
of its own, written `united_nations`. It makes the commonest phrases as cheap as one word,
and holds the words as they are said, not their stems.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from speeches.search.words.language import stem_all, words

LONGEST_ROW = 2000
"""Words of one row of the index. A longer passage is held in several."""

MOST_PAIRS = 6000
PAIR_IN_SPEECHES = 0.03
FEWEST_SPEECHES = 40
TELLING = 0.2
"""In what part of all passages a word stands at most that says something about one."""
FORMULA_IN_SPEECHES, FORMULA_WORDS = 0.3, 0.6
"""The same for formulas such as “united nations”: of common words, in very many speeches."""

Pairs = frozenset[tuple[str, str]]


def rows_of(
    text: str, language: str, pairs: Collection[tuple[str, str]]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words and the tokens of a passage, in rows of a bounded length."""
    forms = words(text)
    for start in range(0, len(forms) or 1, LONGEST_ROW):
        row = forms[start : start + LONGEST_ROW] if len(forms) > LONGEST_ROW else forms
        tokens = stem_all(row, language)
        if pairs:
            tokens += [f"{pair[0]}_{pair[1]}" for pair in pairwise(row) if pair in pairs]
        yield row, tokens


def pair_token(first: str, second: str) -> str:
    return f"{first}_{second}"


def joined(tokens: Iterable[str]) -> str:
    """Join tokens as they are kept: with two spaces, so that each can be counted by its own."""
    return "  ".join(tokens)


def spaced(tokens: Iterable[str]) -> str:
    """Join words so that each has a space of its own on both sides, to be looked for."""
    return f" {joined(tokens)} "


def common_pairs(texts: Iterable[Iterable[str]]) -> Pairs:
    """Return the pairs of words that stand together in many of some speeches.

    `texts` holds for each speech of a sample its passages. Two in a hundred is often enough
    for a token to pay, and the commonest `MOST_PAIRS` keep the index small; so does leaving
    out most pairs with a word such as “the”, which are many and tell little.
    """
    counts: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    speeches = passages_read = 0
    for passages in texts:
        speeches += 1
        held: set[tuple[str, str]] = set()
        for text in passages:
            forms = words(text)
            held.update(pairwise(forms))
            single.update(set(forms))
            passages_read += 1
        counts.update(held)

    def is_common(pair: tuple[str, str], count: int) -> bool:
        share = max(single[pair[0]], single[pair[1]]) / passages_read
        part = PAIR_IN_SPEECHES if share < TELLING else FORMULA_IN_SPEECHES
        return share < FORMULA_WORDS and count >= max(FEWEST_SPEECHES, part * speeches)

    common = ((pair, count) for pair, count in counts.items() if is_common(pair, count))
    ranked = sorted(common, key=lambda item: (-item[1], item[0]))
    return frozenset(pair for pair, _count in ranked[:MOST_PAIRS])
