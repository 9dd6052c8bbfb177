"""The gate: what the public sees, by state and by the database's clock."""

import io
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image

from iomsite.publishing.models import Status
from speeches.models import Speech
from tests.make import (
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db


def test_only_published_items_pass_the_gate():
    shown = make_speech()
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.REMOVED):
        make_speech(status=status)

    assert list(Speech.objects.published()) == [shown]


def test_an_embargoed_item_passes_the_gate_when_its_time_has_come():
    now = timezone.now()
    make_speech(published_at=now + timedelta(minutes=5))
    past = make_speech(published_at=now - timedelta(seconds=1))

    assert list(Speech.objects.published()) == [past]


def test_a_withdrawn_item_stays_readable_at_its_address_but_in_no_list():
    withdrawn = make_speech(status=Status.WITHDRAWN)

    visible = Speech.objects.visible_to(AnonymousUser())

    assert list(visible) == [withdrawn]
    assert not Speech.objects.published().exists()


def test_a_published_item_without_a_time_is_refused_by_the_database():
    with pytest.raises(IntegrityError):
        make_speech(published_at=None)


def test_taking_an_item_back_needs_a_public_reason():
    with pytest.raises(IntegrityError):
        make_speech(status=Status.WITHDRAWN, public_notice="")


def test_a_draft_answers_the_same_as_an_unknown_address(client):
    draft = make_speech(status=Status.DRAFT)

    hidden = client.get(draft.get_absolute_url())
    unknown = client.get("/en/speeches/there-is-no-such-speech/")

    assert hidden.status_code == unknown.status_code == HTTPStatus.NOT_FOUND
    assert hidden.content.replace(draft.slug.encode(), b"") == unknown.content.replace(
        b"there-is-no-such-speech", b""
    )


def test_a_removed_item_answers_gone_with_the_public_reason_and_nothing_else(client):
    removed = make_speech(
        title="A secret title", status=Status.REMOVED, public_notice="Published by mistake."
    )

    response = client.get(removed.get_absolute_url())

    assert response.status_code == HTTPStatus.GONE
    assert "Published by mistake." in response.content.decode()
    assert "A secret title" not in response.content.decode()


def test_a_withdrawn_speech_is_shown_under_its_notice(client):
    withdrawn = make_speech(status=Status.WITHDRAWN, public_notice="A better text exists.")

    response = client.get(withdrawn.get_absolute_url())

    assert response.status_code == HTTPStatus.OK
    assert "A better text exists." in response.content.decode()


def test_staff_who_may_view_speeches_preview_a_draft(client):
    draft = make_speech(title="Not yet", status=Status.DRAFT)
    client.force_login(make_staff())

    response = client.get(draft.get_absolute_url())

    assert response.status_code == HTTPStatus.OK
    assert "Not yet" in response.content.decode()


def test_staff_without_the_permission_see_no_draft(client):
    draft = make_speech(status=Status.DRAFT)
    staff = make_staff()
    staff.is_superuser = False
    staff.save()
    client.force_login(staff)

    assert client.get(draft.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_a_published_speech_names_no_unpublished_meeting_series_or_person(client):
    series = make_meeting_series(name="Hidden series", status=Status.DRAFT)
    meeting = make_meeting(name="Hidden meeting", series=series, ordinal=1, status=Status.DRAFT)
    person = make_person(name="Hidden person", status=Status.DRAFT)
    speech = make_speech(meeting=meeting, person=person)

    pages = client.get(speech.get_absolute_url()), client.get("/en/speeches/"), client.get("/en/")

    for page in pages:
        assert page.status_code == HTTPStatus.OK
        assert "Hidden" not in page.content.decode()
        assert "Unknown speaker" in page.content.decode()


def test_a_published_meeting_is_named_even_if_its_series_is_not(client):
    series = make_meeting_series(name="Hidden series", status=Status.DRAFT)
    meeting = make_meeting(name="Open meeting", series=series, ordinal=1)

    page = client.get(make_speech(meeting=meeting).get_absolute_url()).content.decode()

    assert "Open meeting" in page
    assert "Hidden series" not in page


def make_pictured(**values):
    """Make an organization with a logo."""
    return make_organization(
        logo=ContentFile(small_picture(), name="logo.png"), logo_alternative="A mark", **values
    )


def small_picture():
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(content, "PNG")
    return content.getvalue()


def test_the_picture_of_a_published_entry_may_be_kept_for_ever(client):
    response = client.get(make_pictured().logo.url)

    assert response.status_code == HTTPStatus.OK
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"status": Status.REMOVED},
        {"published_at": timezone.now() + timedelta(days=2)},
    ],
)
def test_the_picture_of_a_hidden_entry_is_served_to_nobody_outside(client, hidden):
    address = make_pictured(**hidden).logo.url

    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_staff_see_the_picture_of_a_draft_and_nothing_keeps_it(client):
    address = make_pictured(status=Status.DRAFT).logo.url
    client.force_login(make_staff())

    response = client.get(address)

    assert response.status_code == HTTPStatus.OK
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/en/search/?q=hidden", "/en/speeches/?speaker=hidden",
                                     "/en/speeches/?q=hidden"])  # fmt: skip
def test_no_search_tells_that_an_unpublished_person_spoke(client, address):
    make_speech(title="An open speech", person=make_person(name="Hidden", status=Status.DRAFT))
    assert "An open speech" in client.get("/en/speeches/").content.decode()

    assert "An open speech" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/en/meetings/series/open/", "/en/speeches/?series=open"])
def test_no_series_shows_a_speech_through_an_unpublished_meeting(client, address):
    series = make_meeting_series(slug="open")
    meeting = make_meeting(series=series, ordinal=1, status=Status.DRAFT)
    make_speech(title="An open speech", meeting=meeting)
    assert "An open speech" in client.get("/en/speeches/").content.decode()

    assert "An open speech" not in client.get(address).content.decode()


def test_no_organization_shows_a_speech_through_an_unpublished_office(client):
    body = make_organization()
    make_speech(title="An open speech", office=make_office(organization=body, status=Status.DRAFT))

    assert "An open speech" not in client.get(body.get_absolute_url()).content.decode()


def test_a_speech_names_no_series_through_an_unpublished_meeting(client):
    series = make_meeting_series(name="Open series")
    meeting = make_meeting(series=series, ordinal=1, status=Status.DRAFT)

    page = client.get(make_speech(meeting=meeting).get_absolute_url()).content.decode()

    assert "Open series" not in page


def test_no_organization_shows_a_meeting_through_an_unpublished_series(client):
    body = make_organization()
    series = make_meeting_series(organizer=body, status=Status.DRAFT)
    make_meeting(name="Open meeting", series=series, ordinal=1)

    assert "Open meeting" not in client.get(body.get_absolute_url()).content.decode()
