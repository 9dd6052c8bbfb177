"""Showing why a text answers a query: its words marked, and the part that shows most of them.

Pure, and in Python on the few passages of one page: that takes 1–2 ms, knows the languages
as the index does, and needs no second copy of the text inside a search engine.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from speeches.search.words.language import spans
from speeches.search.words.marked_html import mark_html
from speeches.search.words.matcher import Hit, Matcher, Word, merge

__all__ = ["SNIPPET_LENGTH", "Matcher", "mark", "mark_html", "snippet"]

SNIPPET_LENGTH = 280

LONG, OVERLAP = 4000, 400
"""Characters of a long text that are looked at together, and that the next part repeats."""

_SENTENCE_START = re.compile(r"""[.!?؟…]["'”’»)]?\s+|[。！？]["”’」』）]?""")
_CLOSING = re.compile(r"""[.!?؟…。！？)”’»"'」』）]{1,3}""")


def mark(text: str, language: str, matcher: Matcher) -> SafeString:
    """Return a plain text as HTML, with a `<mark>` around what answers the query."""
    return mark_safe(_marked(text, matcher.spans(text, language), 0, len(text)))


def snippet(text: str, language: str, matcher: Matcher, length: int = SNIPPET_LENGTH) -> SafeString:
    """Return the part of a plain text that answers most of the query, as HTML with `<mark>`.

    It shows at most `length` characters of the text, cut between words, and `…` where it
    was cut.
    """
    offset = _telling_part(text, language, matcher) if len(text) > LONG else 0
    part = text[offset : offset + LONG]
    found = spans(part)
    hits = matcher.hits(found, language)
    start, end = 0, len(part)
    if end > length:
        start, end = _cut_between_words(part, found, _best_hits(hits, length), length)
    inner = _marked(part, merge(hits), start, end)
    before = "…" if offset + start > 0 else ""
    after = "…" if offset + end < len(text) else ""
    return mark_safe(f"{before}{inner}{after}")


def _telling_part(text: str, language: str, matcher: Matcher) -> int:
    """Return where the part of a long text begins that has most distinct parts of the query.

    The first that has them all will do: somebody may have said a whole speech in a paragraph.
    """
    asked = len(matcher.stems) + len(matcher.prefixes) + len(matcher.phrases)
    most, best, start = 0, 0, 0
    while start < len(text) and most < asked:
        hits = matcher.hits(spans(text[start : start + LONG]), language)
        distinct = len({hit.key for hit in hits})
        if distinct > most:
            most, best = distinct, start
        space = text.find(" ", start + LONG - OVERLAP, start + LONG)
        start = space + 1 if space > 0 else start + LONG - OVERLAP
    return best


def _marked(text: str, marks: list[tuple[int, int]], start: int, end: int) -> str:
    """Return `text[start:end]` escaped, with the marks that stand in it."""
    parts: list[str] = []
    done = start
    for first, last in marks:
        begin, finish = max(first, start), min(last, end)
        if begin < finish:
            parts += [escape(text[done:begin]), "<mark>", escape(text[begin:finish]), "</mark>"]
            done = finish
    parts.append(escape(text[done:end]))
    return "".join(parts)


def _best_hits(hits: list[Hit], length: int) -> tuple[int, int]:
    """Return where the hits to show begin and end: at most `length` apart.

    Best are those with most distinct parts of the query, a phrase counting for each of its
    words; then most hits; then the first.
    """
    best, place = (0, 0), (0, 0)
    inside: Counter[str | tuple[str, ...]] = Counter()
    worth = tail = 0
    for head, hit in enumerate(hits):
        worth += 0 if inside[hit.key] else _worth(hit)
        inside[hit.key] += 1
        while tail < head and hit.end - hits[tail].start > length:
            inside[hits[tail].key] -= 1
            worth -= 0 if inside[hits[tail].key] else _worth(hits[tail])
            tail += 1
        if (worth, head - tail) > best:
            best, place = (worth, head - tail), (hits[tail].start, hit.end)
    return place


def _worth(hit: Hit) -> int:
    return len(hit.key) if isinstance(hit.key, tuple) else 1


def _cut_between_words(
    text: str, found: Sequence[Word], shown: tuple[int, int], length: int
) -> tuple[int, int]:
    """Return where to cut so that what is to be shown has something around it.

    A beginning of a sentence is preferred, then one of a word. Where a single word or
    phrase is longer than all there is room for, its beginning is shown.
    """
    first, last = shown
    spare = max(0, length - (last - first))
    earliest = max(0, first - spare)
    ideal = max(0, min(first - spare // 2, len(text) - length))
    sentences = [found.end() for found in _SENTENCE_START.finditer(text, earliest, first)]
    if earliest == 0:
        sentences.append(0)
    starts = [start for start, _, _ in found if ideal <= start <= first]
    start = min(sentences or starts or [first], key=lambda place: abs(place - ideal))
    limit = start + length
    if limit >= len(text):
        return start, len(text)
    ends = [end for _, end, _ in found if start < end <= limit]
    end = max(ends, default=limit)
    closing = _CLOSING.match(text, end, limit)
    return start, closing.end() if closing else end
