"""Words, phrases and operators, from what is typed to the speeches that answer."""

from datetime import date

import pytest

from speeches.models import Contribution
from tests.make import make_office, make_person, make_text
from tests.searching import ask, hits, index_everything, say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("the refugees were welcomed", "refugee"),
        ("one refugee was welcomed", "refugees"),
        ("a fair FEE for everybody", "fee"),
        ("a fair fee for everybody", "FEES"),
        ("in Bogotá and Asunción", "bogota asuncion"),
        ("in Bogota and Asuncion", "Bogotá Asunción"),
        ("the women's network", "women"),
        ("in Sana'a", "sanaa"),
        ("in Sanaa", "Sana’a"),
        ("the ＧＦＭＤ", "gfmd"),
        ("co-operation among equals", "co-operation"),
        ("co-operation among equals", "operation"),
        ("paragraph 12 of A/RES/73/195", "A/RES/73/195"),
        ("paragraph 12 of A/RES/73/195", "195"),
    ],
)
def test_a_word_is_found_however_it_is_written(said, typed):
    say("told", said)
    say("other", "nothing of that kind")
    index_everything()

    assert hits(typed) == ["told"]


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("fr", "Les réfugiées déplacées", "refugie"),
        ("fr", "L'accord est signé", "accords"),
        ("es", "Las mujeres y los jóvenes", "mujer joven"),
        ("ru", "Беженцы нашли приют", "беженец"),
        ("ru", "Ещё раз благодарю", "еще"),
        ("ar", "المنظمة الدولية للهجرة", "منظمه"),
        ("ar", "المنظمات والهجرة", "منظمة هجرة"),
        ("ar", "إلى اللاجئين", "الى لاجئين"),
        ("zh", "国际移民组织欢迎各国代表", "移民组织"),
        ("zh", "国际移民组织欢迎各国代表", "移民 代表"),
        ("zh", "国际移民组织欢迎各国代表", "欢"),
        ("de", "Die Gäste sind willkommen", "gaste"),
    ],
)
def test_a_word_finds_its_forms_in_the_language_it_was_said_in(language, said, typed):
    say("told", said, original_language=language)
    say("other", "nothing of that kind")
    index_everything()

    assert hits(typed) == ["told"]


def test_a_stem_of_one_language_is_not_taken_for_a_word_of_another():
    say("english", "the main question", original_language="en")
    say("french", "tendre la main", original_language="fr")
    index_everything()

    assert set(hits("main")) == {"english", "french"}
    assert hits("mains") == hits("main")
    assert hits("questions") == ["english"]


def test_one_speech_is_found_once_in_each_of_its_languages():
    speech = say("told", "Water is life.", original_language="en")
    make_text(speech=speech, language="fr", kind="official", title="De l’eau",
              body="<p>L’eau est la vie.</p>")  # fmt: skip
    index_everything()

    [english], [french] = ask("water").matches, ask("vie").matches

    assert english.speech_id == french.speech_id == speech.pk
    assert [passage.language for passage in english.passages] == ["en"]
    assert [passage.language for passage in french.passages] == ["fr"]


def test_what_is_said_about_a_speech_finds_it():
    office = make_office(name="Director General")
    speech = say("told", "Thank you.", title="On rivers", place="Port Vila", office=office,
                 person=make_person(name="Maria Torres"))  # fmt: skip
    Contribution.objects.create(speech=speech, role="reader", name="Mr. Okonkwo",
                                office_name="Chargé d'affaires")  # fmt: skip
    say("other", "Nothing of that kind.")
    index_everything()

    said = ["river", "torres", "maria torres", '"Maria Torres"', "okonkwo", "vila",
            "director general", "charge affaires", '"port vila"', speech.reference]  # fmt: skip
    assert [hits(typed) for typed in said] == [["told"]] * len(said)


