"""The results page: what a visitor reads, and where every control leads."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iomsite.publishing.models import Status
from tests.make import make_initiative, make_organization, make_speech, make_text
from tests.searching import index_everything
from tests.speeches.search.pages import fields_of, links, outside_the_index, page_at

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6


def titles(page):
    return re.findall(r'hit__title"><a href="/en/speeches/([\w-]+)/', page)


def count_of(page):
    return re.search(r'role="status">([^<]*)<', page)[1]


def follow(client, page, words):
    return page_at(client, links(page)[words].removeprefix("?"))


def test_a_search_shows_the_paragraph_and_leads_to_it(client, record):
    page = page_at(client, "q=drought")

    assert count_of(page) == "3 speeches"
    assert "Water is shared, and so is the <mark>drought</mark>." in page
    assert 'href="/en/speeches/on-water-2006/?highlight=drought#p3"' in page


def test_more_paragraphs_of_a_speech_are_folded_under_the_best(client, record):
    page = page_at(client, "q=water&from=2006&to=2006")

    assert "3 matching paragraphs" in page
    assert page.count('class="passage-hit"') == 3
    assert page.index('<details class="hit__more"') < page.rindex('class="passage-hit"')


def test_a_hit_says_who_spoke_where_when_and_how_the_text_was_made(client, record):
    page = page_at(client, "q=water&from=2006&to=2006")

    for told in ("17 May 2006", "Check against delivery", "Ada Example", "Third River Forum"):
        assert told in page, told
    assert links(page)["Ada Example"] == "/en/people/ada-example/"


def test_a_sample_is_called_one(client, record):
    make_speech(title="An invented speech on water", is_sample=True)
    index_everything()

    assert "sample text" in page_at(client, "q=invented")


def test_the_title_says_what_was_searched_and_how_much_was_found(client, record):
    page = page_at(client, "q=water&from=2000")

    [title] = re.findall(r"<title>(.*?)</title>\n", page)
    assert title.startswith("Speeches with the word “water”; from 2000 on (2 speeches)")


def test_the_page_is_listed_nowhere_and_says_its_own_address(client, record):
    page = page_at(client, "sort=oldest&q=water&page=1&nonsense=x")

    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical" href="http://testserver/en/search/?q=water&amp;sort=oldest"' in page


def test_what_was_understood_is_told_in_words(client, record):
    page = page_at(client, "q=water+speaker:%22ada+example%22")

    assert "Speeches with the word “water”; by ada example" in page
    assert count_of(page) == "2 speeches"


def test_a_facet_narrows_keeps_its_siblings_and_is_taken_back(client, record):
    page = page_at(client, "q=water")

    narrowed = follow(client, page, "Ada Example, 2 speeches, add filter")

    assert count_of(narrowed) == "2 speeches"
    assert "Mr. Sow, 1 speech, add filter" in links(narrowed)
    both = follow(client, narrowed, "Mr. Sow, 1 speech, add filter")
    assert count_of(both) == "3 speeches"
    again = follow(client, both, "Ada Example, 2 speeches, remove filter")
    assert titles(again) == ["on-water-2014"]


def test_a_tag_takes_its_filter_away(client, record):
    page = page_at(client, "q=water&country=SN&from=2000")

    assert titles(page) == ["on-water-2014"]
    assert count_of(follow(client, page, "on behalf of Senegal × (remove)")) == "2 speeches"
    assert count_of(follow(client, page, "Clear all filters")) == "3 speeches"


def test_speeches_are_sorted_by_date_both_ways(client, record):
    page = page_at(client, "q=water")

    newest = ["on-water-2014", "on-water-2006", "on-water-1998"]
    assert titles(follow(client, page, "Newest first")) == newest
    assert titles(follow(client, page, "Oldest first")) == newest[::-1]


def test_a_bar_leads_to_its_decade_and_the_decade_back_to_all(client, record):
    page = page_at(client, "q=water")

    nineties = follow(client, page, "1990s: 1 speech")

    assert titles(nineties) == ["on-water-1998"]
    assert count_of(follow(client, nineties, "All years")) == "3 speeches"


def test_years_are_typed_beside_the_chart_without_losing_the_rest(client, record):
    sent = fields_of(page_at(client, "q=water&speaker=ada-example"), 'id="year-from"')

    response = client.get("/en/search/", sent | {"from": ["2000"], "to": ["2010"]})

    assert titles(response.content.decode()) == ["on-water-2006"]


def test_a_new_search_of_the_box_goes_on_with_the_filters(client, record):
    sent = fields_of(page_at(client, "q=water&speaker=ada-example&from=2000"), 'name="q"')

    response = client.get("/en/search/", sent | {"q": ["drought"]})

    assert titles(response.content.decode()) == ["on-water-2006"]


def test_the_options_show_what_is_chosen_and_change_it(client, record):
    make_text(speech=record[0], language="fr", kind="official", title="De l’eau", body="<p>Eau</p>")
    index_everything()
    sent = fields_of(page_at(client, "q=water&language=fr"), 'name="q"')

    assert sent["language"] == ["fr"]
    response = client.get("/en/search/", sent | {"language": ["en"]})
    assert count_of(response.content.decode()) == "3 speeches"


def test_a_misspelt_word_is_corrected_and_the_page_says_so(client, record):
    page = page_at(client, "q=drouhgt")

    assert "Nothing in the archive says “drouhgt”. Showing “drought”." in page
    assert count_of(page) == "3 speeches"


def test_a_page_without_hits_offers_the_nearest_searches_that_have_some(client, record):
    page = page_at(client, "q=drought&country=SN&speaker=ada-example")

    assert count_of(page) == "0 speeches"
    fewer = "Without the condition “on behalf of Senegal”"
    assert f'{fewer}</a> <span class="nothing__count">2 speeches</span>' in page
    assert count_of(follow(client, page, fewer)) == "2 speeches"
    assert count_of(follow(client, page, "Without any of the conditions")) == "3 speeches"


def test_words_of_a_phrase_that_nobody_said_are_offered_in_any_order(client, record):
    page = page_at(client, 'q="drought+shared"')

    offered = "The words of “drought shared” in any order"
    assert count_of(follow(client, page, offered)) == "3 speeches"


def test_the_name_of_an_entry_brings_its_card(client, record):
    page = page_at(client, "q=RVF")

    assert '<p class="entity-card__kind">Meeting series</p>' in page
    assert links(page)["River Forum"] == "/en/meetings/series/river-forum/"


def test_an_entry_that_only_holds_the_word_is_a_link_in_a_line(client, record):
    page = page_at(client, "q=river")

    assert "entity-card" not in page
    assert "In the directory:" in page


def test_the_card_of_an_entry_narrows_the_search_to_it(client, record):
    entry = make_initiative(slug="the-drought", name="Drought")
    record[1].initiatives.add(entry)
    index_everything()

    page = page_at(client, "q=drought")

    assert titles(follow(client, page, "1 of these speeches")) == ["on-water-2006"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN, Status.REMOVED])
def test_what_is_not_public_is_nowhere_on_the_page(client, record, status):
    make_speech(title="Canary", body="<p>water canary</p>", speaker="Canary", status=status)
    make_organization(name="Water Canary", status=status)
    index_everything()

    page = page_at(client, "q=water")

    assert count_of(page) == "3 speeches"
    assert "anary" not in page


def test_what_is_typed_is_shown_as_it_is_and_never_run(client, record):
    page = page_at(client, "q=%3Cscript%3Ealert(1)%3C/script%3E+%22water&speaker=%3Cb%3E%22'")

    assert "<script>alert" not in page
    assert "<b>" not in page


def test_a_long_answer_comes_in_pages(client):
    for number in range(25):
        make_speech(slug=f"speech-{number}", body="<p>water</p>")
    index_everything()
    page = page_at(client, "q=water")

    second = follow(client, page, "Next")

    assert (len(titles(page)), len(titles(second))) == (20, 5)
    assert not set(titles(page)) & set(titles(second))
    assert titles(page_at(client, "q=water&page=77")) == titles(second)
    assert titles(page_at(client, "q=water&page=seven")) == titles(page)


def test_without_a_question_the_page_says_how_to_ask(client, record):
    page = page_at(client, "")

    assert "How to search" in page
    assert "hit__title" not in page


@pytest.mark.parametrize("typed", ["!!!", '"', "-", "%F0%9F%98%80"])
def test_marks_without_words_get_an_answer_in_words(client, record, typed):
    assert "There is no word to search for" in page_at(client, f"q={typed}")


def test_only_filters_are_a_search_too(client, record):
    page = page_at(client, "country=SN")

    assert titles(page) == ["on-water-2014"]
    assert "Relevance" not in links(page)


@pytest.mark.parametrize("query", ["q=water", "q=RVF", "q=drouhgt", "from=2000"])
def test_a_page_costs_few_queries_outside_the_index_and_writes_nothing(client, record, query):
    page_at(client, query)
    with CaptureQueriesContext(connection) as asked:
        page_at(client, query)
    outside = outside_the_index(asked)

    assert len(outside) <= MOST_QUERIES, "\n".join(outside)
    assert [sql for sql in outside if sql.startswith(("INSERT", "UPDATE", "DELETE"))] == []
