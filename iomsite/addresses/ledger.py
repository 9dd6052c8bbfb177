"""Writing the ledger: which addresses an item has, whose an address is, what has moved."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Model, Q
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from iomsite.addresses.models import Move, PublicAddress, kind_of
from iomsite.addresses.paths import own_paths, paths_of
from iomsite.publishing.models import OUT, QueryTime

Key = tuple[str, int]

MOST_MOVES = 50
"""Steps from one item into the next. Merging the same entry fifty times is a mistake."""


class AddressTakenError(ValidationError):
    """Readers know the address as that of another item."""


def remember(item: Model) -> int:
    """Write down the addresses of an item that is public or will be; return how many are new.

    Belongs into the transaction that publishes, schedules, withdraws or removes. `status` and
    `published_at` have to be the values that were saved. Doing it twice adds nothing. Raises
    AddressTakenError when one of the addresses was public as that of another item.
    """
    return remember_all([item])


def remember_all(items: Sequence[Model]) -> int:
    """Do the same for many items of one kind, with the same two questions to the database."""
    if not items:
        return 0
    wanted = {item.pk: _public_paths(item) for item in items}
    rows = _known_rows(kind_of(items[0]), wanted)
    new = [line for item in items for line in _lines(item, wanted[item.pk], rows)]
    PublicAddress.objects.bulk_create(new)
    return len(new)


def taken_by_another(path: str, item: Model) -> PublicAddress | None:
    """Return the line that gives a path to another item, or None when this one may have it.

    An address once public is never given to another item, also when the first is gone. An
    item that another was merged into may have the other's addresses.
    """
    lines = PublicAddress.objects.binding().filter(path=path).order_by("-pk")
    return next((line for line in lines if not _is_of(line, item)), None)


def refuse_taken_address(item: Model) -> None:
    """Raise ValidationError at the field `slug` when the address belongs to another item.

    An item that is not complete enough to have an address is left to the other checks.
    """
    try:
        paths = own_paths(item)
    except (NoReverseMatch, ObjectDoesNotExist):
        return
    for path in paths:
        if taken_by_another(path, item):
            raise ValidationError({"slug": _taken(path)})


def record_move(old: Model, new: Model, actor: User | None, reason: str = "") -> Move:
    """Write down that one item has gone into another, so that its addresses lead there.

    Raises ValidationError when the first has gone somewhere before, or the second leads back.
    """
    first, second = (kind_of(old), old.pk), (kind_of(new), new.pk)
    with transaction.atomic():
        if first in follow_moves(second):
            raise ValidationError(
                _("This would lead readers in a circle: the one has gone into the other already.")
            )
        if Move.objects.filter(old_kind=first[0], old_item=first[1]).exists():
            raise ValidationError(_("This entry has gone into another one already."))
        return Move.objects.create(
            old_kind=first[0],
            old_item=first[1],
            new_kind=second[0],
            new_item=second[1],
            actor=actor.pk if actor else None,
            actor_name=actor.get_username() if actor else "",
            reason=reason[:500],
        )


def follow_moves(start: Key) -> list[Key]:
    """Return the items that one leads to, itself first; the last is where readers end."""
    chain = [start]
    while len(chain) <= MOST_MOVES:
        kind, item = chain[-1]
        rows = Move.objects.filter(old_kind=kind, old_item=item)
        onward: Key | None = rows.values_list("new_kind", "new_item").first()
        if onward is None or onward in chain:
            break
        chain.append(onward)
    return chain


def _public_paths(item: Any) -> list[str]:
    return list(dict.fromkeys(paths_of(item))) if item.status in OUT else []


def _known_rows(kind: str, wanted: dict[int, list[str]]) -> list[PublicAddress]:
    """Return the lines that hold for these items, and for these paths, in one query."""
    paths = [path for some in wanted.values() for path in some]
    has_been_public = ExpressionWrapper(
        Q(first_public_at__lte=QueryTime()), output_field=BooleanField()
    )
    lines = PublicAddress.objects.binding().annotate(has_been_public=has_been_public)
    return list(lines.filter(Q(kind=kind, item__in=list(wanted)) | Q(path__in=paths)))


def _lines(item: Any, paths: list[str], rows: Iterable[Any]) -> Iterator[PublicAddress]:
    """Yield the lines that the ledger lacks: new addresses, other times, what is called off."""
    key = (kind_of(item), item.pk)
    mine = {row.path: row for row in rows if (row.kind, row.item) == key}
    for path in paths:
        others = [row for row in rows if row.path == path and (row.kind, row.item) != key]
        if any(not _is_of(row, item) for row in others):
            raise AddressTakenError(_taken(path))
        row = mine.get(path)
        if row is None or not (row.has_been_public or row.first_public_at == item.published_at):
            yield PublicAddress(
                path=path, part=_part(path, paths[0]), kind=key[0], item=key[1],
                first_public_at=item.published_at,
            )  # fmt: skip
    for row in mine.values():
        if row.path not in paths and not row.has_been_public:
            yield PublicAddress(path=row.path, part=row.part, kind=key[0], item=key[1])


def _part(path: str, main: str) -> str:
    return path.removeprefix(main) if path.startswith(main) else path


def _is_of(line: PublicAddress, item: Model) -> bool:
    owner, key = (line.kind, line.item), (kind_of(item), item.pk)
    return owner == key or follow_moves(owner)[-1] == key


def _taken(path: str) -> str:
    return _(
        "Another entry has or had the address %(path)s, and links to it have to lead there for"
        " ever. Choose another address."
    ) % {"path": path}
