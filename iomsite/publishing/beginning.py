"""The first version of what was public before there were versions."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from iomsite.addresses.ledger import remember
from iomsite.audit.log import record
from iomsite.publishing.desk import Desk
from iomsite.publishing.history import write_version
from iomsite.publishing.models import OUT, Publishable, Version, kind_of

BATCH = 100
"""Items for one transaction: what is done stays done when the rest is broken off."""


def without_history(model: type[Publishable]) -> QuerySet:
    """Keep what is public, embargoed or was public, and has no version."""
    versions = Version.objects.filter(kind=kind_of(model), item=OuterRef("pk"))
    return model._base_manager.filter(~Exists(versions), status__in=OUT).order_by("pk")


def begin(model: type[Publishable], batch: int = BATCH) -> Iterator[int]:
    """Write a first version of all items of a kind that have none; yield how many, in batches.

    What is broken off goes on where it was; done twice, it does nothing the second time.
    """
    last = 0
    while keys := list(
        without_history(model).filter(pk__gt=last).values_list("pk", flat=True)[:batch]
    ):
        with transaction.atomic():
            for key in keys:
                _begin(model, key)
        last = keys[-1]
        yield len(keys)


def _begin(model: Any, key: int) -> None:
    desk = Desk.locked(model(pk=key))
    if desk.last_version is not None or not desk.is_out:
        return
    version = write_version(desk)
    remember(desk.item)
    data = {
        "to": str(desk.item.status),
        "version": version.number,
        "version_hash": version.hash,
    }
    record("publishing.begin_history", actor=None, kind=desk.kind, item=key, data=data)
