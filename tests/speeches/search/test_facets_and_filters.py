"""Conditions and choices: what they name, what they keep, and how many speeches each has."""

from datetime import date

import pytest

from initiatives.models import Name
from speeches.models import Contribution
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
def told():
    """Make one speech with every relation there is, and another without any."""
    body = make_organization(slug="the-body", name="International Water Body", acronym="IWB")
    Name.objects.create(organization=body, text="Organisme de l’eau", language="fr", kind="primary")
    Name.objects.create(organization=body, text="River Commission", kind="former")
    person = make_person(slug="ada-example", name="Ada Example")
    Name.objects.create(person=person, text="آدا", language="ar", kind="primary")
    series = make_meeting_series(slug="river-forum", name="River Forum", acronym="RVF")
    meeting = make_meeting(slug="rvf-3", name="Third River Forum", series=series)
    speech = say("told", "Water.", meeting=meeting, place="Port Vila", original_language="en",
                 delivered_on=date(2006, 5, 17), delivery_status="transcript")  # fmt: skip
    say("other", "Water.", delivered_on=date(2015, 2, 3))
    office = make_office(name="Secretary", organization=body)
    Contribution.objects.create(
        speech=speech, person=person, office=office, on_behalf_of_country="VU"
    )
    Contribution.objects.create(speech=speech, role="reader", name="Mr. Okonkwo")
    speech.initiatives.add(make_initiative(slug="compact", name="The Compact", acronym="CPT"))
    index_everything()
    return speech


@pytest.mark.parametrize(
    "typed",
    [
        "speaker:ada-example", 'speaker:"Ada Example"', "speaker:ada", "speaker:آدا",
        "speaker:okonkwo", 'speaker:"mr okonkwo"',
        "organization:the-body", "organization:IWB", 'organization:"organisme de l\'eau"',
        'organization:"river commission"', 'organization:"water body"',
        "initiative:compact", "initiative:CPT",
        "meeting:rvf-3", 'meeting:"third river forum"', "meeting:RVF", "meeting:river-forum",
        "place:vila", 'place:"port vila"', "place:PORT",
        "country:VU", "country:vanuatu", "country:vu",
        "status:transcript", "status:Transcript",
        "year:2006", "from:2006 to:2006", "from:2006-05-17 to:2006-05-17", "to:2006-05",
        "year:2005-2007", "-speaker:other speaker:ada-example",
    ],
)  # fmt: skip
def test_a_condition_names_what_it_means_in_any_way(told, typed):
    found = ask(f"water {typed}")

    assert [match.speech_id for match in found.matches] == [told.pk], found.notices


@pytest.mark.parametrize(
    "typed",
    ["-speaker:ada-example", "-organization:IWB", "-meeting:RVF", "-place:vila", "-country:VU",
     "-status:transcript", "from:2007", "year:2015"],
)  # fmt: skip
def test_a_condition_can_be_turned_round(told, typed):
    assert hits(f"water {typed}") == ["other"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("speaker", "ada-example"), ("speaker", "Mr. Okonkwo"), ("organization", "the-body"),
        ("initiative", "compact"), ("meeting", "rvf-3"), ("series", "river-forum"),
        ("place", "Port Vila"), ("country", "VU"), ("status", "transcript"),
        ("to", "2006"), ("to", "2006-05-17"),
    ],
)  # fmt: skip
def test_a_choice_keeps_the_speeches_that_have_it(told, name, value):
    assert hits("water", **{name: value}) == ["told"]
    assert hits(**{name: value}) == ["told"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("speaker", "nobody"), ("organization", "nothing"), ("series", "none"), ("country", "XX"),
     ("language", "tlh"), ("status", "sung"), ("place", "Atlantis"), ("meeting", "%")],
)  # fmt: skip
def test_a_choice_that_nothing_has_finds_nothing(told, name, value):
    assert hits("water", **{name: value}) == []


