"""Marks in the stored HTML of a speech: in its words only, never in a tag or a number.

Pure. What comes in is what `speeches.rendering` made of a sanitized body; without the marks,
what goes out is the same, character by character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from django.utils.safestring import SafeString, mark_safe

from speeches.search.words.matcher import Matcher

_PIECE = re.compile(
    r"""(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>)"""
    r"|(?P<entity>&(?:\#\d+|\#[xX][\da-fA-F]+|[a-zA-Z]\w*);)"
    r"|[^<&]+|[<&]"
)
_INLINE = frozenset({"a", "em", "strong", "sup"})
"""Tags that a word or a phrase may run over. Any other ends what was being said."""
_NUMBER = 'class="passage__number"'
"""The link in the margin that `rendering.render` sets before each passage."""


@dataclass
class _Run:
    """The words between two blocks, and where each stretch of them stands in the HTML."""

    words: list[str] = field(default_factory=list)
    size: int = 0
    stretches: list[tuple[int, int, int, bool]] = field(default_factory=list)
    """Start in the words, start and end in the HTML, and whether it is one entity."""

    def add(self, words: str, start: int, end: int, *, entity: bool = False) -> None:
        self.stretches.append((self.size, start, end, entity))
        self.words.append(words)
        self.size += len(words)

    def marks(self, matcher: Matcher, language: str) -> Iterator[tuple[int, int]]:
        """Yield what to mark as places in the HTML: a mark never spans two stretches."""
        found = iter(matcher.spans("".join(self.words), language))
        span = next(found, None)
        at = 0
        while span and at < len(self.stretches):
            begin, start, end, entity = self.stretches[at]
            after = self.stretches[at + 1][0] if at + 1 < len(self.stretches) else self.size
            first, last = max(span[0], begin), min(span[1], after)
            if first < last:
                yield (start, end) if entity else (start + first - begin, start + last - begin)
            if span[1] <= after:
                span = next(found, None)
            else:
                at += 1


def mark_html(html: str, language: str, matcher: Matcher) -> SafeString:
    """Return the HTML of a speech with a `<mark>` around what answers the query.

    The HTML must be sanitized: nothing of it is escaped again.
    """
    parts: list[str] = []
    done = 0
    for run in _runs(html) if matcher else ():
        for start, end in _joined(run.marks(matcher, language)):
            parts += [html[done:start], "<mark>", html[start:end], "</mark>"]
            done = end
    parts.append(html[done:])
    return mark_safe("".join(parts))


def _joined(marks: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join marks that touch: a word with an entity in it is one."""
    last: tuple[int, int] | None = None
    for start, end in marks:
        if last and start <= last[1]:
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def _runs(html: str) -> Iterator[_Run]:
    """Yield the words of each block, without the numbers in the margin."""
    run = _Run()
    in_number = False
    for piece in _PIECE.finditer(html):
        tag = piece["tag"]
        if tag is None:
            if not in_number:
                words = unescape(piece[0]) if piece["entity"] else piece[0]
                run.add(words, piece.start(), piece.end(), entity=bool(piece["entity"]))
            continue
        name = piece["name"].lower()
        was_number, in_number = in_number, _NUMBER in tag or (in_number and tag != "</a>")
        if in_number or was_number or name not in _INLINE:
            yield run
            run = _Run()
    yield run
