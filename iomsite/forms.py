"""The form of a filter: it answers to what a visitor typed, whatever it is."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator


class FilterForm(forms.Form):
    """A GET form in the site's dress. A wrong value is named beside its field, never a 500."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(ProhibitNullCharactersValidator())

    @property
    def active(self) -> list[forms.BoundField]:
        """The fields that narrow the list now."""
        return [field for field in self if field.data not in (None, "")]
