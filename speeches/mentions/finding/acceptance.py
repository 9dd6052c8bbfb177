"""Whether words that spell a name are meant as one: by their case, and by what surrounds them."""

from collections.abc import Sequence
from functools import lru_cache

from speeches.mentions.finding.found import NameRow
from speeches.mentions.finding.tokens import Token, tokenize
from speeches.mentions.finding.word_lists import COMMON, OF_A_STATE, SMALL

MOST_CAPITALS = 0.6
"""The share of a name's capitals that its mention has to show."""


def is_capital_enough(row: NameRow, words: Sequence[Token]) -> bool:
    """Say whether a name of several words stands with its capitals, the first one always."""
    wanted = _capitals(row.text)
    shown = [word.is_capital for word in words]
    if not any(wanted) or len(wanted) != len(shown):
        return row.text == " ".join(word.surface for word in words)
    if wanted[0] and not shown[0]:
        return False
    capitals = sum(wanted)
    return sum(w and s for w, s in zip(wanted, shown, strict=True)) >= MOST_CAPITALS * capitals


@lru_cache(maxsize=65_536)
def _capitals(name: str) -> tuple[bool, ...]:
    """Return which words of a name have a capital."""
    return tuple(word.is_capital for word in tokenize(name))


def is_same_acronym(row: NameRow, words: Sequence[Token], text: str) -> bool:
    """Say whether an acronym stands in its own case, with a plural s or points at most."""
    shown = text[words[0].start : words[-1].end]
    plain = shown.replace(".", "")
    return len(row.text) > 1 and row.text.replace(".", "") in {
        plain,
        plain.removesuffix("s") if len(plain) > 3 else plain,
    }


def is_loud_line(tokens: Sequence[Token]) -> bool:
    """Say whether a whole passage is in capitals, so that case tells nothing."""
    count = 0
    for token in tokens:
        if len(token.surface) > 1 and token.surface.isalpha():
            if not token.surface.isupper():
                return False
            count += 1
    return count > 3


def is_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a country's name is no part of a longer one: Jordan Valley, New Mexico."""
    if last + 1 < len(tokens):
        after = tokens[last + 1]
        is_joined = not after.is_after_break and not after.is_after_comma
        if is_joined and after.surface[0].isupper() and after.key not in OF_A_STATE:
            return False
    if first:
        word, before = tokens[first], tokens[first - 1]
        if word.is_after_break or word.is_after_comma or not before.surface[0].isupper():
            return True
        return before.surface.casefold() in SMALL
    return True


def is_common(word: str) -> bool:
    """Say whether a single word means something without being a name."""
    return word.casefold() in COMMON
