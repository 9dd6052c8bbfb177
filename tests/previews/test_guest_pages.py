"""What a guest with a link sees: the one item as it will be, and nothing else."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from iomsite.previews.models import PreviewLink
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status
from speeches.models import Attachment, Speech
from tests.make import (
    make_agenda_item,
    make_meeting,
    make_office,
    make_organization,
    make_page,
    make_person,
    make_speech,
    make_staff,
    make_text,
)

pytestmark = pytest.mark.django_db

Invite = Callable[..., tuple[PreviewLink, str]]


def test_a_guest_reads_a_draft_that_nobody_else_finds(client: Client, invite: Invite) -> None:
    draft = make_speech(title="Not yet said", status=Status.DRAFT)
    _link, address = invite(draft)

    response = client.get(address)

    assert response.status_code == HTTPStatus.OK
    assert "Not yet said" in response.content.decode()
    assert "for Jane Doe alone" in response.content.decode()
    assert "Preview for staff" not in response.content.decode()
    assert client.get(draft.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_guest_reads_the_working_copy_and_readers_the_public_words(
    client: Client, invite: Invite
) -> None:
    speech = make_speech(title="As it was")
    with editing(speech, make_staff()):
        text = speech.texts.get()
        text.title = "As it will be"
        text.save()
    _link, address = invite(speech)

    assert "As it will be" in client.get(address).content.decode()
    assert "As it will be" not in client.get(speech.get_absolute_url()).content.decode()


def test_nothing_keeps_indexes_or_tells_on_a_preview(client: Client, invite: Invite) -> None:
    _link, address = invite(make_speech(status=Status.DRAFT))

    for url in (address, f"{address}review/"):
        response = client.get(url)
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert not response.cookies
        assert "ETag" not in response


def test_a_preview_shows_the_public_around_the_item_only(client: Client, invite: Invite) -> None:
    secret = make_person(name="Secret Person", status=Status.DRAFT)
    hidden = make_meeting(name="Hidden meeting", status=Status.DRAFT)
    beside = make_speech(title="Hidden neighbour", meeting=hidden, status=Status.DRAFT)
    draft = make_speech(
        person=secret,
        speaker="A speaker",
        meeting=hidden,
        agenda_item=make_agenda_item(meeting=hidden),
        status=Status.DRAFT,
    )
    draft.organizations.add(make_organization(name="Secret body", status=Status.DRAFT))
    _link, address = invite(draft)

    page = client.get(address).content.decode()

    for words in ("Secret Person", "Hidden meeting", "Hidden neighbour", "Secret body"):
        assert words not in page
    other = address.rstrip("/") + beside.get_absolute_url()
    assert client.get(other).status_code == HTTPStatus.NOT_FOUND


def test_a_speech_without_a_date_is_shown_though_it_could_not_be_public(
    client: Client, invite: Invite
) -> None:
    draft = make_speech(title="Some day", status=Status.DRAFT, delivered_on=None)
    upload = ContentFile(b"Some words.", "plan.txt")
    row = Attachment.objects.create(speech=draft, title="Plan", file=upload)
    _link, address = invite(draft)

    assert "Some day" in client.get(address).content.decode()
    part = client.get(address.rstrip("/") + row.get_absolute_url())
    assert part.status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "make", [make_page, make_person, make_organization, make_meeting, make_speech]
)
def test_every_kind_of_page_can_be_previewed(
    make: Callable[..., Speech], client: Client, invite: Invite
) -> None:
    _link, address = invite(make(status=Status.DRAFT))

    assert client.get(address).status_code == HTTPStatus.OK


def test_an_office_is_shown_on_the_page_it_stands_on(client: Client, invite: Invite) -> None:
    office = make_office(name="Keeper of the seal", status=Status.DRAFT)
    _link, address = invite(office)

    assert client.get(address).status_code == HTTPStatus.OK


def test_links_in_a_preview_lead_to_the_preview_in_the_other_languages(
    client: Client, invite: Invite
) -> None:
    draft = make_speech(title="In English", status=Status.DRAFT)
    make_text(speech=draft, language="fr", kind="courtesy", title="En français")
    _link, address = invite(draft)
    french = f"{address}fr/speeches/{draft.slug}/"

    page = client.get(address).content.decode()
    assert f'href="{french}"' in page
    assert f'href="/fr/speeches/{draft.slug}/"' not in page
    page = client.get(french).content.decode()
    assert "En français" in page
    assert '<html lang="fr"' in page
    own = client.get(f"{address}en/speeches/{draft.slug}/fr/").content.decode()
    assert "En français" in own


def test_the_address_of_a_preview_stands_only_in_links_back_into_it(
    client: Client, invite: Invite
) -> None:
    draft = make_speech(status=Status.DRAFT)
    _link, address = invite(draft)
    token = address.split("/")[2]

    page = client.get(address).content.decode()

    assert page.count(token) == page.count(f'href="/preview/{token}/')
    assert "data-passages" not in page


def test_files_of_the_item_are_handed_out_through_its_link_only(
    client: Client, invite: Invite
) -> None:
    draft, other = make_speech(status=Status.DRAFT), make_speech(status=Status.DRAFT)
    mine, secret = (
        Attachment.objects.create(speech=speech, title="Text", file=ContentFile(words, "text.txt"))
        for speech, words in ((draft, b"Mine."), (other, b"Secret."))
    )
    _link, address = invite(draft)
    prefix = address.rstrip("/")

    assert f'href="{prefix}{mine.get_absolute_url()}"' in client.get(address).content.decode()
    response = client.get(prefix + mine.get_absolute_url())
    assert b"".join(response.streaming_content) == b"Mine."  # type: ignore[attr-defined]
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("attachment")
    assert client.get(prefix + secret.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert client.get(mine.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "inner",
    [
        "en/", "en/speeches/", "admin/", "healthz/", "en/search/", "en/styleguide/",
        "files/1/text.txt", "media/images/a.jpg", "preview/x/", "//example.org/", "..%2f",
        "en/speeches/%00/", "\u202e/",
    ],
)  # fmt: skip
def test_no_other_address_can_be_opened_through_a_link(
    inner: str, client: Client, invite: Invite
) -> None:
    _link, address = invite(make_speech(status=Status.DRAFT))

    assert client.get(address + inner).status_code == HTTPStatus.NOT_FOUND


def test_a_preview_leaves_nothing_behind_for_readers(client: Client, invite: Invite) -> None:
    page = make_page(title="Coming soon", status=Status.DRAFT)
    _link, address = invite(page)
    client.get("/en/about/")

    assert "Coming soon" in client.get(address).content.decode()

    assert "Coming soon" not in client.get("/en/about/").content.decode()
    assert "Coming soon" not in client.get("/en/").content.decode()


def test_the_session_of_staff_opens_no_more_in_a_preview(staff: Client, invite: Invite) -> None:
    draft = make_speech(status=Status.DRAFT)
    other = make_speech(status=Status.DRAFT)
    _link, address = invite(draft)

    inner = address.rstrip("/") + other.get_absolute_url()
    assert staff.get(inner).status_code == HTTPStatus.NOT_FOUND
