"""Dates as far as they are known: a day, a month or only a year.

A partial date is stored as the first day it may mean, beside its precision, so that the
database can sort and compare it; what is shown never claims more than is known.
"""

import calendar
from datetime import date

from babel.dates import format_date, format_interval, format_skeleton
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from iomsite.languages import babel_locale, current_language


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


def precision_field() -> models.CharField:
    """Return the column that stands beside a partial date."""
    return models.CharField(
        _("known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )


def in_order(start: str, end: str) -> Q:
    """Return the part of `start is not after end` that both databases can hold.

    Two days compare as days, everything else as years; `check_order` does the months.
    """
    start_precision, end_precision = (
        f"{field.removesuffix('_on')}_precision" for field in (start, end)
    )
    return (
        Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)})
        | Q(**{f"{end}__year__gte": ExtractYear(start)})
        & (~Q(**{start_precision: Precision.DAY}) | ~Q(**{end_precision: Precision.DAY}))
    )


def check_order(start: date | None, end: date | None, end_precision: str, field: str) -> None:
    """Refuse a stretch of time that ends before it starts, as far as its days are known.

    Raises ValidationError on `field`.
    """
    if start and end and latest_day(end, end_precision) < start:
        raise ValidationError({field: _("The end lies before the start. Correct one of the two.")})


def parse_partial_date(text: str) -> tuple[date, Precision]:
    """Read `2008`, `2008-10` or `2008-10-27` (EDTF level 0).

    Raises ValueError when the text is none of these or no such day exists.
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) > 3 or len(text.split("-", maxsplit=1)[0]) != 4:
        raise ValueError(text)
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision


def iso_partial_date(value: date, precision: str) -> str:
    """Write a partial date as HTML's `time` element and EDTF take it."""
    width = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(precision), 10)
    return value.isoformat()[:width]


def latest_day(value: date, precision: str) -> date:
    """Return the last day that a partial date may mean."""
    if precision == Precision.YEAR:
        return date(value.year, 12, 31)
    if precision == Precision.MONTH:
        return value.replace(day=calendar.monthrange(value.year, value.month)[1])
    return value


def show_partial_date(value: date, precision: str, language: str = "") -> str:
    """Write a partial date for readers: `27 October 2008`, `October 2008`, `2008`."""
    locale = babel_locale(language or current_language())
    if precision == Precision.YEAR:
        return format_skeleton("y", value, locale=locale)
    if precision == Precision.MONTH:
        return format_skeleton("yMMMM", value, locale=locale)
    return format_date(value, "long", locale=locale)


def show_date_range(start: date, end: date, precision: str, language: str = "") -> str:
    """Write a stretch of days for readers: `27–30 October 2008`."""
    if start == end or (precision == Precision.YEAR and start.year == end.year):
        return show_partial_date(start, precision, language)
    if precision == Precision.MONTH and (start.year, start.month) == (end.year, end.month):
        return show_partial_date(start, precision, language)
    skeleton = {Precision.YEAR: "y", Precision.MONTH: "yMMMM"}.get(Precision(precision), "yMMMMd")
    return format_interval(
        start, end, skeleton, locale=babel_locale(language or current_language())
    )
