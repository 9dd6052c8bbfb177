"""Words as names are compared by: one tokenizer for the names and for the texts.

A key is a word without case, accents, possessive and plural, in one spelling: Programme is
Program, Organisation is Organization, labour is labor. Offsets stay those of the text.
"""

import re
import unicodedata
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]  # compiled, without types

WORD = re.compile(
    r"(?P<dotted>(?:[A-Z]\.){2,}[A-Z]?)"
    r"|(?P<han>[\u3400-\u9fff])"
    r"|(?P<and>&)"
    r"|(?P<word>(?:Int['’]l\b|[^\W_]+))"
    r"|(?P<gap>[^\w\s]+)"
)
SOFT = frozenset("-'’,‑/")
"""Signs inside of names. Every other one is a break that no name goes across unseen."""
SKIPPED = frozenset({"the", "l", "d", "qu"})
JOINED = frozenset({"inter", "intra", "multi", "non", "co", "anti", "trans", "sub"})
"""Prefixes written apart, together or with a hyphen: inter-agency is interagency."""
NOT_AFTER_A_HYPHEN = frozenset({"and", "or", "to", "et", "y", "ou"})

_AMERICAN = {
    "programme": "program", "centre": "center", "defence": "defense", "theatre": "theater",
    "intl": "international", "on": "for", "marrakesh": "marrakech", "bern": "berne",
}  # fmt: skip
_OUR = re.compile(r"^(lab|neighb|behavi|harb|col|hon|fav)our")
_ISE = re.compile(r"is(ation|ational|ing|ed|e)$")
_IZE_TOO = re.compile(r"^(organ|mobil|util|real|global|civil|moderni|harmon|urban|industrial)")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{2})")
_ARABIC_PREFIX = re.compile(r"^[وفبلك](?=\w{3})")
_MOST_KEPT = 200_000

_russian = Stemmer.Stemmer("russian")
_keys: dict[str, tuple[str, str]] = {}


class Token(NamedTuple):
    """One word of a text. White space and signs are none."""

    key: str
    start: int
    end: int
    surface: str
    is_after_break: bool
    """A sign stands before it that no name has inside: a stop, a bracket, a quotation mark."""
    is_after_comma: bool
    other_key: str = ""
    """The key without a prefix that may belong to the word: Arabic wa-, bi-, li-."""

    @property
    def is_capital(self) -> bool:
        return self.surface[0].isupper() or not (self.surface[0].islower())

    @property
    def is_loud(self) -> bool:
        """All in capitals, as acronyms are, and whole lines of some pages."""
        return len(self.surface) > 1 and self.surface.isupper()


def key_of_word(surface: str) -> tuple[str, str]:
    """Return the key of one word, and that without a prefix if it may have one."""
    known = _keys.get(surface)
    if known is None:
        if len(_keys) >= _MOST_KEPT:
            _keys.clear()
        known = _keys[surface] = _key(surface)
    return known


def _key(surface: str) -> tuple[str, str]:
    if _CYRILLIC.search(surface):
        # Its й is a letter of its own, which NFKD would take for an и with a mark.
        composed = unicodedata.normalize("NFKC", surface).casefold().replace("ё", "е")
        return _russian.stemWord(composed), ""
    folded = unicodedata.normalize("NFKD", surface).casefold()
    folded = "".join(sign for sign in folded if not unicodedata.combining(sign) and sign != "ـ")
    if _ARABIC.search(folded):
        folded = folded.replace("ى", "ي").replace("ة", "ه")
        bare = _ARTICLE.sub("", folded)
        return bare, "" if bare != folded else _ARABIC_PREFIX.sub("", folded)
    folded = folded.replace("'", "").replace("’", "").replace(".", "")
    return _stem(folded), ""


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5:
        word = _OUR.sub(r"\1or", word)
        if _IZE_TOO.match(word):
            word = _ISE.sub(r"iz\1", word)
    return _AMERICAN.get(word, word)


def tokenize(text: str) -> list[Token]:
    """Return the words of a text in order, without articles that names leave out."""
    tokens: list[Token] = []
    is_break = is_comma = False
    hyphen_at = -1
    last_end = 0
    for match in WORD.finditer(text):
        group, surface, start = match.lastgroup, match.group(), match.start()
        if group == "gap":
            if surface in {"-", "‑"}:
                hyphen_at = match.end()
            elif surface == "." and tokens and _is_shortened(tokens[-1], last_end, start):
                pass
            elif not SOFT.issuperset(surface):
                is_break = True
            is_comma = is_comma or "," in surface
            continue
        if surface in {"s", "S"} and start and text[start - 1] in "'’" and last_end == start - 1:
            last_end = match.end()
            continue  # a possessive, no part of any name
        key, other = ("and", "") if group == "and" else key_of_word(surface)
        if key in SKIPPED and len(surface) <= 3:
            last_end = match.end()
            continue
        if (
            tokens
            and not is_break
            and (joined := _joined(tokens[-1], key, surface, start, hyphen_at))
        ):
            before = tokens.pop()
            key, start, surface = joined, before.start, text[before.start : match.end()]
            is_break, is_comma = before.is_after_break, before.is_after_comma
        tokens.append(Token(key, start, match.end(), surface, is_break, is_comma, other))
        is_break, is_comma, hyphen_at, last_end = False, False, -1, match.end()
    return tokens


def _joined(before: Token, key: str, surface: str, start: int, hyphen_at: int) -> str:
    """Return the one key of two parts of a word, empty when they are two words."""
    if before.key in JOINED and start == before.end + 1:
        return before.key + key
    if hyphen_at != before.end + 1 or start == hyphen_at:
        return ""
    is_broken = surface[0].islower() and key not in NOT_AFTER_A_HYPHEN
    whole = before.surface + surface
    return key_of_word(whole)[0] if is_broken and before.surface.isalpha() else ""


def _is_shortened(token: Token, last_end: int, start: int) -> bool:
    """Say whether a stop belongs to a word: St. Kitts, John F. Thomas."""
    is_short = len(token.surface) == 1 or token.surface in {"St", "Mr", "Mrs", "Ms", "Dr", "Jr"}
    return is_short and token.surface[0].isupper() and last_end == start


def key_of(name: str) -> tuple[str, ...]:
    """Return the key of a name: those of its words, in order."""
    return tuple(token.key for token in tokenize(name))
