"""What a guest may do: comment by paragraph, approve, ask for changes."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.conf import LazySettings
from django.test import Client

from iomsite.audit.models import AuditEntry
from iomsite.previews import guests
from iomsite.previews.links import NotMade
from iomsite.previews.models import PreviewLink
from iomsite.publishing.models import EditorialNote, Review, Status
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.make import make_page, make_speech, make_staff

pytestmark = pytest.mark.django_db

Invite = Callable[..., tuple[PreviewLink, str]]


def submitted(**values: object) -> Speech:
    """Make a speech that an editor has submitted for review."""
    speech = make_speech(status=Status.DRAFT, **values)  # type: ignore[arg-type]
    perform("submit", speech, make_staff("editor"))
    return speech


def test_a_guest_comments_on_a_paragraph_and_staff_read_it_with_the_item(
    client: Client, invite: Invite
) -> None:
    speech = submitted()
    _link, address = invite(speech)

    assert "The second paragraph." in client.get(f"{address}review/").content.decode()
    response = client.post(
        f"{address}review/", {"anchor": "en/p2", "text": "Too long.\nCut <b>it</b>."}
    )

    assert response.status_code == HTTPStatus.FOUND
    note = EditorialNote.objects.of(speech).get()
    assert (note.author, note.author_name, note.anchor) == (None, "Jane Doe", "en/p2")
    assert note.text == "“The second paragraph.”\nToo long.\nCut <b>it</b>."
    page = client.get(f"{address}review/").content.decode()
    assert "Cut &lt;b&gt;it&lt;/b&gt;." in page


def test_a_guest_reads_no_notes_but_their_own(client: Client, invite: Invite) -> None:
    speech = submitted()
    perform("reject", speech, make_staff(), reason="Her aunt wrote this.")
    _link, address = invite(speech)
    _other, theirs = invite(speech, guest_name="Jane Doe")
    client.post(f"{theirs}review/", {"text": "Words of another guest."})

    page = client.get(f"{address}review/").content.decode()

    assert "Her aunt" not in page
    assert "another guest" not in page


def test_the_paragraphs_of_a_section_page_are_counted(client: Client, invite: Invite) -> None:
    page = make_page(status=Status.DRAFT, body="<p>One.</p><ul><li>Two.</li></ul>")
    _link, address = invite(page)

    client.post(f"{address}review/", {"anchor": "2", "text": "Why two?"})

    assert EditorialNote.objects.of(page).get().text == "“Two.”\nWhy two?"


def test_a_comment_needs_no_cookie_but_the_address(invite: Invite) -> None:
    strict = Client(enforce_csrf_checks=True)
    _link, address = invite(submitted())

    response = strict.post(f"{address}review/", {"text": "Fine."})

    assert response.status_code == HTTPStatus.FOUND
    assert not response.cookies


@pytest.mark.parametrize(
    ("text", "problem"), [(" ", "Write your comment first."), ("x" * 3001, "at most 3000")]
)
def test_a_comment_that_cannot_be_taken_says_why_and_keeps_the_words(
    text: str, problem: str, client: Client, invite: Invite
) -> None:
    _link, address = invite(submitted())

    response = client.post(f"{address}review/", {"anchor": "en/p1", "text": text})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert problem in response.content.decode()
    assert text.strip() in response.content.decode()
    assert not EditorialNote.objects.exists()


def test_comments_are_bounded(
    client: Client, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "MOST_COMMENTS", 1)
    _link, address = invite(submitted())
    client.post(f"{address}review/", {"text": "First."})

    response = client.post(f"{address}review/", {"text": "Second."})

    assert response.status_code == HTTPStatus.CONFLICT
    assert EditorialNote.objects.count() == 1


def test_who_may_only_read_cannot_write(client: Client, invite: Invite) -> None:
    _link, address = invite(submitted(), may_comment=False)

    assert f"{address}review/" not in client.get(address).content.decode()
    client.post(f"{address}review/", {"text": "All the same."})
    client.post(f"{address}review/", {"decision": "approve"})

    assert not EditorialNote.objects.exists()
    assert not Review.objects.get().approved_at


def test_what_a_guest_wrote_while_the_text_changed_is_kept(client: Client, invite: Invite) -> None:
    speech = submitted()
    _link, address = invite(speech)
    Speech.objects.update(place="Elsewhere")

    response = client.post(f"{address}review/", {"anchor": "en/p1", "text": "Well said."})

    assert response.status_code == HTTPStatus.GONE
    assert "was kept" in response.content.decode()
    assert "earlier state" in EditorialNote.objects.get().text


def test_a_guest_approves_and_the_submitter_may_then_publish(
    client: Client, invite: Invite
) -> None:
    publisher = make_staff("publisher")
    speech = make_speech(status=Status.DRAFT)
    perform("submit", speech, publisher)
    _link, address = invite(speech, user=make_staff("reviewer"), may_decide=True)

    response = client.post(f"{address}review/", {"decision": "approve"})

    assert response.status_code == HTTPStatus.FOUND
    review = Review.objects.of(speech).get()
    assert review.approved_name == "Jane Doe"
    assert review.approved_by is None
    assert review.approved_hash
    assert "You have approved" in client.get(f"{address}review/").content.decode()
    perform("publish", speech, publisher)
    speech.refresh_from_db()
    assert speech.status == Status.PUBLISHED


def test_a_double_click_approves_once(client: Client, invite: Invite) -> None:
    _link, address = invite(submitted(), may_decide=True)

    for _click in range(2):
        client.post(f"{address}review/", {"decision": "approve"})

    assert AuditEntry.objects.filter(action="publishing.approve").count() == 1


def test_nobody_approves_their_own_text_through_a_guest(client: Client, invite: Invite) -> None:
    publisher = make_staff("publisher")
    speech = make_speech(status=Status.DRAFT)
    _early, address = invite(speech, user=publisher, may_decide=True)
    perform("submit", speech, publisher)

    with pytest.raises(NotMade, match="submitted this yourself"):
        invite(speech, user=publisher, may_decide=True)
    response = client.post(f"{address}review/", {"decision": "approve"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert not Review.objects.get().approved_at


def test_in_an_office_of_one_person_a_guest_may_be_asked(
    client: Client, invite: Invite, settings: LazySettings
) -> None:
    settings.TWO_PERSON_RULE = False
    publisher = make_staff("publisher")
    speech = make_speech(status=Status.DRAFT)
    perform("submit", speech, publisher)
    _link, address = invite(speech, user=publisher, may_decide=True)

    client.post(f"{address}review/", {"decision": "approve"})

    assert Review.objects.get().approved_name == "Jane Doe"


def test_only_a_reviewer_can_ask_a_guest_to_decide(invite: Invite) -> None:
    with pytest.raises(NotMade, match="may review"):
        invite(submitted(), user=make_staff("editor"), may_decide=True)


def test_a_guest_sends_a_text_back_with_a_reason(client: Client, invite: Invite) -> None:
    speech = submitted()
    _link, address = invite(speech, may_decide=True)

    empty = client.post(f"{address}review/", {"decision": "changes"})
    assert "Say what should be changed." in empty.content.decode()
    client.post(f"{address}review/", {"decision": "changes", "reason": "The number is wrong."})

    speech.refresh_from_db()
    assert speech.status == Status.DRAFT
    note = EditorialNote.objects.of(speech).get()
    assert (note.author_name, note.text) == ("Jane Doe", "The number is wrong.")
    assert AuditEntry.objects.filter(action="previews.guest_asked_for_changes").count() == 1


def test_a_guest_cannot_decide_about_what_is_not_in_review(client: Client, invite: Invite) -> None:
    speech = make_speech(status=Status.DRAFT)
    _link, address = invite(speech, may_decide=True)

    response = client.post(f"{address}review/", {"decision": "changes", "reason": "Keep my words."})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "not in review" in response.content.decode()


def test_an_approval_of_other_words_is_refused(client: Client, invite: Invite) -> None:
    speech = submitted()
    _link, address = invite(speech, may_decide=True)
    Speech.objects.update(place="Elsewhere")

    response = client.post(f"{address}review/", {"decision": "approve"})

    assert response.status_code == HTTPStatus.GONE
    assert not Review.objects.get().approved_at
