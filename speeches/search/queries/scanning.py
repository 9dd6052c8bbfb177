"""From what was typed to its pieces: words, quotations, fields, operators, brackets.

Pure. Whatever is typed can be cut: a quotation that is never closed runs to the end, and
signs that mean nothing here are passed over.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from speeches.search.queries.terms import AND_WORDS, NOT_WORDS, OR_WORDS, QUOTES
from speeches.search.words.language import fold

FIELDS = {
    "speaker": "speaker orateur oratrice orador oradora оратор المتحدث 发言人",
    "organization": "organization organisation org organizacion организация المنظمة 组织",
    "initiative": "initiative iniciativa инициатива المبادرة 倡议",
    "meeting": "meeting reunion встреча الاجتماع 会议",
    "place": "place lieu lugar место المكان 地点",
    "country": "country pays pais страна البلد 国家",
    "language": "language lang langue idioma язык اللغة 语言",
    "status": "status statut estado статус الحالة 状态",
    "year": "year annee ano год السنة 年份",
    "from": "from since depuis desde",
    "to": "to until hasta",
}
"""What fields may be called, in the languages of the interface; the first name is ours."""

_FIELD_NAMES = {fold(word): name for name, words in FIELDS.items() for word in words.split()}

_NARROW = str.maketrans(
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
)
"""Full-width signs as their usual ones, place for place: ＯＲ, ：, ＊."""

_STEERING = dict.fromkeys((0xFEFF, *range(0x200E, 0x2010), *range(0x202A, 0x202F),
                           *range(0x2066, 0x206A)))  # fmt: skip
"""Marks that turn the direction of what follows are no part of a query."""

_APART = r"\s()\[\]{}|;!?،؛؟，、。；！？…《》〈〉【】（）" + "".join(QUOTES)
_QUOTED = "|".join(f"[{marks}](?P<quote{number}>[^{marks}]*)(?:[{marks}]|$)"
                   for number, marks in enumerate(QUOTES))  # fmt: skip
_MINUS = r"(?P<minus>[-−–]+(?=[^\s–−-]))?"
_FIELD = re.compile(rf"{_MINUS}(?P<name>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*):(?P<gap>\s*)")
_VALUE = re.compile(rf"(?:{_QUOTED})|(?P<word>[^{_APART}]+)")
_PIECE = re.compile(
    rf"{_MINUS}(?:"
    rf"(?:{_QUOTED})(?:~\d*|\*)?"
    r"|(?P<opens>[(\[{])|(?P<closes>[)\]}])"
    r"|(?P<or>\|+)"
    rf"|(?P<word>(?:[^{_APART},]|(?<=\d),(?=\d))+)"
    r")"
)
_NEAR = re.compile(r"NEAR/\d+")


class Piece(NamedTuple):
    """One piece: `kind` is word, phrase, field, or, and, not, opens or closes."""

    kind: str
    text: str = ""
    excluded: bool = False
    name: str = ""


def cleaned(text: str, most: int = 0) -> str:
    """Return a text on one line, without characters that cannot stand in an address.

    With `most`, only so many characters are looked at, so that a megabyte costs nothing.
    """
    text = text[:most] if most else text
    if not text.isprintable():
        text = text.encode("utf-8", "ignore").decode().translate(_STEERING)
        text = "".join(
            " " if unicodedata.category(character) == "Cc" else character for character in text
        )
    return " ".join(text.split())


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a cleaned text in order."""
    text = text.translate(_NARROW)
    at = 0
    while at < len(text):
        if field := _field_at(text, at):
            value = (
                None
                if field["gap"] and _field_at(text, field.end())
                else _VALUE.match(text, field.end())
            )
            at = value.end() if value else field.end()
            name = _FIELD_NAMES[fold(field["name"])]
            yield Piece("field", _inside(value), bool(field["minus"]), name)
        elif piece := _PIECE.match(text, at):
            at = piece.end()
            yield Piece(_kind(piece), _inside(piece), bool(piece["minus"]))
        else:
            at += 1


def _field_at(text: str, at: int) -> re.Match[str] | None:
    found = _FIELD.match(text, at)
    return found if found and fold(found["name"]) in _FIELD_NAMES else None


def _kind(piece: re.Match[str]) -> str:
    for name in ("opens", "closes", "or"):
        if piece[name]:
            return name
    word = piece["word"]
    if word is None:
        return "phrase"
    if not piece["minus"]:
        for name, operators in (("or", OR_WORDS), ("and", AND_WORDS), ("not", NOT_WORDS)):
            if word in operators or (name == "and" and _NEAR.fullmatch(word)):
                return name
    return "word"


def _inside(found: re.Match[str] | None) -> str:
    """Return what was quoted, or the word."""
    if found is None:
        return ""
    quoted = (found[f"quote{number}"] for number in range(len(QUOTES)))
    return next((text for text in quoted if text is not None), found["word"] or "")
