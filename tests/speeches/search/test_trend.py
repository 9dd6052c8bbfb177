"""The trend: how often phrases were said in each year, as numbers, a drawing, a page, a file."""

import csv
from datetime import date, timedelta
from http import HTTPStatus
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from initiatives.models import Term
from iomsite.publishing.models import Status
from speeches.search.trends.chart import WIDE, draw, path_of, spread, value_steps, year_steps
from speeches.search.trends.trend import count_phrases, read_phrase
from tests.make import make_speech, public
from tests.searching import index_everything

TEN_WORDS = "one two three four five six seven eight"


def said(year, times, phrase="open borders", fill=0, **values):
    """Make a speech of a year that says a phrase so many times, and other words."""
    body = "".join(f"<p>{phrase}.</p>" for _ in range(times)) + f"<p>{'word ' * fill}</p>"
    return make_speech(body=body, delivered_on=date(year, 6, 1), **values)


@pytest.fixture
def spoken(db):
    said(2001, 2, fill=96)
    said(2001, 1, fill=98)
    said(2002, 0, fill=100)
    said(2004, 5, fill=90)
    index_everything()


def page(client, *phrases, language="en"):
    query = urlencode([("phrase", phrase) for phrase in phrases])
    response = client.get(f"/{language}/trend/?{query}")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def table(client, *phrases):
    response = client.get("/en/trend/table.csv", {"phrase": phrases})
    assert response.status_code == HTTPStatus.OK
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


# -- Pure ---------------------------------------------------------------------------------


def test_a_line_is_broken_where_a_year_has_no_value():
    (line,) = draw([[1.0, 2.0, None, 4.0]], 2001, WIDE).lines

    assert line.path.count("M") == 2
    assert [point.year for point in line.points] == [2001, 2002, 2004]


def test_a_lone_year_is_drawn_as_a_dot():
    (line,) = draw([[3.0]], 2001, WIDE).lines

    assert line.path == path_of(line.points)
    assert line.path.endswith("h0")


def test_everything_is_drawn_inside_the_plot():
    chart = draw([[0.0, 7.3, 2.0], [9.9, None, 0.1]], 1999, WIDE)

    for line in chart.lines:
        for point in line.points:
            assert WIDE.start <= point.x <= WIDE.right
            assert WIDE.top <= point.y <= WIDE.base


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0, [0, 1]),
        (22.3, [0, 5, 10, 15, 20, 25]),
        (10, [0, 2, 4, 6, 8, 10]),
        (0.07, [0, 0.02, 0.04, 0.06, 0.08]),
    ],
)
def test_values_have_round_steps(highest, steps):
    assert value_steps(highest) == steps


def test_years_have_round_labels_and_few():
    assert year_steps(range(1946, 2025), 10) == [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]
    assert year_steps(range(2001, 2004), 10) == [2001, 2002, 2003]


def test_labels_that_would_cover_each_other_move_apart():
    placed = spread([100, 101, 300, 102], 20, 400)

    assert [round(b - a) for a, b in zip(sorted(placed), sorted(placed)[1:], strict=False)] == [
        20, 20, 160,
    ]  # fmt: skip
    assert max(spread([390, 395, 399], 20, 400)) <= 400


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [("  climate   change ", "climate change"), ('"climate change"', "climate change"),
     ("миграция", "миграция"), ("移民", "移民")],
)  # fmt: skip
def test_a_phrase_is_read_as_it_is_meant(typed, phrase):
    assert read_phrase(typed) == phrase


@pytest.mark.parametrize("typed", ["one two three four five six seven", "x" * 101, "…", "\x00"])
def test_a_phrase_of_too_many_words_or_none_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 - its text is the phrase
        read_phrase(typed)


# -- Counting -----------------------------------------------------------------------------


def test_a_phrase_is_counted_in_proportion_to_what_was_said(spoken):
    trend = count_phrases(["open borders"])

    by_year = {row.year: row.phrases[0] for row in trend.rows if row.phrases}
    assert {year: counted.count for year, counted in by_year.items()} == {2001: 3, 2002: 0, 2004: 5}
    assert by_year[2001].rate == pytest.approx(10_000 * 3 / 200)


def test_a_year_without_text_is_a_gap_and_not_zero(spoken):
    trend = count_phrases(["open borders"])

    assert list(trend.years) == [2001, 2002, 2003, 2004]
    assert trend.rates[0][2] is None
    assert trend.rates[0][1] == 0


