"""People behind a title: Ambassador Sample, Mr. John Sample, Minister of Sample Affairs."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from speeches.mentions.finding.word_lists import CUE_KINDS, words

_TITLE = (
    r"H\.\s?E\.(?:\s(?:Mr|Mrs|Ms|Dr)\.?)?|Mr|Mrs|Ms|Dr|Prof|Professor|Ambassador|Sir|Dame|"
    r"Madame|Monsieur|Señora?|Sr|Sra|Mme|Minister|President|Senator|Judge|Bishop"
)
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'\-]*[\w]|[A-Z]\."
_PARTICLE = r"(?:de|da|dos|del|van|von|der|den|el|al|bin|ibn|di|la|le)"
_PERSON = re.compile(
    rf"\b(?P<title>{_TITLE})\.?\s+(?P<name>(?:{_WORD})"
    rf"(?:\s+(?:{_PARTICLE}\s+){{0,2}}(?:{_WORD})){{0,4}})"
    r"(?:,\s+(?:the\s+)?(?P<role>[A-Z][^,.;:()]{3,120}))?"
)
_SURE = frozenset({"mr", "mrs", "ms", "dr", "prof", "professor", "ambassador"})
_NO_NAMES = words(
    "chair chairman chairperson chairwoman president minister secretary director general speaker"
    " madam sir moderator ambassador excellency commissioner deputy rapporteur vice prime foreign"
    " the and of for our this"
)


class Person(NamedTuple):
    """A person as a text names one: `start` and `end` are those of the name without title."""

    name: str
    title: str
    role: str
    start: int
    end: int
    confidence: float


def people_in(text: str) -> Iterator[Person]:
    """Yield the people whom a passage names by a title."""
    for match in _PERSON.finditer(text):
        words = match["name"].split()
        while words and words[-1].casefold().rstrip(".") in _NO_NAMES:
            words.pop()
        if not words or any(_is_no_name(word) for word in words):
            continue
        name = " ".join(words)
        start = match.start("name")
        end = start + _length(match["name"], len(words))
        title = " ".join(match["title"].split())
        is_sure = title.casefold().rstrip(".").split()[-1] in _SURE or title.startswith("H")
        confidence = (0.85 if is_sure else 0.7) if len(words) > 1 else 0.62
        if len(words) == 1 and not is_sure:
            continue
        yield Person(_without_possessive(name), title, (match["role"] or "").strip(), start,
                     end - (len(name) - len(_without_possessive(name))), confidence)  # fmt: skip


def _is_no_name(word: str) -> bool:
    plain = word.casefold().rstrip(".")
    return plain in _NO_NAMES or plain in CUE_KINDS


def _length(shown: str, count: int) -> int:
    """Return how many characters the first words of a name take as it stands in the text."""
    found = [match.end() for match in re.finditer(r"\S+", shown)]
    return found[count - 1]


def _without_possessive(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name
