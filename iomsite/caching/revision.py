"""Moves the record's revision on, after every change of what a page could show.

These signals are what the cache stands on: whoever saves, on whatever path, need not know
that there is one. A queryset's `update` sends none, so code that changes words with it calls
`note_change` itself.
"""

import secrets
from itertools import count
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from iomsite.audit.models import AuditEntry
from iomsite.caching.models import RecordState
from iomsite.publishing.models import gate_changed

WATCHED_APPS = frozenset({"pages", "initiatives", "speeches"})

UNWATCHED = frozenset({
    "speeches.passage", "speeches.searchchange", "speeches.mention", "speeches.rejection",
    "speeches.proposal", "speeches.proposaloccurrence", "speeches.namekey",
    "speeches.namechange", "speeches.cataloguestate", "speeches.textlinking",
    "speeches.citation",
})  # fmt: skip
"""Rows in great numbers that change only together with a watched one, or which only staff see.
Whoever decides about a mention notes the change."""

STATE = 1

_changes = count(1)
_last_change = 0


def bump() -> None:
    """Let everything that is kept be old from now on; inside a transaction, when it ends."""
    drawn = secrets.randbits(62)
    if not RecordState.objects.filter(pk=STATE).update(revision=drawn):
        RecordState.objects.update_or_create(pk=STATE, defaults={"revision": drawn})


def note_change(**kwargs: Any) -> None:
    """Bump once the open transaction is committed, and once only however much it changes.

    Not at once: every writer would wait for the others' transactions at this one row.
    """
    global _last_change
    _last_change = next(_changes)
    if not is_change_open():
        transaction.on_commit(bump)


def is_change_open() -> bool:
    """Say whether the open transaction has changed something that others cannot see yet.

    Django drops the function when the savepoint is rolled back in which it was noted.
    """
    noted = transaction.get_connection().run_on_commit
    return any(function is bump for _savepoints, function, *_rest in noted)


def last_change() -> int:
    """Return the number of the last change in this process, committed or not."""
    return _last_change


def connect() -> None:
    """Listen to every model of the record, the directory and the pages."""
    for model in apps.get_models():
        options = model._meta
        if options.app_label not in WATCHED_APPS or options.label_lower in UNWATCHED:
            continue
        for signal in (post_save, post_delete):
            signal.connect(note_change, model, dispatch_uid="caching")
        for relation in options.local_many_to_many:
            m2m_changed.connect(note_change, relation.remote_field.through, dispatch_uid="caching")
    gate_changed.connect(note_change, dispatch_uid="caching")
    post_save.connect(_audited, AuditEntry, dispatch_uid="caching")


def _audited(instance: AuditEntry, **kwargs: Any) -> None:
    """Bump within the transaction of what was done to an item: its publication, its withdrawal.

    Such an action may not be missed even if the process dies right after its commit. It
    waits at the audit log's head already, so nobody waits longer for this row. What people do
    at the door is in the log too, and leaves the pages as they are.
    """
    if instance.kind.partition(".")[0] in WATCHED_APPS:
        bump()
