"""Doing what the table allows: the one way in which anything becomes public, or stops being.

    perform("publish", speech, user, token=…, at=None, note="A sentence corrected.")

One transaction: the item is locked, the rule is asked again, the rows are written, the
history gets a version and the log an entry. What fails changes nothing. What is sent twice
is refused the second time, since the state it was asked for is gone.

`user` is None for an administrator at the command line, who may do everything; the log says so.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.publishing import steps
from iomsite.publishing.checklist import Finding, findings
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Version
from iomsite.publishing.transitions import TRANSITIONS, Transition, can

PUBLISHING = frozenset({"publish", "publish_unreviewed", "release", "reschedule"})


class Refused(Exception):
    """The action was not done, and nothing was changed. The message says why and what to do."""


class NotAllowed(Refused):
    """The state of the item or the rights of the person forbid it."""


class Stale(Refused):
    """Somebody else was quicker: the item is not what the person saw."""


class NotReady(Refused):
    """The checklist has found what blocks it."""

    def __init__(self, found: list[Finding]) -> None:
        super().__init__(" ".join(str(finding.message) for finding in found))
        self.findings = found


class Inputs(NamedTuple):
    """What the person wrote beside the button."""

    reason: str = ""
    notice: str = ""
    note: str = ""
    at: datetime | None = None
    is_major: bool = True


done = Signal()
"""Sent inside the transaction when something was done: `transition`, `desk`, `user`, `inputs`."""


def perform(
    name: str, item: Any, user: Any = None, *, token: str = "", **values: Any
) -> Version | None:
    """Do one thing with an item; return the version that it made, if any.

    Raises Refused (NotAllowed, Stale, NotReady) with a message for the person, and
    DoesNotFit when a working copy cannot be written any more. Nothing has changed then.
    """
    chosen, inputs = TRANSITIONS[name], Inputs(**values)
    with transaction.atomic():
        desk = Desk.locked(item)
        _check(chosen, desk, user, token, inputs)
        before = (str(desk.item.status), desk.stage)
        version = steps.STEPS[name](desk, user, inputs)
        done.send(Desk, transition=chosen, desk=desk, user=user, inputs=inputs)
        record(
            f"publishing.{name}",
            actor=user,
            kind=desk.kind,
            item=desk.item.pk,
            data=_log_of(desk, before, version, inputs),
        )
    return version


def publish_imported(item: Any, user: Any, source: str) -> Version | None:
    """Publish a draft that an import has just written. It counts as not reviewed yet.

    Raises what `perform` raises.
    """
    reason = _("Imported from %(source)s.") % {"source": source}
    return perform("publish_unreviewed", item, user, reason=reason[:500])


def _check(chosen: Transition, desk: Desk, user: Any, token: str, inputs: Inputs) -> None:
    if token and token != desk.token:
        raise Stale(
            _("Somebody has changed this since you opened the page. Look at it again, then decide.")
        )
    decision = can(chosen.name, desk, user) if user else chosen.when(desk, steps.NOBODY)
    if not decision.allowed:
        raise NotAllowed(decision.reason)
    for name in chosen.needs:
        if not getattr(inputs, name):
            raise NotAllowed(_MISSING[name]())
    if chosen.name in PUBLISHING:
        steps.check_delivered(desk, inputs)
    if chosen.name.startswith("publish") and user is not None:
        blocking = [finding for finding in findings(desk) if finding.blocks]
        if blocking:
            raise NotReady(blocking)


_MISSING: dict[str, Any] = {
    "reason": lambda: _("Give a reason."),
    "notice": lambda: _("Say in the public notice why it is taken back."),
    "at": lambda: _("Give a day and a time."),
}


def _log_of(
    desk: Desk, before: tuple[str, str], version: Version | None, inputs: Inputs
) -> dict[str, Any]:
    """Return what the log keeps of an action: no content, but the hash of the version."""
    data = {
        "from": "/".join(filter(None, before)),
        "to": "/".join(filter(None, (str(desk.item.status), desk.stage))),
        "reason": inputs.reason,
        "notice": inputs.notice,
        "note": inputs.note,
        "at": inputs.at.isoformat() if inputs.at else "",
        "version": version.number if version else None,
        "version_hash": version.hash if version else "",
    }
    return {name: value for name, value in data.items() if value}
