"""What each transition writes. Called by `workflow.perform` alone, inside its transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from iomsite.addresses.ledger import remember
from iomsite.publishing import merging
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.history import write_version
from iomsite.publishing.models import EditorialNote, Status, Version, WorkingCopy
from iomsite.publishing.restoring import DoesNotFit, restore

NOBODY = AnonymousUser()
"""Stands for the administrator at the command line, who submitted nothing."""


def check_delivered(desk: Desk, inputs: Any) -> None:
    """Refuse to show a speech before it is delivered, unless there is a reason to.

    Raises DoesNotFit, with the earliest time.
    """
    if (desk.is_out and not desk.is_embargoed) or inputs.reason:
        return
    earliest: datetime | None = getattr(desk.item, "earliest_publication", lambda: None)()
    if earliest and (inputs.at or desk.now) < earliest:
        message = _("It is delivered on %(day)s only. Choose a later time, or give a reason.")
        raise DoesNotFit([message % {"day": earliest.date().isoformat()}])


def submit(desk: Desk, user: Any, inputs: Any) -> None:
    desk.review.forget_submission()
    desk.review.submitted_by, desk.review.submitted_at = _account(user), desk.now
    desk.review.save()
    if desk.copy and inputs.note:
        desk.copy.change_note, desk.copy.is_major = inputs.note, inputs.is_major
    _set_stage(desk, Stage.IN_REVIEW)


def reject(desk: Desk, user: Any, inputs: Any) -> None:
    EditorialNote.objects.create(
        kind=desk.kind,
        item=desk.item.pk,
        author=_account(user),
        author_name=str(user or ""),
        text=inputs.reason,
    )
    desk.review.approved_by = desk.review.approved_at = None
    desk.review.approved_name = desk.review.approved_hash = ""
    desk.review.save()
    _set_stage(desk, Stage.DRAFT)


def approve(desk: Desk, user: Any, inputs: Any) -> None:
    desk.review.approved_by, desk.review.approved_at = _account(user), desk.now
    desk.review.approved_name, desk.review.approved_hash = "", desk.pending_hash
    desk.review.save()


def publish(desk: Desk, user: Any, inputs: Any) -> Version | None:
    """Let the next state go out, now or at its time."""
    later = inputs.at is not None and inputs.at > desk.now
    desk.review.forget_submission()
    if desk.review.pk:
        desk.review.save()
    if desk.copy is None:
        desk.item.status = Status.PUBLISHED
        desk.item.published_at = inputs.at if later else desk.now
        _save_gate(desk)
        return _written(desk, inputs.note, inputs.is_major)
    desk.copy.change_note = inputs.note or desk.copy.change_note
    desk.copy.is_major = inputs.is_major
    if later:
        desk.copy.stage, desk.copy.due_at, desk.copy.failure = Stage.SCHEDULED, inputs.at, ""
        desk.copy.save()
        return None
    return swap(desk)


def publish_unreviewed(desk: Desk, user: Any, inputs: Any) -> Version | None:
    version = publish(desk, user, inputs)
    if user is not None:
        desk.review.unreviewed_by, desk.review.unreviewed_at = _account(user), desk.now
        desk.review.unreviewed_reason = inputs.reason[:500]
        desk.review.save()
    return version


def swap(desk: Desk) -> Version:
    """Write the working copy over the live rows, and clear the desk.

    Raises DoesNotFit when the live rows were changed beside the workflow in a way that
    cannot be merged, or when the rows cannot be written.
    """
    copy: WorkingCopy = desk.copy  # type: ignore[assignment]
    content = merging.onto_live(desk.item, copy)
    restore(desk.item, content)
    desk.item.refresh_from_db()
    note, is_major = copy.change_note, copy.is_major
    copy.delete()
    desk.copy = None
    return _written(desk, note, is_major)


def approve_afterwards(desk: Desk, user: Any, inputs: Any) -> None:
    desk.review.unreviewed_by = desk.review.unreviewed_at = None
    desk.review.unreviewed_reason = ""
    desk.review.save()


def release(desk: Desk, user: Any, inputs: Any) -> Version:
    """Let go out now what waits for its time: the item, or else its working copy.

    `at` is the one clock reading of several that go out together; it is never later than now.
    """
    if not desk.is_embargoed:
        return swap(desk)
    desk.item.published_at = min(inputs.at or desk.now, desk.now)
    _save_gate(desk)
    return _written(desk)


def reschedule(desk: Desk, user: Any, inputs: Any) -> Version | None:
    if desk.copy:
        desk.copy.due_at, desk.copy.failure = inputs.at, ""
        desk.copy.save()
        return None
    desk.item.published_at = max(inputs.at, desk.now)
    _save_gate(desk)
    return _written(desk)


def unschedule(desk: Desk, user: Any, inputs: Any) -> None:
    """Take it back to a draft. What was under embargo only was never public."""
    if desk.copy:
        desk.copy.stage, desk.copy.due_at, desk.copy.failure = Stage.DRAFT, None, ""
        desk.copy.save()
        return
    desk.item.status, desk.item.published_at = Status.DRAFT, None
    _save_gate(desk)


def withdraw(desk: Desk, user: Any, inputs: Any) -> Version:
    return _take_back(desk, Status.WITHDRAWN, inputs.notice)


def remove(desk: Desk, user: Any, inputs: Any) -> Version:
    return _take_back(desk, Status.REMOVED, inputs.notice)


def reinstate(desk: Desk, user: Any, inputs: Any) -> Version:
    desk.item.status, desk.item.public_notice = Status.PUBLISHED, ""
    _save_gate(desk)
    return _written(desk, inputs.reason)


def discard(desk: Desk, user: Any, inputs: Any) -> None:
    desk.copy.delete()  # type: ignore[union-attr]
    desk.copy = None
    desk.review.forget_submission()
    if desk.review.pk:
        desk.review.save()


def _take_back(desk: Desk, status: Status, notice: str) -> Version:
    desk.item.status, desk.item.public_notice = status, notice
    _save_gate(desk)
    return _written(desk)


def _set_stage(desk: Desk, stage: str) -> None:
    if desk.copy:
        desk.copy.stage = stage
        desk.copy.save()
    else:
        desk.item.status = stage
        _save_gate(desk)


def _save_gate(desk: Desk) -> None:
    desk.item.save(update_fields=["status", "published_at", "public_notice", "updated_at"])


def _written(desk: Desk, note: str = "", is_major: bool = True) -> Version:
    version = write_version(desk, change_note=note[:500], is_major=is_major)
    if desk.item.status != Status.REMOVED:
        # What it is called while it is removed was never public, and is not to be told.
        remember(desk.item)
    return version


def _account(user: Any) -> Any:
    return user if user is not None and user.is_authenticated else None


STEPS: dict[str, Callable[[Desk, Any, Any], Version | None]] = {
    step.__name__: step
    for step in (
        submit, reject, approve, publish, publish_unreviewed, approve_afterwards, release,
        reschedule, unschedule, withdraw, remove, reinstate, discard,
    )
}  # fmt: skip
