"""What the page of a trend shows: numbers written for readers, drawings with their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.results.facets import shown_number
from speeches.search.trends.chart import NARROW, WIDE, Chart, Frame, draw
from speeches.search.trends.trend import Counted, Trend

LETTERS = "ABCD"
LONGEST_LABEL = 20
"""Characters of a phrase that fit beside the end of its line."""


@dataclass(frozen=True)
class ShownSeries:
    letter: str
    phrase: str
    url: str
    spoken_total: str


@dataclass(frozen=True)
class ShownPoint:
    """A point that leads to what was said; what it says is shown when it is pointed at."""

    x: float
    y: float
    url: str
    spoken: str


@dataclass(frozen=True)
class ShownLine:
    path: str
    label: str
    label_x: float
    label_y: float
    points: Sequence[ShownPoint]


@dataclass(frozen=True)
class ShownTick:
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """One drawing. The narrow one has letters for labels and no links: too small to hit."""

    name: str
    frame: Frame
    has_links: bool
    lines: Sequence[ShownLine]
    x_ticks: Sequence[ShownTick]
    y_ticks: Sequence[ShownTick]


@dataclass(frozen=True)
class ShownCell:
    """The values of a phrase in a year; no address where it was not said."""

    count: str
    rate: str
    url: str


@dataclass(frozen=True)
class ShownRow:
    year: int
    words: str
    phrases: Sequence[ShownCell]


class TrendPage:
    """A trend as its page shows it; `id` keeps it apart from others on the page."""

    def __init__(self, trend: Trend, id_: str = "trend") -> None:
        self.trend = trend
        self.id = id_

    @property
    def is_empty(self) -> bool:
        return self.trend.is_empty

    @cached_property
    def series(self) -> list[ShownSeries]:
        return [
            ShownSeries(letter, one.phrase, one.url, _times(one.total))
            for letter, one in zip(LETTERS, self.trend.series, strict=False)
        ]

    @cached_property
    def rows(self) -> list[ShownRow]:
        """The table, the newest year first."""
        return [
            ShownRow(row.year, shown_number(row.words), [_cell(one) for one in row.phrases])
            for row in reversed(self.trend.rows)
        ]

    @cached_property
    def drawings(self) -> list[Drawing]:
        """The drawing for wide screens and the one for narrow ones."""
        rates, first = self.trend.rates, self.trend.years.start
        return [
            self._drawing("wide", draw(rates, first, WIDE), [_label(one) for one in self.series]),
            self._drawing("narrow", draw(rates, first, NARROW), [*LETTERS]),
        ]

    @cached_property
    def description(self) -> str:
        """What the drawing shows, for those who cannot see it."""
        return " ".join(self._peaks())

    def _peaks(self) -> Iterator[str]:
        for index, one in enumerate(self.trend.series):
            if not one.total:
                yield _("“%(phrase)s” was never said.") % {"phrase": one.phrase}
                continue
            said = [row for row in self.trend.rows if row.phrases]
            most = max(said, key=lambda row: row.phrases[index].rate)
            yield _(
                "“%(phrase)s” was said most often in %(year)s: %(rate)s times in 10,000 words."
            ) % {
                "phrase": one.phrase,
                "year": most.year,
                "rate": _rate(most.phrases[index].rate),
            }

    def _drawing(self, name: str, chart: Chart, labels: Sequence[str]) -> Drawing:
        said = {row.year: row.phrases for row in self.trend.rows}
        has_links = name == "wide"
        return Drawing(
            name=name,
            frame=chart.frame,
            has_links=has_links,
            lines=[
                ShownLine(
                    path=line.path,
                    label=label,
                    label_x=line.label_x,
                    label_y=line.label_y,
                    points=[
                        ShownPoint(point.x, point.y, counted.url, _spoken(point.year, counted))
                        for point in (line.points if has_links else ())
                        if (counted := said[point.year][index]).count
                    ],
                )
                for index, (line, label) in enumerate(zip(chart.lines, labels, strict=False))
            ],
            x_ticks=[ShownTick(f"{tick.value:g}", tick.x, tick.y) for tick in chart.x_ticks],
            y_ticks=[
                ShownTick(number_format(f"{tick.value:g}"), tick.x, tick.y)
                for tick in chart.y_ticks
            ],
        )


def _cell(counted: Counted) -> ShownCell:
    url = counted.url if counted.count else ""
    return ShownCell(shown_number(counted.count), _rate(counted.rate), url)


def _spoken(year: int, counted: Counted) -> str:
    told = _("%(year)s: %(times)s, %(rate)s in 10,000 words")
    return told % {"year": year, "times": _times(counted.count), "rate": _rate(counted.rate)}


def _times(count: int) -> str:
    told = ngettext("said %(number)s time", "said %(number)s times", count)
    return told % {"number": shown_number(count)}


def _rate(rate: float) -> str:
    return number_format(rate, 2)


def _label(series: ShownSeries) -> str:
    """Return the label of a line: its letter, and the phrase as far as there is room."""
    phrase = series.phrase
    if len(phrase) > LONGEST_LABEL:
        phrase = f"{phrase[:LONGEST_LABEL].rstrip()}…"
    return f"{series.letter} {phrase}"
