"""What the admin of every entry of the directory has."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.admin.doubts import DoubtsFilter, EntityForm, doubtful_labels, show_doubts
from initiatives.admin.spreadsheets import SpreadsheetMixin
from iomsite.countries import country_name
from iomsite.previews.admin import PreviewMixin
from iomsite.publishing.admin import PublishableAdmin, StateFilter, show_html

NAME_FIELDS = [("name", "name_language"), ("acronym", "slug"), "note"]
INTERNAL_FIELDS: Any = (
    _("Internal"),
    {
        "fields": ["uncertain_fields", "staff_note", ("created_at", "updated_at")],
        "description": _("Only staff see this."),
        "classes": ["last"],
    },
)


class EntityAdmin(SpreadsheetMixin, PreviewMixin, PublishableAdmin):
    """An entry of the directory: found by any of its names, its doubts in sight."""

    form = EntityForm
    search_fields: ClassVar[Any] = ["name", "acronym", "slug", "names__text"]
    search_help_text = _("Searches names, other names, acronyms and addresses.")
    prepopulated_fields: ClassVar[Any] = {"slug": ["name"]}
    fact_fields: Sequence[Any] = ()
    link_fields: Sequence[str | tuple[str, ...]] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        description = "description" if self.has_change_permission(request, obj) else "shown_text"
        if obj is None:
            description = "description"
        return [
            (None, {"fields": [*NAME_FIELDS, description]}),
            (_("Facts"), {"fields": list(self.fact_fields)}),
            *([(_("Relations"), {"fields": list(self.link_fields)})] if self.link_fields else []),
            INTERNAL_FIELDS,
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "shown_text"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [StateFilter, DoubtsFilter, *super().get_list_filter(request)]

    def notices(self, request: HttpRequest, obj: Any) -> list[Any]:
        notices = super().notices(request, obj)
        if obj is not None and (labels := doubtful_labels(obj)):
            notices.append(_("To verify: %(facts)s.") % {"facts": ", ".join(labels)})
        return notices

    @admin.display(description=_("description"))
    def shown_text(self, entry: Any) -> SafeString | str:
        return show_html(entry.description)

    @admin.display(description=_("to verify"))
    def to_verify(self, entry: Any) -> SafeString | str:
        return show_doubts(entry)


class CountryFilter(admin.SimpleListFilter):
    """The countries that the list really has."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = model_admin.model._default_manager.exclude(country="").order_by()
        codes = rows.values_list("country", flat=True).distinct()
        return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(country=self.value()) if self.value() else queryset
