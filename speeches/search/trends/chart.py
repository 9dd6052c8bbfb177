"""The geometry of a chart of lines over the years. Pure: numbers in, numbers and paths out.

Time runs from left to right in every language, as on the charts that readers of all of them
know; the template says so to the browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True)
class Frame:
    """The size of a drawing and the room around its plot, in units of the drawing."""

    width: int
    height: int
    start: int
    end: int
    top: int
    bottom: int
    x_ticks: int
    """The most labels below the years."""
    label_gap: int
    """The least distance between the labels of two lines."""

    @property
    def right(self) -> int:
        return self.width - self.end

    @property
    def base(self) -> int:
        return self.height - self.bottom


WIDE = Frame(960, 420, start=52, end=190, top=16, bottom=34, x_ticks=10, label_gap=19)
NARROW = Frame(340, 300, start=40, end=24, top=12, bottom=30, x_ticks=4, label_gap=17)


@dataclass(frozen=True)
class Point:
    year: int
    value: float
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """One line: its path, its points, and where its label stands behind the last of them."""

    path: str
    points: Sequence[Point]
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    value: float
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    frame: Frame
    lines: Sequence[Line]
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]


def draw(series: Sequence[Sequence[float | None]], first_year: int, frame: Frame) -> Chart:
    """Return the drawing of some series of yearly values; None is a year without any.

    A line is broken where a year has no value; it never runs through zero there.
    """
    count = max((len(values) for values in series), default=0)
    highest = max((value for values in series for value in values if value), default=0.0)
    steps = value_steps(highest)
    top = steps[-1]

    def x(place: int) -> float:
        between = frame.right - frame.start
        return round(frame.start + (place / (count - 1) if count > 1 else 0.5) * between, 1)

    def y(value: float) -> float:
        return round(frame.base - value / top * (frame.base - frame.top), 1)

    points = [
        [Point(first_year + i, v, x(i), y(v)) for i, v in enumerate(values) if v is not None]
        for values in series
    ]
    label_ys = spread(
        [line[-1].y if line else frame.base for line in points], frame.label_gap, frame.base
    )
    lines = [
        Line(path_of(line), line, line[-1].x if line else frame.right, label_y)
        for line, label_y in zip(points, label_ys, strict=True)
    ]
    years = range(first_year, first_year + count)
    x_ticks = [
        Tick(year, x(year - first_year), frame.base) for year in year_steps(years, frame.x_ticks)
    ]
    return Chart(frame, lines, x_ticks, [Tick(step, frame.start, y(step)) for step in steps])


def path_of(points: Sequence[Point]) -> str:
    """Return the path through points, lifted where a year is missing.

    A point between two gaps becomes a line of no length, which a round cap makes a dot.
    """
    path, last_year = "", 0
    for point in points:
        goes_on = point.year == last_year + 1
        path += f"L{point.x:g} {point.y:g}" if goes_on else f"M{point.x:g} {point.y:g}h0"
        last_year = point.year
    return path


def value_steps(highest: float) -> list[float]:
    """Return round numbers from 0 to the highest value or just above it, six at most."""
    if highest <= 0:
        return [0, 1]
    rough = highest / 5
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return [round(step * place, 10) for place in range(ceil(round(highest / step, 6)) + 1)]


def year_steps(years: Sequence[int], most: int) -> list[int]:
    """Return the years that get a label: round ones, not more than so many."""
    if len(years) <= most:
        return list(years)
    step = next(step for step in (2, 5, 10, 20, 25, 50, 100, 1000) if len(years) / step <= most)
    return [year for year in years if year % step == 0]


def spread(heights: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Return heights moved apart so that labels do not cover each other, in the same order."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = [0.0] * len(heights)
    free = float("-inf")
    for index in order:
        placed[index] = max(heights[index], free)
        free = placed[index] + gap
    limit = lowest
    for index in reversed(order):
        placed[index] = round(min(placed[index], limit), 1)
        limit = placed[index] - gap
    return placed
