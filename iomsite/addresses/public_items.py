"""All items with a public life, of whatever app, in batches."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from iomsite.publishing.models import OUT, Publishable

BATCH = 200


def publishable_models() -> list[type[Publishable]]:
    """Return every kind of item that the gate decides about."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def items_out(model: Any) -> Any:
    """Return the items of a kind that are public, or will be when their time comes."""
    return model._default_manager.filter(status__in=OUT).order_by("pk")


def in_batches(rows: Any, size: int = BATCH) -> Iterator[list[Model]]:
    """Yield the rows of a queryset, ordered by their key, in lists of a bounded length."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk
