"""Every kind of public page: it answers, shows both ends of its relations, stays cheap."""

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iomsite.publishing.models import Status
from speeches.models import Contribution
from tests.make import (
    make_agenda_item,
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_page,
    make_person,
    make_speech,
    make_text,
)
from tests.searching import index_everything
from tests.speeches.search.pages import outside_the_index

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8


@pytest.fixture
def world():
    """Make one of everything, related to everything, and three of what is listed."""
    parent = make_organization(slug="parent", name="Parent body")
    body = make_organization(
        slug="body", name="Body", parent=parent, country="CH", headquarters="Geneva"
    )
    series = make_meeting_series(slug="series-a", name="Series A", organizer=body)
    person = make_person(slug="person-a", name="Person A", nationality="CH")
    office = make_office(slug="office-a", name="Director General", organization=body)
    make_appointment(person=person, office=office)
    initiative = make_initiative(slug="initiative-a", name="Initiative A", series=series)
    initiative.participations.create(organization=body, role="lead")
    meeting = make_meeting(
        slug="meeting-a", name="Meeting A", series=series, ordinal=2, country="CH", host=body
    )
    meeting.organizers.add(body)
    item = make_agenda_item(meeting=meeting)
    make_page(slug="who-we-are", title="Who we are")
    world = {
        "body": body, "series": series, "person": person, "office": office,
        "initiative": initiative, "meeting": meeting, "item": item,
    }  # fmt: skip
    speeches = [give_speech(number, world) for number in range(3)]
    index_everything()
    return world | {"speeches": speeches}


def give_speech(number, world):
    """Give one more speech that is related to everything in the world."""
    speech = make_speech(
        slug=f"speech-{number}", title=f"Speech number {number}", meeting=world["meeting"],
        agenda_item=world["item"], position=number, country="CH", place="Geneva",
    )  # fmt: skip
    Contribution.objects.create(
        speech=speech, person=world["person"], office=world["office"], on_behalf_of_country="CH"
    )
    speech.initiatives.add(world["initiative"])
    speech.organizations.add(world["body"])
    make_text(speech=speech, language="fr", kind="official", title=f"Discours {number}")
    return speech


KINDS = {
    "home": "/en/",
    "speech list": "/en/speeches/",
    "speech": "/en/speeches/speech-1/",
    "organization list": "/en/organizations/",
    "organization": "/en/organizations/body/",
    "people": "/en/people/",
    "person": "/en/people/person-a/",
    "initiative list": "/en/initiatives/",
    "initiative": "/en/initiatives/initiative-a/",
    "meeting list": "/en/meetings/",
    "meeting": "/en/meetings/meeting-a/",
    "series list": "/en/meetings/series/",
    "series": "/en/meetings/series/series-a/",
    "country list": "/en/countries/",
    "country": "/en/countries/CH/",
    "glossary": "/en/glossary/",
    "about": "/en/about/",
    "search": "/en/search/?q=number",
    "section page": "/en/who-we-are/",
}


def count_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == HTTPStatus.OK, address
    return len(outside_the_index(queries)), response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_few_queries_and_no_more_with_longer_lists(client, world, kind):
    few, _page = count_queries(client, KINDS[kind])
    for number in range(3, 12):
        give_speech(number, world)
        make_meeting(series=world["series"], ordinal=number, country="CH")
        make_organization(parent=world["body"])
        make_person(nationality="CH")
    index_everything()

    many, _page = count_queries(client, KINDS[kind])

    assert many == few
    assert many <= MOST_QUERIES


SPEECH_SHOWN_ON = ("home", "speech list", "organization", "person", "initiative", "meeting",
                   "series", "country", "search")  # fmt: skip


@pytest.mark.parametrize("kind", SPEECH_SHOWN_ON)
def test_a_speech_is_reached_from_everything_it_is_related_to(client, world, kind):
    _queries, page = count_queries(client, KINDS[kind])

    assert "/en/speeches/speech-1/" in page


@pytest.mark.parametrize("kind", SPEECH_SHOWN_ON)
def test_a_draft_is_on_none_of_these_pages(client, world, kind):
    for speech in world["speeches"]:
        speech.status = Status.DRAFT
        speech.save()
    index_everything()

    _queries, page = count_queries(client, KINDS[kind])

    assert "Speech number" not in page


def test_a_speech_leads_to_everything_it_is_related_to(client, world):
    _queries, page = count_queries(client, KINDS["speech"])

    for kind in ("person", "initiative", "organization", "meeting", "series", "country"):
        assert f'href="{KINDS[kind]}"' in page, kind


def test_a_speech_leads_to_its_neighbours_in_the_meeting(client, world):
    _queries, page = count_queries(client, KINDS["speech"])

    assert "/en/speeches/speech-0/" in page
    assert "/en/speeches/speech-2/" in page


def test_an_organization_shows_its_offices_with_their_holders_once(client, world):
    make_appointment(person=make_person(name="Person B"), office=world["office"])

    _queries, page = count_queries(client, KINDS["organization"])

    assert page.count("Director General</h3>") == 1
    assert page.count("Person A</a>") >= 1
    assert page.count("Person B</a>") == 1


def test_the_menu_shows_published_sections_only(client, world):
    make_page(slug="secret", title="Secret plans", status=Status.DRAFT)

    _queries, page = count_queries(client, KINDS["home"])

    assert "Who we are" in page
    assert "Secret plans" not in page


@pytest.mark.parametrize("kind", ["home", "meeting list", "meeting", "series", "organization",
                                  "country"])  # fmt: skip
def test_a_date_that_waits_to_be_verified_is_nowhere_shown_as_certain(client, world, kind):
    world["meeting"].uncertain_fields = ["starts_on"]
    world["meeting"].save()

    _queries, page = count_queries(client, KINDS[kind])

    assert "27–30 Oct 2008" in page
    assert '<span class="unconfirmed">unconfirmed</span>' in page
