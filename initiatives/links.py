"""The links that lead out of the public pages of the directory."""

from collections.abc import Iterator
from typing import Any

from initiatives.models import (
    Initiative,
    Meeting,
    MeetingDocument,
    MeetingSeries,
    Organization,
    Person,
    Term,
)
from iomsite.addresses.links.sources import FoundLink, in_bodies, in_column

WITH_WEBSITE: tuple[Any, ...] = (Organization, Person, Initiative, MeetingSeries, Meeting)


def links_of_entries() -> Iterator[FoundLink]:
    """Yield websites, links in descriptions, and the documents of meetings.

    Identifiers are left out: their addresses are made from a pattern, and lead to registers
    that ask programs to use other doors.
    """
    for model in WITH_WEBSITE:
        yield from in_column(model._default_manager.published(), "website")
    for model in (*WITH_WEBSITE, Term):
        yield from in_bodies(model._default_manager.published(), "description")
    meetings = Meeting.objects.published().order_by().values("pk")
    documents = MeetingDocument.objects.filter(meeting__in=meetings)
    yield from in_column(documents, "url", item="meeting", of=Meeting)
