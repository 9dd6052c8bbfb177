"""One sentence each: what has to be found in it, and what must not be."""

import json
from datetime import date
from pathlib import Path

import pytest

from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Document, Findings, Passage
from tests.speeches.mentions.finding.directory import id_of, shipped, target_of

HANDED = Path("../shared/data/gold/cases.json")
NOT_TESTED = "NOT TESTED: the labelled sentences are not beside the repository."


def read(*texts: str, on: date | None = None, home: str = "") -> Findings:
    house = frozenset({target_of(home)}) if home else frozenset()
    passages = [Passage(text) for text in texts]
    return find(Document(passages, delivered_on=on, home=house), shipped())


def ids(findings: Findings) -> list[str]:
    return [id_of(found.target) for found in findings.mentions]


@pytest.mark.skipif(not HANDED.exists(), reason=NOT_TESTED)
def test_every_labelled_sentence_is_read_right() -> None:
    for case in json.loads(HANDED.read_text()):
        found = set(ids(read(case["text"])))

        assert set(case["expect"]) <= found, case["text"]
        assert found.isdisjoint(case["forbid"]), case["text"]


SENTENCES = {
    # Spelling
    "the International Labor Organisation agreed": ["org:ilo"],
    "the World Food Program agreed": ["org:wfp"],
    "the Int'l Organization for Migration agreed": ["org:iom"],
    "the Inter Agency Standing Committee and the Interagency Standing Committee": [
        "org:iasc", "org:iasc",
    ],
    "the Organization for Economic Cooperation and Development": ["org:oecd"],
    "the Organization for Economic Co-operation and Development": ["org:oecd"],
    "the Global Forum on Migra- tion and Development": ["series:gfmd"],
    "“Migration Policy Institute”, he said": ["org:mpi"],
    "UNICEF, UNDP & WFP": ["org:unicef", "org:undp", "org:wfp"],
    "the U.N. and IOM's partners": ["org:un", "org:iom"],
    "UN-Habitat and UN Women": ["org:unhabitat", "org:unwomen"],
    # Case
    "a general assembly of the staff": [],
    "no human rights council": [],
    "WE WORK WITH THE INTERNATIONAL LABOUR ORGANIZATION AND WHO KNOWS": ["org:ilo"],
    "Who can add a fund? The forum can.": [],
    "They can. CAN was not meant.": [],
    # Short forms and policies
    "The Commission met.": [],
    "the Council decided": [],
    "COP was late; COP 21 was not": ["meet:cop21"],
    "the EC alone": [],
    "the EU and the EC": ["org:eu", "org:ec"],
    "UNDP, the WB and UNICEF": ["org:undp", "org:wb", "org:unicef"],
    # Definitions
    "the Coral Planting Directorate (CPD) and CPD again; CMS too": [],
    "the Centre for Migration Studies (CMS), and CMS again": ["org:cms", "org:cms"],
    # Longer names that nobody knows
    "the First United Nations Decade for Lanterns": [],
    "the Fourth United Nations Conference on Lanterns": [],
    "the Special Rapporteur of the United Nations": ["org:un"],
    # Countries
    "Niger and Nigeria, Guinea and Equatorial Guinea": [
        "country:ne", "country:ng", "country:gn", "country:gq",
    ],
    "from New Mexico to the Jordan Valley": [],
    "In Jordan, France and Viet Nam": ["country:jo", "country:fr"],
    "turkey was served on china": [],
    # Meetings
    "the third GFMD and the fifth Colombo Process meeting": ["meet:gfmd-2009", "meet:cp-5"],
    "GFMD 2010 was held": ["meet:gfmd-2010"],
    "since the inception of the GFMD in 2007": ["series:gfmd"],
    "the GFMD in Manila": ["meet:gfmd-2008"],
    "the ninety-ninth GFMD": ["series:gfmd"],
    "TICAD IV": ["meet:ticad-4"],
    # Offices
    "the Secretary-General of the United Nations": ["office:un-sg"],
    "the Secretary-General of the Lantern League": [],
    "the ACME Secretary-General": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items())
def test_a_sentence_names(text: str, expected: list[str]) -> None:
    assert ids(read(text)) == expected


LANGUAGES = {
    "L’Organisation internationale pour les migrations et l’Union européenne": [
        "org:iom", "org:eu",
    ],
    "la Organización Internacional para las Migraciones y las Naciones Unidas": [
        "org:iom", "org:un",
    ],
    "les Nations Unies": ["org:un"],
    "la Banque mondiale": ["org:wb"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LANGUAGES.items())
def test_names_in_other_languages_are_found(text: str, expected: list[str]) -> None:
    assert ids(read(text)) == expected


class TestWhatAMentionTells:
    def test_its_place_and_words_are_those_of_the_text(self) -> None:
        text = "Then “the Global Migration Group (GMG)” met."

        (found,) = read(text).mentions

        assert text[found.start : found.end] == found.surface == "Global Migration Group (GMG)"

    def test_an_office_is_that_of_its_holder_on_the_day(self) -> None:
        (found,) = read("the UN Secretary-General", on=date(2008, 1, 15)).mentions

        assert found.holder == target_of("person:ban")

    def test_an_office_without_a_day_has_no_holder(self) -> None:
        (found,) = read("the UN Secretary-General").mentions

        assert found.holder is None

    def test_a_house_speaks_of_itself_by_its_short_name(self) -> None:
        assert ids(read("I thank the Organization.", home="org:iom")) == ["org:iom"]
        assert ids(read("I thank the Organization.")) == []

    def test_a_short_form_stands_for_what_was_named_before(self) -> None:
        long = "the Global Forum on Migration and Development"

        assert ids(read(long, "After that the Forum rested.")) == ["series:gfmd", "series:gfmd"]
        assert ids(read("Before that the Forum rested.", long)) == ["series:gfmd"]

    def test_a_dialogue_goes_on_being_the_one_of_its_year(self) -> None:
        read_first = "the 2006 High-level Dialogue on International Migration and Development (HLD)"

        assert ids(read(read_first, "The HLD met.")) == ["meet:hld-2006", "meet:hld-2006"]


class TestHostileTexts:
    def test_nothing_is_found_in_nothing(self) -> None:
        assert ids(read("")) == []
        assert ids(read("((((", "…", "\x00", "  ")) == []

    def test_a_text_of_one_name_only(self) -> None:
        assert len(read("and UNICEF " * 20_000).mentions) == 20_000

    def test_two_megabytes_are_read(self) -> None:
        words = "The lantern of the harbour was lit by Ms. Example (EX) in 1999. "

        assert read(words * (2_000_000 // len(words))).mentions == ()
