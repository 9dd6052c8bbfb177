"""The form of a filter: it answers to what a visitor typed, whatever it is."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select of hundreds of options. Django renders a template for each; this joins them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (
                    "" if key is None else key,
                    SafeString(" selected" if str(key) in chosen else ""),
                    label,
                )
                for key, label in self.choices
            ),
        )
        attributes = flatatt({**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", attributes, options)


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
