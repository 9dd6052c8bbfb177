"""The front page of the admin: what waits for this person, then what somebody has to know of."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iomsite.publishing import queue
from iomsite.publishing.desk import Stage
from iomsite.publishing.queue import Entry, Key
from iomsite.publishing.transitions import is_one_person_office

SHOWN = 10
SOON = timedelta(days=7)


class Section(NamedTuple):
    """A list on the front page."""

    name: str
    heading: Any
    rows: list[Entry]
    left_out: int


def sections_for(user: Any, item_rows: Any) -> list[Section]:
    """Return the lists that have something in them for this person."""
    seen = queue.kinds_for(user, "view")
    may_review = queue.kinds_for(user, "review")
    may_publish = queue.kinds_for(user, "publish")
    waiting = queue.in_review(may_review)
    planned = queue.scheduled(may_publish)
    held = queue.embargoed(may_publish)
    mine = queue.reviewed(seen, _concerns(user))
    unseen = queue.reviewed(may_review, Q(unreviewed_at__isnull=False))
    known = queue.entries([*waiting, *planned, *held, *mine, *unseen], item_rows)
    tests: list[tuple[str, Any, list[Key], Callable[[Entry], bool]]] = [
        ("review", _("Waiting for my review"), waiting, lambda e: _waits_for(user, e)),
        ("assigned", _("Assigned to me"), mine, lambda e: _is_assigned(user, e)),
        ("returned", _("Sent back to me"), mine, lambda e: _was_returned(user, e)),
        ("failed", _("Could not be published on time"), planned, _has_failed),
        ("unreviewed", _("Published without review"), unseen, lambda e: True),
        ("wanted", _("Wanted soon"), mine, _is_wanted_soon),
        ("embargoed", _("Under embargo"), held, lambda e: True),
        ("scheduled", _("Scheduled changes"), planned, lambda e: not _has_failed(e)),
    ]
    found: list[Section] = []
    shown: set[Key] = set()
    for name, heading, keys, test in tests:
        # What is late says so wherever it stands; once is enough.
        fresh = [key for key in keys if name != "wanted" or key not in shown]
        rows = [known[key] for key in fresh if key in known and test(known[key])]
        shown.update((row.kind, row.item.pk) for row in rows)
        found += [_section(name, heading, rows)] if rows else []
    return found


def _concerns(user: Any) -> Q:
    return Q(assignee=user) | Q(submitted_by=user) | Q(due_on__lte=timezone.localdate() + SOON)


def _section(name: str, heading: Any, rows: list[Entry]) -> Section:
    return Section(name, heading, rows[:SHOWN], max(0, len(rows) - SHOWN))


def _waits_for(user: Any, entry: Entry) -> bool:
    """Say whether a person may review an item and has not written it alone."""
    if entry.stage != Stage.IN_REVIEW:
        return False
    review = entry.review
    if review is None:
        return True
    if review.assignee_id not in {None, user.pk}:
        return False
    return is_one_person_office() or review.submitted_by_id != user.pk


def _is_assigned(user: Any, entry: Entry) -> bool:
    is_mine = entry.review is not None and entry.review.assignee_id == user.pk
    # What is in review and mine to look at stands in the list above already.
    return is_mine and bool(entry.stage) and not _waits_for(user, entry)


def _was_returned(user: Any, entry: Entry) -> bool:
    review = entry.review
    return review is not None and review.submitted_by_id == user.pk and entry.stage == Stage.DRAFT


def _has_failed(entry: Entry) -> bool:
    return entry.copy is not None and bool(entry.copy.failure)


def _is_wanted_soon(entry: Entry) -> bool:
    is_soon = entry.due_on is not None and entry.due_on <= timezone.localdate() + SOON
    return is_soon and bool(entry.stage)
