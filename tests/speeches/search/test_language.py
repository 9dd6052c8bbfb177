"""Words as the search sees them: usual ways to type a word meet the word as it was said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.search.words.language import (
    LONGEST,
    fold,
    is_paired,
    spans,
    stem,
    stem_all,
    stems,
    words,
)

SAME_WORD = [
    ("Réfugiés", "refugies"),
    ("re\u0301fugie\u0301s", "réfugiés"),  # accents written as signs of their own
    ("ÇA", "ca"),
    ("œuvre", "oeuvre"),
    ("Straße", "STRASSE"),
    ("København", "kobenhavn"),
    ("Łódź", "lodz"),
    ("İstanbul", "istanbul"),
    ("ISTANBUL", "ıstanbul"),
    ("ﬁnance", "finance"),
    ("Ｍｉｇｒａｔｉｏｎ", "migration"),
    ("ΜΕΤΑΝΆΣΤΕΥΣΗΣ", "μεταναστευσης"),
    ("ёлка", "елка"),
    ("и\u0306од", "йод"),
    ("за\u0301мок", "замок"),
    ("об’єднання", "обʼєднання"),
    ("أُسْرَة", "اسره"),
    ("إنسان", "انسان"),
    ("آسيا", "اسيا"),
    ("مستوى", "مستوي"),
    ("هجـــرة", "هجرة"),
    ("ایران", "ايران"),  # Persian letters look the same, and are typed with other keys
    ("می\u200cخواهم", "میخواهم"),
    ("٢٠١٨", "2018"),
    ("۲۰۱۸", "2018"),
    ("२०१८", "2018"),
    ("שָׁלוֹם", "שלום"),
    ("ｶﾞｲﾄﾞ", "ガイド"),
    ("한국", "한국"),
    ("co\u00adoperation", "cooperation"),
    ("mi\u200bgra\u2060tion", "migration"),
    ("CO₂", "co2"),
    ("Sana’a", "sanaa"),
    ("O'Brien", "obrien"),
    ("N’Djamena", "ndjamena"),
    ("aujourd’hui", "aujourdhui"),
]

OTHER_WORD = [
    ("йод", "иод"),
    ("її", "іі"),
    ("мой", "мои"),
    ("कि", "की"),  # vowel signs are no accents
    ("がく", "かく"),
    ("سئل", "سيل"),
]

WORDS = [
    ("The United Nations, in 2018.", ["the", "united", "nations", "in", "2018"]),
    ("well-being; self_help", ["well", "being", "self", "help"]),
    ("A/RES/73/195", ["a", "res", "73", "195"]),
    ("the people's voice, the peoples’ voices", "the people voice the peoples voices".split()),  # noqa: SIM905
    ("l’accord d'Ivoire", ["accord", "ivoire"]),
    ("qu'elle jusqu’ici s'il", ["elle", "ici", "il"]),
    ("dell'accordo", ["accordo"]),
    ("don't 'quote' it", ["dont", "quote", "it"]),
    ("rock 'n' roll", ["rock", "n", "roll"]),
    ("国际移民组织", ["国际", "际移", "移民", "民组", "组织"]),
    ("移", ["移"]),
    ("移民，组织。", ["移民", "组织"]),
    ("IOM移民2018年", ["iom", "移民", "2018", "年"]),
    ("日本へ", ["日本", "本へ"]),
    ("국제이주기구는 일한다", ["국제이주기구는", "일한다"]),
    ("ไทย", ["ไท", "ทย"]),
    ("ผู้ลี้ภัย", ["ผู้ลี้", "ลี้ภั", "ภัย"]),
    ("الأمم المتحدة", ["الامم", "المتحده"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("½ ⑴ ﷲ", ["1", "2", "1", "الله"]),
    ("ـــ ' _ … 🙂", []),
    ("", []),
]

texts = (
    st.text(max_size=80)
    | st.text(alphabet="ผู้ลี้ภัยកម្ពុជာ", max_size=20)
    | st.text(alphabet="aé's’‘“—\u00a0_ـ移民がﾞ１ßﬁй\u0301\u0306\u00ad\u200c ،한한", max_size=40)
)


@pytest.mark.parametrize(("one", "other"), SAME_WORD)
def test_ways_to_write_a_word_meet(one, other):
    assert words(one) == words(other)
    assert len(words(one)) > 0


@pytest.mark.parametrize(("one", "other"), OTHER_WORD)
def test_letters_that_readers_tell_apart_stay_apart(one, other):
    assert words(one) != words(other)


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_a_text_is_cut_into_words(text, expected):
    assert words(text) == expected


def test_folding_keeps_what_stands_between_words():
    assert fold("L’Été, Straße") == "l'ete, strasse"


def test_a_word_without_end_is_cut():
    assert words("a" * 100 + " é" + "b" * 100) == ["a" * LONGEST, "e" + "b" * (LONGEST - 1)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Die Straße.", ["Die", "Straße"]),
        ("re\u0301fugie\u0301s a\u0300", ["re\u0301fugie\u0301s", "a\u0300"]),
        ("l’accord’s", ["accord"]),
        ("ﬁn ½", ["ﬁn", "½", "½"]),
        ("移民法", ["移民", "民法"]),
        ("a_b", ["a", "b"]),
    ],
)
def test_places_are_those_in_the_original_text(text, places):
    assert [text[start:end] for start, end, _ in spans(text)] == places


@settings(max_examples=400, deadline=None)
@given(texts)
def test_words_and_their_places_are_the_same_words(text):
    found = spans(text)

    assert [form for _, _, form in found] == words(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_a_word_is_fit_for_an_index_and_is_itself_when_read_again(text):
    for form in words(text):
        assert 0 < len(form) <= LONGEST
        assert not set(form) & set(" _'\"\n\t\0*:()-")
        assert words(form) == [form]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_plain_english_is_cut_by_the_fast_way_as_by_the_slow_one(text):
    assert [*words(text), "e"] == words(f"{text} é")


STEMS = [
    ("en", "migrants migrant"),
    ("en", "refugees refugee"),
    ("en", "developing developed development"),
    ("fr", "réfugié refugie réfugiée réfugiés réfugiées refugiees"),
    ("fr", "déplacé déplacée déplacées déplacement"),
    ("fr", "étranger étrangère étrangers étrangères"),
    ("fr", "sécurité securite"),
    ("es", "migración migracion migraciones"),
    ("es", "refugiado refugiada refugiados"),
    ("es", "mujer mujeres"),
    ("es", "joven jóvenes"),
    ("es", "interés interes intereses"),
    ("es", "trabajador trabajadora trabajadores"),
    ("ru", "миграция миграции миграцию миграцией"),
    ("ru", "беженец беженцы беженцев"),
    ("ru", "международный международная международного"),
    ("ru", "партнёр партнеры"),
    ("ar", "هجرة هجره الهجرة والهجرة بالهجرة للهجرة هجرته"),
    ("ar", "لاجئ لاجئين اللاجئين اللاجئون واللاجئين للاجئين"),
    ("ar", "منظمة منظمات المنظمة المنظمات"),
    ("ar", "إنسان الإنسان انسان"),
    ("ar", "مهاجر مهاجرين المهاجرون مهاجرة"),
]

NOT_THE_SAME = [
    ("en", "nation", "notion"),
    ("ru", "мир", "миграция"),
    ("ar", "بيت", "بين"),
    ("fr", "accord", "accueil"),
    ("es", "refugio", "refuerzo"),
]


@pytest.mark.parametrize(("language", "family"), STEMS)
def test_forms_of_one_word_share_a_stem(language, family):
    assert len({stem(form, language) for form in words(family)}) == 1


@pytest.mark.parametrize(("language", "one", "other"), NOT_THE_SAME)
def test_different_words_keep_different_stems(language, one, other):
    assert stem(one, language) != stem(other, language)


@pytest.mark.parametrize("language", ["zh-hans", "pt", "sw", "xx", ""])
def test_a_language_without_a_stemmer_leaves_words_as_they_are(language):
    assert stem("refugiados", language) == "refugiados"


@pytest.mark.parametrize(("form", "language"), [("iom", "ar"), ("iom", "ru"), ("移民", "en")])
def test_words_of_a_foreign_script_are_their_own_stems(form, language):
    assert stem(form, language) == form


def test_a_typed_word_has_a_stem_for_each_language_it_may_be_in():
    assert stems("nations", ["en", "ar", "ru"]) == ("nation", "nations")


def test_a_word_has_a_stem_even_where_no_language_is_known():
    assert stems("nations", []) == ("nations",)


@settings(max_examples=200, deadline=None)
@given(texts, st.sampled_from(["ar", "en", "es", "fr", "ru", "zh-hans"]))
def test_a_stem_is_never_empty_and_one_by_one_is_as_all_at_once(text, language):
    forms = words(text)

    assert stem_all(forms, language) == [stem(form, language) for form in forms]
    assert all(stem_all(forms, language))


def test_the_memory_for_stems_is_bounded():
    for number in range(70_000):
        stem(f"word{number}", "en")

    assert stem("migrants", "en") == "migrant"


PAIRED = [("移民", True), ("がく", True), ("ไท", True), ("iom", False), ("한국", False)]


@pytest.mark.parametrize(("form", "expected"), PAIRED)
def test_pairs_of_characters_are_told_from_words(form, expected):
    assert is_paired(form) is expected
