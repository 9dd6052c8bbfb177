"""The public pages of the directory: lists and entries."""

from typing import Any

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from initiatives import neighbourhood
from initiatives.details import details_of
from initiatives.filters import (
    InitiativeFilter,
    MeetingFilter,
    OrganizationFilter,
    PersonFilter,
    SeriesFilter,
)
from initiatives.models import (
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
    Term,
)
from initiatives.relations import newest
from iomsite.countries import country_choices, country_name, is_country
from iomsite.paging import page_of
from iomsite.publishing.models import published_relation
from iomsite.publishing.views import get_or_gone

ENTRIES_PER_PAGE = 40


def _list(
    request: HttpRequest,
    filters: type[django_filters.FilterSet],
    rows: Any,
    context: dict[str, Any],
) -> HttpResponse:
    """Show one of the lists: narrowed by its filter, in pages."""
    narrowed = filters(request.GET, queryset=rows, request=request)
    page = page_of(request, narrowed.qs, ENTRIES_PER_PAGE)
    return render(
        request,
        "initiatives/entry_list.html",
        {"page": page, "form": narrowed.form, "entries": page.object_list, **context},
    )


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    rows = Organization.objects.published().order_by("name")
    return _list(request, OrganizationFilter, rows, {"title": _("Organizations")})


@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    rows = Initiative.objects.published().order_by("name")
    return _list(request, InitiativeFilter, rows, {"title": _("Initiatives")})


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    rows = Person.objects.published().order_by("family_name", "name")
    return _list(request, PersonFilter, rows, {"title": _("People")})


@require_safe
def meeting_series_list(request: HttpRequest) -> HttpResponse:
    rows = MeetingSeries.objects.published().order_by("name")
    return _list(request, SeriesFilter, rows, {"title": _("Meeting series")})


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    rows = Meeting.objects.published().with_series().order_by("-starts_on", "name")
    return _list(request, MeetingFilter, rows, {"title": _("Meetings")})


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    return render(request, "initiatives/country_list.html", {"countries": country_choices()})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = Term.objects.published().prefetch_related("names")
    return render(request, "initiatives/glossary.html", {"terms": terms})


@require_safe
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Organization.objects.visible_to(request.user).annotate(
        public_parent=published_relation("parent"),
        public_successor=published_relation("successor"),
        public_supports=published_relation("supports"),
    )
    entry = get_or_gone(
        rows.select_related("public_parent", "public_successor", "public_supports"), slug=slug
    )
    around = neighbourhood.around_organization(entry)
    around["meetings"] = newest(around.get("meetings", []))
    return render(
        request,
        "initiatives/organization.html",
        {
            "entry": entry,
            "around": around,
            "offices": Office.objects.published().with_holders(entry),
            "details": details_of(entry),
        },
    )


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    entry = get_or_gone(Person.objects.visible_to(request.user), slug=slug)
    appointments = (
        entry.appointments.published().select_related("office__organization").order_by("-starts_on")
    )
    return render(
        request,
        "initiatives/person.html",
        {"entry": entry, "appointments": appointments, "details": details_of(entry)},
    )


@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Initiative.objects.visible_to(request.user).annotate(
        public_parent=published_relation("parent"),
        public_successor=published_relation("successor"),
        public_series=published_relation("series"),
    )
    entry = get_or_gone(
        rows.select_related("public_parent", "public_successor", "public_series"), slug=slug
    )
    return render(
        request,
        "initiatives/initiative.html",
        {
            "entry": entry,
            "around": neighbourhood.around_initiative(entry),
            "details": details_of(entry),
        },
    )


@require_safe
def meeting_series(request: HttpRequest, slug: str) -> HttpResponse:
    rows = MeetingSeries.objects.visible_to(request.user).annotate(
        public_organizer=published_relation("organizer"),
        public_initiative=published_relation("initiative"),
    )
    entry = get_or_gone(rows.select_related("public_organizer", "public_initiative"), slug=slug)
    meetings = entry.meetings.published().order_by("-starts_on", "-ordinal")
    return render(
        request,
        "initiatives/meeting_series.html",
        {
            "entry": entry,
            "around": neighbourhood.around_series(entry),
            "details": details_of(entry),
            "meetings": page_of(request, meetings, 100, "meetings"),
        },
    )


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).with_series()
    rows = rows.annotate(public_host=published_relation("host")).select_related("public_host")
    entry = get_or_gone(rows, slug=slug)
    return render(
        request,
        "initiatives/meeting.html",
        {
            "entry": entry,
            "around": neighbourhood.around_meeting(entry),
            "details": details_of(entry),
        },
    )


@require_safe
def country(request: HttpRequest, slug: str) -> HttpResponse:
    if not is_country(slug.upper()):
        raise Http404
    if slug != slug.upper():
        return redirect("initiatives:country", slug=slug.upper(), permanent=True)
    around = neighbourhood.around_country(slug)
    around["meetings"] = newest(around.get("meetings", []))
    return render(
        request,
        "initiatives/country.html",
        {"code": slug, "name": country_name(slug), "around": around},
    )
