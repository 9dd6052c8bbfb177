"""What an answer holds: the order, the pages, the passages of each speech."""

from datetime import date, timedelta

import pytest

from speeches.models import SearchIndex
from tests.make import make_text
from tests.searching import ask, hits, index_everything, say, slugs
from tests.speeches.search.texts import EXPECTED, make_archive

pytestmark = pytest.mark.django_db


def test_the_same_queries_have_the_same_hits_in_the_same_order_on_every_database():
    make_archive()
    index_everything()

    found = {typed: hits(typed) for typed in EXPECTED}

    assert found == EXPECTED


def test_each_passage_leads_to_its_anchor_and_holds_its_words():
    say("told", "Nobody spoke.", "The river rose.", "Then silence.", "One river fell.")
    index_everything()

    [match] = ask("river").matches

    assert {passage.anchor: passage.text for passage in match.passages} == {
        "p2": "The river rose.", "p4": "One river fell.",
    }  # fmt: skip
    assert match.passage_count == 2


def test_at_most_three_passages_are_shown_and_all_are_counted():
    say("told", *["A river."] * 5, "No water.")
    index_everything()

    [match] = ask("river").matches

    assert (len(match.passages), match.passage_count) == (3, 5)


def test_a_speech_found_by_its_title_alone_shows_no_passage():
    say("told", "Thank you.", title="On rivers")
    index_everything()

    [match] = ask("river").matches

    assert (match.passages, match.passage_count) == ((), 0)


def test_a_passage_is_shown_with_the_words_however_the_hits_are_sorted():
    say("told", "Nobody spoke.", "The river rose.")
    index_everything()

    for sort in ("relevance", "newest", "oldest"):
        [match] = ask("river", sort=sort).matches
        assert [passage.anchor for passage in match.passages] == ["p2"], sort


def test_a_long_passage_is_shown_and_counted_once():
    say("told", " ".join(["river", *["and"] * 1500] * 4))
    index_everything()

    [match] = ask("river").matches

    assert [passage.anchor for passage in match.passages] == ["p1"]
    assert match.passage_count == 1


def test_words_far_apart_in_one_long_passage_find_it():
    say("told", " ".join(["rivers", *["and"] * 5000, "harvest"]))
    index_everything()

    [match] = ask("rivers harvest").matches

    assert [passage.anchor for passage in match.passages] == ["p1"]


def test_hits_are_sorted_by_date_both_ways():
    for year in (1999, 2015, 2007):
        say(f"in-{year}", "The river.", delivered_on=date(year, 1, 1))
    index_everything()

    assert hits("river", sort="newest") == ["in-2015", "in-2007", "in-1999"]
    assert hits("river", sort="oldest") == ["in-1999", "in-2007", "in-2015"]
    assert hits("river year:2000-2020", sort="oldest") == ["in-2007", "in-2015"]


def test_speeches_of_one_day_come_in_the_order_of_their_numbers():
    for number in range(4):
        say(f"speech-{number}", "The river.", delivered_on=date(2008, 1, 1))
    index_everything()

    assert hits("river", sort="newest") == ["speech-3", "speech-2", "speech-1", "speech-0"]
    assert hits("river", sort="oldest") == ["speech-0", "speech-1", "speech-2", "speech-3"]


def test_the_word_as_typed_and_words_close_together_come_first():
    say("apart", "The river took, as every year, our poor and beloved harvest.")
    say("near", "The river harvest was good.")
    say("other-form", "The rivers and their harvests were good.")
    index_everything()

    assert hits("river harvest") == ["near", "apart", "other-form"]


def test_a_word_in_the_title_comes_before_a_word_said_in_passing():
    say("passing", "There was a river beside the road that we took to the town of our host.",
        delivered_on=date(2020, 1, 1))  # fmt: skip
    say("about", "Thank you.", title="The river", delivered_on=date(1990, 1, 1))
    index_everything()

    assert hits("river") == ["about", "passing"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("typed", ["river", "river harvest", "", "river place:geneva"])
def test_pages_follow_each_other_without_gap_or_repetition(typed, sort):
    for number in range(130):
        say(f"speech-{number}", "The river rose." if number % 3 else "The river.",
            "The harvest failed." if number % 2 else "A good harvest of the river.",
            delivered_on=date(2000, 1, 1) + timedelta(days=number // 7),
            place="Geneva" if number % 10 else "Rome")  # fmt: skip
    index_everything()

    every = ask(typed, sort=sort, per_page=1000)
    pages = [slugs(ask(typed, sort=sort, page=page)) for page in range(1, 9)]

    assert [slug for page in pages for slug in page] == slugs(every)
    assert len(set(slugs(every))) == every.total == len(every.matches)
    assert slugs(ask(typed, sort=sort, page=10_000)) == []


def test_the_total_the_facets_and_the_years_agree():
    for number in range(30):
        say(f"speech-{number}", "The river.", delivered_on=date(1990 + number, 1, 1))
    index_everything()

    found = ask("river from:2000", per_page=5)

    assert found.total == 20
    assert found.facets["status"] == [("check_against_delivery", 20)]
    assert found.facets["language"] == [("en", 20)]
    assert found.years == {1990 + number: 1 for number in range(30)}


def test_a_text_in_two_languages_counts_in_both():
    speech = say("told", "Water.")
    make_text(speech=speech, language="fr", kind="official", title="De l’eau", body="<p>Eau.</p>")
    say("other", "Water.")
    index_everything()

    assert ask("water").facets["language"] == [("en", 2), ("fr", 1)]
    assert hits("water language:fr") == ["told"]


def test_an_index_that_was_never_built_says_so():
    SearchIndex.objects.all().delete()

    found = ask("river")

    assert found.total == 0
    assert found.notices == ("The search index has not been built yet.",)