def test_a_word_is_counted_in_all_its_forms_and_a_phrase_as_written(spoken):
    assert count_phrases(["border"]).series[0].total == 8
    assert count_phrases(["open border"]).series[0].total == 0


# -- The page -----------------------------------------------------------------------------


def test_the_page_shows_lines_a_table_and_links_to_the_hits_of_a_year(client, spoken):
    shown = page(client, "open borders", "word")

    assert "trend-line--2" in shown
    assert "<title" in shown
    assert "<desc" in shown
    assert "“open borders” was said most often in 2004" in shown
    address = "/en/search/?q=%22open+borders%22&amp;from=2004&amp;to=2004"
    assert shown.count(f'href="{address}"') == 2, "a point and a cell of the table"
    assert "no text on record" in shown


def test_the_hits_of_a_year_are_what_was_counted(client, spoken):
    found = client.get("/en/search/results.json?q=%22open+borders%22&from=2001&to=2001").json()

    assert found["total"] == 2


def test_in_arabic_the_drawing_has_numbers_that_a_drawing_can_have(client, spoken):
    shown = page(client, "open borders", language="ar")

    drawing = shown.partition('<svg class="trend-chart__lines"')[2].partition("</figure>")[0]
    assert 'dir="ltr"' in shown
    assert not [part for part in drawing.split('"') if part.replace(",", "").isdigit()
                and "," in part]  # fmt: skip


def test_the_same_phrase_twice_is_one_line(client, spoken):
    assert 'class="trend-chart__letter" aria-hidden="true">B<' not in page(client, "word", "word")


def test_what_nobody_said_has_no_chart(client, spoken):
    shown = page(client, "nobody ever said so")

    assert "None of this was said in any published speech." in shown
    assert "<figure" not in shown


def test_an_example_comes_from_the_glossary_and_was_said(client, spoken):
    for name in ("Open borders", "Never said"):
        Term.objects.create(**public({"slug": name.replace(" ", "-").lower(), "name": name}))

    shown = page(client)

    assert '<a href="?phrase=Open%20borders">Open borders</a>' in shown
    assert "Never said" not in shown


@pytest.mark.parametrize(
    "phrases",
    [
        ["one two three four five six seven eight"],
        ["x" * 300],
        ["\x00\x01", "…", "  "],
        ["<script>alert(1)</script>"],
        ['"', "*", "OR", "-a", "speaker:x", "%", "'; --"],
        ["水"] * 40,
    ],
)
def test_no_phrase_breaks_the_page_or_the_table(client, spoken, phrases):
    assert "<script>alert" not in page(client, *phrases)
    answer = client.get("/en/trend/table.csv", {"phrase": phrases})
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.BAD_REQUEST}


def test_the_table_can_be_taken(client, spoken):
    rows = table(client, "open borders")

    assert rows[0] == ["year", "words", "open borders", "open borders (in 10,000 words)"]
    assert rows[1] == ["2001", "200", "3", "150.0000"]
    assert rows[3] == ["2003", "0"]


def test_a_phrase_that_is_a_formula_is_none_in_the_table(client, spoken):
    assert table(client, "=word")[0][2] == "'=word"


def test_a_table_of_nothing_is_refused_with_a_sentence(client, spoken):
    answer = client.get("/en/trend/table.csv")

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "at least one phrase" in answer.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"status": Status.DRAFT},
        {"status": Status.WITHDRAWN},
        {"status": Status.REMOVED},
        {"published_at": timezone.now() + timedelta(days=9)},
    ],
    ids=["draft", "withdrawn", "removed", "embargoed"],
)
def test_what_is_not_public_is_not_counted(client, spoken, values):
    said(1990, 3, phrase="canary word", fill=400, **values)
    index_everything()

    assert "None of this was said" in page(client, "canary word")
    assert "1990" not in page(client, "open borders")
    assert [row[0] for row in table(client, "open borders")] == [
        "year", "2001", "2002", "2003", "2004",
    ]  # fmt: skip


def test_a_speech_taken_back_is_not_counted_any_more(client, spoken):
    speech = said(1990, 3, phrase="canary word")
    index_everything()
    assert "said 3 times" in page(client, "canary word")

    speech.status, speech.public_notice = Status.REMOVED, "A test."
    speech.save()

    assert "None of this was said" in page(client, "canary word")
