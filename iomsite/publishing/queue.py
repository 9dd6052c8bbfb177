"""What waits for whom: the items on the desks of all kinds, in a number of queries that stays.

Nothing here decides who may do what; it only gathers what the front page of the admin and
the page of embargoes show.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import CharField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from iomsite.publishing.desk import Stage
from iomsite.publishing.models import Publishable, QueryTime, Review, Status, WorkingCopy, kind_of
from iomsite.publishing.roles import may

MOST_GATHERED = 300
"""Items looked at for one page, the oldest first. Nobody works through more in one sitting."""

Key = tuple[str, int]


class Entry(NamedTuple):
    """An item on somebody's desk."""

    kind: str
    item: Any
    copy: WorkingCopy | None
    review: Review | None

    @property
    def label(self) -> str:
        """What kind of thing it is, in a word."""
        return str(self.item._meta.verbose_name)

    @property
    def address(self) -> str:
        options = self.item._meta
        name = f"admin:{options.app_label}_{options.model_name}_change"
        return reverse(name, args=[self.item.pk])

    @property
    def stage(self) -> str:
        """Where that stands which is not public yet, as a `Desk` says it."""
        if self.copy:
            return self.copy.stage
        return str(self.item.status) if self.item.status in {"draft", "in_review"} else ""

    @property
    def since(self) -> datetime:
        """When it came to where it stands, as far as that is kept."""
        if self.stage == Stage.IN_REVIEW and self.review and self.review.submitted_at:
            return self.review.submitted_at
        if not self.stage and self.review and self.review.unreviewed_at:
            return self.review.unreviewed_at
        return self.copy.updated_at if self.copy else self.item.updated_at

    @property
    def due_on(self) -> date | None:
        return self.review.due_on if self.review else None

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def goes_out_at(self) -> datetime | None:
        """When it becomes public by itself: the item, or what was changed in it."""
        if self.copy and self.copy.stage == Stage.SCHEDULED:
            return self.copy.due_at
        time = self.item.published_at if self.item.status == Status.PUBLISHED else None
        return time if time and time > timezone.now() else None


def kinds_for(user: Any, action: str) -> dict[str, Any]:
    """Return the models with a public life in which a user has the permission for an action."""
    return {
        kind_of(model): model
        for model in apps.get_models()
        if issubclass(model, Publishable) and may(user, action, model)
    }


def in_review(kinds: dict[str, Any]) -> list[Key]:
    """Return the items and the working copies in review, those that wait longest first."""
    items = _keys(kinds, Q(status=Status.IN_REVIEW), "updated_at")
    copies = _copies(kinds).filter(stage=Stage.IN_REVIEW).order_by("updated_at")
    return _together(items, copies.values_list("kind", "item")[:MOST_GATHERED])


def embargoed(kinds: dict[str, Any]) -> list[Key]:
    """Return the items under embargo, the first to go out first."""
    condition = Q(status=Status.PUBLISHED, published_at__gt=QueryTime())
    return _keys(kinds, condition, "published_at")


def scheduled(kinds: dict[str, Any]) -> list[Key]:
    """Return the items whose working copy waits for its time, or missed it."""
    copies = _copies(kinds).filter(stage=Stage.SCHEDULED).order_by("due_at")
    return list(copies.values_list("kind", "item")[:MOST_GATHERED])


def reviewed(kinds: dict[str, Any], condition: Q) -> list[Key]:
    """Return the items whose review is of a sort."""
    rows = Review.objects.filter(condition, kind__in=kinds).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    return list(rows.values_list("kind", "item")[:MOST_GATHERED])


def entries(keys: Iterable[Key], item_rows: Any) -> dict[Key, Entry]:
    """Return the items of some keys with their copies and reviews, in the order of the keys.

    `item_rows(kind)` gives the queryset of a kind, joined with what its name needs.
    """
    wanted = list(dict.fromkeys(keys))
    by_kind: dict[str, list[int]] = {}
    for kind, key in wanted:
        by_kind.setdefault(kind, []).append(key)
    items = {
        (kind, row.pk): row
        for kind, pks in by_kind.items()
        for row in item_rows(kind).filter(pk__in=pks)
    }
    copies = _by_key(WorkingCopy.objects.defer("content").select_related("updated_by"), by_kind)
    reviews = _by_key(Review.objects.select_related("submitted_by", "assignee"), by_kind)
    return {
        key: Entry(key[0], items[key], copies.get(key), reviews.get(key))
        for key in wanted
        if key in items
    }


def _keys(kinds: dict[str, Any], condition: Q, order: str) -> list[Key]:
    """Return the keys of items of several kinds, in one query."""
    parts = [
        model._base_manager.filter(condition)
        .order_by()
        .annotate(of_kind=Value(kind, output_field=CharField()), its_time=F(order))
        .values_list("of_kind", "pk", "its_time")
        for kind, model in kinds.items()
    ]
    if not parts:
        return []
    found: QuerySet = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return [(kind, key) for kind, key, _time in found.order_by("its_time")[:MOST_GATHERED]]


def _copies(kinds: dict[str, Any]) -> QuerySet:
    return WorkingCopy.objects.filter(kind__in=kinds)


def _by_key(rows: QuerySet, by_kind: dict[str, list[int]]) -> dict[Key, Any]:
    condition = Q(pk__in=[])
    for kind, keys in by_kind.items():
        condition |= Q(kind=kind, item__in=keys)
    return {(row.kind, row.item): row for row in rows.filter(condition)}


def _together(*lists: Iterable[Key]) -> list[Key]:
    return list(_each_once(lists))[:MOST_GATHERED]


def _each_once(lists: Iterable[Iterable[Key]]) -> Iterator[Key]:
    seen: set[Key] = set()
    for found in lists:
        for key in found:
            if key not in seen:
                seen.add(key)
                yield key
