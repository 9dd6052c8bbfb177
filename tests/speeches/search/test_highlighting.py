"""The words of a search, marked on the speech that it led to."""

import pytest

from tests.speeches.search.pages import links, page_at

pytestmark = pytest.mark.django_db


def test_a_speech_shows_the_words_of_the_search_that_led_to_it(client, record):
    page = page_at(client, "highlight=drought", "/en/speeches/on-water-2006/")

    assert "so is the <mark>drought</mark>." in page
    assert links(page)["Remove highlighting"] == "/en/speeches/on-water-2006/"


def test_a_highlighted_speech_is_listed_only_without_the_marks(client, record):
    page = page_at(client, "highlight=drought", "/en/speeches/on-water-2006/")

    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical" href="http://testserver/en/speeches/on-water-2006/"' in page


@pytest.mark.parametrize("words", ["roads", "", '"', "-drought", "%3Cp%3E", "x" * 3000])
def test_words_that_a_speech_does_not_say_leave_it_as_it_is(client, record, words):
    page = page_at(client, f"highlight={words}", "/en/speeches/on-water-2006/")

    assert "Water is shared, and so is the drought." in page
    assert "<mark>" not in page
