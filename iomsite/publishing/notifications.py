"""Mail to colleagues: something waits for a review, something was sent back.

Sent after the transaction, to each person alone, and only where `SITE_URL` says under which
address the site is known. A mail lies on phones and servers that are not ours, so it says
nothing of a text that is not public: no title, no reason, no words. It gives the kind, the
reference number and a link behind which all of that stands.
"""

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from iomsite.publishing.desk import Desk
from iomsite.publishing.panel import address_of
from iomsite.publishing.transitions import Transition
from iomsite.publishing.workflow import done
from iomsite.publishing.workflow_forms import name_of, with_permission

log = logging.getLogger(__name__)

MOST_RECIPIENTS = 50
LONGEST_WAIT = 10
"""Seconds for the mail server. The person who clicked is waiting."""


def connect() -> None:
    """Listen to the workflow; called once, when the apps are ready."""
    done.connect(_tell, dispatch_uid="iomsite.publishing.notifications")


def _tell(sender: Any, transition: Transition, desk: Desk, user: Any, **kwargs: Any) -> None:
    if not settings.SITE_URL or user is None or transition.name not in _WRITTEN:
        return
    recipients = [person for person in _WRITTEN[transition.name][0](desk) if person != user]
    addresses = sorted({person.email for person in recipients if person.email})
    if addresses:
        with override(settings.LANGUAGE_CODE):
            subject, body = _WRITTEN[transition.name][1](desk, user)
        send = partial(_send, subject, body, addresses[:MOST_RECIPIENTS])
        transaction.on_commit(send, robust=True)


def _send(subject: str, body: str, addresses: list[str]) -> None:
    """Send one mail to each address. What was done stands, whatever the mail server says."""
    try:
        mails = [EmailMessage(subject, body, to=[address]) for address in addresses]
        connection = get_connection()
        # Not every way of sending knows a time limit; the one that waits for a server does.
        if hasattr(connection, "timeout"):
            connection.timeout = LONGEST_WAIT
        connection.send_messages(mails)
    except Exception:  # the mail server's troubles are many, and none is the editor's
        log.exception("A notification to %s people could not be sent.", len(addresses))


def _reviewers(desk: Desk) -> list[Any]:
    """Return whom to ask: who looks after the item, else everybody who may review it."""
    if desk.review.assignee is not None and desk.review.assignee.is_active:
        return [desk.review.assignee]
    options = desk.item._meta
    permission = f"{options.app_label}.review_{options.model_name}"
    found = with_permission(permission, administrators=False).filter(is_staff=True)
    return list(found.exclude(email="").order_by("pk")[: MOST_RECIPIENTS + 1])


def _submitter(desk: Desk) -> list[Any]:
    person = desk.review.submitted_by
    return [person] if person is not None and person.is_active else []


def _called(desk: Desk) -> str:
    """Return what names an item without saying what stands in it."""
    words = [str(desk.item._meta.verbose_name), getattr(desk.item, "reference", "")]
    return " ".join(filter(None, words))


def _link(desk: Desk) -> str:
    return settings.SITE_URL.rstrip("/") + address_of(desk.item, "change")


def _submitted(desk: Desk, user: Any) -> tuple[str, str]:
    values = {"item": _called(desk), "name": name_of(user), "link": _link(desk)}
    lines = [_("%(name)s has submitted this for review: %(item)s.") % values]
    if desk.review.due_on:
        day = date_format(desk.review.due_on, "DATE_FORMAT")
        lines.append(_("It is wanted by %(day)s.") % {"day": day})
    subject = _("For review: %(item)s") % values
    return subject, "\n\n".join([*lines, values["link"]])


def _sent_back(desk: Desk, user: Any) -> tuple[str, str]:
    values = {"item": _called(desk), "name": name_of(user), "link": _link(desk)}
    line = _("%(name)s has sent this back to you: %(item)s. The reason stands above the form.")
    return _("Sent back: %(item)s") % values, "\n\n".join([line % values, values["link"]])


_WRITTEN: dict[str, Any] = {
    "submit": (_reviewers, _submitted),
    "reject": (_submitter, _sent_back),
}
