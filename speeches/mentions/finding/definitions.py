"""Short forms that a text defines itself: `Global Migration Group (GMG)`."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches.mentions.finding.tokens import Token
from speeches.mentions.finding.word_lists import LEFT_OUT

BRACKET = re.compile(r"\(\s*[\"“]?(?:the\s+)?([A-Z][\w.&/-]{1,11})[\"”]?\s*\)")
MOST_WORDS = 14


class Definition(NamedTuple):
    """A short form in brackets, after the words that it stands for."""

    acronym: str
    bracket_start: int
    bracket_end: int
    last: int
    """The word before the bracket."""
    first: int
    """The first word whose initials make up the short form, or -1 when none do."""


def definitions_in(text: str, tokens: Sequence[Token]) -> Iterator[Definition]:
    """Yield what a passage defines in brackets."""
    for bracket in BRACKET.finditer(text):
        last = bisect_right(tokens, bracket.start(), key=_end) - 1
        if last < 0:
            continue
        first = _first_word(bracket.group(1), tokens, last)
        yield Definition(bracket.group(1), bracket.start(), bracket.end(), last, first)


def _end(token: Token) -> int:
    return token.end


def _first_word(acronym: str, tokens: Sequence[Token], last: int) -> int:
    """Return where the words begin whose initials are the letters of a short form.

    Words such as `of` may count or not (after Schwartz and Hearst 2003, by initials alone).
    """
    letters = [sign.casefold() for sign in acronym if sign.isalnum()]
    if len(letters) > 2 and letters[-1] == "s" and acronym.endswith("s"):
        letters.pop()
    place = last
    for letter in reversed(letters):
        while place >= 0 and last - place <= MOST_WORDS:
            word = tokens[place]
            if word.key[0] == letter or word.surface[0].casefold() == letter:
                break
            if word.surface.casefold() not in LEFT_OUT:
                return -1
            place -= 1
        else:
            return -1
        place -= 1
    return place + 1
