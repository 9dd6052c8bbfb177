"""What was meant by a word that nobody said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.search.words.language import words
from speeches.search.words.spelling import best, deletes, needs_correction

SAID = {
    "migration": 9000,
    "migrations": 400,
    "mitigation": 800,
    "refugee": 5000,
    "refugees": 9000,
    "development": 60000,
    "people": 64000,
    "police": 1270,
    "olive": 48,
    "reflection": 1128,
    "election": 8781,
    "compassion": 443,
    "companion": 34,
    "nation": 16000,
    "notion": 900,
    "iom": 700,
    "idp": 90,
    "refugies": 300,
    "беженцы": 200,
    "миграция": 800,
    "هجره": 150,
    "اللاجيين": 90,
    "이주기구": 20,
}


def meant(wrong):
    """Return what is chosen among the words that share a key, as the index finds them."""
    form = words(wrong)[0]
    keys = deletes(form)
    return best(form, [(word, said) for word, said in SAID.items() if keys & deletes(word)])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("migartion", "migration"),  # two letters exchanged
        ("migraton", "migration"),  # one left out
        ("migrattion", "migration"),  # one doubled
        ("migrazion", "migration"),  # another
        ("imgration", "migration"),  # wrong from the first letter on
        ("refugeees", "refugees"),
        ("developement", "development"),
        ("peple", "people"),
        ("devlopmnet", "development"),  # twice wrong
        ("iomm", "iom"),
        ("réfugiès", "refugies"),
        ("бежнецы", "беженцы"),
        ("миграцыя", "миграция"),
        ("هجرهه", "هجره"),
        ("이주가구", "이주기구"),
    ],
)
def test_a_slip_of_the_hand_finds_the_word_that_was_meant(wrong, right):
    assert meant(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right", "not_this"),
    [
        ("olice", "police", "olive"),
        ("eflection", "reflection", "election"),
        ("compasion", "compassion", "companion"),
    ],
)
def test_a_letter_left_out_is_likelier_than_another_letter(wrong, right, not_this):
    assert best(wrong, [(not_this, 1000), (right, 1000)]) == right


def test_of_words_equally_near_the_more_frequent_was_meant():
    assert best("nution", [("notion", 900), ("nation", 16000)]) == "nation"
    assert best("nution", [("notion", 16000), ("nation", 900)]) == "notion"


def test_of_words_equally_near_and_frequent_the_one_with_the_same_first_letter_was_meant():
    assert best("fand", [("land", 10), ("fund", 10)]) == "fund"


def test_the_choice_does_not_depend_on_the_order_of_candidates():
    candidates = [(word, 10) for word in ("lane", "line", "lone", "lune")]

    assert best("lxne", candidates) == best("lxne", reversed(candidates)) == "lane"


@pytest.mark.parametrize("wrong", ["xylophonist", "zzzzz", "ab"])
def test_where_nothing_is_near_nothing_is_offered(wrong):
    assert meant(wrong) is None


def test_a_short_word_is_allowed_one_slip_only():
    assert best("idpx", [("idp", 90)]) == "idp"
    assert best("ixpx", [("idp", 90)]) is None


@pytest.mark.parametrize("form", ["移民", "移", "がく", "ไท", "2018", "co2", "73rd", "a", "un", ""])
def test_numbers_pairs_of_characters_and_the_shortest_words_are_never_corrected(form):
    assert not needs_correction(form)
    assert deletes(form) == set()
    assert best(form, SAID.items()) is None


def test_a_word_that_somebody_said_needs_no_correction():
    assert needs_correction("migartion")
    assert not needs_correction("migration", passages=1)


letters = st.text(alphabet="abcdeабв", min_size=5, max_size=14)


@settings(max_examples=300, deadline=None)
@given(letters, st.data())
def test_every_single_slip_is_found_again(word, data):
    at = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcxyz"))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]

    for wrong in slips:
        assert deletes(wrong) & deletes(word)
        assert best(wrong, [(word, 3)]) == word


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=50), st.lists(st.tuples(st.text(max_size=50), st.integers(0, 10))))
def test_any_word_and_any_candidates_give_an_answer(form, candidates):
    assert best(form, candidates) in {None, *(word for word, _ in candidates)}
    assert len(deletes(form)) <= 29
