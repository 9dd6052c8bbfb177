import json

import pytest

from speeches.importers import legacy
from speeches.importers.parsed import ParsedContribution, UnreadableInput
from tests.speeches.importers.material import DATA, PARAGRAPHS, read_one, shared_file, wrapped

MENUS = {
    "no menu": "",
    "doubled labels": "About\nAbout\nOur projects\nOur projects\n- Data\n- Where we are\n",
    "bullets alone": "-\nAbout the office\n-\nTake part\nTake part\n- Where we are\n",
    "glued introductions": (
        "About the office\nABOUT THE OFFICEThe office serves twelve countries of the region and "
        "works with governments, towns and migrants to make movement safe.\nThemes\nThemes\n"
    ),
    "common words": "Skip to main content\nHome\nSearch\nEnglish\nFrançais\nContact us\n",
}
TITLE = "Opening Remarks at the Seminar on Seasonal Labour Mobility"


def test_the_first_real_page_gives_exactly_the_blocks_labelled_by_hand():
    page = shared_file("data/legacy/000_6f33d7d70a2d91d1.txt")
    gold = json.loads(shared_file("data/gold/000_6f33d7d70a2d91d1.json").read_text())

    read = legacy.read_page(page.read_text())

    found = [
        ("nav", 1, read.layout.navigation),
        ("title", read.layout.title + 1, read.layout.title + 1),
    ]
    found += [(block.kind, block.first, block.last) for block in read.blocks]
    assert found == [(block["kind"], block["from"], block["to"]) for block in gold["blocks"]]


def test_the_first_real_page_tells_no_date_and_no_speaker():
    page = shared_file("data/legacy/000_6f33d7d70a2d91d1.txt")

    speech = read_one(page.read_bytes(), "page.txt")

    assert speech.delivered_on is None
    assert speech.contributions == ()
    assert "inter-agency membership" in speech.texts[0].html
    assert "next week’s Ministerial" in speech.texts[0].html


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
@pytest.mark.parametrize("width", [62, 68, 71])
def test_paragraphs_come_back_whole_under_any_menu(menu, width):
    page = f"{menu}{TITLE}\n{wrapped(width=width)}\n"

    read = legacy.read_page(page)

    assert read.title == TITLE
    assert tuple(block.text for block in read.blocks) == PARAGRAPHS


def test_a_regional_page_gives_title_facts_greeting_heading_and_list():
    page = (DATA / "regional_page.txt").read_bytes()

    speech = read_one(page, "regional_page.txt")

    assert speech.texts[0].title == "Opening Remarks at the Regional Seminar on Seasonal Workers"
    assert speech.contributions == (ParsedContribution("Ana Beltrán Ruiz", "Regional Director"),)
    assert (str(speech.delivered_on), speech.place, speech.country) == (
        "2010-03-04",
        "San José",
        "CR",
    )
    assert speech.delivery_status == "check_against_delivery"
    html = speech.texts[0].html
    assert html.startswith("<p>Excellencies, Ladies and gentlemen,</p>\n<p>It is a pleasure")
    assert "<h2>What we have learned</h2>" in html
    assert html.count("<li>") == 3
    assert (
        "<li>the costs of recruitment should never fall on those who earn the least;</li>" in html
    )
    assert html.endswith("<p>None of this is beyond our means. I thank you.</p>")
    assert "Beltrán" not in html


def test_what_was_left_out_is_told():
    page = (DATA / "regional_page.txt").read_bytes()

    warnings = " ".join(read_one(page, "regional_page.txt").warnings)

    assert "Check against delivery" in warnings
    assert "Speeches" in warnings
    assert "© The Regional Office" in warnings


def test_blank_lines_decide_where_a_page_has_them():
    page = (DATA / "blank_lines_page.txt").read_bytes()

    speech = read_one(page, "blank_lines_page.txt")

    assert speech.texts[0].language == "fr"
    assert speech.contributions == (ParsedContribution("Mme Hélène Dubois", "Directrice générale"),)
    assert (str(speech.delivered_on), speech.place) == ("2011-05-12", "Genève")
    blocks = speech.texts[0].html.split("\n")
    assert blocks[0] == "<p>Excellences, Mesdames et Messieurs,</p>"
    assert blocks[2] == "<h2>Ce que nous avons appris</h2>"
    assert len(blocks) == 5


