"""What somebody pasted as a quotation, taken apart where they marked something left out.

Pure. Writers shorten a quotation with an ellipsis, explain it in brackets, and mark its
mistakes with [sic]; what they wrote that way stands in no speech.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from iomsite.markup import strip_controls
from speeches.search.words.language import words

MOST_CHARACTERS = 2000
LEAST_WORDS = 6
MOST_PARTS = 8
NEAR_BRACKET = 10
"""Words of the speech that a bracketed insertion may stand for."""

_REMARK = re.compile(r"[\[(]\s*(?:sic|emphasis (?:added|mine|ours))\b[^\])]{0,20}[\])]", re.I)
_CAPITAL = re.compile(r"\[(\w)\](?=\w)")
_OMISSION = re.compile(r"[\[(]\s*(?:\.\s?\.\s?\.|…|\.\.)+\s*[\])]|…+|\.(?:\s?\.){2,}|⋯+")
_INSERTION = re.compile(r"\[[^\[\]]{1,200}\]")
_CUT = re.compile(f"({_OMISSION.pattern})|({_INSERTION.pattern})")


@dataclass(frozen=True)
class Part:
    """A piece of a quotation that is meant to stand in a speech just so."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Quotation:
    """A quotation as pasted, and the parts of it between the marks of what was left out.

    `gaps` says of each two neighbouring parts how many words of the speech may stand between
    them; None for any number. `plain` is the whole as one part, marks and all: a speech may
    hold brackets and dots of its own.
    """

    plain: Part
    parts: tuple[Part, ...]
    gaps: tuple[int | None, ...] = ()

    @property
    def is_long_enough(self) -> bool:
        return sum(len(part.words) for part in self.parts) >= LEAST_WORDS

    @property
    def is_cut(self) -> bool:
        """Whether something in it was left out, put in or remarked on."""
        return len(self.parts) != 1 or self.parts[0].words != self.plain.words


def parse_quotation(text: str) -> Quotation:
    """Read a pasted quotation; what goes beyond the bound on its length is cut off."""
    whole = " ".join(strip_controls(text)[:MOST_CHARACTERS].split())
    plain = _part(whole)
    body = " ".join(_CAPITAL.sub(r"\1", _REMARK.sub(" ", whole)).split())
    parts: list[Part] = []
    gaps: list[int | None] = []
    gap: int | None = 0
    for piece, is_omission in _pieces(body):
        part = _part(piece)
        if part.words:
            if parts:
                gaps.append(gap)
            parts.append(part)
            gap = 0
        gap = None if is_omission or gap is None else NEAR_BRACKET
    return Quotation(plain, tuple(parts) or (plain,), tuple(gaps))


def _pieces(body: str) -> Sequence[tuple[str, bool]]:
    """Return the words between the marks, each with whether words are left out behind it."""
    pieces: list[tuple[str, bool]] = []
    start = 0
    for mark in _CUT.finditer(body):
        if len(pieces) == MOST_PARTS - 1:
            break
        pieces.append((body[start : mark.start()], bool(mark[1])))
        start = mark.end()
    return [*pieces, (body[start:], False)]


def _part(text: str) -> Part:
    return Part(text.strip(), tuple(words(text)))
