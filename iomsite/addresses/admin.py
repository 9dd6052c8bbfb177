"""The report on outgoing links in the admin: to be read, and followed to the items."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from iomsite.addresses.models import LinkPlace, OutgoingLink, model_of

PLACES_IN_LIST = 3
PLACES_ON_PAGE = 200
FIELDS = (
    "url", "outcome", "status_code", "detail", "leads_to", "failures", "failing_since",
    "checked_at", "places_on_page",
)  # fmt: skip
LONG = 3
"""Failures in a row from which on a link is no passing trouble."""


class StateFilter(admin.SimpleListFilter):
    """What an editor asks of a link: is it broken, and is that for long?"""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("broken", _("Broken")),
            ("long", _("Broken, three times in a row or more")),
            ("moved", _("Moved for good")),
            ("closed", _("Not open to programs")),
            ("new", _("Not checked yet")),
            ("works", _("Works")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "broken":
                return queryset.filter(outcome__in=OutgoingLink.BROKEN)
            case "long":
                return queryset.filter(outcome__in=OutgoingLink.BROKEN, failures__gte=LONG)
            case "moved" | "closed" | "new" | "works" as outcome:
                return queryset.filter(outcome=outcome)
        return queryset


@admin.register(OutgoingLink)
class OutgoingLinkAdmin(admin.ModelAdmin):
    """A list that `check_links` writes and nobody edits."""

    list_display = ["url", "outcome", "status_code", "failures", "failing_since", "checked_at",
                    "places_in_list"]  # fmt: skip
    list_filter = [StateFilter]
    search_fields = ["url"]
    list_per_page = 50
    show_full_result_count = False
    fields = FIELDS
    readonly_fields = FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("places")

    # What stands here stands on public pages too, so everybody on the staff may read it.
    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("stands on"))
    def places_in_list(self, link: OutgoingLink) -> SafeString:
        places = list(link.places.all())
        shown = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((_edit_address(place), _in_short(place)) for place in places[:PLACES_IN_LIST]),
        )
        more = len(places) - PLACES_IN_LIST
        return format_html("{} +{}", shown, more) if more > 0 else shown

    @admin.display(description=_("stands on"))
    def places_on_page(self, link: OutgoingLink) -> SafeString:
        rows = (
            (_edit_address(place), _in_short(place), _title(place))
            for place in list(link.places.all())[:PLACES_ON_PAGE]
        )
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", '<li><a href="{}">{}</a> {}</li>', rows),
        )


def _is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


def _edit_address(place: LinkPlace) -> str:
    """Return where the item is edited; its public page has no way back to the row."""
    app_label, _dot, model_name = place.kind.partition(".")
    try:
        return reverse(f"admin:{app_label}_{model_name}_change", args=[place.item])
    except NoReverseMatch:
        return ""


def _in_short(place: LinkPlace) -> str:
    model = model_of(place.kind)
    return f"{capfirst(model._meta.verbose_name) if model else place.kind} {place.item}"


def _title(place: LinkPlace) -> str:
    model = model_of(place.kind)
    return str(model._default_manager.filter(pk=place.item).first() or "") if model else ""
