"""Help when nothing answers as typed: other spellings, fewer words, quotations, synonyms."""

import pytest

from speeches.models import Synonym
from speeches.search.answers.found import Correction
from tests.searching import ask, hits, index_everything, say, slugs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("drouhgt", "drought"),
        ("drougt", "drought"),
        ("ddrought", "drought"),
        ("dlouhgt", "drought"),
        ("DROUHGT", "drought"),
        ("assotiation", "association"),
    ],
)
def test_a_wrong_word_is_taken_for_the_nearest_one(typed, meant):
    say("told", "The drought hit our association.")
    index_everything()

    found = ask(typed)

    assert slugs(found) == ["told"]
    assert found.corrections == (Correction(typed, meant),)
    assert found.query.text == meant


def test_only_the_wrong_word_of_several_is_corrected():
    say("told", "The drought took the harvest.")
    say("other", "The drought came.")
    index_everything()

    found = ask("drouhgt harvest")

    assert slugs(found) == ["told"]
    assert found.corrections == (Correction("drouhgt", "drought"),)


def test_a_correction_keeps_conditions_choices_and_order():
    say("in-rome", "The drought.", place="Rome")
    say("in-bern", "The drought.", place="Bern")
    index_everything()

    found = ask("drouhgt -flood place:rome", sort="oldest", status="check_against_delivery")

    assert slugs(found) == ["in-rome"]
    assert found.query.sort == "oldest"
    assert found.query.text == "drought -flood place:rome"


def test_a_word_with_no_likeness_is_left_out_beside_others_and_the_answer_says_so():
    say("told", "The drought.")
    index_everything()

    found = ask("qwzxkvb drought")

    assert slugs(found) == ["told"]
    assert found.corrections == (Correction("qwzxkvb", ""),)


@pytest.mark.parametrize("typed", ["qwzxkvb", "qwzxkvb zzyyqqj", "qwzxkvb OR zzyyqqj"])
def test_words_that_nobody_knows_find_nothing(typed):
    say("told", "The drought.")
    index_everything()

    assert ask(typed).total == 0


def test_a_form_that_stands_nowhere_finds_its_relatives_and_is_not_corrected():
    say("told", "He negotiated for years.")
    index_everything()

    found = ask("negotiating")

    assert slugs(found) == ["told"]
    assert found.corrections == ()


def test_a_word_is_left_out_when_no_speech_has_all_of_them():
    say("first", "The drought came.")
    say("second", "The harvest failed.")
    say("third", "The harvest was good.")
    index_everything()

    found = ask("drought harvest")

    assert set(slugs(found)) == {"second", "third"}
    assert found.corrections == (Correction("drought", ""),)
    assert len(found.notices) == 1


def test_words_are_not_loosened_because_of_a_choice_that_leaves_nothing():
    say("told", "The drought took the harvest.")
    index_everything()

    found = ask("drought harvest", country="CH")

    assert found.total == 0
    assert (found.corrections, found.notices) == ((), ())


def test_a_slip_that_stands_in_the_archive_gives_way_to_a_frequent_word():
    say("slip", "The harvets failed.", title="Notes")
    for number in range(25):
        say(f"speech-{number}", "The harvest of the drought.", title="Notes")
    index_everything()

    assert hits("harvets") == ["slip"]

    found = ask("harvets drought")

    assert found.total == 25
    assert found.corrections == (Correction("harvets", "harvest"),)


QUOTED = "we will not rest until every family has a roof above its head"


def test_a_pasted_quotation_is_found_even_with_a_wrong_word():
    say("told", "Thank you.", f"Let me say this: {QUOTED}, and mean it.")
    say("other", "We will rest. Every family has a head.")
    index_everything()

    found = ask(QUOTED.replace("rest", "sleep"))

    assert slugs(found) == ["told"]
    assert [passage.anchor for passage in found.matches[0].passages] == ["p2"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_a_quotation_with_a_wrong_word_shows_its_passage_in_every_order(sort):
    say("told", "Thank you.", f"Let me say this: {QUOTED}, and mean it.")
    index_everything()

    found = ask(f'"{QUOTED}"'.replace("roof", "ceiling"), sort=sort)

    assert [p.anchor for match in found.matches for p in match.passages] == ["p2"]


def test_a_word_everybody_uses_is_searched_where_it_is_all_there_is():
    say("told", "The drought is the end of the harvest.")
    say("other", "Droughts hurt.")
    index_everything()

    assert hits("the") == ["told"]
    assert hits("of the") == ["told"]
    assert hits('"end of the"') == ["told"]


# -- Synonyms -----------------------------------------------------------------------------


@pytest.fixture
def displaced():
    """Make a speech with the acronym and one with the words it stands for."""
    say("short", "Every IDP has rights.")
    say("long", "Every internally displaced person has rights.")
    say("other", "Every displaced person was, internally, at peace.")
    Synonym.objects.create(expression="IDP", meaning="internally displaced person")
    index_everything()


def test_a_synonym_is_found_both_ways(displaced):
    assert set(hits("IDP")) == {"short", "long"}
    assert set(hits("idp rights")) == {"short", "long"}
    assert set(hits('"internally displaced person"')) == {"short", "long"}
    assert "short" in hits("internally displaced person rights")


def test_a_synonym_finds_other_forms_of_its_words(displaced):
    say("many", "Internally displaced persons have rights.")
    index_everything()

    assert "many" in hits("IDP")


def test_a_synonym_works_where_only_its_meaning_was_said():
    say("long", "Every internally displaced person has rights.")
    Synonym.objects.create(expression="IDP", meaning="internally displaced person")
    index_everything()

    found = ask("IDP rights")

    assert slugs(found) == ["long"]
    assert found.corrections == ()


def test_a_synonym_of_words_that_nobody_said_does_no_harm():
    say("short", "Every IDP has rights.")
    Synonym.objects.create(expression="IDP", meaning="internally displaced person")
    index_everything()

    assert hits("IDP") == ["short"]
    assert hits("idp -rights") == []
    assert hits('"internally displaced person"') == ["short"]


def test_a_word_may_have_several_synonyms():
    for slug, text in (("one", "The GCM."), ("two", "The Compact."), ("three", "Marrakesh.")):
        say(slug, text)
    Synonym.objects.create(expression="GCM", meaning="Compact")
    Synonym.objects.create(expression="GCM", meaning="Marrakesh")
    index_everything()

    assert set(hits("gcm")) == {"one", "two", "three"}
    assert set(hits("compact")) == {"one", "two"}


def test_a_synonym_taken_from_the_list_is_forgotten(displaced):
    Synonym.objects.all().delete()
    index_everything()

    assert hits("IDP") == ["short"]
