"""The table: what can be done with an item, from which state, by whom.

The admin draws its buttons from it, `workflow.perform` obeys it, and nothing else knows.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import Status
from iomsite.publishing.roles import may


class Decision(NamedTuple):
    """Whether something may be done; if not, why not and what to do."""

    allowed: bool
    reason: str = ""


YES = Decision(True)


def no(reason: Any) -> Decision:
    return Decision(False, str(reason))


Rule = Callable[[Desk, Any], Decision]


class Transition(NamedTuple):
    """One thing that can be done with an item."""

    name: str
    label: Any
    permission: str
    """The action of the permission: change, review or publish."""
    when: Rule
    """Whether the state of the item, and what this person did before, allow it."""
    asks: tuple[str, ...] = ()
    """What is asked of the person: reason, notice, at, note."""
    needs: tuple[str, ...] = ()
    """Which of those must not be empty."""
    explanation: Any = ""


def is_one_person_office() -> bool:
    return not settings.TWO_PERSON_RULE


def _pending(*stages: str) -> Rule:
    def rule(desk: Desk, user: Any) -> Decision:
        if desk.stage in stages:
            return YES
        if desk.stage == "":
            return no(_("Nothing has been changed since it was published."))
        if desk.stage == Stage.IN_REVIEW:
            return no(_("It is in review. A reviewer can send it back."))
        if desk.stage == Stage.SCHEDULED:
            return no(_("It is scheduled. Take it off the schedule first."))
        return no(_("It is a draft. Submit it for review first."))

    return rule


def _is_submitter(desk: Desk, user: Any) -> bool:
    return desk.review.submitted_by_id is not None and desk.review.submitted_by_id == user.pk


def _second_person(desk: Desk, user: Any) -> Decision:
    """Refuse whoever submitted it, unless another person has approved these very words."""
    if is_one_person_office() or not _is_submitter(desk, user):
        return YES
    if desk.review.approved_at and desk.review.approved_hash == desk.pending_hash:
        return YES
    return no(_("You submitted this yourself. Ask somebody else to approve or publish it."))


def _approve(desk: Desk, user: Any) -> Decision:
    decision = _pending(Stage.IN_REVIEW)(desk, user)
    if not decision.allowed:
        return decision
    if not is_one_person_office() and _is_submitter(desk, user):
        return no(_("You submitted this yourself. Somebody else has to approve it."))
    return YES


def _publish(desk: Desk, user: Any) -> Decision:
    decision = _pending(Stage.IN_REVIEW)(desk, user)
    return _second_person(desk, user) if decision.allowed else decision


def _approve_afterwards(desk: Desk, user: Any) -> Decision:
    if desk.review.unreviewed_at is None:
        return no(_("It was reviewed before it was published."))
    if not is_one_person_office() and desk.review.unreviewed_by_id == user.pk:
        return no(_("You published this yourself. Somebody else has to approve it."))
    return YES


def _waiting(desk: Desk, user: Any) -> Decision:
    if desk.is_embargoed or desk.stage == Stage.SCHEDULED:
        return YES
    return no(_("It does not wait for a time."))


def _scheduled(desk: Desk, user: Any) -> Decision:
    if desk.stage == Stage.SCHEDULED or (desk.is_embargoed and not desk.copy):
        return YES
    return no(_("It is not scheduled."))


def _live(*statuses: Status) -> Rule:
    def rule(desk: Desk, user: Any) -> Decision:
        if desk.is_embargoed:
            return no(_("The public has not seen it yet. Take it off the schedule instead."))
        if desk.item.status in statuses:
            return YES
        return no(_("It is %(status)s.") % {"status": desk.item.get_status_display().lower()})

    return rule


def _has_copy(desk: Desk, user: Any) -> Decision:
    if desk.copy is None:
        return no(_("There is no working copy."))
    if desk.stage == Stage.SCHEDULED:
        # Else an editor could undo what a publisher has decided.
        return no(_("It is scheduled. Take it off the schedule first."))
    return YES


TABLE = (
    Transition("submit", _("Submit for review"), "change", _pending(Stage.DRAFT), ("note",)),
    Transition(
        "reject", _("Send back"), "review", _pending(Stage.IN_REVIEW), ("reason",), ("reason",),
        _("The reason goes to whoever submitted it, and stays with the item for staff."),
    ),
    Transition(
        "approve", _("Approve"), "review", _approve, (), (),
        _("Whoever may publish can then do so, also the person who submitted it."),
    ),
    Transition(
        "publish", _("Publish"), "publish", _publish, ("note", "at", "reason"), (),
        _("At once, or at a time of your choice, to the second."),
    ),
    Transition(
        "publish_unreviewed", _("Publish without review"), "publish",
        _pending(Stage.DRAFT, Stage.IN_REVIEW), ("reason", "note", "at"), ("reason",),
        _("It stays on the list of unreviewed items until somebody else approves it."),
    ),
    Transition(
        "approve_afterwards", _("Approve what was published"), "review", _approve_afterwards
    ),
    Transition("release", _("Release now"), "publish", _waiting, ("reason",)),
    Transition(
        "reschedule", _("Change the time"), "publish", _scheduled, ("at", "reason"), ("at",)
    ),
    Transition("unschedule", _("Take off the schedule"), "publish", _scheduled),
    Transition(
        "withdraw", _("Withdraw"), "publish", _live(Status.PUBLISHED), ("notice",), ("notice",),
        _("The page stays readable under a dated notice, and leaves every list and search."),
    ),
    Transition(
        "remove", _("Remove"), "publish", _live(Status.PUBLISHED, Status.WITHDRAWN),
        ("notice",), ("notice",),
        _("The address answers with the notice alone, and with nothing that was said."),
    ),
    Transition(
        "reinstate", _("Put back"), "publish", _live(Status.WITHDRAWN, Status.REMOVED),
        ("reason",), ("reason",),
    ),
    Transition(
        "discard", _("Discard the working copy"), "change", _has_copy, (), (),
        _("What the public sees stays as it is."),
    ),
)  # fmt: skip

TRANSITIONS = {transition.name: transition for transition in TABLE}


def can(name: str, desk: Desk, user: Any) -> Decision:
    """Say whether somebody may do something with an item now; if not, why not."""
    transition = TRANSITIONS[name]
    if not may(user, transition.permission, desk.item):
        return no(_NOT_ALLOWED[transition.permission])
    return transition.when(desk, user)


_NOT_ALLOWED: dict[str, Any] = {
    "change": _("You may not change this. Ask an editor."),
    "review": _("You may not review this. Ask a reviewer or a publisher."),
    "publish": _("You may not decide what the public sees. Ask a publisher."),
}


def offered(desk: Desk, user: Any) -> list[tuple[Transition, Decision]]:
    """Return everything that can be done, and what cannot though this person has the right.

    What a person has no permission for at all is not offered; what the state forbids is
    offered with the reason only where another state would allow it soon.
    """
    found = []
    for transition in TABLE:
        if may(user, transition.permission, desk.item):
            found.append((transition, transition.when(desk, user)))
    return found
