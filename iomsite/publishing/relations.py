"""Choosing a related entry in the admin: a search field instead of a list of thousands."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest


def relation_label(entry: models.Model, site: AdminSite) -> str:
    """Return an entry's name with what tells it from its namesakes.

    A ModelAdmin says so in `relation_label`; without one, the entry's own name has to do.
    """
    if site.is_registered(type(entry)):
        label = getattr(site.get_model_admin(type(entry)), "relation_label", str)
        return str(label(entry))
    return str(entry)


class SearchedRelations:
    """For a ModelAdmin or an inline: every relation is chosen by search.

    That holds for relations added later too, so no form can ever fill a select with a table.
    """

    model: type[models.Model]
    admin_site: AdminSite

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [
            field.name
            for field in (*self.model._meta.fields, *self.model._meta.many_to_many)
            if field.related_model is not None and self._is_searchable(field)
        ]

    def _is_searchable(self, field: Any) -> bool:
        target = field.related_model
        return self.admin_site.is_registered(target) and bool(
            self.admin_site.get_model_admin(target).search_fields
        )

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """Return the field, showing what is chosen under the same label as the search."""
        target = db_field.remote_field.model
        joins: tuple[str, ...] = ()
        if self.admin_site.is_registered(target):
            joins = getattr(self.admin_site.get_model_admin(target), "relation_joins", ())
        if joins:
            kwargs.setdefault("queryset", target._default_manager.select_related(*joins))
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None:
            field.label_from_instance = lambda entry: relation_label(entry, self.admin_site)
        return field


class ShortTextarea(AdminTextareaWidget):
    """Three lines, which is what notes, notices and summaries take."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, **(attrs or {})})


FIELD_DEFAULTS: Any = {
    models.TextField: {"widget": ShortTextarea},
    models.URLField: {"assume_scheme": "https"},
}


class SearchedTabular(SearchedRelations, admin.TabularInline):
    """Rows of a table below an item; each input says which column it stands in."""

    extra = 0
    formfield_overrides = FIELD_DEFAULTS

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = field.label
        return field


class SearchedStacked(SearchedRelations, admin.StackedInline):
    """Forms one below the other, below an item.

    Each is long, so that a request which claims to hold thousands would take a minute to answer.
    """

    extra = 0
    max_num = 60
    formfield_overrides = FIELD_DEFAULTS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **{"absolute_max": self.max_num, **kwargs})
