"""The quote finder: word for word, altered or not found, and the paragraph it stands in."""

from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iomsite.publishing.models import Status
from speeches.search.answers.quotes import find_quote
from speeches.search.quoting.quotation import MOST_CHARACTERS, parse_quotation
from speeches.search.quoting.quote_answers import answer_quotation
from speeches.search.words.language import words
from tests.make import make_meeting, make_speech, make_text
from tests.searching import index_everything

BODY = """
<p>Mr President, I thank you for the floor.</p>
<p>“The rivers of our region know no border, and no country can keep them clean alone.”</p>
<p>We shall share what we measure. We shall tell our neighbours before we build.</p>
<p>Those who live by the coast will be the first to see whether we meant it, and the last
to forget it if we did not.</p>
"""
QUOTED = "the rivers of our region know no border and no country can keep them clean alone"


@pytest.fixture
def rivers(db):
    speech = make_speech(
        title="On shared rivers", body=BODY, speaker="Ada Example", slug="rivers",
        meeting=make_meeting(name="The Water Assembly"), delivered_on=date(2011, 3, 22),
    )  # fmt: skip
    index_everything()
    return speech


def ask(client, quotation, language="en"):
    response = client.get(f"/{language}/quote/?{urlencode({'text': quotation})}")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def answer(text):
    return answer_quotation(parse_quotation(text))


# -- Finding ------------------------------------------------------------------------------


def test_the_engine_finds_a_quotation_by_its_words(rivers):
    (found,) = find_quote(words(QUOTED))

    assert found.exact
    assert (found.passage.speech_id, found.passage.anchor) == (rivers.pk, "p2")


@pytest.mark.parametrize(
    "quotation",
    [
        "the rivers of our rejion know no border and no country",
        "the rivers of our region no no border and know country",
        "share what we measure and we shall tell our neighbours",
        "the first to see weather we meant it and the last",
    ],
)
def test_a_word_or_two_may_be_wrong(rivers, quotation):
    found = find_quote(words(quotation))

    assert found
    assert found[0].passage.speech_id == rivers.pk
    assert not found[0].exact


@pytest.mark.parametrize(
    "typed",
    [
        QUOTED.upper(),
        "„The rivers of our région know no border – and no country can keep them clean alone“",
    ],
)
def test_case_accents_and_marks_make_no_difference(rivers, typed):
    assert answer(typed).kind == "exact"


def test_a_quotation_over_two_paragraphs_is_found_in_both(client, rivers):
    typed = "no country can keep them clean alone. We shall share what we measure"

    page = ask(client, typed)

    assert "Word for word" in page
    assert "The words are spread over 2 paragraphs." in page
    assert "<mark>We shall share what we measure</mark>" in page


def test_an_altered_quotation_over_two_paragraphs_is_found_too(rivers):
    found = answer("no country can hold them clean alone We shall share what we measure today")

    assert found.kind == "altered"
    assert [passage.number for passage in found.hits[0].passages] == ["2", "3"]


def test_a_quotation_with_an_ellipsis_is_found_in_parts(client, rivers):
    page = ask(client, "The rivers of our region […] no country can keep them … we meant it")

    assert "Word for word, in parts" in page
    assert "<mark>The rivers of our region</mark>" in page
    assert "<mark>we meant it</mark>" in page


def test_an_insertion_in_brackets_is_passed_over(rivers):
    found = answer("[W]e shall tell our neighbours [and friends] before we build [sic]")

    assert (found.kind, found.is_cut) == ("exact", True)


def test_a_quotation_is_found_in_other_scripts(db):
    make_speech(
        original_language="zh-hans",
        title="讲话",
        body="<p>我们必须共同保护河流和海洋。</p>",
    )
    make_speech(original_language="ar", title="كلمة", body="<p>لا تعرف الأنهار حدودا ولا يمكن لأي بلد أن يحميها وحده</p>")  # fmt: skip  # noqa: E501
    index_everything()

    assert answer("必须共同保护河流和海洋").kind == "exact"
    assert answer("لا تعرف الانهار حدودا ولا يمكن لاي بلد").kind == "exact"
    assert answer("必须共同保护河川和海洋").kind == "altered"


def test_every_speech_with_the_words_is_listed_the_newest_first(client, rivers):
    for year in (1999, 2020, 2005):
        make_speech(
            title=f"Again in {year}", body=f"<p>{QUOTED}.</p>", delivered_on=date(year, 5, 1)
        )
    index_everything()

    page = ask(client, QUOTED)

    assert "The words stand in 4 speeches, the newest first." in page
    titles = ["Again in 2020", "On shared rivers", "Again in 2005", "Again in 1999"]
    places = [page.index(f">{title}</a>") for title in titles]
    assert places == sorted(places)


