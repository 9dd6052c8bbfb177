"""People, offices and who held which, in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.admin.doubts import AppointmentForm, DoubtsFilter, show_doubts
from initiatives.admin.entities import EntityAdmin
from initiatives.admin.owned import OwnedAdmin
from initiatives.admin.parts import (
    AppointmentInline,
    EditedElsewhere,
    IdentifierInline,
    NameInline,
)
from initiatives.admin.spreadsheets import SpreadsheetMixin
from initiatives.models import Appointment, Office, Person
from initiatives.resources import AppointmentResource, OfficeResource, PersonResource
from iomsite.dates import show_partial_date
from iomsite.publishing.admin import show_picture


class PersonAppointmentInline(AppointmentInline):
    fields = ["office", "starts_on", "ends_on", "acting", "uncertain_fields"]


class OfficeAppointmentInline(EditedElsewhere, AppointmentInline):
    """Who has held an office. An appointment is part of its person, and is edited there."""

    fields = ["person", "starts_on", "ends_on", "acting", "uncertain_fields"]
    verbose_name_plural = _("holders (edited in the form of each person)")


def office_label(office: Office) -> str:
    """Name an office with its organization: there are many Directors General."""
    organization = office.organization
    return f"{office.name}, {organization.acronym or organization.name}"


@admin.register(Person)
class PersonAdmin(EntityAdmin):
    resource_classes = [PersonResource]
    list_display = ["picture", "name", "latest_office", "nationality", "state", "to_verify"]
    list_display_links = ["name"]
    list_filter = ["nationality"]
    readonly_fields = ["created_at", "updated_at", "large_picture"]
    fact_fields = (
        ("family_name", "nationality"),
        ("born_on", "died_on"),
        "website",
        ("portrait", "large_picture"),
        "portrait_alternative",
    )
    inlines = [PersonAppointmentInline, NameInline, IdentifierInline]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        appointments = Appointment.objects.select_related("office__organization")
        return (
            super().get_queryset(request).prefetch_related(Prefetch("appointments", appointments))
        )

    @admin.display(description=_("portrait"))
    def picture(self, person: Person) -> SafeString | str:
        return show_picture(person.portrait, "", 32)

    @admin.display(description=_("preview"))
    def large_picture(self, person: Person) -> SafeString | str:
        return show_picture(person.portrait, person.portrait_alternative, 120) or "–"

    @admin.display(description=_("latest office"))
    def latest_office(self, person: Person) -> str:
        latest = next(iter(person.appointments.all()), None)
        return office_label(latest.office) if latest else ""


@admin.register(Office)
class OfficeAdmin(EntityAdmin):
    resource_classes = [OfficeResource]
    list_display = ["name", "organization", "latest_holder", "rank", "state", "to_verify"]
    list_select_related = ["organization"]
    list_filter = [("organization", admin.RelatedOnlyFieldListFilter)]
    search_fields = [
        *EntityAdmin.search_fields,
        "organization__name",
        "organization__acronym",
    ]
    fact_fields = ("organization", ("rank", "has_one_holder"))
    inlines = [OfficeAppointmentInline, NameInline, IdentifierInline]
    relation_label = staticmethod(office_label)
    relation_joins = ("organization",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        appointments = Appointment.objects.select_related("person")
        offices = super().get_queryset(request).select_related("organization")
        return offices.prefetch_related(Prefetch("appointments", appointments))

    @admin.display(description=_("latest holder"))
    def latest_holder(self, office: Office) -> str:
        latest = next(iter(office.appointments.all()), None)
        return latest.person.name if latest else ""


@admin.register(Appointment)
class AppointmentAdmin(SpreadsheetMixin, OwnedAdmin):
    form = AppointmentForm
    resource_classes = [AppointmentResource]
    list_display = ["person", "office_in_organization", "begins", "ends", "acting", "to_verify"]
    list_select_related = ["person", "office__organization"]
    list_filter = [
        DoubtsFilter,
        "acting",
        ("office__organization", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["person__name", "person__names__text", "office__name", "office__names__text"]
    date_hierarchy = "starts_on"
    fields: ClassVar[Any] = [
        "person",
        "office",
        ("starts_on", "ends_on"),
        "acting",
        "uncertain_fields",
    ]

    @admin.display(description=_("office"), ordering="office__name")
    def office_in_organization(self, appointment: Appointment) -> str:
        return office_label(appointment.office)

    @admin.display(description=_("from"), ordering="starts_on")
    def begins(self, appointment: Appointment) -> str:
        return known_date(appointment, "starts")

    @admin.display(description=_("until"), ordering="ends_on")
    def ends(self, appointment: Appointment) -> str:
        return known_date(appointment, "ends")

    @admin.display(description=_("to verify"))
    def to_verify(self, appointment: Appointment) -> SafeString | str:
        return show_doubts(appointment)


def known_date(row: Any, which: str) -> str:
    """Write one of a row's partial dates as far as it is known."""
    day = getattr(row, f"{which}_on")
    return show_partial_date(day, getattr(row, f"{which}_precision")) if day else ""
