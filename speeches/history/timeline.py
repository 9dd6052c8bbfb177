"""The versions of a speech that the public may know, and what happened with each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import Status, Version
from iomsite.publishing.snapshot import Content
from speeches.models import Speech

PREPARED = ("as_prepared", "check_against_delivery", "speaking_notes")
DELIVERED = ("as_delivered", "transcript")

MOST_READ = 40
"""Versions whose contents are looked into, newest first, to find one of a certain sort."""

EVENTS = {
    "published": _("Published"),
    "revised": _("Changed"),
    "same": _("Published again without a change"),
    "withdrawn": _("Withdrawn"),
    "removed": _("Removed"),
    "reinstated": _("Put back"),
}


class Entry(NamedTuple):
    """One version, what it was, and the one before whose words can be read."""

    version: Version
    event: str
    at: datetime
    """When readers first saw it."""
    before: int
    """The number of the readable version before; 0 where there is none or nothing differs."""

    @property
    def label(self) -> str:
        return str(EVENTS[self.event])

    @property
    def is_readable(self) -> bool:
        return self.version.status != Status.REMOVED


class Pair(NamedTuple):
    """Two versions to be compared, by number."""

    old: int
    new: int


def public_versions(speech: Speech) -> list[Version]:
    """Return the versions that the public may know of, the first one first, without contents."""
    versions = Version.objects.of(speech).ever_public().without_content()
    return list(versions.order_by("number"))


def timeline(versions: Sequence[Version]) -> list[Entry]:
    """Say what happened with each version, the newest first."""
    entries: list[Entry] = []
    last: Version | None = None
    readable: Version | None = None
    for version in versions:
        event = _event(version, last)
        differs = readable is not None and readable.content_hash != version.content_hash
        before = readable.number if readable is not None and differs else 0
        entries.append(Entry(version, event, max(version.made_at, version.published_at), before))
        last = version
        if version.status != Status.REMOVED:
            readable = version
    return entries[::-1]


def _event(version: Version, last: Version | None) -> str:
    if last is None:
        return "published" if version.status == Status.PUBLISHED else str(version.status)
    if version.status != last.status:
        return "reinstated" if version.status == Status.PUBLISHED else str(version.status)
    return "revised" if version.content_hash != last.content_hash else "same"


def content_of(speech: Speech, *numbers: int) -> dict[int, Content]:
    """Return the contents of those of some versions that the public may read."""
    versions = Version.objects.of(speech).readable().filter(number__in=numbers)
    return dict(versions.values_list("number", "content"))


def prepared_and_delivered(speech: Speech) -> Pair | None:
    """Return the last version as prepared and the last as delivered, if there are both."""
    if speech.delivery_status not in DELIVERED:
        return None
    delivered = 0
    for number, content in _newest_contents(speech):
        status = content["fields"].get("delivery_status")
        if status in DELIVERED and not delivered:
            delivered = number
        if status in PREPARED and delivered:
            return Pair(number, delivered)
    return None


def version_with(speech: Speech, language: str, anchor: str) -> int:
    """Return the number of the newest version whose text has an anchor, or 0."""
    for number, content in _newest_contents(speech):
        for text in content["parts"]["texts"]:
            anchors = text.get("derived", {}).get("anchors", [])
            if text["fields"]["language"] == language and anchor in anchors:
                return number
    return 0


def _newest_contents(speech: Speech) -> Any:
    versions = Version.objects.of(speech).readable().order_by("-number")
    rows = versions.values_list("number", "content")[:MOST_READ]
    return rows.iterator(chunk_size=1)
