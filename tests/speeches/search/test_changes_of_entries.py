"""Changes of the directory: what speeches are counted by, and what names they are found by."""

import pytest
from django.db.models import ProtectedError

from initiatives.models import Name
from iomsite.publishing.models import Status
from speeches.models import Contribution, SearchChange, Synonym
from speeches.search.answers.names import beginning_with, named
from tests.make import (
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
)
from tests.searching import ask, hits, index_everything, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return what runs a block as a transaction of its own, with what follows its commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True)
def nothing_waits_at_the_end():
    yield
    assert not SearchChange.objects.exists()


def hide(entry):
    entry.status = Status.DRAFT
    entry.save()


def test_a_person_renamed_is_found_by_the_new_name(committed):
    person = make_person(name="Ada Example")
    say("told", "Water.", person=person)
    say("as-delivered", "Water.", person=person, speaker="Madam Chair")
    index_everything()

    person.name = "Ada Nakamura"
    with committed():
        person.save()

    assert hits("nakamura") == ["told"]
    assert hits("example") == []
    assert set(hits("speaker:nakamura")) == {"told", "as-delivered"}
    assert (named("Ada Example"), len(named("Ada Nakamura"))) == ([], 1)


def test_a_speech_that_says_a_name_is_hidden_until_the_name_is_out_of_it():
    person = make_person(name="Ada Example")
    say("told", "Water.", person=person)
    index_everything()

    hide(person)

    assert hits("example water") == hits("water") == []
    index_everything()
    assert hits("water") == ["told"]
    assert ask("example").total == 0


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN, Status.REMOVED])
def test_a_person_taken_back_is_named_nowhere(committed, status):
    person = make_person(slug="ada", name="Ada Example")
    say("told", "Water.", person=person)
    index_everything()

    person.status, person.public_notice = status, "Taken back for a test."
    with committed():
        person.save()

    assert ask("water").facets["speaker"] == []
    assert hits(speaker="ada") == []
    assert named("Ada Example") == beginning_with("exam", 5) == []
    assert ask("example").total == 0


def test_an_office_renamed_moved_or_hidden_is_taken_in(committed):
    first, second = make_organization(slug="first"), make_organization(slug="second")
    office = make_office(name="Director General", organization=first)
    say("told", "Water.", office=office)
    index_everything()
    assert hits("director", organization="first") == ["told"]

    office.name, office.organization = "Secretary General", second
    with committed():
        office.save()
    assert hits("secretary", organization="second") == ["told"]
    assert hits("director water") != ["told"] or ask("director water").corrections
    assert hits(organization="first") == []

    with committed():
        hide(office)
    assert hits(organization="second") == []
    assert hits("secretary general") == []


@pytest.mark.parametrize("make", [make_organization, make_initiative])
def test_an_entry_is_counted_while_it_is_public(committed, make):
    entry = make(slug="the-entry", name="The Xanthe Entry")
    name = str(entry._meta.model_name)
    speech = say("told", "Water.")
    getattr(speech, f"{name}s").add(entry)
    index_everything()

    with committed():
        hide(entry)
    assert ask("water").facets[name] == []
    assert named("xanthe") == []

    entry.status = Status.PUBLISHED
    with committed():
        entry.save()
    assert ask("water").facets[name] == [(str(entry.pk), 1)]
    assert len(named("xanthe")) == 1

    with committed():
        entry.delete()
    assert ask("water").facets[name] == []
    assert named("xanthe") == beginning_with("xan", 5) == []


def test_an_organization_spoken_for_is_counted_while_it_is_public(committed):
    body = make_organization()
    speech = say("told", "Water.")
    Contribution.objects.create(speech=speech, on_behalf_of=body)
    index_everything()
    assert ask("water").facets["organization"] == [(str(body.pk), 1)]

    with committed():
        hide(body)
    assert ask("water").facets["organization"] == []


def test_a_meeting_moved_to_another_series_takes_its_speeches_along(committed):
    first, second = make_meeting_series(slug="first"), make_meeting_series(slug="second")
    meeting = make_meeting(series=first)
    say("told", "Water.", meeting=meeting)
    index_everything()

    meeting.series = second
    with committed():
        meeting.save()

    assert (hits(series="first"), hits(series="second")) == ([], ["told"])


def test_a_meeting_or_series_is_counted_while_it_is_public(committed):
    series = make_meeting_series(slug="first")
    meeting = make_meeting(slug="meeting", series=series)
    say("told", "Water.", meeting=meeting)
    index_everything()

    with committed():
        hide(series)
    assert (hits(series="first"), hits(meeting="meeting")) == ([], ["told"])

    with committed():
        hide(meeting)
    assert hits(meeting="meeting") == []
    assert ask("water").facets["meeting"] == ask("water").facets["series"] == []


def test_a_series_deleted_is_counted_no_more(committed):
    series = make_meeting_series(slug="first", name="River Forum")
    say("told", "Water.", meeting=make_meeting(series=series))
    index_everything()

    with committed():
        series.delete()

    assert ask("water").facets["series"] == []
    assert named("River Forum") == []


def test_who_has_spoken_cannot_be_deleted_and_stays_found(committed):
    person = make_person(slug="ada", name="Ada Example")
    say("told", "Water.", person=person)
    index_everything()

    with committed(), pytest.raises(ProtectedError):
        person.delete()
    index_everything()

    assert hits("example") == hits(speaker="ada") == ["told"]


def test_who_has_not_spoken_is_deleted_with_all_names(committed):
    person = make_person(name="Ada Example")
    Name.objects.create(person=person, text="Ada Nakamura", kind="former")
    index_everything()

    with committed():
        person.delete()

    assert named("Ada Example") == named("Ada Nakamura") == beginning_with("ada", 5) == []


def test_another_name_is_known_from_its_commit_to_its_end(committed):
    body = make_organization(name="Water Agency")
    index_everything()

    with committed():
        name = Name.objects.create(organization=body, text="Well Office", kind="former")
    assert [entry.entry_id for entry in named("Well Office")] == [body.pk]

    name.text = "Spring Office"
    with committed():
        name.save()
    assert (named("Well Office"), len(named("Spring Office"))) == ([], 1)

    with committed():
        name.delete()
    assert named("Spring Office") == []
    assert len(named("Water Agency")) == 1


def test_an_organization_renamed_and_its_acronym_are_known_by_the_new_ones(committed):
    body = make_organization(name="Water Agency", acronym="WAG")
    index_everything()

    body.name, body.acronym = "Spring Agency", "SPG"
    with committed():
        body.save()

    assert named("Water Agency") == named("WAG") == []
    assert len(named("Spring Agency")) == len(named("SPG")) == 1


def test_a_synonym_is_known_from_its_commit_to_its_end(committed):
    say("told", "Every displaced person.")
    say("short", "Every IDP.")
    index_everything()

    with committed():
        synonym = Synonym.objects.create(expression="IDP", meaning="displaced person")
    assert set(hits("idp")) == {"short", "told"}

    with committed():
        synonym.delete()
    assert hits("idp") == ["short"]


def test_a_change_by_a_queryset_is_taken_in(committed):
    body = make_organization(name="Water Agency")
    say("told", "Water.").organizations.add(body)
    index_everything()

    with committed():
        type(body).objects.filter(pk=body.pk).update(status=Status.DRAFT)

    assert named("Water Agency") == []
    assert ask("water").facets["organization"] == []
