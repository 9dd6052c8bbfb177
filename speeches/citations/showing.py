"""What a speech quotes and what quotes it, as its page shows it."""

from collections.abc import Sequence
from typing import NamedTuple

from speeches.models import Passage


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