def test_lines_that_are_whole_paragraphs_stay_apart():
    page = f"{TITLE}\n" + "\n".join(PARAGRAPHS)

    read = legacy.read_page(page)

    assert tuple(block.text for block in read.blocks) == PARAGRAPHS


def test_a_word_parted_at_a_line_end_is_mended_and_a_compound_keeps_its_hyphen():
    lines = (
        "The long discussion of labour mobility and of its place in develop-\n"
        "ment reached every country of the region, and every inter-\n"
        "agency team that wrote on it in the years between 2006-\n"
        "2008 came to the same view of the matter.\n"
    )

    (block,) = legacy.read_page(f"{TITLE}\n{lines}").blocks

    assert "its place in development reached" in block.text
    assert "every inter-agency team" in block.text
    assert "between 2006-2008 came" in block.text


def test_a_dash_or_number_inside_a_sentence_opens_no_list():
    lines = (
        "The new forum of the towns of the region – and of their neighbours\n"
        "– has met twice since the spring, in a hall that was too small, in\n"
        "2006. After that it met again, and again the hall was much too full\n"
        "for all who came.\n"
    )

    blocks = legacy.read_page(f"{TITLE}\n{lines}").blocks

    assert [block.kind for block in blocks] == ["p"]


def test_numbered_items_become_an_ordered_list():
    lines = (
        "Three things stand out from two years of work with the many farmers:\n"
        "1. contracts must be written in a language that the worker can read\n"
        "with ease;\n"
        "2. costs of recruitment should never fall on those who earn the least;\n"
        "3. towns need to know early how many will come.\n"
        "None of this is beyond our means, and none of it can wait for long.\n"
    )

    speech = read_one(f"{TITLE}\n{lines}", "page.txt")

    assert (
        "<ol><li>contracts must be written in a language that the worker can read with ease;</li>"
        in speech.texts[0].html
    )
    assert speech.texts[0].html.endswith(
        "<p>None of this is beyond our means, and none of it can wait for long.</p>"
    )


def test_a_date_that_two_countries_read_differently_is_not_guessed():
    page = f"{TITLE}\n03/04/2008\n{wrapped()}"

    speech = read_one(page, "page.txt")

    assert speech.delivered_on is None
    assert any("03/04/2008" in warning for warning in speech.warnings)


def test_a_speaker_is_read_from_the_title_which_stays_whole():
    title = "Statement by Ana Beltrán Ruiz, Regional Director, at the Seminar on Seasonal Work"

    speech = read_one(f"{title}\n{wrapped()}", "page.txt")

    assert speech.texts[0].title == title
    assert speech.contributions == (ParsedContribution("Ana Beltrán Ruiz", "Regional Director"),)


def test_one_who_reads_for_another_is_the_reader():
    page = (
        f"{TITLE}\nStatement by Ana Beltrán Ruiz, Regional Director\n"
        f"Delivered by Mr. Paul Okafor, Head of Office\n{wrapped()}"
    )

    contributions = read_one(page, "page.txt").contributions

    assert [(each.name, each.role) for each in contributions] == [
        ("Ana Beltrán Ruiz", "represented"),
        ("Mr. Paul Okafor", "reader"),
    ]


def test_signs_that_mean_something_in_html_are_escaped():
    first = "Growth of <5% & “more” is what the figures say of it."
    page = f"{TITLE}\n{wrapped((first, *PARAGRAPHS))}"

    html = read_one(page, "page.txt").texts[0].html

    assert "<p>Growth of &lt;5% &amp; “more” is what" in html


def test_a_page_of_menu_lines_alone_is_refused():
    page = "- Home\n- About us\n- News\n"

    with pytest.raises(UnreadableInput, match="No running text"):
        read_one(page, "page.txt")
