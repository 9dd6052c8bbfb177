"""One input for a date as far as it is known: `2008`, `2008-10` or `2008-10-27`.

The database keeps a day and a precision; an editor types what the source says and no more.
"""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.dates import Precision, iso_partial_date, parse_partial_date

HELP = _("As far as it is known: 2008, 2008-10 or 2008-10-27.")


class PartialDate(NamedTuple):
    """A day, and how much of it is known."""

    day: date
    precision: Precision


def precision_name(field: str) -> str:
    """Return the name of the column that says how much of a date is known."""
    return f"{field.removesuffix('_on')}_precision"


def partial_dates(model: type[models.Model]) -> list[str]:
    """Return the names of a model's dates that have a precision beside them."""
    names = {field.name for field in model._meta.get_fields()}
    return [
        name for name in sorted(names) if name.endswith("_on") and precision_name(name) in names
    ]


class PartialDateField(forms.CharField):
    """Reads a partial date; a full one also as the page's language writes it."""

    widget = AdminDateWidget
    default_error_messages = {
        "invalid": _("“%(value)s” is no date. Write 2008, 2008-10 or 2008-10-27."),
        "range": _("The year %(year)s cannot be right. Write a year from 1000 to 2999."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        kwargs.setdefault("widget", AdminDateWidget(attrs={"size": 12, "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        known = self._read(text)
        if not 1000 <= known.day.year <= 2999:
            raise ValidationError(
                self.error_messages["range"], code="range", params={"year": known.day.year}
            )
        return known

    def _read(self, text: str) -> PartialDate:
        try:
            return PartialDate(*parse_partial_date(text))
        except ValueError:
            pass
        try:
            # What the calendar beside the input writes in some languages.
            day = forms.DateField().clean(text)
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": text}
            ) from error
        return PartialDate(day, Precision.DAY)


class PartialDatesMixin:
    """For a model form: one input for each date that has a precision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._partial = [
            name
            for name in partial_dates(type(self.instance))  # type: ignore[attr-defined]
            if name in self.fields  # type: ignore[attr-defined]
        ]
        for name in self._partial:
            self._use_one_input(name)

    def _use_one_input(self, name: str) -> None:
        stock = self.fields[name]  # type: ignore[attr-defined]
        one = PartialDateField(label=stock.label, required=stock.required)
        if label := stock.widget.attrs.get("aria-label"):
            one.widget.attrs["aria-label"] = label
        self.fields[name] = one  # type: ignore[attr-defined]
        self.fields.pop(precision_name(name), None)  # type: ignore[attr-defined]
        if day := getattr(self.instance, name):  # type: ignore[attr-defined]
            precision = getattr(self.instance, precision_name(name))  # type: ignore[attr-defined]
            self.initial[name] = iso_partial_date(day, precision)  # type: ignore[attr-defined]

    def _clean_fields(self) -> None:
        """Give the day to the form, and the precision to the row at once.

        The row is not saved unless the whole form is valid, and its own `clean` needs both.
        """
        super()._clean_fields()  # type: ignore[misc]
        for name in self._partial:
            known = self.cleaned_data.get(name)  # type: ignore[attr-defined]
            if known is not None:
                self.cleaned_data[name] = known.day  # type: ignore[attr-defined]
                setattr(self.instance, precision_name(name), known.precision)  # type: ignore[attr-defined]


class LabelledSplitDateTime(AdminSplitDateTime):
    """Django's date and time inputs, each under a name that a screen reader says."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets[0].attrs["aria-label"] = _("Date")
        self.widgets[1].attrs["aria-label"] = _("Time")
