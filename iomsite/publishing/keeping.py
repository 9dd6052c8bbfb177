"""Keeping what editors write: working copies, and what a form was opened with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import KeptContent, WorkingCopy
from iomsite.publishing.overlay import overlaid
from iomsite.publishing.restoring import DoesNotFit, keys_in, with_provisional_keys
from iomsite.publishing.snapshot import Content, content_hash, snapshot, without_internal

KEPT = timedelta(days=7)


def key_of(content: Content) -> str:
    """Return the key under which a content is kept."""
    return content_hash(content)


def keep(content: Content) -> str:
    """Keep a content for a week, so that a form's changes can be told from others'."""
    key = key_of(content)
    KeptContent.objects.filter(kept_at__lt=timezone.now() - KEPT).delete()
    KeptContent.objects.update_or_create(hash=key, defaults={"content": content})
    return key


def save_copy(desk: Desk, content: Content, user: Any) -> WorkingCopy | None:
    """Make a content the working copy of a published item; None when it changes nothing.

    Call it with the desk locked. An approval of other words than these is void.
    """
    live = snapshot(desk.item, internal=True)
    known = keys_in(live) | (keys_in(desk.copy.content) if desk.copy else set())
    content = with_provisional_keys(content, known)
    if content == (desk.copy.content if desk.copy else live):
        return None
    copy = desk.copy or WorkingCopy(
        kind=desk.kind,
        item=desk.item.pk,
        base_hash=content_hash(without_internal(live)),
        stage=Stage.DRAFT,
    )
    copy.content, copy.updated_by = content, user
    copy.save()
    desk.copy = copy
    return copy


@contextmanager
def editing(item: Any, user: Any) -> Iterator[Desk]:
    """Let code that writes rows of an item change its next state, whatever that is.

    A draft is changed in place. What is written to a published item is taken back at the
    end and kept as its working copy. For imports and bulk changes: no path writes past the
    workflow. Raises DoesNotFit when the item's working copy cannot be written any more, or
    waits for its time: what was approved goes out as it was approved.
    """
    with transaction.atomic():
        desk = Desk.locked(item)
        if not desk.is_out:
            yield desk
            return
        if desk.stage == Stage.SCHEDULED:
            message = _("“%(item)s” waits for its time. Take it off the schedule to change it.")
            raise DoesNotFit([message % {"item": desk.item}])
        with overlaid(desk.item, desk.copy.content if desk.copy else None):
            yield desk
            content = snapshot(desk.item, internal=True)
        save_copy(desk, content, user)
