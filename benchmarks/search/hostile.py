"""Queries that nobody means well with: broken, enormous, foreign, in other languages' syntax.

The same 10,000 are asked by tests/speeches/search/test_hostile_input.py, where nothing may
break, and by the benchmark, which says how long they took.
"""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import cycle
from random import Random

SEED = 10_000
LONGEST = 2048

OPERATORS = (
    '"', "“", "”", "„", "«", "»", "'", "(", ")", "[", "]", "{", "}", "-", "--", "+", "*",
    "**", "?", "|", "||", "&", "&&", "!", "^", "~", ":", ";", "\\", "/", "%", "_", "#", "@",
    "=", "<", ">", "<->", "OR", "AND", "NOT", "NEAR", "NEAR/2", "NEAR(", "or", "и", "أو", ",",
    "،", "。", "「", "」", "…", "·",
)  # fmt: skip
FIELDS = (
    "speaker:", "organization:", "initiative:", "meeting:", "place:", "country:", "language:",
    "status:", "year:", "from:", "to:", "-year:", "-speaker:", "nosuchfield:", "http:", ":",
)  # fmt: skip
VALUES = (
    "2006", "2006..2009", "2009-2006", "99999", "0", "-1", "1e9", "2006-02-31", "२००६",
    "٢٠٠٦", '"kofi annan"', '"kofi', "CH", "zz", "XXX", "en", "x-klingon", "transcript", "*",
    "", "💬",
)  # fmt: skip
FOREIGN_SYNTAX = (
    "'; DROP TABLE speeches_speech; --", "' OR '1'='1", '" OR ""="',
    "1 UNION SELECT NULL,NULL--", "%' AND 1=0 UNION ALL SELECT password FROM auth_user --",
    "{tokens} : x", "tokens : refugees", '"refug" * ^ "x"', "NEAR(migration refugees, 3)",
    'a AND (b OR', "^migration", "- tokens : a", "'fat' & !rat:ab | <2>", "foo:* & bar:A",
    "a <-> b <0> c", "'", "''", "\\'", "$$x$$", "$1", "%s", "%(name)s", "{0}", "{{ 7*7 }}",
    "{% debug %}", "${7*7}", "<script>alert(1)</script>", "%00", "%ff",
    '"><img src=x onerror=alert(1)>', "<mark>", "</mark>", "<!--", "]]>", "<![CDATA[",
    "&amp;", "&#0;", "javascript:alert(1)", "../../etc/passwd", "=HYPERLINK(1)", "+1+1",
    "@SUM(1)", "\\x00", "\\u0000", "\r\nSet-Cookie: a=b", "xn--nxasmq6b", "united_nations",
    "search_1_words", "__", "a_b",
)  # fmt: skip
CONTROLS = (
    "\0\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\xa0\xad\u061c\u200b\u200d\u200e\u202e\u2028\u2066"
    "\ufeff\ufffd\uffff"
)
EMOJI = (
    "👩\u200d👩\u200d👧\u200d👦", "🇨🇭", "👍🏽", "❤️", "🧑🏿\u200d🚀", "☪", "✝", "♀️", "1️⃣", "💥", "🫠",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
)  # fmt: skip
WORDS = (
    "the", "of", "peace", "migration", "refugees", "united nations", "development", "a", "I",
    "x", "migracion", "réfugiés", "беженцы", "اللاجئين", "难民", "移民问题", "難民",
    "hébergés", "İstanbul", "ﬁnance", "ＭＩＧＲＡＴＩＯＮ", "straße", "Œuvre", "people's",
    "l'accord", "co-operation", "U.N.", "3.14", "A/RES/73/195", "2030", "migrat*", "*ation",
    "re*ugee", "-peace", "--peace", '-"human rights"',
)  # fmt: skip
STARTS_OF_SCRIPTS = (
    0x00C0, 0x0370, 0x0400, 0x0530, 0x0590, 0x0600, 0x0700, 0x0780, 0x0900, 0x0980, 0x0A00,
    0x0B80, 0x0D00, 0x0E00, 0x0F00, 0x1000, 0x10A0, 0x1100, 0x1200, 0x13A0, 0x1400, 0x1680,
    0x16A0, 0x1780, 0x1800, 0x1B00, 0x2C00, 0x2D30, 0x3040, 0x30A0, 0x3100, 0x4E00, 0xA000,
    0xAC00, 0xFB50, 0xFE70, 0xFF00, 0x10000, 0x10330, 0x1D400, 0x1E900, 0x1F600, 0x20000,
    0xE0000, 0xF0000,
)  # fmt: skip


