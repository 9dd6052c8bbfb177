"""What the checklist asks of an entry of the directory before it goes out."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from initiatives.models import (
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
    Term,
)
from iomsite.publishing.checklist import Finding, checked_by
from iomsite.publishing.models import Status, kind_of
from iomsite.publishing.text_checks import link_findings, web_address_findings

ENTITIES = (Organization, Person, Office, Initiative, MeetingSeries, Meeting, Term)

SHOWN_RELATIONS = {
    "initiatives.organization": ("parent",),
    "initiatives.office": ("organization",),
    "initiatives.meetingseries": ("organizer", "initiative"),
    "initiatives.meeting": ("series", "host"),
}
"""What the page names if it is public, and leaves out if it is not."""


def connect() -> None:
    """Bring these checks to the checklist; called once, when the apps are ready."""
    for model in ENTITIES:
        checked_by(kind_of(model), names, doubts, relations, links)
    checked_by("initiatives.meeting", days)


def names(entry: Any) -> Iterator[Finding]:
    """The entry has a name."""
    if not entry.name.strip():
        yield Finding(True, _("Give the entry a name."), "name")


def doubts(entry: Any) -> Iterator[Finding]:
    """What still waits to be verified is marked as such on the page."""
    if entry.uncertain_fields:
        message = _("Some facts are still to be verified. The page marks them as unconfirmed.")
        yield Finding(False, message, "uncertain_fields")


def relations(entry: Any) -> Iterator[Finding]:
    """What the entry refers to can be seen by the public."""
    for field in SHOWN_RELATIONS.get(kind_of(entry), ()):
        related = getattr(entry, field, None)
        if related is not None and related.status != Status.PUBLISHED:
            message = _("“%(name)s” is not published, so the page does not name it.")
            yield Finding(False, message % {"name": related}, field)


def links(entry: Any) -> Iterator[Finding]:
    """Its links lead somewhere and say where."""
    yield from link_findings(entry.description, "description")
    yield from web_address_findings(getattr(entry, "website", "") or "", "website")


def days(meeting: Meeting) -> Iterator[Finding]:
    """A meeting has a day, or it stands in no list of meetings."""
    if meeting.starts_on is None:
        message = _("Say when the meeting opens, at least the year: lists are in that order.")
        yield Finding(False, message, "starts_on")
