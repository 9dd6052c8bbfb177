"""Facts that wait to be verified, made visible to staff wherever an entry is shown."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iomsite.date_input import partial_dates
from iomsite.publishing.admin import PublishableForm, RecordForm

NEVER_IN_DOUBT = frozenset(
    {
        "id", "slug", "status", "published_at", "public_notice",
        "created_at", "updated_at", "uncertain_fields", "staff_note", "translated_names",
        "name_language", "description", "person", "office", "logo_alternative",
        "portrait_alternative", "logo", "portrait",
    }
)  # fmt: skip


def facts(model: type[models.Model]) -> list[tuple[str, str]]:
    """Return the columns of a model that state a fact, each with its label."""
    precisions = {f"{name.removesuffix('_on')}_precision" for name in partial_dates(model)}
    return [
        (field.name, str(capfirst(field.verbose_name)))
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.name not in NEVER_IN_DOUBT | precisions
    ]


def doubtful_labels(entry: Any) -> list[str]:
    """Return what is to be verified of an entry, in words."""
    labels = dict(facts(type(entry)))
    return [labels.get(name, name) for name in entry.uncertain_fields or []]


class DoubtsField(forms.MultipleChoiceField):
    """Ticks instead of a list in JSON."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != set(data or [])


class DoubtsMixin:
    """For a model form: the uncertain facts as ticks, other words of an importer included."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instance = self.instance  # type: ignore[attr-defined]
        known = facts(type(instance))
        others = set(instance.uncertain_fields or []) - {name for name, _label in known}
        if "uncertain_fields" in self.fields:  # type: ignore[attr-defined]
            self.fields["uncertain_fields"] = DoubtsField(  # type: ignore[attr-defined]
                label=_("To verify"),
                required=False,
                choices=[*known, *((name, name) for name in sorted(others))],
                help_text=_("The public page marks each of these facts as unconfirmed."),
            )


class EntityForm(DoubtsMixin, PublishableForm):
    """The form of an entry of the directory."""


class AppointmentForm(DoubtsMixin, RecordForm):
    """The form of an appointment."""


class DoubtsFilter(admin.SimpleListFilter):
    """Entries with facts to verify."""

    title = _("facts to verify")
    parameter_name = "doubts"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("To verify")), ("no", _("Nothing to verify"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == "yes":
            return queryset.exclude(uncertain_fields=[])
        return queryset.filter(uncertain_fields=[]) if self.value() == "no" else queryset


def show_doubts(entry: Any) -> SafeString | str:
    """Return the facts to verify as a warning in a list."""
    labels = doubtful_labels(entry)
    if not labels:
        return ""
    return format_html('<span class="doubt">{}</span>', ", ".join(labels))
