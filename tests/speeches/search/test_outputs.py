"""What all outputs of a search keep to: who gets them, and what is refused."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from iomsite.publishing.models import Status
from tests.make import make_meeting, make_speech
from tests.searching import index_everything
from tests.speeches.search.outputs import make_speeches, words_of

pytestmark = pytest.mark.django_db

OUTPUTS = ("search/feed/", "search/results.json", "search/results.csv", "search/results.csv?raw=1")


@pytest.fixture
def speeches():
    return make_speeches()


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_may_be_kept_for_a_while_and_is_in_no_index(client, speeches, output):
    response = client.get(f"/en/{output}")

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_answers_a_question_about_its_head_and_no_change(client, speeches, output):
    head = client.head(f"/en/{output}")

    assert head.status_code == HTTPStatus.OK
    assert not head.content
    assert client.post(f"/en/{output}").status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("search/results.json?page=0", "page"),
        ("search/results.json?page=51", "from 1 to 50"),
        ("search/results.json?page=x", "page"),
        ("search/results.json?page=%D9%A3", "page"),
        ("search/results.json?page=99999999999999999999", "page"),
        ("search/results.json?per_page=101", "from 1 to 100"),
        ("search/results.json?per_page=-1", "per_page"),
        ("search/results.csv?raw=yes", "raw"),
        ("search/results.csv?sort=best", "sort"),
        ("search/feed/?from=yesterday", "yesterday"),
        ("search/feed/?to=2008-13-45", "2008-13-45"),
    ],
)
def test_a_wrong_parameter_is_refused_with_a_sentence(client, address, named):
    response = client.get(f"/en/{address}")

    assert response.status_code == HTTPStatus.BAD_REQUEST
    told = response.json()["error"] if ".json" in address else response.content.decode()
    assert named in told
    assert told.strip().endswith((".", ")"))


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "(((",
        "* OR -",
        "\x00\x0b",
        "' UNION SELECT 1 --",
        "é\u0301" * 40,
        "水" * 600,
        "<b>&amp;",
    ],
)
@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_that_is_searched_breaks_an_output(client, speeches, output, query):
    joint = "&" if "?" in output else "?"
    response = client.get(f"/en/{output}{joint}{urlencode({'q': query})}")

    assert response.status_code == HTTPStatus.OK
    text = words_of(response)
    if "feed" in output:
        etree.fromstring(text.encode())


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    "values",
    [
        {"status": Status.DRAFT},
        {"status": Status.IN_REVIEW},
        {"status": Status.WITHDRAWN},
        {"status": Status.REMOVED},
        {"published_at": timezone.now() + timedelta(days=9)},
    ],
    ids=["draft", "in review", "withdrawn", "removed", "embargoed"],
)
def test_what_is_not_public_is_in_no_output(client, speeches, output, values):
    make_speech(
        title="Canarytitle", body="<p>Canaryword rivers.</p>", speaker="Canaryspeaker",
        meeting=make_meeting(name="Canarymeeting"), country="NR", **values,
    )  # fmt: skip
    index_everything()
    joint = "&" if "?" in output else "?"

    for query in ("rivers", ""):
        text = words_of(client.get(f"/en/{output}{joint}q={query}"))
        assert "canary" not in text.lower()
    for query in ("canaryword", "canarytitle", "speaker:canaryspeaker"):
        text = words_of(client.get(f"/en/{output}{joint}q={query}")).replace("q=canary", "")
        assert "Canaryword rivers" not in text
        assert "Canarytitle" not in text


@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_costs_few_queries_however_many_speeches_it_has(client, speeches, output):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            words_of(client.get(f"/en/{output}"))
        return len(queries)

    few = cost()
    for number in range(9):
        make_speech(title=f"More {number}", meeting=make_meeting(), speaker="Somebody")
    index_everything()
    cost()

    assert cost() <= few
