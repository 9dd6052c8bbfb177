"""The speeches of an entry, for the directory's pages, whose Python never says "speech"."""

from typing import Any

from django import template
from django.core.paginator import Page

from initiatives.models import Initiative, Meeting, MeetingSeries, Organization, Person
from iomsite.paging import page_of
from speeches.models import Speech
from speeches.querysets import SpeechQuerySet

register = template.Library()

AGENDA_PAGE = 60


@register.simple_tag(takes_context=True)
def speeches_of(context: dict[str, Any], entry: Any) -> Page:
    """Return a page of the published speeches that belong to an entry, ready for cards.

    A country is given by its code. A meeting's speeches come in the order of its agenda,
    all others newest first.
    """
    speeches = Speech.objects.published().for_listing()
    if isinstance(entry, Meeting):
        rows = speeches.filter(meeting=entry).select_related("agenda_item").in_agenda_order()
        return page_of(context["request"], rows, AGENDA_PAGE)
    return page_of(context["request"], _belonging_to(speeches, entry).newest_first())


def _belonging_to(speeches: SpeechQuerySet, entry: Any) -> SpeechQuerySet:
    match entry:
        case Person():
            return speeches.given_by(entry)
        case MeetingSeries():
            return speeches.in_series(entry)
        case Organization():
            return speeches.concerning_organization(entry)
        case Initiative():
            return speeches.filter(initiatives=entry)
        case str():
            return speeches.given_for_country(entry)
    raise TypeError(f"Nothing says which speeches belong to {entry!r}.")
