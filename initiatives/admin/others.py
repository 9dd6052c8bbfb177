"""Initiatives, terms, memberships and names in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.admin.entities import EntityAdmin
from initiatives.admin.owned import OwnedAdmin
from initiatives.admin.parts import IdentifierInline, NameInline, ParticipationInline
from initiatives.admin.people import known_date
from initiatives.admin.spreadsheets import SpreadsheetMixin
from initiatives.models import Initiative, Membership, Name, Term
from initiatives.models.names import OWNERS
from initiatives.name_resource import NameResource
from initiatives.resources import InitiativeResource, TermResource
from iomsite.countries import country_name


@admin.register(Initiative)
class InitiativeAdmin(EntityAdmin):
    resource_classes = [InitiativeResource]
    list_display = ["name", "acronym", "kind", "stage", "begun", "state", "to_verify"]
    list_filter = ["kind", "stage"]
    fact_fields = (
        ("kind", "kind_detail"),
        "stage",
        ("starts_on", "ends_on"),
        ("place", "country"),
        "website",
    )
    link_fields = ("parent", "successor", "series")
    inlines = [ParticipationInline, NameInline, IdentifierInline]

    @admin.display(description=_("begun"), ordering="starts_on")
    def begun(self, initiative: Initiative) -> str:
        return known_date(initiative, "starts")


@admin.register(Term)
class TermAdmin(EntityAdmin):
    resource_classes = [TermResource]
    list_display = ["name", "acronym", "note", "state", "to_verify"]
    inlines = [NameInline, IdentifierInline]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [
            fieldset for fieldset in super().get_fieldsets(request, obj) if fieldset[1]["fields"]
        ]


@admin.register(Membership)
class MembershipAdmin(OwnedAdmin):
    list_display = ["member_name", "group_name", "role", "begins", "ends"]
    list_select_related = ["member", "group", "series"]
    list_filter = [
        ("group", admin.RelatedOnlyFieldListFilter),
        ("series", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["member__name", "member__acronym", "group__name", "group__acronym", "role"]
    fields: ClassVar[Any] = [
        ("member", "member_country"),
        ("group", "series"),
        "role",
        ("starts_on", "ends_on"),
    ]

    @admin.display(description=_("member"), ordering="member__name")
    def member_name(self, membership: Membership) -> str:
        return str(membership.member or country_name(membership.member_country))

    @admin.display(description=_("belongs to"), ordering="group__name")
    def group_name(self, membership: Membership) -> str:
        return str(membership.group or membership.series)

    @admin.display(description=_("from"), ordering="starts_on")
    def begins(self, membership: Membership) -> str:
        return known_date(membership, "starts")

    @admin.display(description=_("until"), ordering="ends_on")
    def ends(self, membership: Membership) -> str:
        return known_date(membership, "ends")


@admin.register(Name)
class NameAdmin(SpreadsheetMixin, OwnedAdmin):
    """All other names in one list: to search, and to edit as a spreadsheet."""

    resource_classes = [NameResource]
    list_display = ["text", "owner_name", "kind", "language", "policy"]
    list_select_related = [*OWNERS]
    list_filter = ["kind", "language", "policy"]
    search_fields = ["text"]
    fields: ClassVar[Any] = [*OWNERS, "text", ("language", "kind"), "policy"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*OWNERS] if obj else []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Show only the entry that a stored name belongs to, which it keeps."""
        if obj is None:
            return list(self.fields)
        owner = next(name for name in OWNERS if getattr(obj, f"{name}_id") is not None)
        return [owner, *self.fields[len(OWNERS) :]]

    @admin.display(description=_("name of"))
    def owner_name(self, name: Name) -> str:
        return str(name.owner)
