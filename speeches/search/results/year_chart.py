"""The hits over the years, as a row of bars each of which leads to its years."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.answers.found import Found
from speeches.search.queries.query import Query
from speeches.search.results.facets import shown_number

MOST_BARS = 11
"""As many as stand beside the results with 24 pixels each, the least that a finger can hit."""
HEIGHT = 100
WIDTH = 24


@dataclass(frozen=True)
class Bar:
    """One decade or year. Lengths are in units of the drawing, which is `HEIGHT` high."""

    label: str
    count: str
    spoken: str
    url: str
    is_chosen: bool
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class YearChart:
    """The bars, and the way back to all decades when they show the years of one."""

    bars: list[Bar]
    unit: str
    all_url: str
    first_year: int | None
    last_year: int | None
    undated: str

    @property
    def width(self) -> int:
        return WIDTH * len(self.bars)


def year_chart(found: Found) -> YearChart | None:
    """Return the chart of a search, or None where there are no two years to choose from.

    Decades, until so few years are left or chosen that each of them can have a bar.
    """
    known = {year: count for year, count in found.years.items() if year}
    chosen = _chosen_years(found)
    if not known or (len(known) == 1 and chosen is None):
        return None
    span = _span(known, chosen)
    step = 1 if span[1] - span[0] < MOST_BARS else 10
    if step == 10:
        span = min(known) // 10 * 10, max(known) // 10 * 10 + 9
    starts = list(range(span[0], span[1] + 1, step))[-MOST_BARS:]
    counts = [sum(known.get(start + n, 0) for n in range(step)) for start in starts]
    return YearChart(
        bars=[
            _bar(place, start, step, count, max(counts), chosen, found.query)
            for place, (start, count) in enumerate(zip(starts, counts, strict=True))
        ],
        unit="year" if step == 1 else "decade",
        all_url=f"?{found.query.without_years().urlencode()}" if chosen else "",
        first_year=chosen[0] if chosen else None,
        last_year=chosen[1] if chosen else None,
        undated=shown_number(found.years[0]) if found.years.get(0) else "",
    )


def _chosen_years(found: Found) -> tuple[int | None, int | None] | None:
    first, last = found.query.first_day, found.query.last_day
    if first is None and last is None:
        return None
    return (first.year if first else None), (last.year if last else None)


def _span(known: dict[int, int], chosen: tuple[int | None, int | None] | None) -> tuple[int, int]:
    """Return the first and last year to draw: of the decade that was chosen, or of all."""
    everything = min(known), max(known)
    if chosen is None or everything[1] - everything[0] < MOST_BARS:
        return everything
    first, last = chosen[0] or everything[0], chosen[1] or everything[1]
    if first // 10 == last // 10:
        return first // 10 * 10, first // 10 * 10 + 9
    return (first, last) if first <= last else everything


def _bar(
    place: int,
    start: int,
    step: int,
    count: int,
    most: int,
    chosen: tuple[int | None, int | None] | None,
    query: Query,
) -> Bar:
    label = str(start) if step == 1 else _("%(year)ss") % {"year": start}
    number = shown_number(count)
    end = start + step - 1
    is_chosen = chosen is not None and (chosen[0] or 0) <= end and start <= (chosen[1] or 9999)
    spoken = ngettext("%(label)s: %(number)s speech", "%(label)s: %(number)s speeches", count)
    height = max(2, round(HEIGHT * count / most)) if count else 0
    return Bar(
        label=label,
        count=number,
        spoken=spoken % {"label": label, "number": number},
        url=f"?{query.with_years(start, end).urlencode()}" if count else "",
        is_chosen=is_chosen,
        x=place * WIDTH,
        y=HEIGHT - height,
        height=height,
    )
