"""Names in six languages, names that are hostile, and texts that are too long."""

from collections.abc import Iterable

import pytest

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Document, NameRow, Passage
from speeches.targets import Target

HOUSE, COMPACT, FRANCE = (
    Target("organization", 1), Target("initiative", 2), Target("country", "FR"),
)  # fmt: skip
ROWS = [
    NameRow(HOUSE, "International Organization for Samples", "en", "primary"),
    NameRow(HOUSE, "Organisation internationale pour les échantillons", "fr", "primary"),
    NameRow(HOUSE, "Organización Internacional para las Muestras", "es", "primary"),
    NameRow(HOUSE, "Международная организация по образцам", "ru", "primary"),
    NameRow(HOUSE, "المنظمة الدولية للعينات", "ar", "primary"),
    NameRow(HOUSE, "国际样本组织", "zh-hans", "primary"),
    NameRow(HOUSE, "IOS", "en", "acronym", "free"),
    NameRow(COMPACT, "Sample Labour Programme", "en", "primary"),
    NameRow(FRANCE, "France", "en", "primary"),
    NameRow(FRANCE, "Франция", "ru", "primary"),
    NameRow(FRANCE, "فرنسا", "ar", "primary"),
    NameRow(FRANCE, "法国", "zh-hans", "primary"),
]


def surfaces(*texts: str, rows: Iterable[NameRow] = ROWS, language: str = "en") -> list[str]:
    document = Document([Passage(text) for text in texts], language=language)
    return [one.surface for one in find(document, Catalogue.build(rows)).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The International Organization for Samples met.",
         ["International Organization for Samples"]),
        ("The International Organisation for Samples met.",
         ["International Organisation for Samples"]),
        ("The Int'l Organization for Samples met.", ["Int'l Organization for Samples"]),
        ("The Int’l Organization for Samples’ work.", ["Int’l Organization for Samples"]),
        ("The International Organi-\nzation for Samples met.",
         ["International Organi-\nzation for Samples"]),
        ("L’Organisation internationale pour les échantillons agit.",
         ["Organisation internationale pour les échantillons"]),
        ("l'Organisation internationale pour les echantillons",
         ["Organisation internationale pour les echantillons"]),
        ("La Organización Internacional para las Muestras actúa.",
         ["Organización Internacional para las Muestras"]),
        ("Международной организации по образцам",
         ["Международной организации по образцам"]),
        ("Мы благодарим Францию.", ["Францию"]),
        ("نشكر المنظمة الدولية للعينات على ذلك.", ["المنظمة الدولية للعينات"]),
        ("وتعمل بالمنظمة الدولية للعينات وفرنسا.", ["بالمنظمة الدولية للعينات", "وفرنسا"]),
        ("شكرا لفرنسا", ["لفرنسا"]),
        ("我们感谢国际样本组织和法国。", ["国际样本组织", "法国"]),
        ("在法国举行", ["法国"]),
        ("The Sample Labor Program is new.", ["Sample Labor Program"]),
        ("The sample labour programme is new.", []),
        ("We thank IOS, the IOS’s staff and ios.", ["IOS", "IOS"]),
        ("I.O.S. was there.", ["I.O.S."]),
        ("French wine and the French", []),
        ("The Sample Labour Programmes of 1991 are others.", []),
        ("We thank the France Government.", ["France"]),
        ("The Charter of the International Organization for Samples", []),
        ("The International Organization for Samples’s Peace Fund", [
            "International Organization for Samples",
        ]),
    ],
)  # fmt: skip
def test_a_name_is_found_in_its_language(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    "name",
    ["(a+)+$ House", "House [A-Z]*", "House \\d+ Fund", "C++ Forum", "House? Maybe!", "A|B House",
     "House ^$.{2}", "%s House %(x)d", "<b>House</b> Fund"],
)  # fmt: skip
def test_a_name_with_signs_of_patterns_is_only_a_name(name: str) -> None:
    rows = [*ROWS, NameRow(COMPACT, name, "en", "primary")]

    found = surfaces(f"We thank {name} and aaaaaaaaaaaaaaaaaaaaaaaa!", rows=rows)

    assert len(found) == 1
    assert found[0] in name


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("A", "acronym", "A man and a plan, A and B."),
        ("I", "acronym", "I say that I do."),
        ("WHO", "acronym", "Who is it? It is he who knows, who else."),
        ("AID", "acronym", "We aid them, and Aid is given."),
        ("Forum", "short", "A forum is a forum, and Forum news is news."),
        ("Fund", "primary", "Fund it now, and fund it well."),
        ("Who", "primary", "Who is it?"),
    ],
)
def test_a_name_like_a_common_word_is_not_everywhere(name: str, kind: str, text: str) -> None:
    rows = [*ROWS, NameRow(COMPACT, name, "en", kind, "free" if kind == "acronym" else "")]

    assert surfaces(text, rows=rows) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b\u200f", "\x00\x01", "((((", "....", "-‑-"])
def test_a_text_of_nothing_has_no_names(text: str) -> None:
    assert surfaces(text) == []


def test_a_name_a_hundred_thousand_times_is_found_each_time() -> None:
    paragraph = "IOS met. " * 1000

    assert len(surfaces(*[paragraph] * 100)) == 100_000


def test_two_megabytes_in_one_paragraph_are_read() -> None:
    text = "We speak of water and of people who live by it. " * 42_000

    assert len(text) > 2_000_000
    assert surfaces(f"{text} We thank IOS.") == ["IOS"]
