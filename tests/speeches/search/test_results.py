"""What the results page shows of an answer: facets, years, tags, addresses."""

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from speeches.search.answers.found import Correction, Found, Match, PassageMatch
from speeches.search.queries.query import from_parameters, parse
from speeches.search.results import controls
from speeches.search.results.corrections import correction_sentences
from speeches.search.results.facets import SHOWN_AT_ONCE, facets_of
from speeches.search.results.hits import hits_of
from speeches.search.results.tags import labels_of, tags_of, without_tags
from speeches.search.results.year_chart import MOST_BARS, year_chart
from speeches.search.words.highlight import Matcher
from tests.make import make_initiative, make_speech, make_text


def query_of(address):
    return from_parameters(QueryDict(address))


def pairs_in(address):
    return parse_qsl(address.removeprefix("?"))


def facet_of(found, name):
    return {facet.name: facet for facet in facets_of(found)}[name]


def found_in_countries(address="q=water", **counts):
    return Found(query_of(address), total=9, facets={"country": list(counts.items())})


def test_choosing_a_value_keeps_the_rest_of_the_search():
    facet = facet_of(
        found_in_countries("q=water&status=summary&sort=oldest", FR=3, CH=2), "country"
    )

    assert pairs_in(facet.first[0].url) == [
        ("q", "water"), ("country", "FR"), ("status", "summary"), ("sort", "oldest"),
    ]  # fmt: skip


def test_a_second_value_of_a_facet_is_an_alternative():
    facet = facet_of(found_in_countries("q=water&country=FR", FR=3, CH=2), "country")
    other = next(value for value in facet.first if value.label == "Switzerland")

    assert pairs_in(other.url) == [("q", "water"), ("country", "CH"), ("country", "FR")]


def test_what_is_chosen_leads_and_is_taken_back_by_its_link():
    facet = facet_of(found_in_countries("q=water&country=CH", FR=3, CH=2), "country")
    first = facet.first[0]

    assert (first.label, first.is_chosen) == ("Switzerland", True)
    assert first.spoken == "Switzerland, 2 speeches, remove filter"
    assert pairs_in(first.url) == [("q", "water")]


def test_a_link_says_aloud_what_it_does():
    facet = facet_of(found_in_countries(FR=1, CH=1234), "country")

    assert [value.spoken for value in facet.first] == [
        "France, 1 speech, add filter",
        "Switzerland, 1,234 speeches, add filter",
    ]


def test_a_choice_without_hits_can_still_be_taken_back():
    facet = facet_of(found_in_countries("q=water&country=IT", FR=3), "country")

    assert (facet.first[0].label, facet.first[0].count) == ("Italy", "0")


def test_a_choice_far_down_the_list_keeps_its_number():
    codes = "AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH"
    many = dict.fromkeys([*codes.split(), *(f"Q{letter}" for letter in "ABCDEFGHIJKLMNOP")], 2)
    facet = facet_of(found_in_countries("q=water&country=FR", **many, FR=1), "country")

    assert (facet.first[0].label, facet.first[0].count) == ("France", "1")


def test_the_most_frequent_values_are_seen_at_once_and_the_rest_on_demand():
    codes = "AF AL DZ AD AO AR AM AU AT AZ BS BH"
    facet = facet_of(found_in_countries(**dict.fromkeys(codes.split(), 1)), "country")

    assert (len(facet.first), len(facet.rest)) == (SHOWN_AT_ONCE, 12 - SHOWN_AT_ONCE)


def test_a_value_that_all_hits_share_is_nothing_to_choose():
    assert facets_of(found_in_countries(FR=9)) == []


def test_a_speaker_whom_the_directory_does_not_know_is_chosen_by_name():
    found = Found(parse("water"), total=9, facets={"speaker": [("~Mr. Sow", 3)]})

    value = facet_of(found, "speaker").first[0]

    assert (value.label, pairs_in(value.url)) == (
        "Mr. Sow",
        [("q", "water"), ("speaker", "Mr. Sow")],
    )


@pytest.mark.django_db
def test_an_entry_is_chosen_by_its_address_and_called_by_its_name(django_assert_num_queries):
    entry = make_initiative(slug="the-compact", name="The Compact")
    found = Found(parse("water"), total=9, facets={"initiative": [(str(entry.pk), 3)]})

    with django_assert_num_queries(1):
        value = facet_of(found, "initiative").first[0]

    assert value.label == "The Compact"
    assert pairs_in(value.url) == [("q", "water"), ("initiative", "the-compact")]


def chart_of(address="q=water", **years):
    return year_chart(Found(query_of(address), years={int(y[1:]): n for y, n in years.items()}))


def test_many_years_are_drawn_as_decades_that_lead_to_their_years():
    chart = chart_of(y1984=5, y1999=10, y2006=20)

    assert [bar.label for bar in chart.bars] == ["1980s", "1990s", "2000s"]
    assert [bar.height for bar in chart.bars] == [25, 50, 100]
    assert pairs_in(chart.bars[1].url) == [("q", "water"), ("from", "1990"), ("to", "1999")]