def hostile_queries(count: int = 10_000, seed: int = SEED) -> Iterator[str]:
    """Yield `count` queries, no two alike, the same ones for the same seed."""
    random = Random(seed)  # noqa: S311
    ways = (
        nested, operators_alone, fields, foreign_syntax, enormous, many_terms, combining,
        controls, scripts, emoji, nonsense, soup, soup,
    )  # fmt: skip
    made: set[str] = set()
    for way in cycle(ways):
        text = way(random)
        if text not in made:
            made.add(text)
            yield text
        if len(made) == count:
            return


def nested(random: Random) -> str:
    """Quotes and brackets inside each other, some closed by another kind, some never."""
    depth = random.randrange(1, 60)
    opening = "".join(random.choice("\"'([{“«„") for _ in range(depth))
    closing = "".join(random.choice("\"')]}”»“") for _ in range(random.randrange(depth + 1)))
    return opening + random.choice(WORDS) + closing


def operators_alone(random: Random) -> str:
    return random.choice(["", " "]).join(random.choices(OPERATORS, k=random.randrange(1, 40)))


def fields(random: Random) -> str:
    parts = [random.choice(FIELDS) + random.choice(VALUES) for _ in range(random.randrange(1, 8))]
    return " ".join([*parts, random.choice(WORDS)])


def foreign_syntax(random: Random) -> str:
    return " ".join(random.choices(FOREIGN_SYNTAX, k=random.randrange(1, 4)))


def enormous(random: Random) -> str:
    """One thing, 2 KB of it."""
    unit = random.choice((*OPERATORS, *WORDS, *FOREIGN_SYNTAX, "x", "字", "🫠", " "))
    return (unit * (LONGEST // max(1, len(unit.encode())) + 1))[:LONGEST]


def many_terms(random: Random) -> str:
    joined = random.choice([" ", " OR ", " -", '" "', "* ", " AND "])
    return joined.join(random.choices(WORDS, k=500))


def combining(random: Random) -> str:
    """Letters below piles of marks."""
    marks = [chr(code) for code in range(0x0300, 0x036F)]
    return "".join(
        letter + "".join(random.choices(marks, k=random.randrange(30)))
        for letter in random.choice(WORDS)
    )


def controls(random: Random) -> str:
    return "".join(
        letter + random.choice(CONTROLS) * random.randrange(3) for letter in random.choice(WORDS)
    )


def scripts(random: Random) -> str:
    """Letters of one or more of the world's scripts, assigned or not, as they come."""
    words = []
    for _ in range(random.randrange(1, 6)):
        start = random.choice(STARTS_OF_SCRIPTS)
        words.append("".join(chr(start + random.randrange(96)) for _ in range(random.randrange(9))))
    form = random.choice(["NFC", "NFD", "NFKC", "NFKD"])
    return unicodedata.normalize(form, " ".join(words))  # type: ignore[arg-type]


def emoji(random: Random) -> str:
    return random.choice(["", " "]).join(random.choices((*EMOJI, *WORDS), k=random.randrange(1, 9)))


def nonsense(random: Random) -> str:
    """Any characters at all, but for halves of a surrogate pair: no address can hold those."""
    codes = (random.randrange(0x110000) for _ in range(random.randrange(1, 80)))
    return "".join(chr(code) for code in codes if not 0xD800 <= code <= 0xDFFF)


def soup(random: Random) -> str:
    """Everything above, in pieces."""
    makers: tuple[Callable[[Random], str], ...] = (
        nested, operators_alone, fields, foreign_syntax, controls, scripts, emoji,
    )  # fmt: skip
    pieces = [random.choice(makers)(random) for _ in range(random.randrange(2, 5))]
    start = random.randrange(5)
    return random.choice(["", " ", '"']).join(pieces)[start:]
