"""What is typed in the search box, and what it is understood as."""

import timeit

import pytest
from hypothesis import example, given

from speeches.search.queries.parsing import MOST_CHARACTERS, MOST_TERMS, cleaned, parse
from speeches.search.queries.terms import MOST_FORMS, Field, Phrase, Prefix, Word
from tests.speeches.search.typed import typed

A, B, C, D = map(Word, "abcd")


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("a b", ((A,), (B,))),
        ("Réfugiés", ((Word("refugies"),),)),
        ("a a b a", ((A,), (B,))),
        ("a AND b", ((A,), (B,))),
        ("a & b + c", ((A,), (B,), (C,))),
        ("a OR b", ((A, B),)),
        ("a b OR c d", ((A,), (B, C), (D,))),
        ("a OR b OR c", ((A, B, C),)),
        ("a | b|c", ((A, B, C),)),
        ("a OU b ИЛИ c", ((A, B, C),)),
        ("a ＯＲ b", ((A, B),)),
        ("a or b", ((A,), (Word("or"),), (B,))),
        ("OR a OR", ((A,),)),
        ("a OR OR b", ((A, B),)),
        ("a OR AND b", ((A, B),)),
        ("a OR a", ((A,),)),
        ("b a b OR c", ((B,), (A,), (B, C))),
        ("OR", ((Word("or"),),)),
        ("AND NOT", ((Word("and"),), (Word("not"),))),
        ("(a) [b] {c}", ((A,), (B,), (C,))),
        ("a (b OR c) d", ((A,), (B, C), (D,))),
        ("a،b؛c، d", ((A,), (B,), (C,), (D,))),
        ("a，b。c、d", ((A,), (B,), (C,), (D,))),
        ("a,b;c!d", ((A,), (B,), (C,), (D,))),
        ("l'accord d’Ivoire people's", ((Word("accord"),), (Word("ivoire"),), (Word("people"),))),
        ("climate^2 change~3", ((Word("climate"),), (Word("change"),))),
        ("ＩＯＭ", ((Word("iom"),),)),
    ],
)
def test_words_must_all_stand_unless_or_joins_them(text, clauses):
    assert parse(text).clauses == clauses


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ('"safe and orderly"', "safe and orderly"),
        ("“Safe and orderly”", "safe and orderly"),
        ("„safe and orderly“", "safe and orderly"),
        ("”safe and orderly”", "safe and orderly"),
        ('“safe and orderly"', "safe and orderly"),
        ("«safe and orderly»", "safe and orderly"),
        ("»safe and orderly«", "safe and orderly"),
        ("「safe and orderly」", "safe and orderly"),
        ("＂safe and orderly＂", "safe and orderly"),
        ('"safe and orderly', "safe and orderly"),
        ('"safe (and) orderly: OR -not year:2006', "safe and orderly or not year 2006"),
        ('"safe and orderly"*', "safe and orderly"),
        ('"safe and orderly"~5', "safe and orderly"),
        ('«safe "and" orderly»', "safe and orderly"),
        ('"migration"', "migration"),
        ("co-operation", "co operation"),
        ("A/RES/73/195", "a res 73 195"),
        ("12:30", "12 30"),
        ("1,000", "1 000"),
        ("https://example.org/a", "https example org a"),
        ("foo:bar", "foo bar"),
        ("移民组织", "移民 民组 组织"),
        ('"移民组织"', "移民 民组 组织"),
    ],
)
def test_quotations_and_words_that_are_joined_are_phrases(text, forms):
    assert parse(text).clauses == ((Phrase(tuple(forms.split())),),)


def test_quotations_stand_beside_words():
    assert parse('a "b c"d').clauses == ((A,), (Phrase(("b", "c")),), (D,))
    assert parse('a "" OR " " b').clauses == ((A, B),)


@pytest.mark.parametrize(
    ("text", "clauses", "excluded"),
    [
        ("a -b", ((A,),), (B,)),
        ("a −b –c －d", ((A,),), (B, C, D)),
        ("a --b", ((A,),), (B,)),
        ("a NOT b c", ((A,), (C,)), (B,)),
        ("a AND NOT b", ((A,),), (B,)),
        ("NOT -a", (), (A,)),
        ("-a", (), (A,)),
        ("a - b", ((A,), (B,)), ()),
        ("a —b", ((A,), (B,)), ()),
        ("a NOT", ((A,),), ()),
        ('a -"b c"', ((A,),), (Phrase(("b", "c")),)),
        ("a -b-c", ((A,),), (Phrase(("b", "c")),)),
        ("a -bb*", ((A,),), (Prefix("bb"),)),
        ("-(a b) c", ((C,),), (A, B)),
        ("NOT (a OR b) c", ((C,),), (A, B)),
        ("a -b -b", ((A,),), (B,)),
    ],
)
def test_words_behind_a_minus_are_left_out(text, clauses, excluded):
    found = parse(text)

    assert (found.clauses, found.excluded) == (clauses, excluded)


