"""Embargoes: the database's clock decides at each query, without a new write to the index."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from iomsite.publishing.models import Status
from speeches.models import Contribution
from speeches.search.answers.names import beginning_with, named
from speeches.search.answers.passages import occurrences_by_year, words_by_year
from speeches.search.queries.query import Word
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

SOON, JUST_NOW = timedelta(hours=1), timedelta(seconds=-1)


def at(offset):
    return timezone.now() + offset


def test_an_embargoed_speech_is_found_when_its_time_has_come():
    say("waiting", "Water.", published_at=at(SOON))
    say("shown", "Water.", published_at=at(JUST_NOW))
    index_everything()

    found = ask("water")

    assert hits("water") == ["shown"]
    assert found.total == 1
    assert found.facets["language"] == [("en", 1)]


@pytest.mark.django_db(transaction=True)
def test_an_embargo_ends_without_anything_being_written():
    say("waiting", "Water.", published_at=at(timedelta(seconds=3)))
    index_everything()
    before = hits("water"), words_by_year(), beginning_with("statement", 5)

    wait_until(at(timedelta(seconds=3)))

    assert before == ([], {}, [])
    assert hits("water") == ["waiting"]
    assert occurrences_by_year(Word("water")) == {2008: 1}
    assert [entry.text for entry in beginning_with("statement", 5)] == ["A statement"]


def wait_until(moment):
    """Let the database's own clock pass a moment."""
    ask_clock = {
        "sqlite": "SELECT strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now') > %s",
        "postgresql": "SELECT clock_timestamp() > %s",
    }[connection.vendor]
    value = moment
    if connection.vendor == "sqlite":
        value = moment.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    with connection.cursor() as cursor:
        while True:
            cursor.execute(ask_clock, [value])
            if cursor.fetchone()[0]:
                return


def keys(name):
    return dict(ask("water").facets[name])


@pytest.mark.parametrize(("offset", "count"), [(SOON, 0), (JUST_NOW, 1)])
@pytest.mark.parametrize("embargoed", ["series", "meeting"])
def test_a_series_counts_a_speech_when_it_and_the_meeting_are_public(embargoed, offset, count):
    public_since = {"series": at(JUST_NOW), "meeting": at(JUST_NOW), embargoed: at(offset)}
    series = make_meeting_series(slug="river-forum", published_at=public_since["series"])
    meeting = make_meeting(series=series, published_at=public_since["meeting"])
    say("told", "Water.", meeting=meeting)
    index_everything()

    assert keys("series").get(str(series.pk), 0) == count
    assert hits("water", series="river-forum") == ["told"] * count
    assert keys("meeting").get(str(meeting.pk), 0) == (1 if embargoed == "series" else count)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.REMOVED])
def test_a_series_does_not_count_a_speech_of_a_meeting_that_is_not_public(status):
    series = make_meeting_series(slug="river-forum", name="River Forum")
    say("told", "Water.", meeting=make_meeting(series=series, status=status))
    index_everything()

    assert (keys("series"), keys("meeting")) == ({}, {})
    assert hits("water", series="river-forum") == []
    assert hits('water meeting:"river forum"') == []


@pytest.mark.parametrize(("offset", "count"), [(SOON, 0), (JUST_NOW, 1)])
def test_an_organization_counts_a_speech_when_it_and_the_office_are_public(offset, count):
    body = make_organization(slug="the-body")
    say("told", "Water.", office=make_office(organization=body, published_at=at(offset)))
    index_everything()

    assert keys("organization").get(str(body.pk), 0) == count
    assert hits("water", organization="the-body") == ["told"] * count


def test_an_organization_reached_in_two_ways_counts_from_the_first_that_is_open():
    body = make_organization(slug="the-body")
    office = make_office(organization=body, published_at=at(SOON))
    speech = say("told", "Water.", office=office)
    Contribution.objects.create(speech=speech, role="represented", on_behalf_of=body)
    index_everything()

    assert keys("organization") == {str(body.pk): 1}


@pytest.mark.parametrize(("offset", "count"), [(SOON, 0), (JUST_NOW, 1)])
@pytest.mark.parametrize("name", ["speaker", "initiative", "organization"])
def test_an_entry_is_counted_named_and_chosen_when_its_time_has_come(name, offset, count):
    make = {"speaker": make_person, "initiative": make_initiative,
            "organization": make_organization}[name]  # fmt: skip
    entry = make(slug="the-entry", name="Xanthe Entry", published_at=at(offset))
    speech = say("told", "Water.", person=entry if name == "speaker" else None)
    if name != "speaker":
        getattr(speech, f"{name}s").add(entry)
    index_everything()

    assert keys(name).get(str(entry.pk), 0) == count
    assert hits("water", **{name: "the-entry"}) == ["told"] * count
    assert len(named("Xanthe Entry")) == count
    assert len(beginning_with("xant", 5)) == count
    assert bool(ask(f'water {name}:"xanthe entry"').notices) == (count == 0)


def test_a_speaker_who_is_not_public_yet_is_counted_by_the_name_as_delivered():
    person = make_person(name="Xanthe Entry", status=Status.DRAFT)
    say("told", "Water.", person=person, speaker="Ms. Example")
    index_everything()

    assert keys("speaker") == {"~Ms. Example": 1}
