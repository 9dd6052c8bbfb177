"""The days a query is limited to: `year:2006-2009`, `from:2006-05-17`, `to:2010-10`."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from iomsite.dates import Precision, latest_day, parse_partial_date

Days = tuple[date | None, date | None]
"""The first and the last day, each None where the period is open."""

OPEN: Days = (None, None)

FIRST_YEAR, LAST_YEAR = 1800, 2200

_RANGE = re.compile(r"(\d{4})? *(?:\.{2,3}|…|[-–—−/]) *(\d{4})?")
_DECADE = re.compile(r"(\d{3})0s")


def period(value: str) -> Days | None:
    """Read what stands after `year:`, `from:` or `to:`. None where it is no period.

    A year, a month, a day, a decade (`1990s`), or years from one to another, either of which
    may be missing (`2006-`).
    """
    if decade := _DECADE.fullmatch(value):
        value = f"{decade[1]}0-{decade[1]}9"
    try:
        if not (ends := _RANGE.fullmatch(value)):
            return _stretch(value)
        first, last = (_stretch(year) if year else OPEN for year in ends.groups())
    except (ValueError, OverflowError):
        return None
    days = between({"from": first, "to": last})
    return days if any(days) else None


def read(name: str, value: str, notices: list[str]) -> Days | None:
    """Read the period that a field or a control gives; a notice says when it gives none."""
    found = period(value) if value else None
    needed = {"from": found and found[0], "to": found and found[1]}
    if value and not needed.get(name, found):
        told = _("“%(value)s” is no date. Write a year (2006) or a day (2006-05-17).")
        notices.append(told % {"value": value[:40]})
        return None
    return found


def between(periods: Mapping[str, Days]) -> Days:
    """Return the days from what stands under `from`, or `year`, to what stands under `to`.

    Ends that stand the wrong way round are read the right way round.
    """
    starts, ends = (periods.get(name) or periods.get("year") or OPEN for name in ("from", "to"))
    if starts[0] and ends[1] and starts[0] > ends[1] and ends[0] and starts[1]:
        starts, ends = ends, starts
    return starts[0], ends[1]


def to_text(first: date | None, last: date | None) -> str:
    """Write a period as fields of the search box."""
    starts = first_to_text(first) if first else ""
    ends = last_to_text(last) if last else ""
    if starts == ends or (len(starts) == len(ends) == 4):
        return f"year:{starts}" if starts == ends else f"year:{starts}-{ends}"
    return " ".join([f"from:{starts}"] * bool(starts) + [f"to:{ends}"] * bool(ends))


def first_to_text(day: date) -> str:
    """Write a first day as shortly as it can be read back."""
    return f"{day.year:04}" if (day.month, day.day) == (1, 1) else day.isoformat()


def last_to_text(day: date) -> str:
    """Write a last day as shortly as it can be read back."""
    return f"{day.year:04}" if (day.month, day.day) == (12, 31) else day.isoformat()


def _stretch(value: str) -> Days:
    """Return the first and the last day that a partial date may mean."""
    first, precision = parse_partial_date(value)
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(value)
    return first, latest_day(first, Precision(precision))
