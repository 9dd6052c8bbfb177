"""A search as JSON and as a table."""

import re
from pathlib import Path

import pytest

from speeches.search.outputs import table as tables
from tests.make import make_speech
from tests.searching import index_everything
from tests.speeches.search.outputs import ask, make_speeches, rows_of, words_of

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/search.md"


@pytest.fixture
def speeches():
    return make_speeches()


def test_json_says_what_was_understood_and_what_was_found(client, speeches):
    found = ask(client, "search/results.json", q="rivers safe").json()

    assert found["query"]["text"] == "rivers safe"
    assert "rivers" in found["query"]["understood"]
    assert (found["total"], found["page"], found["per_page"]) == (1, 1, 20)
    (hit,) = found["hits"]
    assert hit["address"] == "http://testserver/en/speeches/full/"
    assert hit["citation"].endswith(" http://testserver/en/speeches/full/")
    assert hit["speakers"] == [
        {"name": "Ada Example", "office": "Envoy", "role": "speaker", "on_behalf_of_country": None}
    ]
    assert hit["meeting"]["name"] == "The Water Assembly"
    assert hit["delivered_on"] == "2011-03-22"
    assert hit["languages"] == ["en", "fr"]
    (passage,) = hit["passages"]
    assert passage["address"] == "http://testserver/en/speeches/full/#p2"
    assert passage["text"] == "Clean rivers & safe water for all."
    assert passage["html"] == "Clean <mark>rivers</mark> &amp; <mark>safe</mark> water for all."


def test_json_leads_from_page_to_page(client, speeches):
    first = ask(client, "search/results.json", q="rivers", per_page=2).json()
    second = client.get(first["next"]).json()

    assert (first["previous"], second["next"]) == (None, None)
    assert second["previous"] == first["self"]
    slugs = [hit["address"] for hit in first["hits"] + second["hits"]]
    assert len(set(slugs)) == 3


def test_json_counts_what_a_search_can_be_narrowed_by(client, speeches):
    facets = ask(client, "search/results.json", q="rivers").json()["facets"]

    assert facets["year"] == [
        {"value": 1999, "count": 1}, {"value": 2005, "count": 1}, {"value": 2011, "count": 1},
    ]  # fmt: skip
    (speaker,) = [value for value in facets["speaker"] if value["label"] == "Ada Example"]
    narrowed = ask(client, "search/results.json", q="rivers", speaker=speaker["value"]).json()
    assert narrowed["total"] == speaker["count"] == 1


def test_json_may_be_read_by_a_page_of_any_site(client, speeches):
    assert ask(client, "search/results.json")["Access-Control-Allow-Origin"] == "*"


def keys_in(value, path=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{path}{key}"
            if key != "facets":
                yield from keys_in(inner, f"{path}{key}.")
    elif isinstance(value, list) and value:
        yield from keys_in(value[0], path)


def test_every_key_and_column_is_documented_and_the_other_way_round(client, speeches):
    outputs = DOCUMENT.read_text("utf-8").split("## Following and taking a search")[1]
    documented = set(re.findall(r"^\| `([\w.]+)` \|", outputs.split("\n## ")[0], re.M))
    found = ask(client, "search/results.json", q="rivers safe").json()
    found["query"]["corrections"] = [{"word": "", "replacement": ""}]
    found["facets"] = {}

    assert documented >= set(keys_in(found)) | set(tables.COLUMNS)
    assert documented <= set(keys_in(found)) | set(tables.COLUMNS)


def test_a_table_has_a_row_for_each_speech(client, speeches):
    rows = rows_of(client, q="rivers", sort="newest")

    assert [row["title"] for row in rows] == [
        "On shared rivers",
        "Rivers in 2005",
        "Rivers in 1999",
    ]
    assert rows[0]["speakers"] == "Ada Example"
    assert rows[0]["offices"] == "Envoy"
    assert rows[0]["meeting"] == "The Water Assembly"
    assert rows[0]["paragraph"] == "Clean rivers & safe water for all."
    assert rows[0]["paragraph_address"] == "http://testserver/en/speeches/full/#p2"


def test_a_table_opens_in_a_spreadsheet_under_its_name(client, speeches):
    response = ask(client, "search/results.csv", q="rivers")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="speeches.csv"'
    assert words_of(response).startswith("\ufeffreference,address,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_is_no_formula_unless_all_is_wanted_as_it_is(client, start):
    title = f"{start}HYPERLINK(1) rivers"
    make_speech(title=title, body="<p>Rivers.</p>")
    index_everything()

    assert rows_of(client, q="rivers")[0]["title"] == f"'{title}"
    assert rows_of(client, q="rivers", raw=1)[0]["title"] == title


def test_a_table_that_is_cut_says_so_in_its_last_line(client, speeches, monkeypatch):
    monkeypatch.setattr("speeches.views.outputs.MOST_ROWS", 2)
    monkeypatch.setattr("speeches.views.outputs.BATCH", 1)
    lines = words_of(ask(client, "search/results.csv", q="rivers")).strip().splitlines()

    assert len(lines) == 4
    assert lines[-1] == "Only 2 of 3 speeches are here. Narrow the search for the others."


def test_a_table_of_several_batches_has_every_speech_once(client, speeches, monkeypatch):
    monkeypatch.setattr("speeches.views.outputs.BATCH", 2)

    rows = rows_of(client, q="rivers")

    assert len({row["reference"] for row in rows}) == len(rows) == 3
