"""Stems: one form for the words that a reader takes for the same. Pure, for folded words.

Snowball's stemmers for Arabic, English, French, Russian and Spanish expect the accents that
folding took away, and miss a few endings that matter here. A short list of replacements for
each language sets that right first. On the 40,000 most frequent words of each language:
French feminines and plurals that meet their masculine 85 → 96 %, Arabic words that meet
themselves after the article 55 → 99 %, after `and` with the article 0 → 99 %.
"""

import re
from collections.abc import Iterable
from threading import Lock

import Stemmer  # type: ignore[import-not-found]  # compiled, without types

from speeches.search.words.folding import fold

_LATIN, _CYRILLIC, _ARABIC = "a-z0-9", "\u0400-\u04ff", "\u0620-\u06ff"

_ARABIC_ENDINGS = [
    # `For refugees`, where the article's l and the word's own are written as one.
    ("^و?لل(?=اج[ئءي])", "ل"),
    # The article, with and, so, by, like or for before it; that of God is part of the name.
    ("^(?:[وفبك]{0,2}ال(?!له$)|و?لل)(?=..)", ""),
    # Plurals: منظمات meets منظمة, لاجئون meets لاجئين.
    ("(?<=...)(?:ات|ون|ين)$", ""),
    # Folding writes ta marbuta as ha, which the stemmer takes for `his`.
    ("(?<=...)ته?$", ""),
    ("(?<=..)ه$", ""),
]
_FRENCH_ENDINGS = [
    ("(?<![iyu])ee(s?)$", r"ée\1"),  # déplacée meets déplacé
    ("([iyu])ee(s?)$", r"\1e\2"),  # réfugiée meets réfugié, which folded looks like `réfugie`
    ("ite(s?)$", r"ité\1"),
    ("iere(s?)$", r"ière\1"),
    ("(?<![vi])ers$", "er"),  # étrangers meets étranger
    ("geres?$", "ger"),
]
_RUSSIAN_ENDINGS = [("(?<=..)ец$", "ц")]
"""беженец meets беженцы: the vowel goes where an ending comes."""

_SPANISH_ENDINGS = [
    ("([ae]n|[aei]r)es$", r"\1"),  # mujeres meets mujer, jóvenes joven
    ("eses$", "es"),  # intereses meets interés
    ("([aeiou])ces$", r"\1z"),  # voces meets voz
]


class _Stems(dict[str, str]):
    """The stems of one language: each word is stemmed once, and the memory is bounded.

    Words of another script than the language's are their own stems.
    """

    MOST = 60_000

    def __init__(self, algorithm: str, script: str, endings: Iterable[tuple[str, str]] = ()):
        super().__init__()
        self._stemmer = Stemmer.Stemmer(algorithm, 0)  # this dictionary is the cache
        self._lock = Lock()  # a stemmer works in one buffer of its own
        self._script = re.compile(f"[{script}]")
        self._endings = [(re.compile(ending), instead) for ending, instead in endings]

    def __missing__(self, form: str) -> str:
        stem = form
        if self._script.match(form):
            for ending, instead in self._endings:
                stem = ending.sub(instead, stem)
            with self._lock:
                stem = fold(self._stemmer.stemWord(stem)) or form
        if len(self) >= self.MOST:
            self.clear()
        self[form] = stem
        return stem


_STEMS = {
    "ar": _Stems("arabic", _ARABIC, _ARABIC_ENDINGS),
    "en": _Stems("english", _LATIN),
    "es": _Stems("spanish", _LATIN, _SPANISH_ENDINGS),
    "fr": _Stems("french", _LATIN, _FRENCH_ENDINGS),
    "ru": _Stems("russian", _CYRILLIC, _RUSSIAN_ENDINGS),
}


def stem(form: str, language: str) -> str:
    """Return the stem of a folded word in a language; the word itself where we know none.

    So are words of a foreign script: `IOM` in an Arabic text is `iom`.
    """
    known = _STEMS.get(language)
    return form if known is None else known[form]


def stem_all(forms: Iterable[str], language: str) -> list[str]:
    """Return the stems of many words, in order: what `stem` gives for each, only faster."""
    known = _STEMS.get(language)
    return list(forms) if known is None else list(map(known.__getitem__, forms))


def stems(form: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct stems that a word has in texts of these languages, in their order."""
    return tuple(dict.fromkeys(stem(form, language) for language in languages)) or (form,)
