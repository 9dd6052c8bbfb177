"""The workflow in the admin: buttons that follow the table, and a page for each transition."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from iomsite.audit.models import AuditEntry
from iomsite.publishing.models import Status, Version, WorkingCopy
from iomsite.publishing.transitions import TABLE
from iomsite.publishing.workflow import perform
from speeches.models import Speech, SpeechText
from tests.forms import shown_form
from tests.make import make_person, make_speech, make_staff

pytestmark = pytest.mark.django_db


def enter(client: Client, role: str = "", **values: Any) -> Any:
    user = make_staff(role, **values)
    client.force_login(user)
    return user


def address(speech: Speech, page: str = "change/") -> str:
    return f"/admin/speeches/speech/{speech.pk}/{page}"


def act(client: Client, speech: Speech, name: str, **values: Any) -> Any:
    """Open the page of a transition and send its form."""
    page = address(speech, f"workflow/{name}/")
    return client.post(page, shown_form(client, page) | values)


def make_draft(**values: Any) -> Speech:
    return make_speech(**{"status": Status.DRAFT, "person": make_person()} | values)


def buttons(client: Client, speech: Speech) -> list[str]:
    page = BeautifulSoup(client.get(address(speech)).content, "lxml")
    return [step.text.strip() for step in page.select(".desk .desk__step")]


def words(response: Any) -> str:
    return BeautifulSoup(response.content, "lxml").get_text(" ", strip=True)


def test_an_editor_submits_and_a_publisher_publishes(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")
    assert act(client, speech, "submit").status_code == HTTPStatus.FOUND
    enter(client, "publisher")

    assert act(client, speech, "publish").status_code == HTTPStatus.FOUND

    speech.refresh_from_db()
    assert speech.status == Status.PUBLISHED
    assert Version.objects.of(speech).count() == 1


def test_an_editor_is_offered_to_submit_and_not_to_publish(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")

    assert buttons(client, speech) == ["Save and submit for review"]


def test_a_publisher_is_told_why_a_draft_cannot_be_published_yet(client: Client) -> None:
    speech = make_draft()
    enter(client, "publisher")

    page = BeautifulSoup(client.get(address(speech)).content, "lxml")

    refused = page.select_one(".desk__refused")
    assert refused is not None
    assert "Submit it for review first." in refused.text
    assert "Save and publish without review" in buttons(client, speech)


def test_whoever_submitted_is_told_that_somebody_else_has_to_approve(client: Client) -> None:
    speech = make_draft()
    user = enter(client, "publisher")
    perform("submit", speech, user)

    page = client.get(address(speech, "workflow/publish/"))

    assert "You submitted this yourself" in words(page)
    assert b"<textarea" not in page.content


def test_a_changed_published_speech_is_saved_and_submitted_with_one_button(client: Client) -> None:
    speech = make_speech(person=make_person())
    enter(client, "editor")
    form = shown_form(client, address(speech)) | {"place": "Nairobi", "_then": "submit"}

    response = client.post(address(speech), form)

    assert response["Location"] == address(speech, "workflow/submit/")
    assert WorkingCopy.objects.get().content["fields"]["place"] == "Nairobi"
    speech.refresh_from_db()
    assert speech.place == ""
    assert act(client, speech, "submit").status_code == HTTPStatus.FOUND
    assert WorkingCopy.objects.get().stage == "in_review"


def test_a_draft_is_saved_and_submitted_with_one_button(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")
    form = shown_form(client, address(speech)) | {"place": "Nairobi", "_then": "submit"}

    response = client.post(address(speech), form)

    assert response["Location"] == address(speech, "workflow/submit/")
    speech.refresh_from_db()
    assert speech.place == "Nairobi"


def test_a_form_with_an_error_goes_nowhere(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")
    form = shown_form(client, address(speech)) | {"delivered_on": "nonsense", "_then": "submit"}

    response = client.post(address(speech), form)

    assert response.status_code == HTTPStatus.OK
    assert "is no date" in words(response)


def test_an_unknown_button_is_an_ordinary_save(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")
    form = shown_form(client, address(speech)) | {"_then": "//example.org/"}

    assert client.post(address(speech), form)["Location"] == "/admin/speeches/speech/"


def test_enter_in_a_field_saves_and_starts_nothing(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")

    page = BeautifulSoup(client.get(address(speech)).content, "lxml")

    of_the_form = [
        button
        for button in page.select("button[type=submit], input[type=submit]")
        if button.get("form") == "speech_form" or button.find_parent("form", id="speech_form")
    ]
    assert of_the_form[0]["name"] == "_save"


def test_sending_back_needs_a_reason_and_keeps_it_with_the_item(client: Client) -> None:
    speech, editor = make_draft(), make_staff("editor")
    perform("submit", speech, editor)
    enter(client, "reviewer")

    refused = act(client, speech, "reject")
    assert "required" in words(refused)
    act(client, speech, "reject", reason="The date is wrong.")

    speech.refresh_from_db()
    assert speech.status == Status.DRAFT
    client.force_login(editor)
    assert "The date is wrong." in words(client.get(address(speech)))


def test_a_state_that_changed_meanwhile_is_told_and_what_was_typed_stays(client: Client) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    enter(client, "reviewer")
    page = address(speech, "workflow/reject/")
    form = shown_form(client, page) | {"reason": "A long and thoughtful reason."}
    SpeechText.objects.get().delete()
    SpeechText.objects.create(speech=speech, title="Another", body="<p>Other words.</p>")

    response = client.post(page, form)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "Somebody has changed this" in words(response)
    assert "A long and thoughtful reason." in words(response)
    speech.refresh_from_db()
    assert speech.status == Status.IN_REVIEW


def test_what_was_typed_stays_when_the_transition_is_not_possible_any_more(client: Client) -> None:
    speech = make_speech()
    enter(client, "publisher")
    page = address(speech, "workflow/withdraw/")
    form = shown_form(client, page) | {"notice": "A better text exists."}
    perform("remove", speech, notice="Gone.")

    response = client.post(page, form)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "A better text exists." in words(response)


def test_a_double_click_makes_one_version_and_is_no_error(client: Client) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    enter(client, "publisher")
    page = address(speech, "workflow/publish/")
    form = shown_form(client, page)

    first, second = client.post(page, form), client.post(page, form)

    assert (first.status_code, second.status_code) == (HTTPStatus.FOUND, HTTPStatus.FOUND)
    assert Version.objects.of(speech).count() == 1
    assert AuditEntry.objects.filter(action="publishing.publish").count() == 1


def test_a_form_without_a_token_does_nothing(client: Client) -> None:
    speech = make_speech()
    enter(client, "publisher")

    response = client.post(address(speech, "workflow/withdraw/"), {"notice": "Gone."})

    assert response.status_code == HTTPStatus.CONFLICT
    speech.refresh_from_db()
    assert speech.status == Status.PUBLISHED


def test_a_link_from_an_older_form_says_that_the_item_was_changed(client: Client) -> None:
    speech = make_speech()
    enter(client, "publisher")

    page = client.get(address(speech, "workflow/withdraw/") + "?token=older")

    assert "It was changed after you opened it" in words(page)


def test_a_speech_is_scheduled_to_the_second(client: Client) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    enter(client, "publisher")
    moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)

    act(client, speech, "publish", at=moment.strftime("%Y-%m-%dT%H:%M:%S"))

    speech.refresh_from_db()
    assert speech.published_at == moment


def test_an_undelivered_speech_goes_out_early_only_with_a_reason(client: Client) -> None:
    speech = make_draft(delivered_on=timezone.now().date() + timedelta(days=9))
    perform("submit", speech, make_staff("editor"))
    enter(client, "publisher")

    refused = act(client, speech, "publish", at="2001-02-03T04:05:06")
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "Choose a later time, or give a reason" in words(refused)
    assert "2001-02-03T04:05:06" in refused.content.decode()
    act(client, speech, "publish", reason="The speaker asked for it.")

    speech.refresh_from_db()
    assert speech.status == Status.PUBLISHED


@pytest.mark.parametrize("name", [transition.name for transition in TABLE])
@pytest.mark.parametrize("role", ["editor", "reviewer", "publisher"])
def test_a_page_opens_for_those_who_have_the_permission_only(
    client: Client, role: str, name: str
) -> None:
    speech = make_draft()
    user = enter(client, role)
    permission = next(row.permission for row in TABLE if row.name == name)
    may = user.has_perm(f"speeches.{permission}_speech")

    expected = HTTPStatus.OK if may else HTTPStatus.FORBIDDEN
    assert client.get(address(speech, f"workflow/{name}/")).status_code == expected
    if not may:
        assert client.post(address(speech, f"workflow/{name}/")).status_code == expected


@pytest.mark.parametrize("page", ["workflow/", "workflow/submit/", "workflow/nonsense/"])
def test_pages_of_an_unknown_speech_are_not_found(client: Client, page: str) -> None:
    enter(client)

    response = client.get(f"/admin/speeches/speech/999/{page}", follow=True)

    assert response.status_code == HTTPStatus.NOT_FOUND
