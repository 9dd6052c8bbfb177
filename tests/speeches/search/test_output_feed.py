"""The Atom feed of a search."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from speeches.search.outputs.facts import printable
from tests.make import make_speech
from tests.searching import index_everything
from tests.speeches.search.outputs import ATOM, ask, feed_of, make_speeches

pytestmark = pytest.mark.django_db


@pytest.fixture
def speeches():
    return make_speeches()


def test_a_search_is_followed_as_a_feed(client, speeches):
    feed = feed_of(client, q="rivers")

    assert feed.findtext("a:title", namespaces=ATOM).startswith("Speeches with")
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        "http://testserver/en/search/feed/?q=rivers"
    ]
    assert feed.xpath("a:link[@rel='alternate']/@href", namespaces=ATOM) == [
        "http://testserver/en/search/?q=rivers"
    ]
    assert len(feed.findall("a:entry", ATOM)) == 3


def test_an_entry_holds_the_paragraph_as_text_and_leads_to_it(client, speeches):
    feed = feed_of(client, q="safe rivers")
    (entry,) = feed.findall("a:entry", ATOM)

    assert entry.findtext("a:title", namespaces=ATOM) == "On shared rivers"
    assert entry.findtext("a:summary", namespaces=ATOM) == (
        "Clean rivers &amp; safe water for all."
    ), "escaped once more, because a summary is HTML"
    assert entry.xpath("a:link/@href", namespaces=ATOM) == [
        "http://testserver/en/speeches/full/#p2"
    ]
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Ada Example"


def test_a_feed_has_all_that_the_standard_asks_for(client, speeches):
    feed = feed_of(client, q="rivers")

    for element in (feed, *feed.findall("a:entry", ATOM)):
        for required in ("id", "title", "updated"):
            assert element.findtext(f"a:{required}", namespaces=ATOM), required
    assert feed.findtext("a:author/a:name", namespaces=ATOM)


def test_an_entry_keeps_its_name_when_its_address_and_title_change(client, speeches):
    def names():
        return feed_of(client, q="safe").xpath("a:entry/a:id/text()", namespaces=ATOM)

    before = names()
    speeches.slug = "elsewhere"
    speeches.save()
    text = speeches.texts.get(language="en")
    text.title = "Renamed"
    text.save()
    index_everything()

    assert names() == before
    assert before[0].startswith("tag:testserver,")


def test_what_was_published_last_leads_a_feed_whenever_it_was_given(client, speeches):
    make_speech(
        title="Found in the cellar", body="<p>Old rivers.</p>", delivered_on=date(1950, 1, 1),
        published_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    index_everything()

    titles = feed_of(client, q="rivers").xpath("a:entry/a:title/text()", namespaces=ATOM)

    assert titles[0] == "Found in the cellar"


def test_a_feed_is_the_same_text_as_long_as_the_archive_is_the_same(client, speeches):
    for query in ("rivers", "nothingofthekind"):
        first = ask(client, "search/feed/", q=query)
        again = client.get(f"/en/search/feed/?q={query}", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == HTTPStatus.NOT_MODIFIED


def test_a_feed_ends_after_fifty_entries(client):
    for number in range(52):
        make_speech(title=f"Speech {number}", body="<p>Rivers.</p>")
    index_everything()

    assert len(feed_of(client, q="rivers").findall("a:entry", ATOM)) == 50


def test_characters_that_xml_forbids_are_in_no_feed(client, speeches):
    feed = feed_of(client, q="rivers\x00\x01\x0b\ufffe\ufeff<>&\"'")

    assert feed.findtext("a:id", namespaces=ATOM)
    assert printable("a\x00\x08\x0b\x1f\x7f\x85\ufffe\ud800\tb\n") == "a\x85\tb\n"