def test_no_more_than_twenty_are_listed_with_the_number_of_all(client, db):
    for number in range(23):
        make_speech(body=f"<p>{QUOTED}.</p>", delivered_on=date(1990 + number, 5, 1))
    index_everything()

    page = ask(client, QUOTED)

    assert "The words stand in 23 speeches. These are the newest 20." in page
    assert page.count('class="quote-hit"') == 20


# -- The page -----------------------------------------------------------------------------


def test_an_answer_says_who_where_when_and_how_to_cite(client, rivers):
    page = ask(client, QUOTED)

    for shown in ("Word for word", "Ada Example", "The Water Assembly", "22 March 2011",
                  rivers.citation.replace("“", "“"), "http://testserver/en/speeches/rivers/#p2",
                  '<a href="/en/speeches/rivers/#p2"'):  # fmt: skip
        assert shown in page, shown


def test_an_altered_quotation_is_shown_with_what_differs(client, rivers):
    page = ask(client, "The rivers of our region know no limit, and no country can clean them")

    assert "Not in these words" in page
    assert "<del>limit,</del>" in page
    assert "<ins>border,</ins>" in page
    assert "Struck out:" in page


def test_a_quotation_that_nobody_said_leads_on(client, rivers):
    page = ask(client, "nobody here has ever asked about rivers or a country like that")

    assert "Not found" in page
    assert "rivers" in page.partition("Search for its rarest words:")[2]


def test_a_few_words_are_no_quotation(client, rivers):
    page = ask(client, "rivers of our region")

    assert "A quotation needs at least 6 words" in page
    assert "quote-answer" not in page


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a b c d e f " * 400,
        "… … … … … [] [] [ [ ] ( ... ) ..." * 40,
        '"); DROP TABLE speeches; -- OR NEAR(a b) * % _ \\ \x00 \x0b',
        "é\u0301\u0301\u0301 " * 30,
        "水" * 2500,
        "<script>alert(1)</script> " * 9,
        "one … " * 300,
    ],
)
def test_nothing_that_is_pasted_breaks_the_page(client, rivers, typed):
    page = ask(client, typed)

    assert "<script>alert" not in page


def test_only_so_many_characters_are_compared(client, rivers):
    page = ask(client, "word " * MOST_CHARACTERS)

    assert "Only the first 2000 characters were compared." in page


def test_a_paragraph_is_escaped_around_the_marks(client, db):
    make_speech(body="<p>If a &lt; b and b &lt; c then surely a &lt; c &amp; so on.</p>")
    index_everything()

    page = ask(client, "and b < c then surely a < c")

    assert "If a &lt; b <mark>and b &lt; c then surely a &lt; c</mark> &amp; so on." in page


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
def test_what_is_not_public_is_quoted_to_nobody(client, db, values):
    make_speech(body=f"<p>{QUOTED} canarywords.</p><p>Canarytail ends it.</p>", **values)
    index_everything()

    for typed in (f"{QUOTED} canarywords", "can keep them clean alonely canarywords canarytail end",
                  "rivers of our region … canarywords canarytail ends it"):  # fmt: skip
        page = ask(client, typed)
        assert "Not found" in page
        assert "canary" not in page.partition('<section class="quote-answer')[2].lower()


def test_a_speech_taken_back_is_out_before_the_index_knows(client, rivers):
    rivers.status, rivers.public_notice = Status.REMOVED, "A test."
    rivers.save()

    assert "Not found" in ask(client, QUOTED)


def test_an_answer_costs_few_queries_however_many_speeches_it_lists(client, rivers):
    with CaptureQueriesContext(connection) as few:
        ask(client, QUOTED)
    for _number in range(8):
        make_speech(body=f"<p>{QUOTED}.</p>", speaker="Somebody", meeting=make_meeting())
    index_everything()

    with CaptureQueriesContext(connection) as many:
        ask(client, QUOTED)

    assert len(many) == len(few)


def test_a_quotation_is_answered_in_the_language_it_was_found_in(client, rivers):
    make_text(
        speech=rivers, language="fr", kind="official", title="Fleuves partagés",
        body="<p>Les fleuves de notre région ne connaissent pas de frontière.</p>",
    )  # fmt: skip
    index_everything()

    page = ask(client, "les fleuves de notre region ne connaissent pas")

    assert '<a href="/fr/speeches/rivers/#p1" lang="fr"' in page
