"""The page of an item's desk: notes, who looks after it, what was done with it."""

from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client

from iomsite.publishing.models import EditorialNote, Review, Status
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.make import make_speech, make_staff

pytestmark = pytest.mark.django_db


def enter(client: Client, role: str, **values: Any) -> Any:
    user = make_staff(role, **values)
    client.force_login(user)
    return user


def address(speech: Speech, page: str = "change/") -> str:
    return f"/admin/speeches/speech/{speech.pk}/{page}"


def make_draft() -> Speech:
    return make_speech(status=Status.DRAFT)


def words(response: Any) -> str:
    return BeautifulSoup(response.content, "lxml").get_text(" ", strip=True)


def test_colleagues_write_notes_to_each_other(client: Client) -> None:
    speech = make_draft()
    user = enter(client, "editor", first_name="Ada", last_name="Example")

    sent = {"form": "note", "text": "<b>Who</b> was in the chair?"}
    client.post(address(speech, "workflow/"), sent)

    note = EditorialNote.objects.of(speech).get()
    assert (note.author, note.author_name) == (user, "Ada Example")
    page = client.get(address(speech)).content.decode()
    assert "&lt;b&gt;Who&lt;/b&gt; was in the chair?" in page


def test_an_item_is_given_to_somebody_until_a_day(client: Client) -> None:
    speech, colleague = make_draft(), make_staff("reviewer")
    enter(client, "editor")

    sent = {"form": "assignment", "assignee": colleague.pk, "due_on": "2031-05-04"}
    client.post(address(speech, "workflow/"), sent)

    review = Review.objects.of(speech).get()
    assert (review.assignee, str(review.due_on)) == (colleague, "2031-05-04")
    assert "looks after it" in words(client.get(address(speech)))


def test_nothing_is_given_to_somebody_who_could_not_work_on_it(client: Client) -> None:
    speech = make_draft()
    outsider = make_staff("editor")
    outsider.groups.clear()
    enter(client, "editor")

    sent = {"form": "assignment", "assignee": outsider.pk}
    response = client.post(address(speech, "workflow/"), sent)

    assert response.status_code == HTTPStatus.OK
    assert not Review.objects.exists()


def test_the_page_tells_what_was_done_with_an_item(client: Client) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor", username="ada"))
    perform("reject", speech, enter(client, "reviewer"), reason="The date is wrong.")

    page = words(client.get(address(speech, "workflow/")))

    assert "Submit for review ada" in page
    assert "Send back" in page
    assert "The date is wrong." in page


def test_somebody_who_may_only_look_writes_no_notes(client: Client) -> None:
    speech = make_draft()
    user = enter(client, "editor")
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename="view_speech"))

    assert client.get(address(speech)).status_code == HTTPStatus.OK
    assert client.get(address(speech, "workflow/")).status_code == HTTPStatus.FORBIDDEN