def test_a_chosen_decade_shows_its_years_and_the_way_back():
    chart = chart_of("q=water&from=1990&to=1999", y1984=5, y1995=10, y2006=20)

    assert [bar.label for bar in chart.bars] == [str(year) for year in range(1990, 2000)]
    assert all(bar.is_chosen for bar in chart.bars)
    assert pairs_in(chart.all_url) == [("q", "water")]


def test_a_chosen_year_stands_among_those_of_its_decade():
    chart = chart_of("q=water&from=1995&to=1995", y1984=5, y1995=10, y2006=20)

    assert [bar.label for bar in chart.bars if bar.is_chosen] == ["1995"]


def test_years_typed_in_the_box_give_way_to_a_bar():
    chart = chart_of("q=water year:1980-1999", y1984=5, y1995=10, y2006=20)

    assert pairs_in(chart.bars[0].url) == [("q", "water"), ("from", "1980"), ("to", "1989")]


def test_bars_stay_wide_enough_for_a_finger():
    assert len(chart_of(y1750=1, y2020=1).bars) == MOST_BARS


def test_a_single_year_is_no_chart():
    assert chart_of(y2006=3) is None


def test_hits_of_unknown_years_are_told_beside_the_chart():
    assert chart_of(y0=2, y1984=5, y1999=10).undated == "2"


def test_every_limit_has_a_tag_that_takes_it_away():
    query = query_of("q=water -oil place:geneva&country=CH&from=2006&to=2009")
    labels = labels_of(query, facets_of(Found(query, total=1)))

    tags = {tag.kind: tag for tag in tags_of(query, labels)}

    assert set(tags) == {"excluded", "place", "country", "period"}
    assert tags["country"].text == "on behalf of Switzerland"
    assert "country" not in tags["country"].without.parameters()
    assert without_tags(query).urlencode() == "q=water"


def test_the_box_goes_on_with_the_choices_it_has_no_field_for():
    query = query_of("q=water&language=en&language=fr&country=CH&from=2006&sort=newest")

    assert controls.kept_by_the_box(query) == [
        ("country", "CH"), ("language", "fr"), ("sort", "newest"),
    ]  # fmt: skip


def test_a_choice_of_years_goes_on_with_everything_else():
    query = query_of("q=water year:2006&country=CH")

    assert controls.kept_by_the_years(query) == [("q", "water"), ("country", "CH")]


def test_without_words_nothing_is_sorted_by_relevance():
    orders = controls.orders_of(query_of("country=CH"))

    assert [(order.name, order.is_current) for order in orders] == [
        ("newest", True),
        ("oldest", False),
    ]


@pytest.mark.parametrize(("typed", "_meaning"), controls.examples())
def test_every_example_of_the_help_is_understood(typed, _meaning):
    query = parse(typed)

    assert query.notices == ()
    assert not query.is_empty


def test_a_correction_is_told_in_a_sentence():
    corrections = (Correction("migrtion", "migration"), Correction("xyzzy"))

    assert correction_sentences(Found(parse("migration"), corrections=corrections)) == [
        "Nothing in the archive says “migrtion”. Showing “migration”.",
        "Nothing in the archive says “xyzzy”, so it was left out.",
    ]


def match_in(speech, anchor="p2", language="en", text="Water is <b>life</b>."):
    passages = (PassageMatch(speech.pk, 1, anchor, language, text),)
    return Match(speech.pk, passages, passage_count=4)


@pytest.mark.django_db
def test_a_hit_leads_to_its_paragraph_with_the_words_marked():
    speech = make_speech(slug="on-water")
    found = Found(parse("water"), 1, (match_in(speech),), matcher=Matcher(frozenset({"water"})))

    [hit] = hits_of(found)

    assert hit.best.url == "/en/speeches/on-water/?highlight=water#p2"
    assert hit.best.snippet == "<mark>Water</mark> is &lt;b&gt;life&lt;/b&gt;."
    assert (hit.best.number, hit.passage_count) == ("2", 4)


@pytest.mark.django_db
def test_a_hit_in_another_language_is_read_inside_the_pages_of_this_one():
    speech = make_speech(slug="on-water")
    make_text(speech=speech, language="fr", kind="official", title="De l’eau")
    found = Found(parse("eau"), 1, (match_in(speech, language="fr"),))

    [hit] = hits_of(found)

    assert (hit.title, hit.url) == ("De l’eau", "/en/speeches/on-water/fr/?highlight=eau")


@pytest.mark.django_db
def test_hits_keep_their_order_and_cost_three_queries(django_assert_num_queries):
    speeches = [make_speech(slug=f"speech-{number}") for number in range(5)]
    found = Found(parse("water"), 5, tuple(match_in(speech) for speech in reversed(speeches)))

    with django_assert_num_queries(3):
        hits = hits_of(found)

    assert [hit.speech for hit in hits] == speeches[::-1]


@pytest.mark.django_db
def test_a_speech_that_was_taken_back_is_shown_no_longer_whatever_the_index_says():
    speech = make_speech(status="draft")

    assert hits_of(Found(parse("water"), 1, (match_in(speech),))) == []
