"""Numbers as texts write them: second, 2nd, sixty-third, XVI."""

import re
from collections.abc import Sequence

from speeches.mentions.finding.tokens import Token

_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: number for number, word in enumerate(_UNITS, start=1)}
WORDS |= {f"{word[:-1]}ieth": (n + 2) * 10 for n, word in enumerate(_TENS)} | {"hundredth": 100}
TENS = {word: (n + 2) * 10 for n, word in enumerate(_TENS)}
_DIGITS = re.compile(r"^(\d{1,3})(?:st|nd|rd|th)$", re.IGNORECASE)
_ROMAN = re.compile(r"^(?=[IVX]+$)(X{0,3})(IX|IV|V?I{0,3})$")


def ordinal_ending_at(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return the ordinal whose last word is at a place, and its first word, if there is one."""
    word = tokens[place].surface.casefold()
    if digits := _DIGITS.match(word):
        return int(digits.group(1)), place
    number = WORDS.get(word)
    if number is None:
        return None
    if number < 10 and place and (tens := TENS.get(tokens[place - 1].surface.casefold())):
        return tens + number, place - 1
    return number, place


def number_of(surface: str) -> int | None:
    """Return a number written in digits or as a Roman one."""
    if surface.isdigit():
        return int(surface)
    if roman := _ROMAN.match(surface):
        tens, units = roman.groups()
        values = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7,
                  "VIII": 8, "IX": 9}  # fmt: skip
        return len(tens) * 10 + values[units] or None
    return None
