"""What of a query can be highlighted, and where it stands in a text. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from speeches.search.words.language import is_paired, spans, stem_all

Word = tuple[int, int, str]
"""Where a word stands in a text, and its form: what `language.spans` gives."""


class Hit(NamedTuple):
    """A place in a text, and the part of the query that stands there.

    `key` is a stem, the beginning of a word, or a phrase. Offsets are into the original text.
    """

    start: int
    end: int
    key: str | tuple[str, ...]


@dataclass(frozen=True)
class Matcher:
    """What to highlight: words by their stems, beginnings of words, and exact phrases.

    All are folded as `language.words` folds; a phrase is matched form by form, unstemmed.
    """

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stems or self.prefixes or self.phrases)

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return what to mark in a text, sorted; what overlaps or touches is one."""
        return merge(self.hits(spans(text), language)) if self else []

    def hits(self, found: Sequence[Word], language: str) -> list[Hit]:
        """Return every place that answers a part of the query, by where it starts.

        `found` holds the words of a text in `language`, as `language.spans` gives them.
        """
        forms = [form for _, _, form in found]
        hits: list[Hit] = []
        if self.stems:
            hits += [
                Hit(found[at][0], found[at][1], stem)
                for at, stem in enumerate(stem_all(forms, language))
                if stem in self.stems
            ]
        if self.prefixes:
            hits += self._beginnings(found, forms)
        for phrase in self.phrases:
            hits += _places_of(phrase, found, forms)
        return sorted(hits, key=_place)

    def _beginnings(self, found: Sequence[Word], forms: list[str]) -> Iterator[Hit]:
        """Yield the words that begin as typed.

        A single character of a script without spaces is marked by itself, wherever it
        stands in a pair.
        """
        characters = {prefix for prefix in self.prefixes if len(prefix) == 1 and is_paired(prefix)}
        begun = tuple(prefix for prefix in self.prefixes if prefix and prefix not in characters)
        for at in [at for at, form in enumerate(forms) if form.startswith(begun)]:
            key = next(prefix for prefix in begun if forms[at].startswith(prefix))
            yield Hit(found[at][0], found[at][1], key)
        for start, end, form in found if characters else ():
            if form[0] in characters:
                yield Hit(start, start + 1, form[0])
            if form[-1] in characters:
                yield Hit(end - 1, end, form[-1])


def _places_of(phrase: tuple[str, ...], found: Sequence[Word], forms: list[str]) -> Iterator[Hit]:
    size = len(phrase)
    at = -1
    for _ in range(forms.count(phrase[0]) if phrase else 0):
        at = forms.index(phrase[0], at + 1)
        if tuple(forms[at : at + size]) == phrase:
            yield Hit(found[at][0], found[at + size - 1][1], phrase)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def merge(hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return the places of hits, which are in order; what overlaps or touches is one."""
    merged: list[tuple[int, int]] = []
    for hit in hits:
        if merged and hit.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(hit.end, merged[-1][1]))
        else:
            merged.append((hit.start, hit.end))
    return merged
