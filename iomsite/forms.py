"""The form of a filter: it answers to what a visitor typed, whatever it is."""

from functools import lru_cache
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select of hundreds of options, drawn once for the words that stand in them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = (("" if key is None else str(key), str(label)) for key, label in self.choices)
        options = _options(tuple(choices))
        for chosen in self.format_value(value):
            option = format_html('<option value="{}">', chosen)
            options = options.replace(option, format_html('<option value="{}" selected>', chosen))
        attributes = flatatt({**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", attributes, SafeString(options))


@lru_cache(maxsize=100)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    return format_html_join("", '<option value="{}">{}</option>', choices)


class FilterForm(forms.Form):
    """A GET form in the site's dress. A wrong value is named beside its field, never a 500."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(ProhibitNullCharactersValidator())
            if isinstance(field, forms.ChoiceField):
                field.widget = LongSelect(choices=field.choices)  # type: ignore[arg-type]

    @property
    def active(self) -> list[forms.BoundField]:
        """The fields that narrow the list now."""
        return [field for field in self if field.data not in (None, "")]
