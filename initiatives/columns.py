"""Columns of the directory's spreadsheets: how a fact is written in a cell, and read back."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, ManyToManyWidget, Widget

from iomsite.date_input import precision_name
from iomsite.dates import Precision, iso_partial_date, parse_partial_date

LONGEST_LIST = 30
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def protect(text: str) -> str:
    """Return a cell that no spreadsheet program runs as a formula.

    An apostrophe goes before it, and one more before what already looks like that, so that
    `unprotect` gives back exactly what was there.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unprotect(text: str) -> str:
    """Take back what `protect` did."""
    is_protected = text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS)
    return text[1:] if is_protected else text


def cell_text(value: Any) -> str:
    """Return a cell as text; a spreadsheet may have made a date or a number of it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


class TextWidget(Widget):
    """Plain text; an empty cell is an empty text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return cell_text(value)


class NumberWidget(Widget):
    """A whole number, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = cell_text(value)
        if text and not text.isdecimal():
            raise ValueError(_("“%(value)s” is no whole number.") % {"value": text})
        return int(text) if text else None


class YesNoWidget(Widget):
    """`yes` or `no`; an empty cell is the column's default."""

    WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

    def __init__(self, default: bool) -> None:
        super().__init__()
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = cell_text(value).lower()
        if text and text not in self.WORDS:
            raise ValueError(_("“%(value)s” is not known. Write yes or no.") % {"value": text})
        return self.WORDS[text] if text else self.default

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class ChoiceWidget(Widget):
    """One word of a list; what is not on it is refused with the list."""

    def __init__(self, field: models.Field) -> None:
        super().__init__()
        self.words = [str(word) for word, _label in field.flatchoices if word]
        self.default = field.get_default() or ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = cell_text(value)
        if text and text not in self.words and len(self.words) > LONGEST_LIST:
            raise ValueError(
                _("“%(value)s” is not known. Write an ISO code, such as %(words)s.")
                % {"value": text, "words": ", ".join(self.words[:2])}
            )
        if text and text not in self.words:
            raise ValueError(
                _("“%(value)s” is not known. Write one of: %(words)s.")
                % {"value": text, "words": ", ".join(self.words)}
            )
        return text or str(self.default)


class SlugWidget(ForeignKeyWidget):
    """Another entry, by the last part of its page's address."""

    def __init__(self, model: type[models.Model], **kwargs: Any) -> None:
        super().__init__(model, "slug", **kwargs)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        slug = cell_text(value)
        if not slug:
            return None
        entry = self.model._default_manager.filter(slug=slug).first()
        if entry is None:
            raise ValueError(missing(self.model, slug))
        return entry


class SlugsWidget(ManyToManyWidget):
    """Several other entries, by the last parts of their addresses, with commas between."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(model, separator=", ", field="slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> models.QuerySet:
        slugs = {slug.strip() for slug in cell_text(value).split(",") if slug.strip()}
        entries = self.model._default_manager.filter(slug__in=slugs)
        for slug in sorted(slugs - {entry.slug for entry in entries}):
            raise ValueError(missing(self.model, slug))
        return entries


def missing(model: type[models.Model], slug: str) -> str:
    """Return what to say when a cell names an entry that is not there."""
    return _("There is no %(kind)s “%(slug)s”. Correct it, or import that entry first.") % {
        "kind": model._meta.verbose_name,
        "slug": slug,
    }


class PartialDateColumn(Field):
    """A date as far as it is known, in one cell: 2008, 2008-10 or 2008-10-27."""

    def get_value(self, instance: Any) -> str:
        day = getattr(instance, self.attribute, None)
        precision = getattr(instance, precision_name(self.attribute), Precision.DAY)
        return iso_partial_date(day, precision) if day else ""

    def clean(self, row: Any, **kwargs: Any) -> date | None:
        return self._read(row)[0]

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        day, precision = self._read(row)
        setattr(instance, self.attribute, day)
        setattr(instance, precision_name(self.attribute), precision)

    def _read(self, row: Any) -> tuple[date | None, Precision]:
        text = cell_text(row.get(self.column_name))
        if not text:
            return None, Precision.DAY
        try:
            return parse_partial_date(text)
        except ValueError as error:
            raise ValueError(
                _("“%(value)s” is no date. Write 2008, 2008-10 or 2008-10-27.") % {"value": text}
            ) from error
