"""A query as a value: its state in the address, and the changes that links make to it."""

import pickle
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from speeches.search.queries.query import (
    CONTROLS,
    LONGEST_CHOICE,
    MOST_CHOICES,
    SORTS,
    Field,
    Phrase,
    Prefix,
    Query,
    Word,
    from_parameters,
    parse,
    quote_length,
)
from tests.speeches.search.typed import typed

LONG = "of the people in the camps who have no home"

values = st.one_of(typed, st.sampled_from(["iom", "gfmd", "CH", "2006", "2006-05-17", "2009"]))
states = st.lists(
    st.tuples(st.sampled_from([*CONTROLS, "q", "from", "to", "sort", "page", "foo"]), values)
)


def read(address):
    return from_parameters(QueryDict(address))


def data_of(pairs):
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def meaning(query):
    """What a query asks for, however it is written."""
    return (
        set(query.clauses), set(query.excluded), set(query.fields), query.chosen,
        query.first_day, query.last_day, query.sort,
    )  # fmt: skip


def test_an_address_without_parameters_asks_for_every_speech():
    query = read("")

    assert query == Query()
    assert query.is_empty
    assert not query.has_words
    assert query.urlencode() == ""


def test_a_query_is_read_from_words_and_controls():
    query = read("q=climate+-war+place:Geneva&speaker=annan&speaker=ban&from=2006&to=2009-05-17"
                 "&sort=newest&page=3&foo=bar")  # fmt: skip

    assert query.clauses == ((Word("climate"),),)
    assert query.excluded == (Word("war"),)
    assert query.fields == (Field("place", "Geneva"),)
    assert query.chosen == {"speaker": ("annan", "ban")}
    assert (query.first_day, query.last_day) == (date(2006, 1, 1), date(2009, 5, 17))
    assert query.sort == "newest"
    assert query.notices == ()


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("sort=relevance&q=a", "q=a"),
        ("to=2009&from=2006&speaker=b&speaker=a&q=x", "q=x&speaker=a&speaker=b&from=2006&to=2009"),
        ("speaker=a&speaker=a&speaker=&speaker=+", "speaker=a"),
        ("status=summary&organization=iom", "organization=iom&status=summary"),
        ("from=2009&to=2006", "from=2006&to=2009"),
        ("from=2006-05&to=2006-05", "from=2006-05-01&to=2006-05-31"),
        ("q=++a%00++b%0A", "q=a+b"),
        ("q=year:2006", "q=year%3A2006"),
        ("q=a&q=b", "q=b"),
        ("page=2&foo=bar", ""),
    ],
)
def test_one_query_has_one_address(address, canonical):
    assert read(address).urlencode() == canonical


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("from=banana", "“banana” is no date"),
        ("to=2006-02-30", "“2006-02-30” is no date"),
        ("from=-2009", "is no date"),
        ("sort=price", "cannot be sorted"),
        (f"place={'x' * (LONGEST_CHOICE + 1)}", "too long"),
        ("&".join(f"speaker={n:02}" for n in range(30)), "first 20 choices"),
        ("q=speaker:", "Nothing follows"),
    ],
)
def test_wrong_values_are_told_and_passed_over(address, told):
    query = read(address)

    assert len(query.notices) == 1
    assert told in query.notices[0]
    assert sum(map(len, query.chosen.values())) in (0, MOST_CHOICES)
    assert not query.has_dates
    assert query.sort in SORTS


def test_dates_of_the_controls_take_the_place_of_typed_ones():
    query = read("q=peace+year:2006&from=2008")

    assert (query.first_day, query.last_day) == (date(2008, 1, 1), None)
    assert query.text == "peace"
    assert "took the place" in query.notices[0]


def test_the_same_dates_typed_and_chosen_are_no_contradiction():
    query = read("q=peace+year:2006&from=2006&to=2006")

    assert query.notices == ()
    assert query.urlencode() == "q=peace+year%3A2006"


def test_without_words_the_newest_lead():
    assert read("speaker=annan").order == "newest"
    assert read("q=-war").order == "newest"
    assert read("q=war").order == "relevance"
    assert read("q=war&sort=oldest").order == "oldest"
    assert read("sort=oldest").order == "oldest"


def test_queries_can_be_keys_and_be_stored():
    query = read("q=war&speaker=annan&from=2006")

    assert len({query, read("from=2006&speaker=annan&q=war"), read("q=war")}) == 2
    assert pickle.loads(pickle.dumps(query)) == query  # noqa: S301


def test_queries_are_equal_whatever_was_told_and_however_words_were_spelt():
    assert Query(notices=("Told.",)) == Query()
    assert Word("ete", "Été") == Word("ete")
    assert hash(Phrase(("a", "b"), "A b")) == hash(Phrase(("a", "b")))


