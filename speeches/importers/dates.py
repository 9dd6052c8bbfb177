"""Dates as sources write them, with the precision they give, in English, French and Spanish."""

import re
from datetime import date
from typing import NamedTuple

_MONTHS = {
    1: "january jan janvier janv enero ene",
    2: "february feb février fevrier févr fevr febrero",
    3: "march mar mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juin junio",
    7: "july jul juillet juil julio",
    8: "august aug août aout agosto ago",
    9: "september sept sep septembre septiembre setiembre",
    10: "october oct octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec décembre decembre déc diciembre dic",
}
_MONTH_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª)?"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY}(?:\s+(?:of|de))?[\s-]+{_MONTH}(?:\s+(?:of|de|del))?,?[\s-]+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d{2})-(?P<day>\d{2})(?=\b|T)",
    )
)
_WRITTEN_MONTH = re.compile(rf"\b{_MONTH}(?:\s+(?:of|de|del))?,?\s+{_YEAR}\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(?P<first>\d{1,2})([/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)\b")
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


class FoundDate(NamedTuple):
    """A date in a text: what it says, and where."""

    day: date
    precision: str
    start: int
    end: int


class DateError(ValueError):
    """The words look like a date but name no day, or more than one."""


def parse(words: str) -> tuple[date, str]:
    """Read a field that holds nothing but a date: 2008-01-17, 2008-01, 2008 or in words."""
    words = words.strip()
    if iso := _ISO.fullmatch(words):
        year, month, day = (int(iso[part] or 0) for part in ("year", "month", "day"))
        precision = "day" if day or iso["day"] else "month" if month or iso["month"] else "year"
        return _day(year, month if iso["month"] else 1, day if iso["day"] else 1), precision
    found = find(words)
    if found is None or (found.start, found.end) != (0, len(words)):
        raise DateError(words)
    return found.day, found.precision


def find(text: str) -> FoundDate | None:
    """Find the first whole date in a text, or failing that the first month of a year.

    A day that does not exist, or numbers that two countries read differently (03/04/2008),
    raise `DateError`: a guess would be invented.
    """
    for pattern in _WRITTEN:
        if match := pattern.search(text):
            return FoundDate(_from_words(match), "day", match.start(), match.end())
    if match := _NUMERIC.search(text):
        return FoundDate(_from_numbers(match), "day", match.start(), match.end())
    if match := _WRITTEN_MONTH.search(text):
        month = _MONTH_NUMBERS[match["month"].lower()]
        return FoundDate(_day(int(match["year"]), month, 1), "month", match.start(), match.end())
    return None


def _from_words(match: re.Match[str]) -> date:
    parts = match.groupdict()
    month = int(parts["number"]) if "number" in parts else _MONTH_NUMBERS[parts["month"].lower()]
    return _day(int(parts["year"]), month, int(parts["day"]))


def _from_numbers(match: re.Match[str]) -> date:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if second > 12:
        return _day(year, first, second)
    if first <= 12 and first != second:
        raise DateError(match[0])
    return _day(year, second, first)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(f"{year:04}-{month:02}-{day:02}") from error
