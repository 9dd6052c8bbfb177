"""Notes what the index has to take in, in the transaction of the change, and does it after.

The only signals between our own models: whoever saves, on whatever path, need not know
that there is a search.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from initiatives.models import Name, Office
from iomsite.publishing.models import gate_changed
from speeches.models import Contribution, SearchChange, SearchIndex, Speech, SpeechText, Synonym
from speeches.search.index.building import SYNONYMS, Progress, apply_changes, no_progress, rebuild
from speeches.search.index.name_index import ENTRY_MODELS

Kind = SearchChange.Kind

MANY = 2000
"""Changes from which on it is quicker to build the index from nothing."""

_waiting: ContextVar[bool] = ContextVar("search_changes_wait", default=False)

SECONDS = 10
"""How long one commit may be busy with changes, its own and others left behind."""

GATES = ("status", "published_at")
"""What makes an entry public. A change of it concerns every speech related to the entry."""

WATCHED = {
    "person": (*GATES, "name"),
    "office": (*GATES, "name", "organization_id"),
    "organization": GATES,
    "initiative": GATES,
    "meeting_series": GATES,
    "meeting": (*GATES, "series_id"),
}


@contextmanager
def changes_wait(progress: Progress = no_progress) -> Iterator[None]:
    """Hold back the index while many speeches are brought in, and take them in at the end."""
    token = _waiting.set(True)
    try:
        yield
    finally:
        _waiting.reset(token)
        take_in_changes(progress)


def take_in_changes(progress: Progress = no_progress) -> None:
    """Write everything that is waiting into the index."""
    if SearchChange.objects.count() > MANY or not SearchIndex.objects.exists():
        rebuild(progress)
    while apply_changes():
        pass


def note(kind: str, *keys: Any) -> None:
    """Note changes in the transaction that is open, and take them in when it is committed.

    What is noted already is written again, which locks it: nobody may strike it off the list
    who cannot see this transaction's change yet.
    """
    rows = [SearchChange(kind=kind, key=key) for key in sorted({str(key) for key in keys})]
    SearchChange.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["key"],
    )
    if rows:
        transaction.on_commit(_after_commit, robust=True)


def _after_commit() -> None:
    """Take in what was committed. What an interrupted import left is taken in by and by."""
    until = time.monotonic() + SECONDS
    if _waiting.get() or not SearchChange.objects.exists():
        return
    while apply_changes() and time.monotonic() < until:
        pass


def connect() -> None:
    """Listen to every model that the index is made from."""
    for signal in (post_save, pre_delete):
        signal.connect(_speech_changed, Speech, dispatch_uid="search")
    for model in (SpeechText, Contribution):
        for signal in (post_save, post_delete):
            signal.connect(_part_changed, model, dispatch_uid="search")
    gate_changed.connect(_gates_changed, dispatch_uid="search")
    for through in (Speech.organizations.through, Speech.initiatives.through):
        m2m_changed.connect(_subjects_changed, through, dispatch_uid="search")
    for model in (*ENTRY_MODELS.values(), Office):
        pre_save.connect(_entry_changes, model, dispatch_uid="search")
        post_save.connect(_entry_changed, model, dispatch_uid="search")
        pre_delete.connect(_entry_goes, model, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(_name_changed, Name, dispatch_uid="search")
        signal.connect(_synonym_changed, Synonym, dispatch_uid="search")


def _speech_changed(instance: Speech, **kwargs: Any) -> None:
    note(Kind.SPEECH, instance.pk)


def _gates_changed(sender: Any, keys: list[int], **kwargs: Any) -> None:
    if sender is Speech:
        note(Kind.SPEECH, *keys)
    elif sender in (*ENTRY_MODELS.values(), Office):
        for entry in sender._default_manager.filter(pk__in=keys):
            _entry_goes(entry)


def _part_changed(instance: SpeechText | Contribution, **kwargs: Any) -> None:
    note(Kind.SPEECH, instance.speech_id)


def _subjects_changed(
    instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if action not in {"post_add", "post_remove", "pre_clear", "post_clear"}:
        return
    if not reverse:
        note(Kind.RELATIONS, instance.pk)
    elif pk_set:
        note(Kind.RELATIONS, *pk_set)
    elif action == "pre_clear":
        note(Kind.RELATIONS, *instance.speeches.values_list("pk", flat=True))


def _name_changed(instance: Name, **kwargs: Any) -> None:
    note(Kind.ENTRY, *(f"{kind}:{key}" for kind in ENTRY_MODELS
                       if (key := getattr(instance, f"{kind}_id"))))  # fmt: skip


def _synonym_changed(**kwargs: Any) -> None:
    # Nothing to write: each process reads the list again when the index has moved on.
    note(Kind.ENTRY, SYNONYMS)


def _kind_of(entry: Any) -> str:
    name = str(entry._meta.model_name)
    return "meeting_series" if name == "meetingseries" else name


def _watched(entry: Any) -> tuple[Any, ...] | None:
    return type(entry)._default_manager.filter(pk=entry.pk).values_list(
        *WATCHED[_kind_of(entry)]
    ).first() if entry.pk else None  # fmt: skip


def _entry_changes(instance: Any, **kwargs: Any) -> None:
    instance.watched_before = _watched(instance)


def _entry_changed(instance: Any, created: bool, **kwargs: Any) -> None:
    kind = _kind_of(instance)
    if kind in ENTRY_MODELS:
        note(Kind.ENTRY, f"{kind}:{instance.pk}")
    if not created and instance.watched_before != _watched(instance):
        _note_speeches_of(instance)


def _entry_goes(instance: Any, **kwargs: Any) -> None:
    if _kind_of(instance) in ENTRY_MODELS:
        note(Kind.ENTRY, f"{_kind_of(instance)}:{instance.pk}")
    _note_speeches_of(instance)


def _note_speeches_of(entry: Any) -> None:
    """Note the speeches of an entry: those that say its name are left out until it is done."""
    saying, related = _speeches_of(entry)
    note(Kind.SPEECH, *saying)
    note(Kind.RELATIONS, *related)


def _speeches_of(entry: Any) -> tuple[QuerySet | list[int], QuerySet]:
    parts, speeches = Contribution.objects.all(), Speech.objects.order_by()
    match _kind_of(entry):
        case "person":
            mine = parts.filter(person=entry)
            return _speech_ids(mine.filter(name="")), _speech_ids(mine.exclude(name=""))
        case "office":
            mine = parts.filter(office=entry)
            unsaid = mine.filter(office_name="")
            return _speech_ids(unsaid), _speech_ids(mine.exclude(office_name=""))
        case "organization":
            mine = parts.filter(Q(on_behalf_of=entry) | Q(office__organization=entry))
            about = Q(organizations=entry) | Q(pk__in=_speech_ids(mine))
            return [], speeches.filter(about).values_list("pk", flat=True).distinct()
        case "initiative":
            return [], speeches.filter(initiatives=entry).values_list("pk", flat=True)
        case "meeting_series":
            return [], speeches.filter(meeting__series=entry).values_list("pk", flat=True)
        case "meeting":
            return [], speeches.filter(meeting=entry).values_list("pk", flat=True)
    raise TypeError(f"Nothing says which speeches belong to {entry!r}.")


def _speech_ids(parts: QuerySet) -> QuerySet:
    return parts.order_by().values_list("speech", flat=True)
