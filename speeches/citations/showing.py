"""What a speech quotes and what quotes it, as its page shows it: in one query."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from speeches.mentions.reading import excerpt
from speeches.models import Citation, Passage, SpeechText


class Cited(NamedTuple):
    """One citation seen from one of its two speeches: what is at the other end."""

    own: Passage
    """The paragraph of the speech that is being read."""
    other: Passage
    words: str
    """The words around the citation, as HTML."""
    is_quotation: bool

    @property
    def url(self) -> str:
        return f"{self.other.speech_text.address}#{self.other.anchor}"

    @property
    def number(self) -> str:
        return self.own.anchor.removeprefix("p")

    @property
    def other_number(self) -> str:
        return self.other.anchor.removeprefix("p")


class Citations(NamedTuple):
    """What a text cites, and what cites its speech."""

    cites: Sequence[Cited]
    cited_by: Sequence[Cited]

    @property
    def any(self) -> bool:
        return bool(self.cites or self.cited_by)


def citations_of(text: SpeechText) -> Citations:
    """Return the public citations of a text, and those of its speech by others."""
    rows = (
        Citation.objects.published()
        .filter(Q(passage__speech_text=text) | Q(cited_speech=text.speech_id))
        .exclude(cited_passage=None)
        .select_related("passage__speech_text__speech", "cited_passage__speech_text__speech")
        .order_by("passage__speech_text__speech__delivered_on", "passage__position", "start")
    )
    cites, cited_by = [], []
    for row in rows:
        if row.cited_passage is None:
            continue
        words = excerpt(row.passage.text, row.start, row.end)
        is_quotation = row.kind == Citation.Kind.QUOTATION
        if row.passage.speech_text_id == text.pk:
            cites.append(Cited(row.passage, row.cited_passage, words, is_quotation))
        else:
            cited_by.append(Cited(row.cited_passage, row.passage, words, is_quotation))
    return Citations(cites, cited_by)
