"""Names that the directory lacks, and what stays linked beside them."""

from datetime import date

import pytest

from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Document, Findings, Passage
from speeches.mentions.reasons import SENTENCES, sentence
from tests.speeches.mentions.finding.directory import id_of, shipped


def findings(*texts: str, day: date | None = None) -> Findings:
    return find(Document([Passage(text) for text in texts], delivered_on=day), shipped())


def names(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.kind) for one in findings(text).proposals]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use the Sample Policy Index every year.", [("Sample Policy Index", "initiative")]),
        ("It is in our Sample and Otherwise Handbook.",
         [("Sample and Otherwise Handbook", "initiative")]),
        ("We set up the Sample Advisory Board (SAB) last year.",
         [("Sample Advisory Board", "organization")]),
        ("The Institute for Sample Studies was here.",
         [("Institute for Sample Studies", "organization")]),
        ("The Zurich Sample Convention is in force.",
         [("Zurich Sample Convention", "initiative")]),
        ("Governments met at the Third Sample Summit on Wells.",
         [("Third Sample Summit on Wells", "meeting")]),
        ("We thank Ambassador Anna Sample for it.", [("Anna Sample", "person")]),
        ("We thank Dr. Anna de Sample’s team.", [("Anna de Sample", "person")]),
        ("We thank Mr. Sample.", [("Sample", "person")]),
    ],
)  # fmt: skip
def test_a_name_that_is_not_known_is_proposed(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The National Council met.",
        "Thank the Institute for it.",
        "Le Nouveau Programme commence.",
        "Mr. President, Madam Chair, we agree.",
        "Our Member States have an Action Plan.",
        "The General Assembly and the Security Council met.",
        "The United Nations and the European Union agree.",
        "Mr. Chairman of the Committee, thank you.",
        "WE NEED THE SAMPLE POLICY INDEX NOW AND FOR EVER",
        "The Forum was good. Index it.",
        "There is a board, a fund and an index for that.",
    ],
)
def test_ordinary_words_are_not_proposed(text: str) -> None:
    assert names(text) == []


def test_a_known_name_inside_of_an_unknown_longer_one_is_not_linked() -> None:
    found = findings("It was the First United Nations Decade for the Eradication of Sampling.")

    assert "org:un" not in [id_of(mention.target) for mention in found.mentions]


def test_a_known_name_beside_a_new_one_stays_linked() -> None:
    found = findings("The Sample Policy Index of the United Nations is new.")

    assert [id_of(mention.target) for mention in found.mentions] == ["org:un"]
    assert [one.name for one in found.proposals] == ["Sample Policy Index"]


def test_a_name_is_proposed_once_with_all_its_places() -> None:
    found = findings("The Sample Policy Index is new.", "We like the Sample Policy Index.")

    assert [one.spans for one in found.proposals] == [((0, 4, 23), (1, 12, 31))]


def test_the_role_of_a_person_is_read_from_the_text() -> None:
    found = findings("We thank Mr. John Sample, Minister of Wells, for coming.")

    person = next(one for one in found.proposals if one.kind == "person")
    assert (person.name, person.role) == ("John Sample", "Minister of Wells")


def test_a_known_person_is_not_proposed() -> None:
    assert names("We thank Mr. Kofi Annan.") == []


def test_an_undated_text_gets_the_days_that_its_words_allow() -> None:
    found = findings(
        "The Global Forum on Migration and Development will meet in Manila this October.",
        "Next week there is a meeting in Abu Dhabi.",
        "It was discussed these past days in Madrid.",
    )

    assert found.interval is not None
    assert found.interval.first >= date(2008, 1, 14)
    assert found.interval.last <= date(2008, 1, 20)
    assert len(found.interval.reasons) == 3


@pytest.mark.parametrize(
    "text",
    [
        "We meet next week.",
        "The Global Forum on Migration and Development met in Brussels in 2007.",
        "Next week we meet in Manila, and last week we met in Brussels.",
    ],
)
def test_no_days_are_inferred_from_too_little(text: str) -> None:
    assert findings(text).interval is None


def test_a_dated_text_is_asked_nothing() -> None:
    text = "Next week there is a meeting in Abu Dhabi."

    assert findings(text, day=date(2008, 1, 17)).interval is None


def test_a_town_with_an_event_stands_for_the_meeting_there() -> None:
    text = "The Global Forum on Migration and Development began. The Brussels debate was good."

    found = findings(text, day=date(2008, 1, 17)).mentions

    assert [(one.surface, id_of(one.target)) for one in found if one.method == "indirect"] == [
        ("Brussels debate", "meet:gfmd-2007")
    ]


def test_a_town_means_no_meeting_where_its_series_is_not_named() -> None:
    found = findings("The Brussels debate was good.", day=date(2008, 1, 17)).mentions

    assert [one for one in found if one.method == "indirect"] == []


@pytest.mark.parametrize("code", SENTENCES)
def test_every_reason_is_a_sentence(code: str) -> None:
    words = dict.fromkeys(
        ("name", "number", "year", "place", "meeting", "acronym", "word", "title", "phrase"), "x"
    )

    assert sentence(code, words).endswith(".")


def test_every_reason_that_is_given_has_its_sentence() -> None:
    found = findings(
        "The Global Forum on Migration and Development (GFMD) and the second GFMD meeting, IOM,",
        "UNHCR, COP 16, the Council of IOM, the GFMD in 2007 and the Sample Policy Index (SPI).",
    )

    codes = {one.reason.code for one in (*found.mentions, *found.proposals)}
    assert codes <= set(SENTENCES)
    assert len(codes) > 3
