"""Names of the directory with their tokens, worked out when a name changes and not before."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction

from initiatives.models import Name
from iomsite.publishing.models import Status
from speeches.mentions.country_names import country_rows
from speeches.mentions.entries import MODELS
from speeches.mentions.finding.found import NameRow
from speeches.mentions.finding.tokens import key_of
from speeches.models import CatalogueState, NameChange, NameKey
from speeches.targets import Target

SCHEME = 1
"""Raise it when `key_of` reads names differently: all keys are then written anew."""
BATCH = 500


def known_version() -> int | None:
    """Return the catalogue's version, without writing anything; None when it is out of date."""
    state = CatalogueState.objects.filter(pk=1, scheme=SCHEME).first()
    return None if state is None or NameChange.objects.exists() else state.version


def take_in_changes() -> int:
    """Write the keys of the names that have changed; return the catalogue's version.

    What is found out of date altogether, as in a new database, is written from nothing.
    """
    known = known_version()
    if known is not None:
        return known
    with transaction.atomic():
        CatalogueState.objects.get_or_create(pk=1)
        state = CatalogueState.objects.select_for_update().get(pk=1)
        if state.scheme != SCHEME:
            _write_all()
        else:
            _write_changed()
        # Drawn, not counted: a backup that is put back must not look like what was read.
        state.version, state.scheme = secrets.randbits(62), SCHEME
        state.save()
    return state.version


def rebuild() -> int:
    """Write all keys anew; return the catalogue's version."""
    CatalogueState.objects.filter(pk=1).update(scheme=0)
    return take_in_changes()


def _write_all() -> None:
    NameChange.objects.all().delete()
    NameKey.objects.all().delete()
    _insert(country_rows())
    for kind in MODELS:
        _insert(_rows(kind, None))


def _write_changed() -> None:
    changed = list(NameChange.objects.values_list("pk", "kind", "owner"))
    owners: dict[str, set[str]] = defaultdict(set)
    for _key, kind, owner in changed:
        owners[kind].add(owner)
    for kind, some in owners.items():
        ordered = sorted(some)
        for start in range(0, len(ordered), BATCH):
            part = ordered[start : start + BATCH]
            NameKey.objects.filter(kind=kind, owner__in=part).delete()
            _insert(_rows(kind, part))
    NameChange.objects.filter(pk__in=[key for key, *_rest in changed]).delete()


def _rows(kind: str, owners: Collection[str] | None) -> Iterator[NameRow]:
    """Yield the names of all entries of a kind, or of some, that were not removed."""
    entries = MODELS[kind].objects.exclude(status=Status.REMOVED).order_by("pk")
    names = Name.objects.filter(**{f"{kind}__isnull": False}).order_by(kind, "pk")
    if owners is not None:
        entries = entries.filter(pk__in=owners)
        names = names.filter(**{f"{kind}__in": list(owners)})
    others: dict[int, list[Any]] = defaultdict(list)
    for row in names.values_list(f"{kind}_id", "text", "language", "kind", "policy"):
        others[row[0]].append(row[1:])
    for key, name, language, acronym in entries.values_list(
        "pk", "name", "name_language", "acronym"
    ):
        target = Target(kind, key)
        yield NameRow(target, name, language, "primary")
        if acronym and all(text != acronym for text, *_rest in others[key]):
            yield NameRow(target, acronym, language, "acronym", "free")
        for text, in_language, name_kind, policy in others[key]:
            if (text, name_kind) != (name, "primary"):
                yield NameRow(target, text, in_language, name_kind, policy)


def _insert(rows: Iterable[NameRow]) -> None:
    NameKey.objects.bulk_create(
        (
            NameKey(
                kind=row.target.kind,
                owner=str(row.target.key),
                text=row.text,
                language=row.language,
                name_kind=row.kind,
                policy=row.policy,
                tokens=" ".join(key_of(row.text)),
            )
            for row in rows
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
