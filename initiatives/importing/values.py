"""Taking single values out of a row of JSON: text, dates, countries, words from a list.

What cannot be taken becomes an error on the row, and reading goes on.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iomsite.countries import is_country
from iomsite.dates import Precision, check_order, parse_partial_date
from iomsite.markup import strip_controls


class FieldError(ValueError):
    """A value that cannot be taken; the message says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Values:
    """The values of one row, and the errors met in taking them."""

    def __init__(
        self, row: dict[str, Any], path: str = "", errors: list[FieldError] | None = None
    ) -> None:
        self.row = row
        self.path = path
        self.errors = [] if errors is None else errors

    def refuse(self, field: str, message: str) -> None:
        self.errors.append(FieldError(f"{self.path}{field}", message))

    def text(self, field: str) -> str:
        value = self.row.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(field, _("Write this as text in quotation marks."))
            return ""
        return strip_controls(value).strip()

    def number(self, field: str) -> int | None:
        value = self.row.get(field)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 32_767:
            self.refuse(field, _("Write a whole number from 0 to 32767."))
            return None
        return value

    def choice(self, field: str, allowed: set[str]) -> str:
        """Return one of the allowed words, or nothing when the field is absent."""
        value = self.text(field)
        if value and value not in allowed:
            self.refuse(
                field,
                _("“%(value)s” is not known. Write one of: %(allowed)s.")
                % {"value": value, "allowed": ", ".join(sorted(allowed))},
            )
            return ""
        return value

    def words(self, field: str) -> list[str]:
        value = self.row.get(field) or []
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.refuse(field, _("Write a list of words."))
            return []
        return list(value)

    def partial_date(self, field: str, name: str) -> dict[str, Any]:
        """Return a date as far as it is known, by the model's field names."""
        precision_name = f"{name.removesuffix('_on')}_precision"
        nothing: dict[str, Any] = {name: None, precision_name: Precision.DAY}
        text = self.text(field)
        if not text:
            return nothing
        try:
            day, precision = parse_partial_date(text)
        except ValueError:
            self.refuse(
                field,
                _("“%(text)s” is no date. Write 2008, 2008-10 or 2008-10-27.") % {"text": text},
            )
            return nothing
        return {name: day, precision_name: precision}

    def check_order(self, facts: dict[str, Any], start: str, end: str) -> None:
        """Refuse an end before its start."""
        begins: date | None = facts.get(start)
        precision = facts.get(f"{end.removesuffix('_on')}_precision", Precision.DAY)
        try:
            check_order(begins, facts.get(end), precision, end)
        except ValidationError as error:
            self.refuse(end, error.messages[0])

    def country(self, field: str) -> str:
        return self._code(field, self.text(field))

    def country_codes(self, field: str) -> list[str]:
        return list(dict.fromkeys(self._code(field, word) for word in self.words(field)))

    def _code(self, field: str, text: str) -> str:
        code = text.upper()
        if not is_country(code):
            self.refuse(
                field,
                _("“%(text)s” is no country. Write two letters of ISO 3166, as in “ch”.")
                % {"text": text},
            )
            return ""
        return code

    def mapping(self, field: str) -> "Values | None":
        """Return the values of an object inside this one."""
        value = self.row.get(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(field, _("Write an object in braces."))
            return None
        return Values(value, f"{self.path}{field}.", self.errors)

    def rows(self, field: str) -> "list[Values]":
        """Return the objects of a list inside this one."""
        value = self.row.get(field) or []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.refuse(field, _("Write a list of objects in braces."))
            return []
        return [
            Values(row, f"{self.path}{field}[{place}].", self.errors)
            for place, row in enumerate(value, start=1)
        ]
