"""Documents of the United Nations in a text."""

import pytest

from speeches.mentions.finding.symbols import address_of, symbols_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("as in A/RES/73/195.", ["A/RES/73/195"]),
        ("document S/2020/1, then A/74/L.9", ["S/2020/1", "A/74/L.9"]),
        ("(E/CN.6/2020/3)", ["E/CN.6/2020/3"]),
        ("S/RES/2502 (2019) and S/PV.8725", ["S/RES/2502(2019)", "S/PV.8725"]),
        ("A/CONF.231/3 and A/71/PV.3", ["A/CONF.231/3", "A/71/PV.3"]),
        ("A/810 is the Universal Declaration", ["A/810"]),
        ("General Assembly resolution 71/1", ["A/RES/71/1"]),
        ("Security Council resolution 1325 (2000)", ["S/RES/1325(2000)"]),
        ("la résolution 2502 (2019)", ["S/RES/2502(2019)"]),
        ("CRC/C/GC/23 and CEDAW/C/GC/26", ["CRC/C/GC/23", "CEDAW/C/GC/26"]),
        ("TD/B/66/4", ["TD/B/66/4"]),
    ],
)
def test_a_symbol_is_found(text: str, expected: list[str]) -> None:
    assert [one.symbol for one in symbols_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "either A/B or and/or",
        "paper of size A/4",
        "on 1/2/2020 at 24/7",
        "https://undocs.org/A/RES/73/195",
        "grade A/B/C",
        "resolution of 12/11",
        "S/ and A//3",
        "U/S/A/1",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert list(symbols_in(text)) == []


def test_the_words_of_a_symbol_are_where_it_says() -> None:
    text = "See resolution 1325 (2000) and A/RES/73/195."

    assert [text[one.start : one.end] for one in symbols_in(text)] == [
        "1325 (2000)",
        "A/RES/73/195",
    ]


def test_a_symbol_has_an_address() -> None:
    assert address_of("S/RES/1325(2000)") == "https://undocs.org/S/RES/1325(2000)"
