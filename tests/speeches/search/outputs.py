"""Asking for the outputs of a search in a test, and reading what comes."""

import csv
from datetime import date
from http import HTTPStatus
from io import StringIO
from typing import Any

from lxml import etree

from speeches.models import Speech
from tests.make import make_meeting, make_office, make_person, make_speech, make_text
from tests.searching import index_everything

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def make_speeches() -> Speech:
    """Make a speech with everything about it, which is returned, and two plain ones."""
    full = make_speech(
        slug="full", title="On shared rivers", place="Geneva", country="CH",
        body="<p>First, thanks.</p><p>Clean rivers &amp; <em>safe</em> water for all.</p>",
        person=make_person(name="Ada Example"), office=make_office(name="Envoy"),
        meeting=make_meeting(name="The Water Assembly"), delivered_on=date(2011, 3, 22),
    )  # fmt: skip
    make_text(speech=full, language="fr", kind="official", title="Fleuves partagés")
    for year in (1999, 2005):
        make_speech(
            title=f"Rivers in {year}",
            body="<p>The rivers rose.</p><p>Then they fell.</p>",
            delivered_on=date(year, 5, 1),
        )
    index_everything()
    return full


def ask(client: Any, output: str, **parameters: Any) -> Any:
    """Ask for an output that has to answer."""
    response = client.get(f"/en/{output}", parameters)
    assert response.status_code == HTTPStatus.OK, response.content
    return response


def words_of(response: Any) -> str:
    """Return all of an answer, streamed or not."""
    return b"".join(response).decode("utf-8")


def rows_of(client: Any, **parameters: Any) -> list[dict[str, str]]:
    """Return the rows of the table of a search, each by the names of its columns."""
    text = words_of(ask(client, "search/results.csv", **parameters))
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def feed_of(client: Any, **parameters: Any) -> Any:
    """Return the feed of a search as a tree."""
    return etree.fromstring(ask(client, "search/feed/", **parameters).content)
