"""Nothing that anybody types breaks the search, or comes out of it as anything but text."""

import csv
import io
import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from lxml import etree
from pytest_django import DjangoDbBlocker

from benchmarks.search.hostile import hostile_queries
from speeches.search import find
from speeches.search.queries.query import CONTROLS, from_parameters
from speeches.search.words.highlight import snippet
from tests.loaded import loaded_for_a_class
from tests.make import make_speech, make_text
from tests.searching import index_everything
from tests.world import make_world

QUERIES = 10_000
SEARCHED_FOR = 4
"""Of so many queries one is searched for here; `make benchmark-search ARGS=fuzz` asks all."""
ASKED_OF_A_PAGE = 40
CANARY = "<i data-canary>\"'&"
"""What would be an element of the page, were it not escaped."""

PAGES = {"search": "q", "quote": "q", "trend": "phrase"}
ANSWERED = {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}
FORMULA = re.compile(r"[=+\-@\t\r]")


def make_archive() -> None:
    """Make a small record with words of every script the site speaks."""
    make_world()
    make_speech(
        title="Peace & <development>", speaker="Kofi Annan",
        body="<p>Refugees &amp; migration: the united nations' people said “<em>peace</em>”"
        " &lt;b&gt;.</p><p>x a I of the 3.14 2030 co-operation A/RES/73/195</p>",
    )  # fmt: skip
    translated = make_speech(title="Réfugiés hébergés", body="<p>Les réfugiés, l’accord.</p>")
    for language, title, body in (
        ("ru", "Беженцы", "<p>Беженцы и мир.</p>"),
        ("ar", "اللاجئون", "<p>اللاجئين والسلام.</p>"),
        ("zh-hans", "难民", "<p>移民问题和难民。</p>"),
    ):
        make_text(speech=translated, language=language, kind="official", title=title, body=body)
    index_everything()


@pytest.fixture(scope="class")
def archive(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with loaded_for_a_class(django_db_blocker):
        make_archive()
        yield


def some_queries(seed: int) -> list[str]:
    return list(islice(hostile_queries(seed=seed), ASKED_OF_A_PAGE))


def ask(client: Client, name: str, **parameters: Any) -> bytes:
    """Return the body of an answer, which has to be one."""
    response = client.get(reverse(name), parameters)
    assert response.status_code in ANSWERED, (response.status_code, parameters)
    return response.getvalue()


def without_our_marks(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.django_db
@pytest.mark.usefixtures("archive")
class TestHostileInput:
    def test_no_query_breaks_the_search(self) -> None:
        found_something = 0
        for number, text in enumerate(hostile_queries(QUERIES)):
            query = from_parameters(QueryDict(urlencode({"q": text})))
            if number % SEARCHED_FOR:
                continue
            found = find(query)
            found_something += bool(found.total)
            for match in found.matches[:3]:
                for passage in match.passages[:1]:
                    shown = snippet(passage.text, passage.language, found.matcher)
                    assert "<" not in without_our_marks(shown), text

        assert found_something > QUERIES / SEARCHED_FOR / 20, (
            "Too few were understood for this to mean much."
        )

    @pytest.mark.parametrize(("name", "parameter"), PAGES.items())
    def test_no_query_breaks_a_page_or_out_of_its_place(
        self, client: Client, name: str, parameter: str
    ) -> None:
        for text in some_queries(seed=1):
            html = ask(client, name, **{parameter: f"{CANARY} {text}"}).decode()

            assert "<i data-canary" not in html
            assert "\0" not in html

    def test_no_query_breaks_the_feed(self, client: Client) -> None:
        for text in some_queries(seed=2):
            feed = etree.fromstring(ask(client, "search_feed", q=f"{CANARY} {text}"))

            assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
            assert not list(feed.iter("{*}i"))

    @pytest.mark.parametrize("name", ["search_json", "search_suggestions"])
    def test_no_query_breaks_what_programs_read(self, client: Client, name: str) -> None:
        for text in some_queries(seed=3):
            answer = json.loads(ask(client, name, q=f"{CANARY} {text}"))

            assert isinstance(answer, dict | list)

    @pytest.mark.parametrize(("name", "parameter"), [("search_csv", "q"), ("trend_csv", "phrase")])
    def test_no_query_makes_a_formula_in_a_table(
        self, client: Client, name: str, parameter: str
    ) -> None:
        for text in some_queries(seed=4):
            response = client.get(reverse(name), {parameter: text})
            assert response.status_code in ANSWERED, text
            if response.status_code == HTTPStatus.OK:
                table = response.getvalue().decode("utf-8-sig")
                cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
                assert [cell for cell in cells if FORMULA.match(cell)] == [], text

    def test_no_value_of_a_control_breaks_the_search(self, client: Client) -> None:
        random = Random(5)  # noqa: S311
        names = [*CONTROLS, "from", "to", "sort", "page", "per_page", "highlight", "nonsense"]
        for text in some_queries(seed=5):
            values = {random.choice(names): text for _ in range(3)} | {"q": "peace"}
            for name in ("search", "search_json"):
                body = ask(client, name, **values).decode()

                assert "<i data-canary" not in body

    def test_a_speech_is_read_with_whatever_is_to_be_highlighted(self, client: Client) -> None:
        address = reverse("speeches:speech", args=["the-long-speech"])
        for text in some_queries(seed=6):
            response = client.get(address, {"highlight": f"{CANARY} {text}"})

            assert response.status_code == HTTPStatus.OK
            assert "<i data-canary" not in response.content.decode()
