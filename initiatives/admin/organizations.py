"""Organizations in the admin."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.admin.entities import CountryFilter, EntityAdmin
from initiatives.admin.parts import (
    EditedElsewhere,
    IdentifierInline,
    MembershipInline,
    NameInline,
    ParticipationInline,
)
from initiatives.models import Organization
from initiatives.resources import OrganizationResource
from iomsite.publishing.admin import show_picture


class OrganizationParticipationInline(EditedElsewhere, ParticipationInline):
    """Where an organization takes part. A participation is part of its initiative."""

    fields = ["initiative", "role"]
    verbose_name_plural = _("participations (edited in the form of each initiative)")
    classes = ["collapse"]


@admin.register(Organization)
class OrganizationAdmin(EntityAdmin):
    resource_classes = [OrganizationResource]
    list_display = ["picture", "name", "acronym", "kind", "country", "state", "to_verify"]
    list_display_links = ["name"]
    list_filter = ["kind", CountryFilter]
    readonly_fields = ["created_at", "updated_at", "large_picture", "members_link"]
    fact_fields = (
        ("kind", "kind_detail"),
        ("founded_on", "dissolved_on"),
        ("headquarters", "country"),
        "website",
        ("logo", "large_picture"),
        "logo_alternative",
    )
    link_fields = ("parent", "successor", "supports", "members_link")
    inlines = [NameInline, MembershipInline, OrganizationParticipationInline, IdentifierInline]

    @staticmethod
    def relation_label(organization: Organization) -> str:
        if organization.acronym:
            return f"{organization.name} ({organization.acronym})"
        return organization.name

    @admin.display(description=_("logo"))
    def picture(self, organization: Organization) -> SafeString | str:
        return show_picture(organization.logo, "", 32)

    @admin.display(description=_("preview"))
    def large_picture(self, organization: Organization) -> SafeString | str:
        return show_picture(organization.logo, organization.logo_alternative, 120) or "–"

    @admin.display(description=_("its members"))
    def members_link(self, organization: Organization) -> Any:
        """Link to the members in their own list: an organization may have two hundred."""
        if organization._state.adding:
            return _("Save first, then add members.")
        address = reverse("admin:initiatives_membership_changelist")
        return format_html(
            '<a href="{}?group__id__exact={}">{}</a>',
            address,
            organization.pk,
            _("Members: %(count)s") % {"count": organization.members.count()},
        )
