from datetime import date

import pytest

from speeches.importers import bylines, dates
from speeches.importers.country_codes import country_code, country_name
from speeches.importers.language_guess import guess_language
from speeches.importers.language_tags import language_tag


@pytest.mark.parametrize(
    "words",
    [
        "17 January 2008",
        "January 17, 2008",
        "Jan. 17, 2008",
        "17th January 2008",
        "17 janvier 2008",
        "17 de enero de 2008",
        "17/01/2008",
        "17.01.2008",
        "1/17/2008",
        "17-Jan-2008",
        "2008-01-17",
        "2008-01-17T09:30:00Z",
    ],
)
def test_a_day_is_found_in_the_ways_it_is_written(words):
    found = dates.find(f"Geneva, {words}")

    assert found is not None
    assert (found.day, found.precision) == (date(2008, 1, 17), "day")


@pytest.mark.parametrize(
    ("words", "precision"),
    [("2008", "year"), ("2008-01", "month"), ("January 2008", "month"), ("enero de 2008", "month")],
)
def test_a_date_is_no_more_precise_than_its_words(words, precision):
    assert dates.parse(words) == (date(2008, 1, 1), precision)


@pytest.mark.parametrize(
    "words",
    [
        "2008-02-30",
        "30 February 2008",
        "2008-13",
        "0000-01-01",
        "03/04/2008",
        "soon",
        "2008 or 2009",
    ],
)
def test_a_date_that_is_impossible_or_ambiguous_is_refused(words):
    with pytest.raises(dates.DateError):
        dates.parse(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("ph", "PH"),
        ("PHL", "PH"),
        ("Philippines", "PH"),
        ("the Philippines", "PH"),
        ("Côte d'Ivoire", "CI"),
        ("Suisse", "CH"),
        ("CSK", "CSHH"),
        ("YUG", "YUCS"),
        ("DDR", "DDDE"),
        ("YMD", "YDYE"),
        ("SUN", "SUHH"),
        ("SUHH", "SUHH"),
        ("EU", ""),
        ("Atlantis", ""),
    ],
)
def test_a_country_is_read_by_code_former_code_or_name(words, code):
    assert country_code(words) == code


def test_a_former_state_keeps_its_own_name():
    assert country_name("YMD") == "Democratic Yemen"
    assert country_name("European Union") == "European Union"


@pytest.mark.parametrize(
    ("words", "tag"),
    [("EN", "en"), ("fr_FR", "fr"), ("zh", "zh-hans"), ("zh-TW", "zh-hant"), ("xx", ""), ("", "")],
)
def test_a_language_code_becomes_a_tag_of_the_site(words, tag):
    assert language_tag(words) == tag


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We thank the members of the Council for the work that was done in the year.", "en"),
        ("Nous remercions les membres du Conseil pour le travail qui a été accompli.", "fr"),
        ("Agradecemos a los miembros del Consejo el trabajo que se ha hecho en el año.", "es"),
        (
            "Мы благодарим членов Совета за работу, которая была проделана в этом году и ранее.",
            "ru",
        ),
        ("نشكر أعضاء المجلس على العمل الذي تم إنجازه في هذا العام من أجل المهاجرين", "ar"),
        ("我们感谢理事会成员在今年为移民所做的工作,并对各国政府表示感谢。", "zh-hans"),
        ("我們感謝理事會成員在今年為移民所做的工作,並對各國政府表示感謝。", "zh-hant"),
        ("Wir danken den Mitgliedern des Rates für die Arbeit, die geleistet wurde.", ""),
        (
            "Agradecemos aos membros do Conselho pelo trabalho que não foi em vão, com os outros.",
            "",
        ),
        ("از اعضای شورا برای کاری که در این سال انجام شد سپاسگزاریم و امیدواریم", ""),
        ("Thanks", ""),
    ],
)
def test_a_language_is_guessed_only_when_the_words_show_it(text, language):
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        ("Remarks by Ana Beltrán Ruiz, Regional Director", "Ana Beltrán Ruiz", "Regional Director"),
        ("Ana Beltrán Ruiz, Regional Director", "Ana Beltrán Ruiz", "Regional Director"),
        ("Director General Paul Okafor", "Paul Okafor", "Director General"),
        ("Director General, Paul Okafor", "Paul Okafor", "Director General"),
        ("Statement by the Director General", "", "Director General"),
        ("Discours de M. Jean Petit, Directeur général", "M. Jean Petit", "Directeur général"),
        ("Discurso del Sr. Luis Vega, Director General", "Sr. Luis Vega", "Director General"),
        ("Speaker: Paul Okafor", "Paul Okafor", ""),
    ],
)
def test_a_line_about_the_speaker_is_read_as_it_stands(line, name, office):
    byline = bylines.read_byline(line)

    assert byline is not None
    assert (byline.name, byline.office) == (name, office)


@pytest.mark.parametrize(
    "line",
    [
        "Paul Okafor",
        "Statement of the European Union",
        "Opening Remarks at the Regional Conference",
        "Ladies and Gentlemen, Mr. President",
        "by partner governments and by the region",
        "The Conference, Director",
        "Statement by the President of the Council at the Conference on Migration",
    ],
)
def test_any_other_line_names_nobody(line):
    assert bylines.read_byline(line) is None