def test_the_words_of_a_query_may_stand_apart_from_each_other():
    say("apart", "The rivers rise.", "The harvest fails.", delivered_on=date(2015, 1, 1))
    say("together", "The rivers rise and the harvest fails.", delivered_on=date(1999, 1, 1))
    say("half", "The rivers rise.")
    index_everything()

    found = ask("rivers harvest")

    assert hits("rivers harvest") == ["together", "apart"]
    assert [len(match.passages) for match in found.matches] == [1, 2]


def test_a_phrase_is_found_as_it_is_said():
    say("many", "The United Nations met.")
    say("one", "A united nation stood up.")
    say("turned", "Nations united by hope.")
    say("split", "They were united.", "Nations met.")
    index_everything()

    assert hits('"united nation"') == ["one"]
    assert hits('"United Nations"') == ["many"]
    assert set(hits("united nations")) == {"many", "one", "turned", "split"}


def test_a_phrase_of_one_word_is_that_very_word():
    say("many", "The nations met.")
    say("one", "A nation stood up.")
    index_everything()

    assert hits('"nation"') == ["one"]


def test_a_phrase_may_cross_inline_tags_and_punctuation_but_no_paragraph():
    say("told", "We stand for <em>safe</em>, orderly and regular migration.")
    say("split", "We stand for what is safe.", "Orderly and regular migration is next.")
    index_everything()

    assert hits('"safe orderly and regular migration"') == ["told"]


def test_a_phrase_is_found_in_every_language():
    say("arabic", "ناقش المجلس المنظمة الدولية للهجرة", original_language="ar")
    say("chinese", "国际移民组织", original_language="zh")
    say("russian", "Международная организация", original_language="ru")
    index_everything()

    assert hits('"الدولية للهجرة"') == ["arabic"]
    assert hits('"移民组织"') == ["chinese"]
    assert hits('"международная организация"') == ["russian"]
    assert ask('"международной организации"').total == 0


def test_or_asks_for_one_of_its_neighbours():
    say("rivers", "The rivers of the north.")
    say("lakes", "The lakes of the north.")
    say("south", "The lakes of the south.")
    index_everything()

    assert set(hits("north rivers OR lakes")) == {"rivers", "lakes"}
    assert set(hits("rivers OR lakes")) == {"rivers", "lakes", "south"}
    assert set(hits('"rivers of the north" OR south')) == {"rivers", "south"}


def test_a_word_with_a_minus_is_left_out_wherever_it_stands_in_the_speech():
    say("kept", "The rivers rise.")
    say("left-out", "The rivers rise.", "The harvests fail.")
    index_everything()

    assert hits("rivers -harvest") == ["kept"]
    assert hits('rivers -"harvests fail"') == ["kept"]
    assert set(hits('rivers -"harvest fail"')) == {"kept", "left-out"}
    assert hits("rivers -harv*") == ["kept"]
    assert hits("-harvest") == ["kept"]
    assert set(hits("rivers -unheardof")) == {"kept", "left-out"}


def test_a_beginning_finds_the_words_that_go_on():
    say("one", "The migrant arrived.")
    say("two", "Immigration is not migration.")
    say("three", "The immigrant arrived.")
    index_everything()

    assert set(hits("migra*")) == {"one", "two"}
    assert hits("migra* immigra*") == ["two"]


def test_a_beginning_that_no_word_has_finds_nothing_and_hurts_nothing_beside_it():
    say("told", "The rivers rise.")
    index_everything()

    assert hits("xylo*") == []
    assert hits("xylo* OR rivers") == ["told"]
    assert hits("rivers -xylo*") == ["told"]


def test_an_alternative_that_nobody_said_is_no_hindrance():
    say("told", "The rivers rise.")
    index_everything()

    assert hits('"never said" OR rivers') == ["told"]
    assert hits("xylophones OR rivers") == ["told"]


def test_without_words_every_speech_answers_the_newest_first():
    say("old", "One.", delivered_on=date(1999, 1, 1))
    say("new", "Two.", delivered_on=date(2015, 1, 1))
    index_everything()

    assert hits("") == ["new", "old"]
    assert [match.passages for match in ask("").matches] == [(), ()]
