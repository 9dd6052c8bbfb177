"""How long a link works, what ends it, and what is kept of it."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from iomsite.previews import links
from iomsite.previews.links import NotMade, make_link, revoke
from iomsite.previews.models import PreviewLink, PreviewVisit, hash_of
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from tests.make import (
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db

UNKNOWN = "/preview/" + "x" * 43 + "/"
Invite = Callable[..., tuple[PreviewLink, str]]


def test_unknown_and_revoked_links_answer_alike_and_say_nothing(
    client: Client, invite: Invite
) -> None:
    link, address = invite(make_speech(status=Status.DRAFT))
    revoke(link, make_staff())

    answers = [client.get(url) for url in (UNKNOWN, address, UNKNOWN + "review/")]

    assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.items())) for answer in answers}) == 1


def test_a_link_ends_by_itself_and_tells_nothing_of_the_item(
    client: Client, invite: Invite
) -> None:
    draft = make_speech(title="Not yet said", status=Status.DRAFT)
    link, address = invite(draft)
    now = timezone.now()
    PreviewLink.objects.update(made_at=now - timedelta(days=3), expires_at=now)

    for url in (address, f"{address}en/speeches/{draft.slug}/", f"{address}review/"):
        response = client.get(url)
        assert response.status_code == HTTPStatus.GONE
        assert "Its time is over" in response.content.decode()
        assert "Not yet said" not in response.content.decode()
        assert draft.slug not in response.content.decode()
        assert link.guest_name not in response.content.decode()


def test_a_link_opens_nothing_once_the_words_have_changed(client: Client, invite: Invite) -> None:
    draft = make_speech(title="First words", status=Status.DRAFT)
    _link, address = invite(draft)
    text = draft.texts.get()
    text.title = "Second words"
    text.save()

    response = client.get(address)

    assert response.status_code == HTTPStatus.GONE
    assert "Second words" not in response.content.decode()
    assert "First words" not in response.content.decode()


def test_a_note_for_staff_does_not_end_a_link(client: Client, invite: Invite) -> None:
    draft = make_speech(status=Status.DRAFT)
    _link, address = invite(draft)
    draft.staff_note = "Ask her about the second paragraph."
    draft.save()

    response = client.get(address)

    assert response.status_code == HTTPStatus.OK
    assert "Ask her" not in response.content.decode()


def test_a_link_leads_to_the_public_page_once_it_is_public_and_ends_when_it_is_removed(
    client: Client, invite: Invite
) -> None:
    draft = make_speech(status=Status.DRAFT)
    _link, address = invite(draft)
    perform("submit", draft)
    assert client.get(address).status_code == HTTPStatus.OK
    perform("publish", draft)

    assert client.get(address)["Location"] == draft.get_absolute_url()
    perform("remove", draft, notice="Never said.")
    assert client.get(address).status_code == HTTPStatus.GONE


def test_a_link_dies_with_its_item(client: Client, invite: Invite) -> None:
    draft = make_speech(status=Status.DRAFT)
    _link, address = invite(draft)
    draft.delete()

    assert client.get(address).status_code == HTTPStatus.GONE


def test_only_the_checksum_of_a_token_is_stored() -> None:
    _link, token = make_link(make_speech(status=Status.DRAFT), make_staff(), guest_name="A")

    assert len(token) * 6 >= 256
    row = PreviewLink.objects.values().get()
    assert token not in str(row)
    assert row["token_hash"] == hash_of(token)


def test_each_visit_is_written_down_without_the_whole_address(
    client: Client, invite: Invite
) -> None:
    link, address = invite(make_speech(status=Status.DRAFT))

    client.get(address, REMOTE_ADDR="192.0.2.77")
    client.get(f"{address}review/", REMOTE_ADDR="2001:db8:1:2:3::4")

    networks = set(link.visits.values_list("network", flat=True))
    assert networks == {"192.0.2.0/24", "2001:db8:1::/48"}


def test_a_link_that_is_used_too_often_rests(
    client: Client, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_VISITS", 2)
    _link, address = invite(make_speech(status=Status.DRAFT))

    codes = [client.get(address).status_code for _visit in range(3)]

    assert codes == [HTTPStatus.OK, HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS]
    assert PreviewVisit.objects.count() == 2


@pytest.mark.parametrize("days", [0, 8, -1])
def test_no_link_works_longer_than_a_week(days: int) -> None:
    with pytest.raises(NotMade):
        make_link(make_speech(status=Status.DRAFT), make_staff(), guest_name="A", days=days)


def test_what_is_public_needs_no_link(invite: Invite) -> None:
    with pytest.raises(NotMade, match="public address"):
        invite(make_speech())


def test_an_embargoed_item_can_be_shown_to_a_guest(client: Client, invite: Invite) -> None:
    later = timezone.now() + timedelta(days=1)
    speech = make_speech(title="Tomorrow", published_at=later)
    _link, address = invite(speech)

    assert "Tomorrow" in client.get(address).content.decode()
    assert client.get(speech.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_there_are_only_so_many_links_to_one_item(
    invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 1)
    draft = make_speech(status=Status.DRAFT)
    invite(draft)

    with pytest.raises(NotMade, match="too many"):
        invite(draft)


def test_links_that_ended_long_ago_are_forgotten(invite: Invite) -> None:
    link, _address = invite(make_speech(status=Status.DRAFT))
    long_ago = timezone.now() - timedelta(days=200)
    PreviewLink.objects.update(made_at=long_ago, expires_at=long_ago + timedelta(days=1))

    invite(make_speech(status=Status.DRAFT))

    assert not PreviewLink.objects.filter(pk=link.pk).exists()
