"""What the packages above tell the page cache, without its knowing them.

A package says in its app's `ready` when something changes by itself, what has to be done at
such a moment, and which few rows every page shows. All of it is read in the one query that
each request begins with, so each of these querysets has to be quick and have few rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import F, QuerySet

from iomsite.publishing.models import OUT, Publishable, QueryTime

Rows = Callable[[], QuerySet]


@dataclass
class Registry:
    """What was registered so far."""

    boundaries: list[Rows] = field(default_factory=list)
    due: list[tuple[Rows, Callable[[], Any]]] = field(default_factory=list)
    parts: dict[str, Rows] = field(default_factory=dict)


registered = Registry()


def register_boundary(moments: Rows) -> None:
    """Say when something public changes by itself: see `next_moment`."""
    registered.boundaries.append(moments)


def register_due(rows: Rows, act: Callable[[], Any]) -> None:
    """Call `act` before a page is answered while there are any of these rows."""
    registered.due.append((rows, act))


def register_part(name: str, rows: Rows) -> None:
    """Let every page have the values of some rows (`values_list`), under a name.

    They are read again when the record has changed or a boundary has passed, in no order.
    """
    registered.parts[name] = rows


def next_moment(rows: QuerySet, column: str) -> QuerySet:
    """Return the next moment in the future of a column, as a queryset of at most one value."""
    coming = rows.filter(**{f"{column}__gt": QueryTime()}).order_by(column)
    return coming.annotate(at=F(column)).values_list("at")[:1]


def embargoes() -> list[QuerySet]:
    """Return the next end of an embargo of each kind of item with a public life."""
    return [
        next_moment(model._default_manager.filter(status__in=OUT), "published_at")
        for model in apps.get_models()
        if issubclass(model, Publishable)
    ]
