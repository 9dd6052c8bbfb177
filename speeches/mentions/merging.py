"""Making two entries of the directory one: every link, name and old address stays.

What leads to the entry that is given up leads to the one that is kept; public items that named it
go out with a version that says so, if nothing else waits in them. The one given up is taken down,
and its addresses lead on for ever.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from initiatives.models import Identifier, Name
from initiatives.models.entities import Entity
from iomsite.addresses.ledger import record_move
from iomsite.audit.log import record
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import OUT, Publishable, WorkingCopy, kind_of
from iomsite.publishing.snapshot import part_relations
from iomsite.publishing.workflow import Refused, perform
from speeches.mentions.entries import target_for
from speeches.models import Mention, Rejection

NOTES = (Mention, Rejection)
NAMES = (Name, Identifier)


class CannotMerge(ValueError):
    """These two cannot become one; the message says why."""


class Merged(NamedTuple):
    """How many items were changed, and how many of them wait as a working copy."""

    changed: int
    waiting: int


class _Pointer(NamedTuple):
    """Rows of an item that point at an entry: of a part of it, or its own."""

    model: Any
    owner: str
    """The key of a part that points at its item; empty for the item itself."""
    field: Any


@transaction.atomic
def merge(kept: Entity, given_up: Entity, user: Any) -> Merged:
    """Let one entry go into another. All of it is done, or nothing.

    Raises CannotMerge, Refused or DoesNotFit with a message that says what stands in the way.
    """
    if type(kept) is not type(given_up) or kept.pk == given_up.pk:
        raise CannotMerge(_("Choose two different entries of one kind."))
    reason = _("“%(old)s” is “%(new)s” now.") % {"old": given_up, "new": kept}
    items = {item: some for item, some in _pointing(given_up).items() if item != kept}
    waiting = sum(
        _repoint(item, some, kept, given_up, user, reason) for item, some in items.items()
    )
    waiting += _take_over(kept, given_up, user, reason)
    _move_notes(kept, given_up)
    record_move(given_up, kept, user, reason)
    data = {"into": kept.pk, "name": str(kept), "was": str(given_up), "items": len(items)}
    record("directory.merge", actor=user, kind=kind_of(given_up), item=given_up.pk, data=data)
    if given_up.status in OUT:
        if not given_up.is_removed:
            perform("remove", given_up, user, notice=reason)
    else:
        given_up.delete()
    return Merged(len(items) + 1, waiting)


def _pointing(entry: Entity) -> dict[Any, set[_Pointer]]:
    """Return the items that point at an entry, each with how."""
    found: dict[Any, set[_Pointer]] = defaultdict(set)
    for relation in entry._meta.related_objects:
        model: Any = relation.related_model
        if model in NOTES or model in NAMES:
            continue
        rows = model._base_manager.filter(**{relation.field.name: entry})
        if issubclass(model, Publishable):
            for item in rows:
                found[item].add(_Pointer(model, "", relation.field))
            continue
        for owner in _owners(model):
            if owner == relation.field.name:
                continue
            for row in rows.exclude(**{owner: None}).select_related(owner):
                found[getattr(row, owner)].add(_Pointer(model, owner, relation.field))
    return found


def _owners(model: Any) -> Iterator[str]:
    """Yield the keys of a part that point at the items whose part it is."""
    for field in model._meta.concrete_fields:
        item = field.related_model
        if item is None or not isinstance(item, type) or not issubclass(item, Publishable):
            continue
        if any(back.model is model and back.name == field.name
               for _name, back in part_relations(item)):  # fmt: skip
            yield field.name


def _repoint(
    item: Any, pointers: set[_Pointer], kept: Entity, given_up: Entity, user: Any, reason: str
) -> bool:
    """Let an item point at the entry that is kept; say whether that waits in its copy."""
    had_copy = WorkingCopy.objects.of(item).exists()
    with editing(item, user) as desk:
        for pointer in pointers:
            if pointer.field.many_to_many:
                chosen = getattr(desk.item, pointer.field.name)
                chosen.remove(given_up)
                chosen.add(kept)
                continue
            key = {pointer.owner: desk.item} if pointer.owner else {"pk": desk.item.pk}
            rows = pointer.model._base_manager.filter(**key, **{pointer.field.name: given_up})
            for row in rows:
                setattr(row, pointer.field.name, kept)
                _save_or_drop(row)
    return _publish(item, user, reason, had_copy=had_copy)


def _save_or_drop(row: models.Model) -> None:
    """Save a part; drop it when the item has the same one already."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        row.delete()


def _publish(item: Any, user: Any, reason: str, *, had_copy: bool) -> bool:
    """Publish what a merge has changed of a public item, unless something else waits in it."""
    if item.status not in OUT or not WorkingCopy.objects.of(item).exists():
        return False
    if had_copy:
        return True
    try:
        perform("publish_unreviewed", item, user, reason=reason[:500], note=reason)
    except Refused:
        return True
    return False


def _take_over(kept: Entity, given_up: Any, user: Any, reason: str) -> bool:
    """Give the kept entry the names, identifiers and own rows of the other one."""
    had_copy = WorkingCopy.objects.of(kept).exists()
    owner = target_for(kept).kind
    identifiers = list(given_up.identifiers.all())
    given_up.identifiers.all().delete()
    with editing(kept, user) as desk:
        for text, language, kind, policy in _names_of(given_up):
            Name.objects.get_or_create(
                **{owner: desk.item}, text=text, language=language, kind=kind,
                defaults={"policy": policy},
            )  # fmt: skip
        for one in identifiers:
            one.pk = None
            setattr(one, owner, desk.item)
            one.save()
        for name, back in part_relations(type(kept)):
            if back.model in NAMES:
                continue
            for row in getattr(given_up, name).all():
                row.pk = None
                setattr(row, back.name, desk.item)
                _save_new(row)
    return _publish(kept, user, reason, had_copy=had_copy)


def _save_new(row: models.Model) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        pass  # The kept entry has the same one.


def _names_of(entry: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield the names of an entry as another one's: none of them is primary there."""
    yield entry.name, entry.name_language, Name.Kind.OTHER, ""
    if entry.acronym:
        yield entry.acronym, entry.name_language, Name.Kind.ACRONYM, Name.Policy.FREE
    for name in entry.names.all():
        kind = Name.Kind.OTHER if name.kind == Name.Kind.PRIMARY else name.kind
        yield name.text, name.language, kind, name.policy


def _move_notes(kept: Entity, given_up: Entity) -> None:
    """Let mentions and rejections follow; of two suggestions for the same words one goes."""
    kind = target_for(kept).kind
    old, new = {kind: given_up}, {kind: kept}
    same = Mention.objects.filter(
        **new, passage=models.OuterRef("passage"), start=models.OuterRef("start"),
        end=models.OuterRef("end"),
    )  # fmt: skip
    double = Mention.objects.filter(models.Exists(same), **old, status=Mention.Status.SUGGESTED)
    double.delete()
    Mention.objects.filter(**old).update(**new)
    Rejection.objects.filter(**old).update(**new)
    if kind == "person":
        Mention.objects.filter(holder=given_up.pk).update(holder=kept.pk)
