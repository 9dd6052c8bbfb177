"""Proving that no history was changed: link by link, and against the rows and the log.

What is checked of each item: every version follows from the one before and says what its
hash covers; the audit log, a chain of its own, names each version and no other; what the
public sees is what the last version says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from iomsite.addresses.models import Move
from iomsite.addresses.public_items import publishable_models
from iomsite.audit import log, verify
from iomsite.audit.models import AuditEntry
from iomsite.publishing.models import OUT, Version, kind_of
from iomsite.publishing.snapshot import content_hash, snapshot

Key = tuple[str, int]

CHUNK = 200


class BrokenLink(NamedTuple):
    """The first place where a history does not hold."""

    where: str
    problem: str


class Logged(NamedTuple):
    """What the audit log tells of one item."""

    hashes: dict[int, str]
    """The hash of each version, by its number."""
    left_as: str
    """The status that the last action left the item in, if it says so."""


def broken_links(kind: str = "", item: int | None = None) -> Iterator[BrokenLink | None]:
    """Yield for each history what is wrong with it first, or None: of all items, or of one.

    The audit log comes before them; without it nothing that it says counts.
    """
    problem = verify.verify_all(end=log.head())
    yield BrokenLink(_("Audit log"), problem.reason) if problem else None
    which = {"kind": kind, "item": item} if kind else {}
    logged = _what_the_log_says(which)
    versions = Version.objects.filter(**which).order_by("kind", "item", "number")
    rows = versions.iterator(chunk_size=CHUNK)
    for key, chain in groupby(rows, key=lambda version: (version.kind, version.item)):
        yield _first_problem(key, chain, logged.pop(key, Logged({}, "")))
    for key, entries in logged.items():
        if entries.hashes:
            yield BrokenLink(_named(key, 1), _("The log names versions, but there are none."))
    yield from _without_history(kind, item)


def verify_versions(versions: Iterable[Version]) -> BrokenLink | None:
    """Check the versions of one item, in the order of their numbers."""
    before: Version | None = None
    for version in versions:
        problem = _problem_of(version, before)
        if problem:
            return BrokenLink(str(version), problem)
        before = version
    return None


def verify_live(item: Any, last: Version) -> BrokenLink | None:
    """Check that what the public sees is what the last version says."""
    if content_hash(snapshot(item)) != last.content_hash:
        return BrokenLink(str(last), _("The item was changed without a version of the change."))
    outside = ("status", "published_at", "public_notice")
    if any(getattr(item, name) != getattr(last, name) for name in outside):
        return BrokenLink(str(last), _("The item's status was changed without a version."))
    return None


def _first_problem(key: Key, chain: Iterable[Version], logged: Logged) -> BrokenLink | None:
    versions: list[Version] = []
    found = verify_versions(_kept(chain, versions))
    return found or _against_the_log(key, versions, logged) or _against_rows(versions[-1], logged)


def _kept(chain: Iterable[Version], heads: list[Version]) -> Iterator[Version]:
    """Pass versions on, and keep them without their contents."""
    for version in chain:
        yield version
        version.content = None
        heads.append(version)


def _problem_of(version: Version, before: Version | None) -> str:
    if version.number != (before.number + 1 if before else 1):
        return _("A version before this one is missing.")
    if version.previous_hash != (before.hash if before else ""):
        return _("It does not follow from the version before.")
    if content_hash(version.content) != version.content_hash:
        return _("The content was changed.")
    if version.compute_hash() != version.hash:
        return _("What it says of itself was changed.")
    return ""


def _against_the_log(key: Key, versions: list[Version], logged: Logged) -> BrokenLink | None:
    """Find a version that the log does not name, or one that only the log knows."""
    for version in versions:
        if logged.hashes.pop(version.number, "") != version.hash:
            return BrokenLink(str(version), _("The audit log knows no version with this hash."))
    if logged.hashes:
        missing = _named(key, min(logged.hashes))
        return BrokenLink(missing, _("The audit log names it, but it is not there."))
    return None


def _against_rows(last: Version, logged: Logged) -> BrokenLink | None:
    item = last.find_item()
    if item is None:
        moved = Move.objects.filter(old_kind=last.kind, old_item=last.item).exists()
        # What was taken off the schedule was never public, and may be deleted.
        may_be_gone = moved or (logged.left_as and logged.left_as not in OUT)
        return None if may_be_gone else BrokenLink(str(last), _("The item itself is gone."))
    if item.status in OUT:
        return verify_live(item, last)
    if logged.left_as and logged.left_as not in OUT:
        return None
    return BrokenLink(str(last), _("The item's status was changed without a version."))


def _what_the_log_says(which: dict[str, Any]) -> dict[Key, Logged]:
    entries = AuditEntry.objects.filter(action__startswith="publishing.", **which)
    hashes: dict[Key, dict[int, str]] = defaultdict(dict)
    left_as: dict[Key, str] = {}
    rows: Any = entries.order_by("sequence").values_list("kind", "item", "data")
    for kind, item, data in rows.iterator(chunk_size=2000):
        if data.get("version_hash"):
            hashes[kind, item][data.get("version", 0)] = data["version_hash"]
        if data.get("to"):
            left_as[kind, item] = str(data["to"]).split("/")[0]
    return {key: Logged(hashes[key], left_as.get(key, "")) for key in list(hashes)}


def _without_history(kind: str, item: int | None) -> Iterator[BrokenLink]:
    """Yield what is public and has no version at all."""
    for model in publishable_models():
        if kind and kind != kind_of(model):
            continue
        rows = model._base_manager.filter(status__in=OUT, **({"pk": item} if item else {}))
        of_row = Version.objects.filter(kind=kind_of(model), item=OuterRef("pk"))
        for pk in rows.filter(~Exists(of_row)).values_list("pk", flat=True).order_by("pk"):
            problem = _("It is public and has no history: run begin_history.")
            yield BrokenLink(_named((kind_of(model), pk), 1), problem)


def _named(key: Key, number: int) -> str:
    return str(Version(kind=key[0], item=key[1], number=number))
