"""Writing the audit log: `record` adds an entry in the transaction of what it tells of."""

from datetime import UTC, date
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.db.models.functions import Now
from django.utils.functional import Promise

from iomsite.audit.models import FIRST, AuditEntry, AuditHead
from iomsite.canonical import canonical, digest

HEAD = 1
LONGEST_TEXT = 1000
LONGEST_DATA = 16_000


@transaction.atomic(savepoint=False)
def record(
    action: str,
    *,
    actor: User | AnonymousUser | None,
    kind: str = "",
    item: int | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add an entry at the end of the chain and return it.

    Call it inside the transaction of what it tells of, as its last step: until that
    transaction ends, others who add an entry wait. Three queries, whatever is told.
    """
    head = _locked_head()
    known = actor if actor is not None and actor.pk is not None else None
    entry = AuditEntry(
        sequence=head.sequence + 1,
        made_at=head.now.astimezone(UTC),
        actor=known.pk if known else None,
        actor_name=_clean(known.get_username())[:150] if known else "",
        action=action,
        kind=kind,
        item=item,
        data=bounded(data or {}),
        previous_hash=head.hash,
    )
    entry.hash = entry.computed_hash()
    entry.save(force_insert=True)
    AuditHead.objects.filter(pk=HEAD).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def head() -> tuple[int, str]:
    """Return the number and the hash of the last entry. Kept elsewhere, they pin the chain."""
    found = AuditHead.objects.filter(pk=HEAD).values_list("sequence", "hash").first()
    return found or (0, FIRST)


def bounded(data: dict[str, Any]) -> dict[str, Any]:
    """Return particulars as the database can hold them: of bounded size, in plain values.

    What somebody typed may be among them, as a name tried at the door. An action is never
    refused because there is too much to tell: long texts are cut, and of what is still too
    much only its checksum is kept.
    """
    plain = _plain(data)
    size = len(canonical(plain).encode())
    if size > LONGEST_DATA:
        return {"left_out": {"bytes": size, "sha256": digest(plain)}}
    return plain


def ensure_head(**kwargs: Any) -> None:
    """Put the head in its place in a database that was just made or emptied."""
    AuditHead.objects.bulk_create([AuditHead(pk=HEAD, **_end_of_chain())], ignore_conflicts=True)


def _locked_head() -> Any:
    found = AuditHead.objects.select_for_update().annotate(now=Now()).filter(pk=HEAD)
    head = found.first()
    if head is None:
        # While a new database is being made; two who find no head may both put it there.
        ensure_head()
        head = found.get()
    return head


def _end_of_chain() -> dict[str, Any]:
    last = AuditEntry.objects.order_by("-sequence").first()
    return {"sequence": last.sequence, "hash": last.hash} if last else {}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_clean(str(key))[:LONGEST_TEXT]: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        rows = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(inner) for inner in rows]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | Promise):
        text = _clean(str(value))
        return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    return value


def _clean(text: str) -> str:
    """Return a text without what PostgreSQL or UTF-8 cannot hold."""
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()