@pytest.mark.parametrize(
    ("text", "term", "is_told"),
    [
        ("migr*", Prefix("migr"), False),
        ("Réf*", Prefix("ref"), False),
        ("migr**", Prefix("migr"), False),
        ("*migr*", Prefix("migr"), False),
        ("mi＊", Prefix("mi"), False),
        ("*migration", Word("migration"), False),
        ("m*", Word("m"), True),
        ("organi*ation", Prefix("organi"), True),
        ("inter-gov*", Phrase(("inter", "gov")), True),
        ("移民*", Prefix("移民"), False),
        ("难民营*", Phrase(("难民", "民营")), False),
        ("移", Prefix("移"), False),
    ],
)
def test_a_star_stands_for_how_a_word_goes_on(text, term, is_told):
    found = parse(text)

    assert found.clauses == ((term,),)
    assert bool(found.notices) is is_told


@pytest.mark.parametrize(
    ("text", "name", "value", "excluded"),
    [
        ("speaker:annan", "speaker", "annan", False),
        ('speaker:"Kofi  Annan"', "speaker", "Kofi Annan", False),
        ("Speaker: “Kofi Annan”", "speaker", "Kofi Annan", False),
        ("speaker: annan,", "speaker", "annan", False),
        ("(speaker:annan)", "speaker", "annan", False),
        ("-speaker:annan", "speaker", "annan", True),
        ("NOT speaker:annan", "speaker", "annan", True),
        ("-(speaker:annan)", "speaker", "annan", True),
        ("organisation:iom", "organization", "iom", False),
        ("org：ＩＯＭ", "organization", "IOM", False),
        ("initiative:gfmd", "initiative", "gfmd", False),
        ("meeting:«World Forum»", "meeting", "World Forum", False),
        ("place:Geneva", "place", "Geneva", False),
        ("COUNTRY:ch", "country", "ch", False),
        ("lang:fr", "language", "fr", False),
        ("status:transcript", "status", "transcript", False),
        ("país:México", "country", "México", False),
        ("pai\u0301s:México", "country", "México", False),
        ("страна:Швеция", "country", "Швеция", False),
        ("发言人：安南", "speaker", "安南", False),
        ('place:"Geneva', "place", "Geneva", False),
    ],
)
def test_fields_say_by_whom_where_and_about_what(text, name, value, excluded):
    found = parse(text)

    assert found.fields == (Field(name, value, excluded),)
    assert (found.clauses, found.excluded, found.notices) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("%%% 🙂", "no word"),
        ("speaker: year:2006", "Nothing follows"),
        ('speaker:""', "Nothing follows"),
        (f"place:{'x' * 300}", "too long"),
        ("-year:2006", "not left out"),
        ("year:2006 year:2007", "more than once"),
        ("a OR speaker:b", "OR joins"),
        ("speaker:b OR a", "OR joins"),
        ("a OR -b", "OR joins"),
        ("(a b) OR c", "Brackets"),
        ("a OR (b c)", "Brackets"),
        ("a NEAR b", "NEAR"),
        ("a NEAR/3 b", "NEAR"),
        ("a -a", "both asked for and left out"),
    ],
)
def test_what_cannot_be_understood_is_told(text, told):
    notices = parse(text).notices

    assert len(notices) == 1
    assert told in notices[0]


def test_a_word_that_is_asked_for_and_left_out_is_asked_for():
    found = parse("a -a -b")

    assert (found.clauses, found.excluded) == (((A,),), (B,))


def test_a_long_text_is_cut_with_a_notice():
    found = parse("x" * 2_000_000)

    assert len(found.text) == MOST_CHARACTERS
    assert "first 500 characters" in found.notices[0]


def test_many_conditions_are_cut_with_a_notice_that_names_some():
    found = parse("speaker:me " + " ".join(f"w{number}" for number in range(30)))

    assert len(found.clauses) + len(found.fields) == MOST_TERMS
    assert "w19, w20, w21, w22, w23, …" in found.notices[0]


def test_a_word_said_again_does_not_count_again():
    assert parse("the " * 60 + "end").notices == ()


def test_a_long_phrase_is_cut_with_a_notice():
    found = parse('"' + "ab " * 100 + '"')

    assert found.clauses == ((Phrase(("ab",) * MOST_FORMS),),)
    assert "first 60 words" in found.notices[0]


def test_characters_that_no_address_can_hold_are_taken_out():
    assert parse("a\x00b \u202ec\ud800 \t\n d\x7f").text == "a b c d"


def test_terms_remember_how_they_were_typed():
    found = parse('Réfugiés, "Sûr ET ordonné" Éta*')

    assert [str(term) for (term,) in found.clauses] == ["Réfugiés", "Sûr ET ordonné", "Éta"]


@given(typed)
@example("speaker:speaker:speaker:")
@example("\u0301*-\u0301")
@example('-"')
def test_nothing_that_is_typed_raises(text):
    found = parse(text)

    assert len(found.text) <= MOST_CHARACTERS
    assert found.text.encode("utf-8").isascii() == found.text.isascii()
    assert found.text == cleaned(found.text)
    understood = found.clauses or found.excluded or found.fields or any(found.days)
    assert bool(understood or found.notices) == bool(found.text)


@pytest.mark.parametrize(
    "text",
    ["a b " * 125, "x" * 500, '"' * 500, "(" * 500, "-" * 500, "a:" * 250, "speaker:" * 62,
     "* " * 250, "难" * 500, "\u0301" * 500, "OR " * 166, "-a " * 166, "a" * 499 + ":",
     "x" * 2_000_000, "\x00" * 2048, " ".join(map(str, range(500)))],
)  # fmt: skip
def test_reading_a_query_takes_no_time(text):
    assert min(timeit.repeat(lambda: parse(text), number=1, repeat=7)) <= 0.005
