"""What waits for its time: shown in one place, released or set to one time together."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Version, WorkingCopy
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.forms import shown_form
from tests.make import make_meeting, make_person, make_speech, make_staff

pytestmark = pytest.mark.django_db

EMBARGOES = "/admin/embargoes/"


def enter(client: Client, role: str) -> None:
    client.force_login(make_staff(role))


def renew(*items: Any) -> None:
    for item in items:
        item.refresh_from_db()


def later(**values: int) -> datetime:
    return (timezone.now() + timedelta(**values)).replace(microsecond=0)


def waiting() -> tuple[Speech, Any, Speech]:
    """Make an embargoed speech, an embargoed meeting and a speech with scheduled changes."""
    changed = make_speech(title="Changed", person=make_person())
    with editing(changed, None) as desk:
        desk.item.place = "Nairobi"
        desk.item.save()
    WorkingCopy.objects.update(stage="scheduled", due_at=later(days=3))
    return (
        make_speech(title="Embargoed", published_at=later(days=1), person=make_person()),
        make_meeting(name="The Council", published_at=later(days=2)),
        changed,
    )


def keys(*items: Any) -> list[str]:
    return [f"{item._meta.label_lower}:{item.pk}" for item in items]


def test_the_page_shows_what_waits_of_every_kind(client: Client) -> None:
    items = waiting()
    enter(client, "publisher")

    page = BeautifulSoup(client.get(EMBARGOES).content, "lxml")

    shown = [tick["value"] for tick in page.select("input[name=item]")]
    assert shown == keys(*items)


def test_several_are_released_together_at_one_moment(client: Client) -> None:
    speech, meeting, changed = waiting()
    enter(client, "publisher")
    form = shown_form(client, EMBARGOES)

    client.post(EMBARGOES, form | {"item": keys(speech, meeting, changed), "do": "release"})

    renew(speech, meeting, changed)
    assert speech.published_at == meeting.published_at <= timezone.now()
    assert changed.place == "Nairobi"
    assert not WorkingCopy.objects.exists()
    assert Version.objects.count() == 3


def test_a_time_in_the_form_does_not_set_back_what_is_released(client: Client) -> None:
    speech, *_others = waiting()
    enter(client, "publisher")
    form = shown_form(client, EMBARGOES) | {"item": keys(speech), "do": "release"}
    before = timezone.now() - timedelta(seconds=1)

    client.post(EMBARGOES, form | {"at": "1999-01-01T00:00:00"})

    speech.refresh_from_db()
    assert speech.published_at > before


def test_one_time_is_set_for_several(client: Client) -> None:
    speech, meeting, changed = waiting()
    enter(client, "publisher")
    form, moment = shown_form(client, EMBARGOES), later(days=9)

    sent = {"item": keys(speech, meeting, changed), "do": "reschedule"}
    client.post(EMBARGOES, form | sent | {"at": moment.strftime("%Y-%m-%dT%H:%M:%S")})

    renew(speech, meeting)
    assert speech.published_at == meeting.published_at == moment
    assert WorkingCopy.objects.get().due_at == moment


@pytest.mark.parametrize(
    ("at", "reason"), [("", "Give a day and a time"), ("2001-01-01T00:00:00", "has passed")]
)
def test_a_common_time_has_to_be_one_to_come(client: Client, at: str, reason: str) -> None:
    speech, *_others = waiting()
    enter(client, "publisher")
    form = shown_form(client, EMBARGOES) | {"item": keys(speech), "do": "reschedule", "at": at}

    page = client.post(EMBARGOES, form).content.decode()

    assert reason in page
    assert f'value="{keys(speech)[0]}" checked' in page


def test_all_go_out_or_none(client: Client) -> None:
    speech, meeting, changed = waiting()
    enter(client, "publisher")
    form = shown_form(client, EMBARGOES)
    perform("reschedule", speech, at=later(days=5))

    sent = {"item": keys(speech, meeting, changed), "do": "release"}
    response = client.post(EMBARGOES, form | sent)

    assert response.status_code == HTTPStatus.CONFLICT
    assert "It was changed since you opened the page." in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.published_at > timezone.now()
    assert WorkingCopy.objects.exists()


@pytest.mark.parametrize(
    "item", ["", "speeches.speech:", "speeches.speech:999", "auth.user:1", "x:1", "a" * 500]
)
def test_a_made_up_tick_releases_nothing(client: Client, item: str) -> None:
    speech, *_others = waiting()
    enter(client, "publisher")
    form = shown_form(client, EMBARGOES)

    sent = {"item": [*keys(speech), item], "do": "release"}

    assert client.post(EMBARGOES, form | sent).status_code == HTTPStatus.CONFLICT
    speech.refresh_from_db()
    assert speech.published_at > timezone.now()


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_only_publishers_open_the_page(client: Client, role: str) -> None:
    enter(client, role)

    assert client.get(EMBARGOES).status_code == HTTPStatus.FORBIDDEN
    assert client.post(EMBARGOES, {"do": "release"}).status_code == HTTPStatus.FORBIDDEN


def test_the_page_asks_the_same_number_of_questions_however_much_waits(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    enter(client, "publisher")
    waiting()
    with django_assert_max_num_queries(25) as few:
        client.get(EMBARGOES)
    for _number in range(5):
        make_speech(published_at=later(days=1), person=make_person())
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(EMBARGOES)
