"""Columns that several models share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.countries import country_choices, is_country
from iomsite.languages import DEFAULT_LANGUAGE, text_language_choices


class CountryField(models.CharField):
    """A country by ISO code. Its choices are no part of the schema: CLDR grows each year."""

    description = _("Country")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4)
        kwargs.setdefault("blank", True)
        kwargs["choices"] = country_choices(DEFAULT_LANGUAGE)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["choices"]
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Refuse an unknown code on every write, for the importers that skip forms too."""
        value = super().pre_save(model_instance, add)
        if value and not is_country(value):
            raise ValueError(f"{value!r} is no ISO 3166 country code.")
        return value


class LanguageField(models.CharField):
    """A language a text can be in. The list may grow without a migration."""

    description = _("Language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs["choices"] = text_language_choices()
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["choices"]
        return name, path, args, kwargs
