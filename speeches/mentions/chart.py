"""How often an entry is named, year by year, as bars beside a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from speeches.mentions.reading import Year

HEIGHT, STEP, GAP = 80, 10, 2
LONGEST_SPAN = 120
"""Years. A table of more has gaps; the bars then begin with the last of them."""


@dataclass(frozen=True)
class Bar:
    """One year. Lengths are in units of the drawing, which is `HEIGHT` high."""

    year: int
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class MentionChart:
    """The bars of all years from the first to the last, and the years with any for a table."""

    bars: Sequence[Bar]
    rows: Sequence[Year]
    width: int
    height: int
    first_year: int
    last_year: int


def chart_of(years: Sequence[Year]) -> MentionChart | None:
    """Return the chart, or None where there are no two years to compare."""
    counts = {one.year: one.paragraphs for one in years if one.year is not None}
    if len(counts) < 2:
        return None
    last = max(counts)
    first = max(min(counts), last - LONGEST_SPAN + 1)
    most = max(counts.values())
    bars = []
    for place, year in enumerate(range(first, last + 1)):
        count = counts.get(year, 0)
        height = max(2, round(HEIGHT * count / most)) if count else 0
        bars.append(Bar(year, count, place * STEP, HEIGHT - height, height))
    rows = [one for one in reversed(years) if one.year is not None]
    return MentionChart(bars, rows, STEP * len(bars), HEIGHT, first, last)
