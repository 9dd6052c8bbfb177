"""Words: the one place that knows how languages are written.

Pure. What is indexed, typed, corrected and highlighted goes through these functions, so that
both databases hold the same tokens, and a word typed in any usual way meets the word said.

Apostrophes: the owner's `'s` goes (`women's` is found by `women`), so does a word elided
before a vowel (`l'accord`, `d'Ivoire`: nobody looks for the article), and any other
apostrophe closes up, as many leave it out when they type: `Sana'a`, `O'Brien`, `aujourd'hui`.
"""

import re
from functools import lru_cache
from itertools import pairwise

from speeches.search.words.folding import APOSTROPHES, INVISIBLE, MARKS, fold, fold_with_places
from speeches.search.words.stemming import stem, stem_all, stems

__all__ = ["LONGEST", "fold", "is_paired", "spans", "stem", "stem_all", "stems", "words"]

LONGEST = 40
"""Characters of a word that count; what is longer is cut, in texts and queries alike."""

# Scripts written without spaces: Han, kana, Thai, Lao, Burmese, Khmer. Their runs become
# overlapping pairs of characters, so that a word is found wherever it stands in a run.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)

_WORD = re.compile(rf"\w+(?:[{MARKS}{INVISIBLE}]+\w*|[{APOSTROPHES}]\w+)*")
_RUN = re.compile(
    rf"(?P<unspaced>(?=\w)[{_UNSPACED}]+)|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{MARKS}])*"
)
_CHARACTER = re.compile(rf"\w[{MARKS}]*")
_PAIRED = re.compile(f"[{_UNSPACED}]")

# Of a folded word. French, Catalan and Italian elide before a vowel or h: N'Djamena stays.
_LEFT_OUT = re.compile(
    r"'s(?!\w)"
    r"|(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|(?:de|a|ne|da|su|que)ll)'(?=[aeiouyh])"
)
# An ASCII text is folded and cut by one table of bytes: twice as fast as by a pattern.
_ASCII = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == "'" else ord(" ")
    for code in range(128)
).ljust(256)

# Most texts that are not ASCII are English ones with these signs: without them they are.
_TYPOGRAPHIC = [("’", "'"), ("‘", "'"), *((sign, " ") for sign in "“”–—…\u00a0")]


def words(text: str) -> list[str]:
    """Return the words of a text in order, folded, as index and queries hold them.

    A run of a script without spaces gives its overlapping pairs (移民组织: 移民, 民组, 组织),
    a single character of one gives itself. No word holds white space, `_` or a quote.
    """
    if not text.isascii():
        for sign, plain in _TYPOGRAPHIC:
            text = text.replace(sign, plain)
    if not text.isascii():
        return [form for raw in _raw_words(text) for form in _forms(raw)]
    found = _ascii_words(text)
    if "'" in text:
        found = [
            form
            for token in found
            for form in ([token] if "'" not in token else _without_apostrophes(token))
        ]
    if found and len(max(found, key=len)) > LONGEST:
        return [form[:LONGEST] for form in found]
    return found


def spans(text: str) -> list[tuple[int, int, str]]:
    """Return the same words with where each stands in the text as given: start, end, word."""
    if text.isascii() and "'" not in text:
        return _ascii_spans(text)
    found: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(text.replace("_", " ")):
        raw, offset = match[0], match.start()
        if raw.isascii() and "'" not in raw:
            found.append((offset, match.end(), raw.lower()[:LONGEST]))
        else:
            found += [(offset + first, offset + last, form) for first, last, form in _cut(raw)]
    return found


def _ascii_spans(text: str) -> list[tuple[int, int, str]]:
    """Look for each word after the one before it: only signs and spaces stand between."""
    lowered = text.lower()
    found = []
    end = 0
    for form in _ascii_words(text):
        start = lowered.index(form, end)
        end = start + len(form)
        found.append((start, end, form[:LONGEST]))
    return found


def _ascii_words(text: str) -> list[str]:
    """Return the runs of letters, digits and apostrophes of an ASCII text, folded."""
    return text.encode().translate(_ASCII).decode().split()


def is_paired(form: str) -> bool:
    """Say whether a word is of a script without spaces, hence a pair of characters."""
    return _PAIRED.match(form) is not None


def _without_apostrophes(token: str) -> list[str]:
    return [form for raw in _raw_words(token) for form in _forms(raw)]


def _raw_words(text: str) -> list[str]:
    return _WORD.findall(text.replace("_", " "))


def _forms(raw: str) -> tuple[str, ...]:
    if raw.isascii() and "'" not in raw:
        return (raw.lower()[:LONGEST],)
    return tuple([form for _, _, form in _cut(raw)])


@lru_cache(maxsize=1 << 15)
def _cut(raw: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a run of letters, with their places in it."""
    folded, places = fold_with_places(raw)
    if "'" in folded:
        folded = _LEFT_OUT.sub(lambda left_out: " " * len(left_out[0]), folded)
        kept = [index for index, character in enumerate(folded) if character != "'"]
        folded, places = "".join(folded[i] for i in kept), [places[i] for i in kept]
    found: list[tuple[int, int, str]] = []
    for run in _RUN.finditer(folded):
        for first, last in _pairs(folded, *run.span()) if run["unspaced"] else [run.span()]:
            start, end = places[first][0], places[last - 1][1]
            found.append((start, end, folded[first:last][:LONGEST]))
    return tuple(found)


def _pairs(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the pairs of a run stand; a vowel sign goes with its consonant."""
    characters = [found.span() for found in _CHARACTER.finditer(folded, start, end)]
    if len(characters) == 1:
        return characters
    return [(one[0], other[1]) for one, other in pairwise(characters)]