def test_values_of_one_choice_are_alternatives_and_choices_add_up(told):
    say("third", "Water.", place="Rome", delivered_on=date(2007, 1, 1))
    index_everything()

    assert hits("water", place=["Port Vila", "Rome"], sort="oldest") == ["told", "third"]
    assert hits("water", place=["Port Vila", "Rome"], country="VU") == ["told"]
    assert hits("water", place=["Port Vila", "Rome"], from_="2007") == ["third"]


@pytest.mark.parametrize(
    "typed",
    ["speaker:nobody", "organization:nobody", "place:atlantis", "country:atlantis",
     "language:klingon", "status:sung"],
)  # fmt: skip
@pytest.mark.parametrize("words", ["", "water "])
def test_a_condition_that_names_nothing_is_left_out_and_the_answer_says_so(told, words, typed):
    found = ask(f"{words}{typed}")

    assert found.total == 2
    assert [typed.partition(":")[2] in notice for notice in found.notices] == [True]


def test_everything_a_speech_has_is_counted_once():
    person = make_person()
    speech = say("told", "Water.", person=person)
    Contribution.objects.create(speech=speech, person=person, role="reader")
    say("second", "Water.", person=person)
    body = make_organization()
    speech.organizations.add(body)
    Contribution.objects.create(speech=speech, role="represented", on_behalf_of=body)
    index_everything()

    facets = ask("water").facets

    assert facets["speaker"] == [(str(person.pk), 2)]
    assert facets["organization"] == [(str(body.pk), 1)]


def test_facets_count_every_dimension(told):
    facets = ask("water").facets
    entries = {name: [count for _key, count in facets[name]] for name in facets}

    assert entries == {
        "speaker": [1, 1], "organization": [1], "initiative": [1], "meeting": [1], "series": [1],
        "country": [1], "language": [2], "status": [1, 1],
    }  # fmt: skip
    assert facets["country"] == [("VU", 1)]
    assert ("~Mr. Okonkwo", 1) in facets["speaker"]


def test_a_facet_counts_as_if_its_own_choice_had_not_been_made():
    for country, count in (("FR", 3), ("CH", 2), ("IT", 1)):
        for number in range(count):
            speech = say(f"{country}-{number}", "Water.", place="Rome" if number else "Bern")
            Contribution.objects.create(speech=speech, on_behalf_of_country=country)
    index_everything()

    found = ask("water", country=["CH", "IT"], place="Bern")

    assert found.total == 2
    assert found.facets["country"] == [("CH", 1), ("FR", 1), ("IT", 1)]
    assert found.facets["status"] == [("check_against_delivery", 2)]


def test_a_chosen_value_without_hits_stays_with_its_nought():
    for country, word in (("FR", "water"), ("CH", "roads")):
        speech = say(f"from-{country}", word)
        Contribution.objects.create(speech=speech, on_behalf_of_country=country)
    index_everything()

    found = ask("water", country="CH")

    assert found.total == 0
    assert found.facets["country"] == [("FR", 1), ("CH", 0)]


def test_years_count_as_if_no_dates_had_been_chosen():
    for year in (1999, 2006, 2006, 2015):
        say(f"in-{year}-{len(hits())}", "Water.", delivered_on=date(year, 3, 1))
        index_everything()

    found = ask("water", from_="2000", to="2010")

    assert found.total == 2
    assert found.years == {1999: 1, 2006: 2, 2015: 1}


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1799, 12, 31), date(2200, 1, 1),
                                 date(9999, 12, 31)])  # fmt: skip
def test_a_day_beyond_what_the_index_can_number_is_held_and_found(day):
    say("told", "Water.", delivered_on=day)
    index_everything()

    assert hits("water") == ["told"]
    assert hits("water", sort="oldest") == ["told"]


def test_the_last_day_of_a_period_belongs_to_it():
    for day in (date(2005, 12, 31), date(2006, 1, 1), date(2006, 12, 31), date(2007, 1, 1)):
        say(f"on-{day}", "Water.", delivered_on=day)
    index_everything()

    assert hits("water year:2006", sort="oldest") == ["on-2006-01-01", "on-2006-12-31"]
    assert hits("water", from_="2006-12-31", to="2007-01-01", sort="oldest") == [
        "on-2006-12-31", "on-2007-01-01",
    ]  # fmt: skip
