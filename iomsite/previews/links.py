"""Giving a guest a link, taking it back, and finding out what a token opens.

    made, token = make_link(speech, user, guest_name="Jane Doe", days=3)
    key = open_link(token)          # Http404 for what never was and what was taken back

Nothing is told to somebody without a token that was once given out: what is unknown and what
was taken back answer alike. Who holds a token that has run out, or whose text has changed
since, is told so much, and nothing of the text.
"""

import ipaddress
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from iomsite.accounts.client import client_address
from iomsite.audit.log import record
from iomsite.markup import strip_controls
from iomsite.previews.models import (
    FORGOTTEN_AFTER,
    LONGEST_DAYS,
    PreviewLink,
    PreviewVisit,
    hash_of,
)
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Status
from iomsite.publishing.roles import may
from iomsite.publishing.transitions import is_one_person_office

TOKEN_BYTES = 32
MOST_LINKS = 20
"""For one item at one time."""
MOST_VISITS = 600
"""In an hour, pictures and files among them: each one is made anew."""


class NotMade(Exception):
    """The link was not made. The message says why and what to do."""


class Standing(StrEnum):
    """What a link that was not taken back is good for."""

    OPEN = "open"
    OVER = "over"
    CHANGED = "changed"
    PUBLIC = "public"


class Key(NamedTuple):
    """A link in a guest's hand."""

    link: PreviewLink
    desk: Desk | None
    standing: Standing


def why_no_link(desk: Desk) -> str:
    """Say why there is nothing to show a guest; empty when there is."""
    if desk.stage or desk.is_embargoed:
        return ""
    if desk.item.status == Status.PUBLISHED:
        return _("Nothing of it waits to be published. Send its public address instead.")
    return _("It was taken back from the public. Begin a working copy to show what comes next.")


def why_not_decide(desk: Desk, user: Any) -> str:
    """Say why somebody may not ask a guest to decide; empty when they may.

    A guest's yes counts as that of whoever invited the guest, so the one who submitted a
    text cannot have it approved by an invitation of their own.
    """
    if not may(user, "review", desk.item):
        return _("Only who may review this can ask a guest to approve it.")
    if desk.review.submitted_by_id == user.pk and not is_one_person_office():
        return _("You submitted this yourself. Somebody else has to ask a guest to approve it.")
    return ""


@transaction.atomic
def make_link(
    item: Any,
    user: Any,
    *,
    guest_name: str,
    guest_email: str = "",
    days: int = LONGEST_DAYS,
    may_comment: bool = True,
    may_decide: bool = False,
) -> tuple[PreviewLink, str]:
    """Make a link to the next state of an item; return it with its token, which is not kept.

    Raises NotMade.
    """
    desk = Desk.locked(item)
    rows = PreviewLink.objects.of(item)
    reason = why_no_link(desk) or (may_decide and why_not_decide(desk, user))
    if reason:
        raise NotMade(reason)
    if not 1 <= days <= LONGEST_DAYS:
        raise NotMade(_("A link works for a week at most."))
    if rows.open().count() >= MOST_LINKS:
        raise NotMade(_("There are too many links to this already. Take one back first."))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = PreviewLink.objects.create(
        kind=desk.kind,
        item=desk.item.pk,
        token_hash=hash_of(token),
        content_hash=desk.pending_hash,
        guest_name=guest_name,
        guest_email=guest_email,
        may_comment=may_comment,
        may_decide=may_decide,
        made_by=user,
        made_at=desk.now,
        expires_at=desk.now + timedelta(days=days),
    )
    forget_old()
    _log("link_made", link, user, expires_at=link.expires_at, may_comment=may_comment)
    return link, token


@transaction.atomic
def revoke(link: PreviewLink, user: Any) -> None:
    """Take a link back at once. Doing it twice does it once."""
    found = PreviewLink.objects.select_for_update().get(pk=link.pk)
    if not found.is_revoked:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        _log("link_revoked", found, user)


def open_link(token: str) -> Key:
    """Return what a token opens now.

    Raises Http404 when there is no such link, or it was taken back.
    """
    link: Any = PreviewLink.objects.with_token(token).first()
    if link is None:
        raise Http404
    if link.is_over:
        return Key(link, None, Standing.OVER)
    item = link.find_item()
    if item is None:
        return Key(link, None, Standing.CHANGED)
    desk = Desk(item)
    return Key(link, desk, _standing(link, desk))


def visit(link: Any, request: HttpRequest, place: str) -> bool:
    """Write down a visit to a link of `open_link`; say no when there were too many in an hour."""
    since = link.asked_at - timedelta(hours=1)
    if link.visits.filter(made_at__gt=since).count() >= MOST_VISITS:
        return False
    PreviewVisit.objects.create(
        link=link, network=network_of(request), place=strip_controls(place)[:200]
    )
    return True


def network_of(request: HttpRequest) -> str:
    """Return a visitor's address without the part that names one machine."""
    address = client_address(request)
    if not address:
        return ""
    bits = 48 if ":" in address else 24
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def forget_old() -> None:
    """Delete what ended long ago: who was shown what is nobody's business for ever."""
    PreviewLink.objects.filter(expires_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()


def _standing(link: PreviewLink, desk: Desk) -> Standing:
    if desk.pending_hash != link.content_hash:
        return Standing.CHANGED
    if not why_no_link(desk):
        return Standing.OPEN
    return Standing.PUBLIC if desk.item.status == Status.PUBLISHED else Standing.CHANGED


def _log(action: str, link: PreviewLink, user: Any, **data: Any) -> None:
    told = {"link": link.pk, "guest": link.guest_name, "may_decide": link.may_decide, **data}
    record(f"previews.{action}", actor=user, kind=link.kind, item=link.item, data=told)
