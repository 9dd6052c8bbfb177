"""Comparing a quotation with a text, word by word: pure, without any index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.search.answers.alignment import locate, locate_parts
from speeches.search.quoting.quotation import parse_quotation
from speeches.search.quoting.word_diff import word_diff
from speeches.search.words.language import words

QUOTED = "the rivers of our region know no border and no country can keep them clean alone"


def test_a_quotation_is_located_word_for_word():
    place = locate(["keep", "them"], ["no", "country", "can", "keep", "them", "clean"])

    assert (place.start, place.end, place.is_exact) == (3, 5, True)


@pytest.mark.parametrize(
    ("quotation", "stretch"),
    [
        ("rivers of our religion know no border", "rivers of our region know no border"),
        ("rivers of our own region know no border", "rivers of our region know no border"),
        ("rivers our region know no border", "rivers of our region know no border"),
        ("rivets of our region know no border", "rivers of our region know no border"),
        ("rivers of our region know no limit", "rivers of our region know no border"),
    ],
    ids=["a wrong word", "a word too many", "a word too few", "the first word", "the last word"],
)
def test_an_altered_quotation_is_located_with_both_its_ends(quotation, stretch):
    text = words(f"It is said that the {QUOTED}, is it not?")
    place = locate(quotation.split(), text)

    assert text[place.start : place.end] == stretch.split()
    assert place.edits == 1
    assert place.is_near


def test_a_misspelt_word_is_nearer_than_another_word():
    text = QUOTED.split()
    misspelt = locate(["rivers", "of", "our", "rejion", "know", "no", "border"], text)
    replaced = locate(["rivers", "of", "our", "people", "know", "no", "border"], text)

    assert misspelt.similarity > replaced.similarity


def test_other_words_are_not_near():
    place = locate(
        ["completely", "different", "things", "were", "said", "here", "today"], QUOTED.split()
    )

    assert place is None or not place.is_near


@given(st.lists(st.sampled_from("abcdef"), max_size=12), st.lists(st.sampled_from("abcdef")))
def test_a_place_is_always_inside_the_text(quotation, text):
    place = locate(quotation, text)

    assert place is None or 0 <= place.start < place.end <= len(text)


def test_parts_are_located_in_their_order():
    places = locate_parts([["know"], ["no", "country", "can"]], [None], QUOTED.split())

    assert [QUOTED.split()[place.start : place.end] for place in places] == [
        ["know"], ["no", "country", "can"],
    ]  # fmt: skip


def test_a_bracket_stands_for_a_few_words_only():
    text = ["alpha", *["filler"] * 40, "beta", "gamma", "delta"]

    assert locate_parts([["alpha"], ["beta", "gamma"]], [10], text)[0] is None
    assert locate_parts([["alpha"], ["beta", "gamma"]], [None], text)[0] is not None


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("one two … three", ["one two", "three"]),
        ("one two [...] three", ["one two", "three"]),
        ("one two (...) three", ["one two", "three"]),
        ("one two . . . three", ["one two", "three"]),
        ("one [the] two", ["one", "two"]),
        ("one [sic] two", ["one two"]),
        ("[O]ne two", ["One two"]),
        ("one two (emphasis added)", ["one two"]),
        ("one (two) three", ["one (two) three"]),
        ("… one two …", ["one two"]),
    ],
)
def test_what_a_writer_left_out_or_put_in_cuts_a_quotation(typed, parts):
    assert [part.text for part in parse_quotation(typed).parts] == parts


def test_a_difference_shows_what_is_struck_out_and_what_is_put_in():
    found = word_diff("know no limits, and", "know no border, and")

    assert [(one.kind, one.text) for one in found] == [
        ("same", "know no"), ("deleted", "limits,"), ("inserted", "border,"), ("same", "and"),
    ]  # fmt: skip


def test_case_and_punctuation_are_no_difference():
    assert [one.kind for one in word_diff("“Know no border”", "know no border,")] == ["same"]


def test_chinese_is_compared_character_by_character():
    found = word_diff("国际移民组织", "国际难民组织")

    assert [(one.kind, one.text) for one in found] == [
        ("same", "国际"), ("deleted", "移"), ("inserted", "难"), ("same", "民组织"),
    ]  # fmt: skip
