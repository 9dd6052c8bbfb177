"""The ledger: what it takes in, that it only grows, and whose an address is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from iomsite.addresses.ledger import (
    AddressTakenError,
    follow_moves,
    record_move,
    refuse_taken_address,
    remember,
    taken_by_another,
)
from iomsite.addresses.models import Move, PublicAddress
from iomsite.addresses.paths import in_language, split_language, without_language
from iomsite.publishing.models import Status
from tests.make import (
    make_initiative,
    make_meeting,
    make_office,
    make_organization,
    make_page,
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db


def paths() -> list[str]:
    return list(PublicAddress.objects.public().values_list("path", flat=True))


def test_an_item_that_is_published_is_written_down_without_its_language() -> None:
    speech = make_speech(slug="on-water")

    with override("fr"):
        remember(speech)

    assert "/speeches/on-water/" in paths()


def test_writing_down_twice_adds_nothing() -> None:
    meeting = make_meeting()

    assert remember(meeting) == 1
    assert remember(meeting) == 0


def test_writing_down_takes_two_questions_to_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    organization = make_organization()

    with django_assert_num_queries(2):
        remember(organization)
    with django_assert_num_queries(1):
        remember(organization)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_what_is_not_public_is_not_written_down(status: Status) -> None:
    assert remember(make_meeting(status=status)) == 0


def test_an_entry_that_is_a_place_on_another_page_has_no_address_of_its_own() -> None:
    assert remember(make_office()) == 0


def test_an_embargoed_address_is_written_down_but_not_public_yet() -> None:
    remember(make_meeting(published_at=timezone.now() + timedelta(hours=1)))

    assert PublicAddress.objects.binding().count() == 1
    assert paths() == []


def test_an_embargo_that_is_put_off_moves_the_time_of_its_address() -> None:
    meeting = make_meeting(published_at=timezone.now() + timedelta(hours=1))
    remember(meeting)
    meeting.published_at += timedelta(days=1)
    remember(meeting)

    assert PublicAddress.objects.binding().get().first_public_at == meeting.published_at


def test_an_embargo_that_is_called_off_gives_the_address_back() -> None:
    meeting = make_meeting(slug="m", published_at=timezone.now() + timedelta(hours=1))
    remember(meeting)
    meeting.status, meeting.published_at = Status.DRAFT, None
    remember(meeting)

    assert not PublicAddress.objects.binding().exists()
    assert taken_by_another("/meetings/m/", make_meeting(slug="other")) is None


def test_a_new_address_under_embargo_calls_the_old_one_off() -> None:
    meeting = make_meeting(slug="first", published_at=timezone.now() + timedelta(hours=1))
    remember(meeting)
    meeting.slug = "second"
    remember(meeting)

    assert [row.path for row in PublicAddress.objects.binding()] == ["/meetings/second/"]


def test_an_address_once_public_stays_whatever_happens_to_its_item() -> None:
    meeting = make_meeting(slug="m")
    remember(meeting)
    meeting.slug = "n"
    remember(meeting)
    meeting.status = Status.DRAFT
    remember(meeting)

    assert paths() == ["/meetings/m/", "/meetings/n/"]


@pytest.mark.parametrize("change", ["UPDATE {} SET item = 0", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["addresses_publicaddress", "addresses_move"])
def test_the_database_itself_refuses_to_change_the_ledger(table: str, change: str) -> None:
    first, second = make_meeting(), make_meeting()
    remember(first)
    record_move(first, second, None)
    statement = change.format(table).replace("item", "item" if "public" in table else "old_item")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_address_is_never_given_to_another_item() -> None:
    first = make_meeting(slug="council")
    remember(first)
    first.slug = "council-96"
    first.save()
    second = make_meeting(slug="council")

    with pytest.raises(AddressTakenError, match="/meetings/council/"):
        remember(second)
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert "slug" in refused.value.message_dict


def test_the_address_of_a_deleted_item_is_not_given_away_either() -> None:
    first = make_organization(slug="office")
    remember(first)
    first.delete()

    with pytest.raises(ValidationError):
        refuse_taken_address(make_organization(slug="office"))


def test_an_item_may_have_its_own_former_address_back() -> None:
    meeting = make_meeting(slug="first")
    remember(meeting)
    meeting.slug = "second"
    remember(meeting)
    meeting.slug = "first"

    refuse_taken_address(meeting)
    assert remember(meeting) == 0


def test_a_page_is_refused_at_a_path_that_another_page_had() -> None:
    page = make_page(slug="history")
    remember(page)
    page.slug = "past"
    page.save()
    parent = make_page(slug="about-us")
    other = make_page(slug="somewhere", parent=parent)
    other.slug, other.parent = "history", None

    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert "slug" in refused.value.message_dict


@pytest.mark.parametrize("slug", ["", "no slug at all", "a/b"])
def test_an_address_that_cannot_be_made_is_left_to_the_other_checks(slug: str) -> None:
    refuse_taken_address(make_page().__class__(slug=slug, path=slug))
    refuse_taken_address(make_meeting().__class__(slug=slug))


def test_an_item_may_have_the_address_of_one_that_was_merged_into_it() -> None:
    old, new = make_initiative(slug="old"), make_initiative(slug="new")
    remember(old)
    record_move(old, new, make_staff(), "The same fund.")
    old.delete()
    new.slug = "old"

    refuse_taken_address(new)
    assert remember(new) == 1


def test_moves_are_followed_to_the_end_and_say_who_and_why() -> None:
    first, second, third = (make_initiative() for _ in range(3))
    boss = make_staff()
    record_move(first, second, boss, "Two names.")
    record_move(second, third, None)

    chain = follow_moves(("initiatives.initiative", first.pk))
    assert chain[-1] == ("initiatives.initiative", third.pk)
    assert Move.objects.first().actor_name == boss.username  # type: ignore[union-attr]


def test_moves_in_a_circle_are_refused() -> None:
    first, second, third = (make_initiative() for _ in range(3))
    record_move(first, second, None)
    record_move(second, third, None)

    for old, new in ((third, first), (third, third), (first, third)):
        with pytest.raises(ValidationError):
            record_move(old, new, None)
    assert Move.objects.count() == 2


def test_a_circle_that_two_people_made_at_once_ends() -> None:
    one, two = make_initiative(), make_initiative()
    for old, new in ((one, two), (two, one)):
        kind = "initiatives.initiative"
        Move.objects.create(old_kind=kind, old_item=old.pk, new_kind=kind, new_item=new.pk)

    assert len(follow_moves(("initiatives.initiative", one.pk))) == 2


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/en/speeches/x/", "/speeches/x/"),
        ("/zh-hans/who-we-are/", "/who-we-are/"),
        ("/files/3/Le%20discours.pdf", "/files/3/Le discours.pdf"),
        ("/enormous/", "/enormous/"),
        ("/en/x/?page=2#p3", "/x/"),
    ],
)
def test_the_ledger_keeps_the_path_decoded_and_without_language(url: str, path: str) -> None:
    assert without_language(url) == path


def test_a_path_of_the_ledger_becomes_an_address_again() -> None:
    assert in_language("/speeches/x/", "ar") == "/ar/speeches/x/"
    assert in_language("/files/3/Le discours.pdf", "ar") == "/files/3/Le%20discours.pdf"
    assert split_language("/fr/") == ("fr", "/")
    assert split_language("/files/3/x") == ("", "/files/3/x")


def test_what_was_public_before_the_ledger_is_taken_in_once(capsys: Any) -> None:
    speech, page = make_speech(slug="old-speech"), make_page(slug="old-page")
    make_speech(slug="a-draft", status=Status.DRAFT)

    call_command("remember_addresses")
    call_command("remember_addresses")

    assert {"/speeches/old-speech/", "/old-page/"} <= set(paths())
    assert "/speeches/a-draft/" not in paths()
    assert capsys.readouterr().out.endswith("0 addresses added to the ledger.\n")
    assert speech.pk
    assert page.pk


def test_taking_in_names_what_it_has_to_leave_out_and_goes_on(capsys: Any) -> None:
    first = make_meeting(slug="taken")
    remember(first)
    first.delete()
    make_meeting(slug="taken")
    make_meeting(slug="free")

    call_command("remember_addresses")

    assert "/meetings/free/" in paths()
    assert "/meetings/taken/" in capsys.readouterr().err
