"""What the table of doors is tried on: one item of each kind in each state, and everybody."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from initiatives.models import Membership, Name
from iomsite.addresses.models import OutgoingLink
from iomsite.audit.models import AuditEntry
from iomsite.pages.models import Page, SiteNotice, SiteNoticeText
from iomsite.previews.links import make_link, revoke
from iomsite.previews.models import PreviewLink
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from speeches.models import Attachment, Citation, Mention, Passage, Proposal, Synonym
from tests import make

ROLES = (
    "visitor", "guest", "member", "staff", "editor", "reviewer", "publisher", "administrator",
)  # fmt: skip
"""Nobody, somebody who came by a preview link, an account that is no staff, staff without
permissions, the groups, a superuser."""

HIDDEN = ("draft", "in_review", "embargoed")
COPIED = ("copy", "copy_in_review", "copy_scheduled")
"""Published, with a working copy that is being written, in review, or waits for its time."""
STATES = (*HIDDEN, "published", "unreviewed", *COPIED, "withdrawn", "removed", "missing")
"""Unreviewed is what was published without a review, and has to be approved afterwards."""
BY_WORKFLOW = ("published", "unreviewed", *COPIED)

NO_KEY = 999_999
NO_TOKEN = "x" * 43  # what a token looks like

MAKERS: dict[str, Callable[..., Any]] = {
    "speeches_speech": make.make_speech,
    "pages_page": make.make_page,
    "initiatives_organization": make.make_organization,
    "initiatives_person": make.make_person,
    "initiatives_office": make.make_office,
    "initiatives_initiative": make.make_initiative,
    "initiatives_meetingseries": make.make_meeting_series,
    "initiatives_meeting": make.make_meeting,
    "initiatives_term": lambda **values: make._entity(_term(), "term", values),
}
FULLY = ("speeches_speech", "pages_page")
"""Kinds whose items go through the workflow into each state; of the others, what is out does."""


def _term() -> Any:
    return ContentType.objects.get(app_label="initiatives", model="term").model_class()


class World:
    """Items by kind and state, browsers by role, links by what became of them."""

    def __init__(self) -> None:
        self.chief, self.colleague = make.make_staff(), make.make_staff("editor")
        self.items: dict[tuple[str, str], Any] = {}
        for kind in MAKERS:
            for state in STATES[:-1]:
                self.items[kind, state] = self._make(kind, state)
        self.files = {
            state: Attachment.objects.create(
                speech=self.items["speeches_speech", state],
                title="Text",
                file=ContentFile(f"Quixotry of {state}.".encode(), "text.txt"),
            )
            for state in STATES[:-1]
        }
        self.rows = self._make_rows()
        self.users: dict[str, User] = {}
        self.browsers = {role: self._enter(role) for role in ROLES}
        self.checksum = ""
        self.places: dict[str, Any] = {}
        self.forms: dict[tuple[str, str], dict[str, Any]] = {}
        """Forms as they were shown, by address and state."""
        self.links: dict[str, PreviewLink] = {}
        self.tokens = self._invite()
        for page in ("", "review/"):
            self.browsers["guest"].get(f"/preview/{self.tokens['open']}/{page}")

    def _make(self, kind: str, state: str) -> Any:
        maker, values = MAKERS[kind], self._values(kind, state)
        if kind not in FULLY and state not in BY_WORKFLOW:
            return maker(**values, **_begun(state))
        item = maker(**values, status=Status.DRAFT)
        if state == "draft":
            return item
        if state == "unreviewed":
            perform("publish_unreviewed", item, self.chief, reason="It could not wait.")
            item.refresh_from_db()
            return item
        perform("submit", item, self.colleague)
        if state == "in_review":
            item.refresh_from_db()
            return item
        late = timezone.now() + timedelta(days=3)
        perform("publish", item, None, at=late if state == "embargoed" else None)
        item.refresh_from_db()
        if state in COPIED:
            self._copy(item, state, late)
        elif state in {"withdrawn", "removed"}:
            name = "withdraw" if state == "withdrawn" else "remove"
            perform(name, item, None, notice="Taken back for a test.")
        item.refresh_from_db()
        return item

    def _values(self, kind: str, state: str) -> dict[str, Any]:
        slug = f"the-{state}-one".replace("_", "-")
        if kind == "speeches_speech":
            return {"slug": slug, "title": f"Quixotry {state}", "speaker": "Somebody"}
        if kind == "pages_page":
            return {
                "slug": slug,
                "title": f"Quixotry {state}",
                "image": _picture(state),
                "image_alternative": "A colour",
            }
        return {"slug": slug, "name": f"Quixotry {state}"}

    def _copy(self, item: Any, state: str, late: Any) -> None:
        with editing(item, self.colleague):
            row = item.texts.get() if hasattr(item, "texts") else item
            field = "title" if hasattr(row, "title") else "name"
            setattr(row, field, "Other words")
            row.save()
        if state != "copy":
            perform("submit", item, self.colleague)
        if state == "copy_scheduled":
            perform("publish", item, None, at=late)

    def _make_rows(self) -> dict[str, Any]:
        """Make one of each thing that has a list of its own and no public life."""
        draft = self.items["initiatives_organization", "draft"]
        notice = SiteNotice.objects.create(starts_at=timezone.now() + timedelta(days=9))
        SiteNoticeText.objects.create(notice=notice, language="en", text="We move.")
        group = make.make_staff("editor").groups.get()
        return {
            "initiatives_name": Name.objects.create(
                organization=draft, text="Another", language="en", kind="primary"
            ),
            "initiatives_membership": Membership.objects.create(member_country="CH", group=draft),
            "initiatives_appointment": make.make_appointment(
                person=self.items["initiatives_person", "draft"],
                office=self.items["initiatives_office", "draft"],
            ),
            "initiatives_agendaitem": make.make_agenda_item(
                meeting=self.items["initiatives_meeting", "draft"]
            ),
            **self._make_notes(),
            "speeches_synonym": Synonym.objects.create(expression="boat", meaning="ship"),
            "pages_sitenotice": notice,
            "addresses_outgoinglink": OutgoingLink.objects.create(url="https://example.org/"),
            "audit_auditentry": AuditEntry.objects.order_by("sequence").first(),
            "auth_user": make.make_staff("editor"),
            "auth_group": group,
        }

    def _make_notes(self) -> dict[str, Any]:
        """Make one note of each kind about a passage of a speech."""
        speech = self.items["speeches_speech", "published"]
        passage = Passage.objects.filter(speech_text__speech=speech).first()
        return {
            "speeches_mention": Mention.objects.create(
                passage=passage, start=0, end=3, surface=passage.text[:3], country="CH"
            ),
            "speeches_proposal": Proposal.objects.create(
                key="quixotry", name="Quixotry", kind="initiative"
            ),
            "speeches_citation": Citation.objects.create(
                passage=passage, start=0, end=3, cited_speech=speech, kind="quotation"
            ),
        }

    def _enter(self, role: str) -> Client:
        browser = Client()
        if role in {"visitor", "guest"}:
            return browser
        user = make.make_staff("" if role == "administrator" else "editor")
        if role in {"member", "staff"}:
            user.groups.clear()
            user.is_staff = role == "staff"
            user.save()
        elif role != "administrator":
            user.groups.set(_group(role))
        browser.force_login(user)
        self.users[role] = user
        return browser

    def _invite(self) -> dict[str, str]:
        """Make a link of each standing to a speech of its own."""
        tokens = {"unknown": NO_TOKEN}
        for standing in ("open", "over", "revoked", "changed", "public"):
            title = f"Quixotry {standing}"
            speech = make.make_speech(title=title, status=Status.DRAFT, speaker="Somebody")
            link, token = make_link(speech, self.chief, guest_name="Jane Doe", may_decide=True)
            self.links[standing], tokens[standing] = link, token
            self.items["invited", standing] = speech
            if standing == "over":
                past = timezone.now() - timedelta(hours=1)
                begun = past - timedelta(days=1)
                PreviewLink.objects.filter(pk=link.pk).update(made_at=begun, expires_at=past)
            elif standing == "revoked":
                revoke(link, self.chief)
            elif standing == "changed":
                speech.texts.update(title="Quixotry since")
            elif standing == "public":
                perform("submit", speech, self.colleague)
                perform("publish", speech, None)
        return tokens


def _begun(state: str) -> dict[str, Any]:
    late = {"published_at": timezone.now() + timedelta(days=3)} if state == "embargoed" else {}
    return {"status": Status.PUBLISHED if late else Status(state), **late}


def _group(role: str) -> Any:
    return make.Group.objects.filter(name=role)


def _picture(state: str) -> ContentFile:
    """Return a picture of its own for each state: its name is made from its pixels."""
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (9 + 20 * STATES.index(state), 40, 80)).save(kept, "PNG")
    return ContentFile(kept.getvalue(), f"{state}.png")


def picture_of(world: World, state: str) -> str:
    """Return the path of the picture of a page below the folder of pictures."""
    if state == "missing":
        return "no-such-picture.png"
    page = Page.objects.get(pk=world.items["pages_page", state].pk)
    return page.image.name.removeprefix("images/")
