"""Folding: what two spellings of one word have in common, whatever the script.

Pure. Case, accents, width, ligatures, Arabic and Hebrew points, the digits of other scripts
and characters that cannot be seen make no difference to a search. What makes another letter
for those who read the language stays: й is not и, and the vowel signs of Indic scripts are
not accents.
"""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
)
"""What leaves no trace: soft hyphens, joiners, marks of direction, the Arabic tatweel."""

APOSTROPHES = "'\u2018\u2019\u201b\u02bb\u02bc\uff07"

# Signs set over, under or into a letter that readers may leave out when they type.
_POINTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)

_OWN_LETTERS = frozenset("йїўѓќؤئ")
"""Letters that Unicode takes for a letter with a sign, and readers do not."""

_SAME_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ð": "d",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ٱ": "ا",
        **dict.fromkeys(APOSTROPHES, "'"),
    }
)  # fmt: skip


def _ranges(codes: list[int]) -> str:
    """Return code points as the inside of a character class."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


MARKS = _ranges(
    [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
)
"""Combining marks, as the inside of a character class: `\\w` does not know them."""

# A letter with everything that Unicode may compose with it: marks, the vowels and finals of
# Korean syllables written in parts, the sound marks of half-width katakana.
_CLUSTER = re.compile(f"[^{MARKS}{INVISIBLE}]?[{MARKS}{INVISIBLE}\u1160-\u11ff\uff9e\uff9f]*", re.S)
_GONE = re.compile(f"[{INVISIBLE}]+")
_POINT = re.compile(f"[{_POINTS}]+")


def fold(text: str) -> str:
    """Return a text as searches compare it: `Réfugiés` becomes `refugies`.

    Spaces and punctuation stay, but for apostrophes, which all become straight.
    """
    if text.isascii():
        return text.lower()
    return "".join(_fold_cluster(cluster) for cluster in _CLUSTER.findall(text))


def fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a folded text, and for each of its characters where it comes from in `text`."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for found in _CLUSTER.finditer(text):
        folded = _fold_cluster(found[0])
        characters.append(folded)
        places += [found.span()] * len(folded)
    return "".join(characters), places


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> str:
    if cluster.isascii():
        return cluster.lower()
    seen = _GONE.sub("", cluster)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", seen).casefold())
    letters = "".join(map(_fold_letter, plain))
    return unicodedata.normalize("NFC", letters)


def _fold_letter(letter: str) -> str:
    if letter in _OWN_LETTERS:
        return letter
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    bare = _POINT.sub("", unicodedata.normalize("NFD", letter))
    return bare.translate(_SAME_LETTERS)
