"""What the public sees of mentions: links in a text, lists beside it, pages of an entry."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iomsite.caching.revision import bump, note_change
from iomsite.publishing.workflow import perform
from speeches.mentions.deciding import confirm, confirm_above, reject
from speeches.mentions.linking import link
from speeches.models import Mention, Speech, SpeechText
from tests.make import (
    make_meeting,
    make_meeting_series,
    make_organization,
    make_person,
    make_speech,
    make_staff,
)
from tests.searching import index_everything

pytestmark = pytest.mark.django_db

BODY = "<p>We thank the Sample House for it.</p><p>The Sample House and France agree.</p>"


def confirmed_speech(**values: Any) -> Speech:
    speech = make_speech(**{"body": BODY} | values)
    for text in SpeechText.objects.filter(speech=speech):
        link(text)
        confirm_above(text, 0, make_staff())
    return speech


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries_for(client: Client, address: str) -> int:
    client.get(address)
    note_change()
    bump()
    with CaptureQueriesContext(connection) as queries:
        page(client, address)
    return len(queries)


def test_a_confirmed_mention_is_a_link_in_the_text(client: Client) -> None:
    house = make_organization(name="Sample House")
    speech = confirmed_speech()

    shown = page(client, speech.get_absolute_url())

    assert f'class="mention" href="{house.get_absolute_url()}"' in shown
    assert ">Sample House</a> for it." in shown


def test_a_suggestion_and_a_rejection_are_plain_words(client: Client) -> None:
    make_organization(name="Sample House")
    speech = make_speech(body=BODY)
    link(speech.texts.get())
    reject(Mention.objects.select_related("passage__speech_text").first(), make_staff())

    assert 'class="mention"' not in page(client, speech.get_absolute_url())


@pytest.mark.parametrize("state", ["remove", "withdraw"])
def test_a_mention_of_what_is_taken_back_is_plain_words(client: Client, state: str) -> None:
    house = make_organization(name="Sample House")
    speech = confirmed_speech()
    perform(state, house, None, notice="A mistake.")

    shown = page(client, speech.get_absolute_url())

    assert house.get_absolute_url() not in shown
    assert "We thank the Sample House for it." in shown


def test_the_list_beside_a_text_leads_to_its_paragraphs(client: Client) -> None:
    make_organization(name="Sample House")
    speech = confirmed_speech()

    shown = page(client, speech.get_absolute_url())

    assert "Mentioned in this speech" in shown
    assert 'href="#p1" aria-label="Sample House, paragraph 1"' in shown
    assert 'href="#p2" aria-label="France, paragraph 2"' in shown


def test_symbols_of_documents_are_links(client: Client) -> None:
    speech = make_speech(
        body="<p>See A/RES/73/195 and <a href='https://example.org/'>S/2020/1</a>.</p>"
    )

    shown = page(client, speech.get_absolute_url())

    assert '<a class="symbol" href="https://undocs.org/A/RES/73/195"' in shown
    assert "undocs.org/S/2020/1" not in shown


def test_links_and_marks_of_a_search_stand_together(client: Client) -> None:
    make_organization(name="Sample House")
    speech = confirmed_speech()

    index_everything()

    shown = page(client, f"{speech.get_absolute_url()}?highlight=thank")

    assert "<mark>thank</mark>" in shown
    assert 'class="mention"' in shown


def test_an_entry_lists_the_paragraphs_that_name_it(client: Client) -> None:
    house = make_organization(name="Sample House")
    confirmed_speech(title="First speech", delivered_on=date(2007, 5, 1))
    confirmed_speech(title="Second speech", delivered_on=date(2009, 5, 1))

    shown = page(client, house.get_absolute_url())

    assert "Mentioned in" in shown
    assert "First mentioned on 1 May 2007, last on 1 May 2009." in shown
    assert shown.index("Second speech") < shown.index("First speech")
    assert "<mark>Sample House</mark>" in shown


def test_all_paragraphs_can_be_narrowed_by_year_and_speaker(client: Client) -> None:
    make_organization(name="Sample House", slug="house")
    speaker = make_person(name="A. Sample", slug="sample")
    confirmed_speech(title="First speech", delivered_on=date(2007, 5, 1), person=speaker)
    confirmed_speech(title="Second speech", delivered_on=date(2009, 5, 1))
    address = "/en/mentions/organization/house/"

    everything, of_year = page(client, address), page(client, f"{address}?year=2009")
    of_speaker = page(client, f"{address}?speaker=sample")

    assert "4 paragraphs of the record name it." in everything
    assert "First speech" in everything
    assert "Second speech" in everything
    assert "First speech" not in of_year
    assert "Second speech" in of_year
    assert "First speech" in of_speaker
    assert "Second speech" not in of_speaker


def test_what_is_named_beside_it_is_listed(client: Client) -> None:
    make_organization(name="Sample House", slug="house")
    confirmed_speech()

    shown = page(client, "/en/mentions/organization/house/")

    assert "Often mentioned together" in shown
    assert 'aria-label="France, in 1 paragraph"' in shown


def test_a_meeting_counts_for_its_series(client: Client) -> None:
    series = make_meeting_series(name="Sample Forum Meeting", slug="series", editions="year")
    make_meeting(name="Third Sample Forum", series=series, starts_on=date(2008, 10, 27))
    confirmed_speech(body="<p>The Sample Forum Meeting in 2008 decided it.</p>")

    assert "decided it" in page(client, "/en/mentions/meeting-series/series/")


def test_a_country_has_its_mentions(client: Client) -> None:
    confirmed_speech()

    assert "and <mark>France</mark> agree" in page(client, "/en/mentions/country/fr/")
    assert "and <mark>France</mark> agree" in page(client, "/en/countries/FR/")


@pytest.mark.parametrize(
    "address",
    [
        "/en/mentions/organization/nobody/",
        "/en/mentions/country/xx/",
        "/en/mentions/country/FR/",
        "/en/mentions/meeting_series/series/",
        "/en/mentions/nonsense/house/",
        "/en/mentions/organization/house/?year=abc",
        "/en/mentions/organization/house/?year=0000",
        "/en/mentions/organization/house/?speaker=%00",
        "/en/mentions/organization/house/?page=0x",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    make_organization(name="Sample House", slug="house")

    assert client.get(address).status_code == 404


def test_new_mentions_can_be_followed(client: Client) -> None:
    make_organization(name="Sample House", slug="house")
    confirmed_speech(title="A <speech> & more")

    answer = client.get("/en/mentions/organization/house/feed/")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer.content.decode().count("<entry") == 2
    assert "A &lt;speech&gt; &amp; more" in answer.content.decode()


def test_deciding_renews_the_kept_page(client: Client) -> None:
    make_organization(name="Sample House")
    speech = make_speech(body=BODY)
    text = speech.texts.get()
    link(text)
    assert 'class="mention"' not in page(client, speech.get_absolute_url())

    rows = Mention.objects.select_related("passage__speech_text")
    confirm([rows.filter(passage__anchor="p1").get()], make_staff())

    assert page(client, speech.get_absolute_url()).count('class="mention"') == 1


def test_pages_cost_the_same_however_much_is_named(client: Client) -> None:
    house = make_organization(name="Sample House", slug="house")
    addresses = [house.get_absolute_url(), "/en/mentions/organization/house/"]
    speech = confirmed_speech()
    few = [queries_for(client, one) for one in (*addresses, speech.get_absolute_url())]
    for year in range(2001, 2009):
        confirmed_speech(body=BODY * 5, delivered_on=date(year, 1, 1))
    long = confirmed_speech(body=BODY * 30)
    many = [queries_for(client, one) for one in (*addresses, long.get_absolute_url())]

    assert few == many
    assert max(many) <= 8
