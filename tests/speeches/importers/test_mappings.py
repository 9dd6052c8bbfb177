"""Mappings from foreign columns to our fields."""

import pytest

from speeches.importers.mappings import RowMapping, parse_template, render, shipped_mapping
from speeches.importers.parsed import UnreadableInput
from tests.speeches.importers.material import read, read_one


@pytest.mark.parametrize(
    ("template", "row", "result"),
    [
        ("{name}", {"name": " X "}, "X"),
        ("Minister {name}", {"name": None}, ""),
        ("{a} of {b}", {"a": "x"}, "x of"),
        ("fixed words", {}, "fixed words"),
        ("{{{a}}}", {"a": "x"}, "{x}"),
        ("{a or b}", {"b": "second"}, "second"),
        ("{a|country_name}", {"a": "PHL"}, "Philippines"),
        ("{n|choose:3=Paris,*=New York}", {"n": 3}, "Paris"),
        ("{n|choose:3=Paris,*=New York}", {"n": 4}, "New York"),
        ("{n|choose:3=Paris}", {"n": 4}, ""),
        ("{n}", {"n": 0}, "0"),
        ("{n}", {"n": ["a", "b"]}, ["a", "b"]),
        ("{n}.", {"n": ["a", "b"]}, "a; b."),
    ],
)
def test_a_template_is_filled_from_columns(template, row, result):
    assert render(parse_template(template), row) == result


@pytest.mark.parametrize("template", ["{open", "close}", "{}", "{a|unknown}", "{a{b}}"])
def test_a_template_that_cannot_be_meant_is_refused(template):
    with pytest.raises(UnreadableInput):
        parse_template(template)


def test_a_mapping_to_a_field_that_does_not_exist_is_refused():
    with pytest.raises(UnreadableInput, match="speeker"):
        RowMapping({"speeker": "{x}"})


def test_a_mapping_reads_foreign_columns():
    mapping = {"title": "Statement of {who}", "text": "{words}", "locator": "{no}"}

    speech = read_one("no;who;words\n7;Okafor;Hello\n", "other.csv", mapping=mapping)

    assert speech.texts[0].title == "Statement of Okafor"
    assert speech.source.uri == "other.csv#7"


def test_a_mapping_to_a_column_that_is_not_in_the_header_is_refused():
    with pytest.raises(UnreadableInput, match="no column “words”"):
        read("no;who\n7;Okafor\n", "other.csv", mapping={"title": "{who}", "text": "{words}"})


def test_a_mapping_that_is_not_shipped_is_refused_with_those_that_are():
    with pytest.raises(UnreadableInput, match="un_general_debate"):
        shipped_mapping("nothing")
