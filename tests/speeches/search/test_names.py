"""Whom or what a name belongs to: whole names, parts of them, beginnings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import Name
from iomsite.publishing.models import Status
from speeches.search.answers.names import beginning_with, named
from tests.make import (
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_text,
)
from tests.searching import index_everything, say

pytestmark = pytest.mark.django_db


def entries(found):
    return [(entry.kind, entry.text) for entry in found]


@pytest.fixture
def directory():
    body = make_organization(name="Agence de l'eau", name_language="fr", acronym="IWA")
    Name.objects.create(organization=body, text="Water Agency", kind="primary", language="en")
    Name.objects.create(organization=body, text="Well Office", kind="former")
    Name.objects.create(organization=body, text="国际水务局", kind="primary", language="zh")
    make_person(name="Émile Watson")
    make_initiative(name="Water for All")
    make_meeting(name="Third Water Forum", series=make_meeting_series(name="Water Forum"))
    say("told", "Thank you.", title="Waters of the world")
    index_everything()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("water forum", [("meeting_series", "Water Forum")]),
        ("WATER  Forum!", [("meeting_series", "Water Forum")]),
        ("third forum", [("meeting", "Third Water Forum")]),
        ("iwa", [("organization", "IWA")]),
        ("agence de l’eau", [("organization", "Agence de l'eau")]),
        ("well office", [("organization", "Well Office")]),
        ("国际水务局", [("organization", "国际水务局")]),
        ("emile watson", [("person", "Émile Watson")]),
        ("watson", [("person", "Émile Watson")]),
        ("wats", []),
        ("waters of the world", []),
        ("", []),
        ("%", []),
        ("_", []),
        ("water forum of nowhere", []),
    ],
)
def test_a_name_belongs_to_its_entry(directory, typed, found):
    assert entries(named(typed)) == found


def test_only_a_name_said_from_end_to_end_is_whole(directory):
    assert [entry.is_whole for entry in named("water forum")] == [True]
    assert [entry.is_whole for entry in named("third forum")] == [False]


def test_an_entry_with_several_fitting_names_comes_once(directory):
    body = make_organization(name="Salt Agency", acronym="SALT")
    Name.objects.create(organization=body, text="Salt Office", kind="former")
    index_everything()

    assert len(named("salt")) == len(beginning_with("salt", 10)) == 1


def test_a_beginning_brings_names_that_begin_so_then_those_that_hold_it(directory):
    found = entries(beginning_with("wat", 10))

    assert found == [
        ("meeting_series", "Water Forum"),
        ("organization", "Water Agency"),
        ("initiative", "Water for All"),
        ("speech", "Waters of the world"),
        ("person", "Émile Watson"),
        ("meeting", "Third Water Forum"),
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("water fo", "Water Forum"),
        ("forum wat", "Water Forum"),
        ("Emi", "Émile Watson"),
        ("iw", "IWA"),
        ("l'ea", "Agence de l'eau"),
        ("国际", "国际水务局"),
    ],
)
def test_a_beginning_may_be_of_any_word(directory, typed, first):
    assert beginning_with(typed, 1)[0].text == first


def test_a_speech_is_suggested_by_its_title_in_each_of_its_languages():
    speech = say("told", "Thank you.", title="On rivers")
    make_text(speech=speech, language="fr", kind="official", title="Des fleuves", body="<p>M</p>")
    index_everything()

    [found] = beginning_with("fleu", 5)

    assert (found.kind, found.entry_id, found.language) == ("speech", speech.pk, "fr")


@pytest.mark.parametrize("typed", ["", " ", "!", "%", "_", "\x00", "'", '"', "\\", "wat%", "w_t"])
def test_signs_begin_nothing(directory, typed):
    assert beginning_with(typed, 10) in ([], beginning_with("wat", 10))


def test_an_office_is_no_entry_of_its_own():
    make_office(name="Water Secretary")
    index_everything()

    assert named("water secretary") == beginning_with("water", 5) == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT}, {"status": Status.IN_REVIEW}, {"status": Status.WITHDRAWN},
        {"status": Status.REMOVED}, {"published_at": timezone.now() + timedelta(days=2)},
    ],
)  # fmt: skip
def test_what_is_not_public_has_no_name(hidden):
    for make in (make_person, make_organization, make_initiative, make_meeting,
                 make_meeting_series):  # fmt: skip
        make(name="Xanthocanary", acronym="XCN", **hidden)
    body = make_organization(name="Hidden", **hidden)
    Name.objects.create(organization=body, text="Xanthocanary House", kind="former")
    say("told", "Thank you.", title="Xanthocanary", **hidden)
    index_everything()

    for typed in ("xanthocanary", "xcn", "xanthocanary house"):
        assert named(typed) == beginning_with(typed, 5) == beginning_with(typed[:3], 5) == []