def test_a_query_made_of_values_has_an_address():
    query = Query(
        clauses=((Word("a"), Prefix("mi")), (Phrase(("b", "c")),)),
        excluded=(Word("d"),),
        fields=(Field("speaker", 'Kofi "A." Annan', excluded=True),),
        first_day=date(2006, 1, 1),
    )

    assert query.parameters()["q"] == 'a OR mi* "b c" -d -speaker:"Kofi A. Annan"'
    assert query.urlencode().endswith("&from=2006")


def test_a_choice_is_added_and_taken_away():
    query = read("q=war&speaker=ban")
    both = query.with_choice("speaker", "annan").with_choice("country", "CH")

    assert both.urlencode() == "q=war&speaker=annan&speaker=ban&country=CH"
    assert both.with_choice("speaker", "ban") == both
    assert both.without_choice("speaker", "annan").without_choice("country", "CH") == query
    assert both.without_choice("speaker").urlencode() == "q=war&country=CH"
    assert query.without_choice("place", "geneva") == query
    assert query.urlencode() == "q=war&speaker=ban"


def test_only_controls_can_be_chosen_and_only_known_orders():
    with pytest.raises(ValueError, match="colour"):
        Query().with_choice("colour", "blue")
    with pytest.raises(ValueError, match="price"):
        Query().with_sort("price")


def test_the_order_changes_alone():
    assert read("q=war").with_sort("oldest").urlencode() == "q=war&sort=oldest"
    assert read("q=war&sort=oldest").with_sort("relevance") == read("q=war")


def test_the_words_change_alone():
    assert read("q=war&speaker=a&from=2006").with_text("peace") == read(
        "q=peace&speaker=a&from=2006"
    )
    assert read("q=war+year:2006").with_text("peace") == read("q=peace")


def test_years_take_the_place_of_any_others():
    for address in ("q=war&from=1990", "q=war+year:1990", "q=war"):
        assert read(address).with_years(2006, 2009) == read("q=war&from=2006&to=2009")


def test_years_go_from_wherever_they_stand():
    for address in ("q=war&from=1990&to=1991", "q=war+year:1990", "q=war"):
        assert read(address).without_years() == read("q=war")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda query: query.without_clause(0), '"Été à B" mi* -war -place:Geneva year:2006'),
        (lambda query: query.without_clause(1), "a OR Côte mi* -war -place:Geneva year:2006"),
        (
            lambda query: query.without_excluded(0),
            'a OR Côte "Été à B" mi* -place:Geneva year:2006',
        ),
        (lambda query: query.without_field(0), 'a OR Côte "Été à B" mi* -war year:2006'),
        (lambda query: query.without_years(), 'a OR Côte "Été à B" mi* -war -place:Geneva'),
    ],
)
def test_the_text_is_written_anew_when_a_condition_goes(change, text):
    query = read("q=a+|+Côte+“Été+à+B”+mi*+NOT+war+-place:Geneva+year:2006&sort=oldest")

    assert change(query).text == text
    assert change(query) == read(f"q={text}&sort=oldest")


@given(states)
def test_the_address_gives_the_same_query_again(pairs):
    query = from_parameters(data_of(pairs))

    assert from_parameters(query.parameters()) == query
    assert read(query.urlencode()) == query


@given(states)
def test_the_canonical_text_means_what_was_typed(pairs):
    query = from_parameters(data_of(pairs))
    again = query.with_text(query.to_text())

    assert meaning(again) == meaning(query)
    assert again.notices == ()
    assert again.to_text() == query.to_text()


@given(states)
def test_every_condition_can_go_alone(pairs):
    query = from_parameters(data_of(pairs))
    for index, clause in enumerate(query.clauses):
        without = read(query.without_clause(index).urlencode())
        assert set(without.clauses) == set(query.clauses) - {clause}
        assert meaning(without)[1:] == meaning(query)[1:]
    for index, condition in enumerate(query.fields):
        without = read(query.without_field(index).urlencode())
        assert set(without.fields) == set(query.fields) - {condition}
    assert not read(query.without_years().urlencode()).has_dates


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (LONG, 10),
        (f'"{LONG}"', 10),
        (f"«{LONG}", 10),
        (f"{LONG} co-operation", 12),
        (" ".join(f"word{number}" for number in range(30)), 30),
        ("移民组织的工作", 6),
        ("one two three four five", 0),
        ('"one two three four five"', 0),
        (f"{LONG} -war", 0),
        (f"{LONG} mi*", 0),
        (f"{LONG} OR war", 0),
        (f"{LONG} speaker:annan", 0),
        (f"{LONG} year:2006", 0),
        (f'{LONG} "war"', 0),
        ("", 0),
    ],
)
def test_a_pasted_quotation_is_told_by_its_length(text, length):
    assert quote_length(parse(text)) == length
