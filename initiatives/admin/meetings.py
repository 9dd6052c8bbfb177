"""Meeting series, meetings and agenda items in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.admin.entities import CountryFilter, EntityAdmin
from initiatives.admin.owned import OwnedAdmin
from initiatives.admin.parts import (
    AgendaItemInline,
    IdentifierInline,
    MeetingDocumentInline,
    NameInline,
)
from initiatives.models import AgendaItem, Meeting, MeetingSeries
from initiatives.resources import MeetingResource, MeetingSeriesResource
from iomsite.dates import show_date_range


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(EntityAdmin):
    resource_classes = [MeetingSeriesResource]
    list_display = ["name", "acronym", "kind", "organizer", "meetings_held", "state", "to_verify"]
    list_select_related = ["organizer"]
    list_filter = ["kind"]
    fact_fields = (
        ("kind", "kind_detail"),
        ("starts_on", "ends_on"),
        "website",
        ("editions", "bare_name_means"),
        ("base_year", "first_ordinal"),
    )
    link_fields = ("organizer", "initiative")
    inlines = [NameInline, IdentifierInline]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).annotate(meeting_count=Count("meetings"))

    @admin.display(description=_("meetings"), ordering="meeting_count")
    def meetings_held(self, series: Any) -> int:
        return series.meeting_count


def meeting_label(meeting: Meeting) -> str:
    """Name a meeting with its year, unless the name has it."""
    year = str(meeting.starts_on.year) if meeting.starts_on else ""
    return meeting.name if year in meeting.name else f"{meeting.name} ({year})"


@admin.register(Meeting)
class MeetingAdmin(EntityAdmin):
    resource_classes = [MeetingResource]
    list_display = ["name", "held", "place", "country", "series", "state", "to_verify"]
    list_select_related = ["series"]
    list_filter = [CountryFilter, ("series", admin.RelatedOnlyFieldListFilter)]
    date_hierarchy = "starts_on"
    search_fields = [*EntityAdmin.search_fields, "series__name", "series__acronym", "place"]
    fact_fields = (
        ("series", "ordinal"),
        ("starts_on", "ends_on"),
        ("place", "country"),
        "website",
    )
    link_fields = (("host", "host_country"), "organizers")
    inlines = [AgendaItemInline, MeetingDocumentInline, NameInline, IdentifierInline]
    relation_label = staticmethod(meeting_label)

    @admin.display(description=_("held"), ordering="starts_on")
    def held(self, meeting: Meeting) -> str:
        if meeting.starts_on is None:
            return ""
        return show_date_range(
            meeting.starts_on, meeting.ends_on or meeting.starts_on, meeting.starts_precision
        )


@admin.register(AgendaItem)
class AgendaItemAdmin(OwnedAdmin):
    """Here so that a speech can search for an item; items are edited below their meeting."""

    list_display = ["title", "number", "meeting"]
    list_select_related = ["meeting"]
    search_fields = ["title", "number", "meeting__name"]
    fields: ClassVar[Any] = ["meeting", ("position", "number"), ("title", "language")]
    relation_joins = ("meeting",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return the items; of one meeting only, when the form has chosen one."""
        items = super().get_queryset(request).select_related("meeting")
        meeting = request.GET.get("meeting", "")
        return items.filter(meeting=meeting) if meeting.isdecimal() else items

    @staticmethod
    def relation_label(item: AgendaItem) -> str:
        return f"{item} – {item.meeting}"
