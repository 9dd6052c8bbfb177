"""What a reader gets at an address that is not in use any more."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from iomsite.addresses.ledger import record_move, remember
from iomsite.addresses.models import PublicAddress, kind_of
from iomsite.publishing.models import Status
from speeches.models import Attachment
from tests.make import make_initiative, make_meeting, make_page, make_speech, make_text

pytestmark = pytest.mark.django_db


def renamed(item: Any, slug: str) -> Any:
    """Give a public item another address, as publishing a working copy would."""
    remember(item)
    item.slug = slug
    item.save()
    remember(item)
    return item


def known(item: Any, path: str, part: str) -> None:
    """Write an address of a part down, as an item with several pages does."""
    PublicAddress.objects.create(
        path=path, part=part, kind=kind_of(item), item=item.pk, first_public_at=timezone.now()
    )


def test_an_old_address_leads_to_the_new_one_in_one_hop(client: Client) -> None:
    meeting = renamed(renamed(renamed(make_meeting(slug="a"), "b"), "c"), "d")

    for old in "abc":
        response = client.get(f"/en/meetings/{old}/")
        assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
        assert response["Location"] == "/en/meetings/d/"
    assert client.get("/en/meetings/d/").status_code == HTTPStatus.OK
    assert meeting.slug == "d"


@pytest.mark.parametrize("language", ["ar", "zh-hans", "fr"])
def test_language_and_query_are_kept(client: Client, language: str) -> None:
    renamed(make_speech(slug="old"), "new")

    response = client.get(f"/{language}/speeches/old/?highlight=water&a=%C3%A9")

    assert response["Location"] == f"/{language}/speeches/new/?highlight=water&a=%C3%A9"


def test_head_is_answered_too_and_nothing_else(client: Client) -> None:
    renamed(make_meeting(slug="old"), "new")

    assert client.head("/en/meetings/old/").status_code == HTTPStatus.MOVED_PERMANENTLY
    assert client.post("/en/meetings/old/").status_code != HTTPStatus.MOVED_PERMANENTLY


def test_a_redirect_is_not_kept_for_ever_since_an_address_may_come_back(client: Client) -> None:
    meeting = renamed(make_meeting(slug="old"), "new")
    assert client.get("/en/meetings/old/")["Cache-Control"].endswith("no-cache")

    renamed(meeting, "old")

    assert client.get("/en/meetings/old/").status_code == HTTPStatus.OK
    assert client.get("/en/meetings/new/")["Location"] == "/en/meetings/old/"


def test_a_page_that_moves_in_the_tree_is_found(client: Client) -> None:
    parent, child = make_page(slug="parent"), make_page(slug="child")
    remember(child)
    child.parent = parent
    child.save()

    assert client.get("/en/child/")["Location"] == "/en/parent/child/"


def test_the_same_part_of_an_item_is_found_under_its_new_address(client: Client) -> None:
    speech = make_speech(slug="old")
    make_text(speech=speech, language="pt", kind="official", title="O discurso")
    known(speech, "/speeches/old/pt/", "pt/")
    known(speech, "/speeches/old/sw/", "sw/")
    renamed(speech, "new")

    assert client.get("/en/speeches/old/pt/")["Location"] == "/en/speeches/new/pt/"
    assert client.get("/en/speeches/old/sw/")["Location"] == "/en/speeches/new/"


def test_what_stands_below_a_page_goes_with_it(client: Client) -> None:
    renamed(make_speech(slug="old"), "new")

    for below in ("versions/3/", "versions/3/fr/", "history.json"):
        old = client.get(f"/en/speeches/old/{below}")
        assert old["Location"] == f"/en/speeches/new/{below}"
    assert client.get("/en/speeches/new/versions/3/").status_code == HTTPStatus.NOT_FOUND


def test_a_merged_item_leads_to_the_one_it_went_into(client: Client) -> None:
    old, middle, new = (make_initiative(slug=slug) for slug in ("old", "middle", "new"))
    for item in (old, middle, new):
        remember(item)
    record_move(old, middle, None)
    record_move(middle, new, None)
    old.delete()
    middle.status, middle.public_notice = Status.REMOVED, "It was listed twice."
    middle.save()

    for slug in ("old", "middle"):
        response = client.get(f"/en/initiatives/{slug}/?page=2")
        assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
        assert response["Location"] == "/en/initiatives/new/?page=2"


def test_a_removed_item_says_why_at_its_old_address_too(client: Client) -> None:
    meeting = renamed(make_meeting(slug="old"), "new")
    meeting.status, meeting.public_notice = Status.REMOVED, "It never took <place>."
    meeting.save()

    for slug in ("old", "new"):
        response = client.get(f"/en/meetings/{slug}/")
        assert response.status_code == HTTPStatus.GONE
        assert "It never took &lt;place&gt;." in response.content.decode()


def test_a_deleted_item_is_gone_and_not_unknown(client: Client) -> None:
    meeting = make_meeting(slug="old")
    remember(meeting)
    meeting.delete()

    response = client.get("/en/meetings/old/")
    assert response.status_code == HTTPStatus.GONE
    assert "It was deleted." in response.content.decode()


def test_a_kind_of_item_that_is_no_more_is_gone_too(client: Client) -> None:
    PublicAddress.objects.create(
        path="/x/", kind="former.thing", item=1, first_public_at=timezone.now()
    )

    assert client.get("/en/x/").status_code == HTTPStatus.GONE


@pytest.mark.parametrize("state", ["draft", "in_review", "embargoed"])
def test_what_is_not_public_answers_byte_for_byte_like_an_unknown_address(
    client: Client, state: str
) -> None:
    meeting = renamed(make_meeting(slug="old-name"), "new-name")
    if state == "embargoed":
        meeting.published_at = timezone.now() + timedelta(hours=1)
    else:
        meeting.status = state
    meeting.save()
    secret, unknown = client.get("/en/meetings/old-name/"), client.get("/en/meetings/nix-name/")

    assert secret.status_code == HTTPStatus.NOT_FOUND
    # The page names its own address once, in the switch of languages.
    assert secret.content.replace(b"old-name", b"nix-name") == unknown.content
    assert secret.headers.keys() == unknown.headers.keys()


def test_an_address_under_embargo_says_nothing_before_its_time(client: Client) -> None:
    meeting = make_meeting(slug="old", published_at=timezone.now() + timedelta(hours=1))
    remember(meeting)
    meeting.delete()

    assert client.get("/en/meetings/old/").status_code == HTTPStatus.NOT_FOUND


def test_an_address_without_its_language_is_not_answered_by_the_ledger(client: Client) -> None:
    renamed(make_meeting(slug="old"), "new")

    assert client.get("/meetings/old/").status_code != HTTPStatus.MOVED_PERMANENTLY


def with_file(name: str) -> Attachment:
    speech = make_speech(slug="with-file")
    attachment = Attachment(speech=speech, title="Slides")
    attachment.file.save(name, ContentFile(b"%PDF-1.7 slides"), save=True)
    return attachment


def test_a_file_that_was_taken_out_is_gone(client: Client) -> None:
    attachment = with_file("slides.pdf")
    path = f"/files/{attachment.pk}/slides.pdf"
    known(attachment.speech, path, path)
    attachment.delete()

    assert client.get(path).status_code == HTTPStatus.GONE
    assert client.get(f"/en{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "path",
    ["/en/meetings/%00/", "/en/" + "x" * 5000 + "/", "/en//evil.example/", "/en/%0d%0aSet-Cookie/"],
)
def test_hostile_addresses_are_unknown_ones(client: Client, path: str) -> None:
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_hostile_query_stays_a_query(client: Client) -> None:
    renamed(make_meeting(slug="old"), "new")

    response = client.get("/en/meetings/old/", QUERY_STRING='a=//evil.example"><script>')

    assert response["Location"].startswith("/en/meetings/new/?a=")
    assert "<" not in response["Location"]


def test_an_unknown_address_costs_one_question_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get("/en/meetings/there-is-none/")
