"""Which earlier speech a text quotes: eight words or more in quotation marks, word for word.

Words that many speeches have are everybody's: a charter, a proverb, a greeting. What two texts
share without quotation marks is not taken for a quotation.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches.models import Passage, Speech, SpeechText
from speeches.search.answers.quotes import find_quote
from speeches.search.index.backends.base import TooSlow
from speeches.search.words.language import words

LEAST_WORDS = 8
MOST_QUOTATIONS = 40
"""Looked up for one text, so that a text of nothing else cannot keep the database busy."""
MOST_SPEECHES = 3
"""Earlier speeches that may have the words; more of them quote something common."""

_MARKED = re.compile(
    '“([^“”]{20,4000})”|„([^„“”]{20,4000})[“”]|«([^«»]{20,4000})»|"([^"]{20,4000})"'
    "|「([^「」]{8,2000})」|『([^『』]{8,2000})』"
)


class Quoted(NamedTuple):
    """Words of a passage that stand in an earlier speech."""

    passage: Passage
    start: int
    end: int
    cited_speech: int
    cited_passage: int
    words: int

    @property
    def confidence(self) -> float:
        """How surely the words are a quotation of this very speech: longer ones more."""
        return min(0.98, 0.7 + 0.02 * self.words)


def quoted_in(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield where a passage has quotations; a passage that is one gives itself."""
    if passage.kind == Passage.Kind.QUOTE:
        yield 0, len(passage.text)
        return
    for match in _MARKED.finditer(passage.text):
        yield match.start() + 1, match.end() - 1


def quotations_of(text: SpeechText, passages: Sequence[Passage]) -> list[Quoted]:
    """Return what a text quotes of earlier speeches that are public now."""
    day = text.speech.delivered_on
    if day is None:
        return []
    places = [(one, *span) for one in passages for span in quoted_in(one)]
    found = []
    for passage, start, end in places[:MOST_QUOTATIONS]:
        sought = words(passage.text[start:end])
        if len(sought) < LEAST_WORDS:
            continue
        try:
            matches = find_quote(sought, nearly=False)
        except TooSlow:
            continue  # The next linking of the text asks again.
        cited = {one.passage.speech_id: one.passage.passage_id for one in matches}
        earliest = _earliest(text.speech, cited)
        if earliest is not None:
            key = earliest.pk
            found.append(Quoted(passage, start, end, key, cited[key], len(sought)))
    return found


def _earliest(citing: Speech, keys: dict[int, int]) -> Speech | None:
    """Return the first speech that has the words, if few have and all before this one count."""
    earlier = list(
        Speech.objects.published()
        .filter(pk__in=keys, delivered_on__lt=citing.delivered_on)
        .exclude(pk=citing.pk)
        .order_by("delivered_on", "pk")
    )
    return earlier[0] if earlier and len(keys.keys() - {citing.pk}) <= MOST_SPEECHES else None
