"""What a query was understood as, said in words."""

import pytest
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given

from speeches.search.queries.echo import describe, sentence
from speeches.search.queries.query import CONTROLS, from_parameters, parse
from speeches.search.queries.scanning import FIELDS
from tests.speeches.search.typed import typed

LABELS = {
    ("speaker", "annan"): "Kofi Annan",
    ("organization", "iom"): "IOM",
    ("language", "fr"): "French",
}


def read(address):
    return from_parameters(QueryDict(address))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "All speeches"),
        ("q=%25", "All speeches"),
        ("q=Réfugiés", "Speeches with the word “Réfugiés”"),
        ("q=a+b+c", "Speeches with all of the words “a”, “b” and “c”"),
        ("q=a+b+OR+%22c+d%22+OR+mi*", "Speeches with the word “a”; with “b”, “c d” or “mi*”"),
        ("q=%22safe+and+orderly%22", "Speeches with the exact phrase “safe and orderly”"),
        ("q=%22safe%22", "Speeches with exactly the word “safe”"),
        ("q=A/RES/73/195", "Speeches with the exact phrase “A/RES/73/195”"),
        ("q=移民组织", "Speeches with the exact phrase “移民组织”"),
        ("q=mi*", "Speeches with a word that begins with “mi”"),
        ("q=-war", "Speeches without the word “war”"),
        ("q=-mi*", "Speeches without any word that begins with “mi”"),
        ("q=-%22a+b%22", "Speeches without the exact words “a b”"),
        ("q=speaker:annan", "Speeches by Kofi Annan"),
        ("q=-speaker:annan", "Speeches not by Kofi Annan"),
        ("speaker=annan&speaker=ban", "Speeches by Kofi Annan or ban"),
        ("organization=iom&initiative=gfmd", "Speeches about IOM; about gfmd"),
        ("meeting=m&series=s", "Speeches at the meeting m; at meetings of s"),
        ("place=Geneva&country=CH", "Speeches given in Geneva; on behalf of CH"),
        ("language=fr", "Speeches with a text in French"),
        ("status=summary", "Speeches with the delivery status “summary”"),
        ("from=2006&to=2009", "Speeches from 2006 to 2009"),
        ("q=year:2006", "Speeches in 2006"),
        ("from=2006", "Speeches from 2006 on"),
        ("to=2006", "Speeches until 2006"),
        ("from=2006-05&to=2006-05", "Speeches in May 2006"),
        ("from=2006-05&to=2006-06", "Speeches from May 2006 to June 2006"),
        ("from=2006-05-17&to=2006-05-17", "Speeches on 17 May 2006"),
        ("from=2006-05-17&to=2007", "Speeches from 17 May 2006 to 31 December 2007"),
    ],
)  # fmt: skip
def test_a_query_is_said_in_one_sentence(address, said):
    assert sentence(read(address), LABELS) == said


def test_everything_that_was_understood_is_said():
    query = read("q=climate+migration+%22safe+and+orderly%22+-war+-place:Geneva"
                 "&speaker=annan&from=2006&to=2009")  # fmt: skip

    assert sentence(query, LABELS) == (
        "Speeches with all of the words “climate” and “migration”;"
        " with the exact phrase “safe and orderly”; without the word “war”; not given in Geneva;"
        " by Kofi Annan; from 2006 to 2009"
    )


def test_each_part_stands_alone_and_leads_to_the_query_without_it():
    query = read("q=a+b+-war+speaker:annan&speaker=ban&speaker=annan&from=2006&sort=oldest")

    parts = describe(query, LABELS)

    assert [(part.kind, part.text, part.without.urlencode()) for part in parts] == [
        ("word", "with the word “a”",
         "q=b+-war+speaker%3Aannan&speaker=annan&speaker=ban&from=2006&sort=oldest"),
        ("word", "with the word “b”",
         "q=a+-war+speaker%3Aannan&speaker=annan&speaker=ban&from=2006&sort=oldest"),
        ("excluded", "without the word “war”",
         "q=a+b+speaker%3Aannan&speaker=annan&speaker=ban&from=2006&sort=oldest"),
        ("speaker", "by Kofi Annan",
         "q=a+b+-war&speaker=annan&speaker=ban&from=2006&sort=oldest"),
        ("speaker", "by Kofi Annan",
         "q=a+b+-war+speaker%3Aannan&speaker=ban&from=2006&sort=oldest"),
        ("speaker", "by ban",
         "q=a+b+-war+speaker%3Aannan&speaker=annan&from=2006&sort=oldest"),
        ("period", "from 2006 on",
         "q=a+b+-war+speaker%3Aannan&speaker=annan&speaker=ban&sort=oldest"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [("a", "word"), ("mi*", "prefix"), ('"a b"', "phrase"), ("a OR b", "any"), ("-a", "excluded"),
     ("place:a", "place"), ("year:2006", "period")],
)  # fmt: skip
def test_parts_have_a_kind(text, kind):
    assert [part.kind for part in describe(parse(text), {})] == [kind]


def test_every_field_and_control_can_be_said():
    for name in {*FIELDS, *CONTROLS} - {"year", "from", "to"}:
        for sign in ("", "-") if name in FIELDS else ():
            assert "thing" in sentence(parse(f"{sign}{name}:thing"), {})
        assert "thing" in sentence(read(f"{name}=thing"), {})


def test_dates_are_said_in_the_language_of_the_page():
    with override("fr"):
        assert "17 mai 2006" in sentence(read("from=2006-05-17"), {})


@given(typed)
def test_whatever_is_typed_can_be_said(text):
    query = parse(text)

    parts = describe(query, {})
    assert bool(parts) is not query.is_empty
    assert (sentence(query, {}) == "All speeches") is query.is_empty
    assert all(part.text and len(describe(part.without, {})) < len(parts) for part in parts)
