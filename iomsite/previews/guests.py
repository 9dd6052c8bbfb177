"""What a guest may do with a link: comment on paragraphs, approve, ask for changes."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.previews.links import Key, Standing
from iomsite.previews.models import PreviewLink
from iomsite.previews.rewriting import Paragraph
from iomsite.previews.visitors import GuestReviewer
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import EditorialNote, Review
from iomsite.publishing.workflow import Refused, perform

MOST_COMMENTS = 200
"""By one link."""

Decision = PreviewLink.Decision


def why_no_comment(link: PreviewLink) -> str:
    """Say why a guest cannot comment any more; empty when they can."""
    if not (link.may_comment or link.may_decide):
        return _("This link is for reading only.")
    if link.notes.count() >= MOST_COMMENTS:
        return _("You have written as many comments as one link takes.")
    return ""


@transaction.atomic
def comment(key: Key, text: str, paragraph: Paragraph | None) -> EditorialNote:
    """Keep a guest's comment, with the first words of what it is about.

    Also when the text has changed meanwhile: what somebody has written is not thrown away.
    Raises Refused.
    """
    link = PreviewLink.objects.select_for_update().get(pk=key.link.pk)
    if reason := why_no_comment(link):
        raise Refused(reason)
    about = [f"“{paragraph.start}”"] if paragraph else []
    if key.standing is Standing.CHANGED:
        about.append(_("(On an earlier state of the text.)"))
    return _note(link, "\n".join([*about, text]), paragraph.anchor if paragraph else "")


def why_no_decision(key: Key) -> str:
    """Say why a guest cannot decide now; empty when they can."""
    if not key.link.may_decide or key.desk is None:
        return _("This link is not for deciding.")
    if key.standing is not Standing.OPEN:
        return _("The text has changed since you were given this link.")
    if key.desk.stage != Stage.IN_REVIEW:
        return _("It is not in review now. Once it is, you can decide here.")
    return ""


def why_no_approval(key: Key) -> str:
    """Say why a guest's yes would not count, though they may ask for changes."""
    link, desk = key.link, key.desk
    if not settings.TWO_PERSON_RULE or desk is None:
        return ""
    if link.made_by_id is None or link.made_by_id == desk.review.submitted_by_id:
        return _("Whoever gave you this link has submitted the text, and cannot have it approved.")
    return ""


@transaction.atomic
def decide(key: Key, *, approves: bool, reason: str = "") -> None:
    """Approve an item for a guest, or send it back with the guest's reason.

    Only the very content that the link shows: the workflow refuses when it has changed in
    between. A second click changes nothing. Raises Refused.
    """
    link = PreviewLink.objects.select_for_update().get(pk=key.link.pk)
    wanted = Decision.APPROVED if approves else Decision.CHANGES
    if link.decision == wanted and _still_holds(link, key.desk):
        return
    refusal = why_no_decision(key) or (approves and why_no_approval(key))
    if refusal:
        raise Refused(refusal)
    desk: Desk = key.desk  # type: ignore[assignment]
    guest = GuestReviewer(link.guest_name, link.kind)
    if approves:
        perform("approve", desk.item, guest, token=desk.token)
        Review.objects.of(desk.item).update(approved_name=link.guest_name)
    else:
        perform("reject", desk.item, guest, token=desk.token, reason=reason)
    link.decision, link.decided_at = wanted, desk.now
    link.save(update_fields=["decision", "decided_at"])
    told = {"link": link.pk, "guest": link.guest_name, "content_hash": link.content_hash}
    action = "previews.guest_approved" if approves else "previews.guest_asked_for_changes"
    record(action, actor=None, kind=link.kind, item=link.item, data=told)


def notes_of(link: PreviewLink) -> Any:
    """Return what a guest wrote by this link, the first first."""
    return link.notes.order_by("made_at", "pk")


def _still_holds(link: PreviewLink, desk: Desk | None) -> bool:
    """Say whether what the guest decided is still so, and not to be done again."""
    if desk is None or link.decision == Decision.CHANGES:
        return desk is None or desk.stage != Stage.IN_REVIEW
    return bool(desk.review.approved_at) and desk.review.approved_hash == link.content_hash


def _note(link: PreviewLink, text: str, anchor: str) -> EditorialNote:
    note = EditorialNote.objects.create(
        kind=link.kind, item=link.item, author_name=link.guest_name, text=text, anchor=anchor
    )
    link.notes.add(note)
    return note
