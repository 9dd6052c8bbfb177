"""The front page of the admin: what waits for whom, and the mail that says so."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from iomsite.publishing.models import Review, Status, WorkingCopy, kind_of
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.make import make_meeting, make_office, make_page, make_person, make_speech, make_staff

pytestmark = pytest.mark.django_db


def make_draft(**values: Any) -> Speech:
    return make_speech(**{"status": Status.DRAFT} | values)


def review_of(item: Any, **values: Any) -> Review:
    review, _created = Review.objects.update_or_create(
        kind=kind_of(item), item=item.pk, defaults=values
    )
    return review


def queue_of(client: Client, user: Any) -> dict[str, list[str]]:
    """Return the headings of the front page with what stands under them."""
    client.force_login(user)
    page = BeautifulSoup(client.get("/admin/").content, "lxml")
    return {
        section.h2.text: [link.text for link in section.select(".queue__item a")]
        for section in page.select("section.queue")
    }


def test_what_is_submitted_waits_for_reviewers_and_not_for_its_editor(client: Client) -> None:
    editor = make_staff("editor")
    perform("submit", make_draft(title="Submitted"), editor)

    assert queue_of(client, make_staff("reviewer")) == {"Waiting for my review": ["Submitted"]}
    assert queue_of(client, editor) == {}


def test_changes_and_items_of_every_kind_wait_in_one_list(client: Client) -> None:
    changed = make_speech(title="Changed", person=make_person())
    client.force_login(make_staff("editor"))
    WorkingCopy.objects.create(
        kind="speeches.speech", item=changed.pk, content={"fields": {}}, stage="in_review"
    )
    for item in (
        make_draft(title="New"),
        make_meeting(name="The Council", status=Status.DRAFT),
        make_page(slug="contact", status=Status.DRAFT),
    ):
        perform("submit", item, make_staff("editor"))

    waiting = queue_of(client, make_staff("reviewer"))["Waiting for my review"]

    assert sorted(waiting) == ["Changed", "New", "The Council", "contact"]


def test_what_somebody_looks_after_waits_for_that_person_only(client: Client) -> None:
    colleague, other = make_staff("reviewer"), make_staff("reviewer")
    speech = make_draft(title="Given away")
    review_of(speech, assignee=colleague)
    assert queue_of(client, colleague) == {"Assigned to me": ["Given away"]}

    perform("submit", speech, make_staff("editor"))

    assert queue_of(client, colleague) == {"Waiting for my review": ["Given away"]}
    assert queue_of(client, other) == {}


def test_what_was_sent_back_stands_on_the_front_page_of_its_editor(client: Client) -> None:
    editor, speech = make_staff("editor"), make_draft(title="Not yet good")
    perform("submit", speech, editor)
    perform("reject", speech, make_staff("reviewer"), reason="The date.")

    assert queue_of(client, editor) == {"Sent back to me": ["Not yet good"]}


def test_what_went_out_without_review_stays_until_somebody_else_approves_it(
    client: Client,
) -> None:
    speech, reviewer = make_draft(title="In a hurry"), make_staff("reviewer")
    perform("publish_unreviewed", speech, make_staff("publisher"), reason="The news wait.")
    assert queue_of(client, reviewer) == {"Published without review": ["In a hurry"]}

    perform("approve_afterwards", speech, reviewer)

    assert queue_of(client, reviewer) == {}


def test_what_is_late_says_so(client: Client) -> None:
    speech = make_draft(title="Late")
    review_of(speech, due_on=timezone.localdate() - timedelta(days=1))

    assert queue_of(client, make_staff("editor")) == {"Wanted soon": ["Late"]}
    assert b"queue__late" in client.get("/admin/").content


def test_a_publisher_sees_what_waits_for_its_time_and_what_missed_it(client: Client) -> None:
    later = timezone.now() + timedelta(hours=1)
    make_speech(title="Embargoed", published_at=later)
    for title, failure in (("Planned", ""), ("Missed", "It does not fit any more.")):
        WorkingCopy.objects.create(
            kind="speeches.speech", item=make_speech(title=title).pk, content={"fields": {}},
            stage="scheduled", due_at=later, failure=failure,
        )  # fmt: skip

    assert queue_of(client, make_staff("publisher")) == {
        "Could not be published on time": ["Missed"],
        "Under embargo": ["Embargoed"],
        "Scheduled changes": ["Planned"],
    }
    assert "It does not fit any more." in client.get("/admin/").content.decode()
    assert queue_of(client, make_staff("editor")) == {}


def test_a_long_list_is_cut_and_says_how_much_is_left_out(client: Client) -> None:
    for _number in range(13):
        perform("submit", make_draft(), make_staff("editor"))

    waiting = queue_of(client, make_staff("reviewer"))["Waiting for my review"]

    assert len(waiting) == 10
    assert "And 3 more." in client.get("/admin/").content.decode()


def test_the_front_page_asks_the_same_number_of_questions_however_much_waits(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def fill(times: int) -> None:
        for _number in range(times):
            for item in (
                make_draft(),
                make_meeting(status=Status.DRAFT),
                make_office(status=Status.DRAFT),
                make_page(status=Status.DRAFT),
            ):
                perform("submit", item, make_staff("editor"))

    client.force_login(make_staff())
    fill(8)

    with django_assert_max_num_queries(35) as few:
        client.get("/admin/")
    fill(8)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/admin/")


@pytest.fixture
def known_address(settings: LazySettings) -> None:
    settings.SITE_URL = "https://record.example.org"


@pytest.mark.usefixtures("known_address")
def test_reviewers_are_told_by_mail_and_read_nothing_of_the_text_in_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_staff("reviewer", email="reviewer@example.org")
    make_staff("publisher", email="publisher@example.org")
    make_staff("reviewer", email="gone@example.org", is_active=False)
    make_staff("reviewer")
    editor = make_staff("editor", email="editor@example.org")
    speech = make_draft(title="A secret title")

    with django_capture_on_commit_callbacks(execute=True):
        perform("submit", speech, editor)

    assert sorted(m.to[0] for m in mail.outbox) == ["publisher@example.org", "reviewer@example.org"]
    sent = mail.outbox[0]
    address = f"https://record.example.org/admin/speeches/speech/{speech.pk}/change/"
    assert address in sent.body
    assert speech.reference in sent.subject
    assert "secret" not in sent.subject + sent.body


@pytest.mark.usefixtures("known_address")
def test_only_who_looks_after_it_is_told(django_capture_on_commit_callbacks: Any) -> None:
    make_staff("reviewer", email="other@example.org")
    speech = make_draft()
    review_of(speech, assignee=make_staff("reviewer", email="chosen@example.org"))

    with django_capture_on_commit_callbacks(execute=True):
        perform("submit", speech, make_staff("editor"))

    assert [m.to for m in mail.outbox] == [["chosen@example.org"]]


@pytest.mark.usefixtures("known_address")
def test_an_editor_is_told_that_a_text_came_back_and_not_why(
    django_capture_on_commit_callbacks: Any,
) -> None:
    speech, editor = make_draft(), make_staff("editor", email="editor@example.org")
    perform("submit", speech, editor)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        perform("reject", speech, make_staff("reviewer"), reason="The secret is wrong.")

    assert [m.to for m in mail.outbox] == [["editor@example.org"]]
    assert "secret" not in mail.outbox[0].body


@pytest.mark.usefixtures("known_address")
def test_nobody_is_told_of_what_did_not_happen(django_capture_on_commit_callbacks: Any) -> None:
    make_staff("reviewer", email="reviewer@example.org")

    def submit_and_fail() -> None:
        with transaction.atomic():
            perform("submit", make_draft(), make_staff("editor"))
            raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        submit_and_fail()

    assert mail.outbox == []


@pytest.mark.usefixtures("known_address")
def test_a_mail_server_that_does_not_answer_stops_nothing(
    settings: LazySettings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    make_staff("reviewer", email="reviewer@example.org")
    speech = make_draft()

    with django_capture_on_commit_callbacks(execute=True):
        perform("submit", speech, make_staff("editor"))

    speech.refresh_from_db()
    assert speech.status == Status.IN_REVIEW


def test_no_mail_is_sent_where_the_site_does_not_know_its_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_staff("reviewer", email="reviewer@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        perform("submit", make_draft(), make_staff("editor"))

    assert mail.outbox == []
