"""When an undated text was spoken: last July's meeting, next week in Abu Dhabi, and so on.

Each phrase that places a known meeting against the day of speaking gives an interval, or
several where several meetings fit. The answer is what all of them have in common.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.events import places_in
from speeches.mentions.finding.found import Document, Edition, Found, Interval, Reason
from speeches.mentions.finding.tokens import Token
from speeches.targets import Target

LONGEST = 31
"""Days. A longer interval says too little to be offered."""
MOST_CLUES = 40

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PHRASE = re.compile(
    rf"\b(?P<when>[Ll]ast|[Tt]his|[Nn]ext)\s+(?P<what>week|month|year|{'|'.join(_MONTHS)})\b"
    r"|\b(?P<days>[Tt]hese\s+(?:past\s+|last\s+)?days)\b|\b(?P<day>[Tt]oday|[Yy]esterday|[Tt]omorrow)\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“\"])")

Span = tuple[date, date]


class Clue(NamedTuple):
    """One phrase: the intervals it allows, each with the meeting it would speak of."""

    phrase: str
    options: tuple[tuple[Span, Edition], ...]


def clues_in(
    document: Document,
    catalogue: Catalogue,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[Found],
) -> list[Clue]:
    """Return the phrases of an undated text that place known meetings in time."""
    if document.delivered_on is not None:
        return []
    series = {one.target for one in mentions}
    meetings = {e.target: e for editions in catalogue.editions.values() for e in editions}
    named = series | {meetings[one.target].series for one in mentions if one.target in meetings}
    clues = []
    for number, passage in enumerate(document.passages):
        for start, end in _sentences(passage.text):
            phrases = list(_PHRASE.finditer(passage.text, start, end))
            if not phrases:
                continue
            here = [one for one in mentions if one.passage == number and start <= one.start < end]
            words = [token for token in tokens[number] if start <= token.start < end]
            editions = _editions(catalogue, here, words, named, meetings)
            for phrase in phrases:
                options = tuple(_options(phrase, editions))
                if options:
                    clues.append(Clue(phrase.group(), options))
    return clues[:MOST_CLUES]


def interval_from(clues: Sequence[Clue]) -> Interval | None:
    """Return the days that all phrases allow, if they are few and no phrase contradicts."""
    if not clues:
        return None
    spans: list[tuple[Span, tuple[Reason, ...]]] = [((date.min, date.max), ())]
    for clue in clues:
        joined = {}
        for (first, last), reasons in spans:
            for (begin, end), edition in clue.options:
                span = max(first, begin), min(last, end)
                if span[0] <= span[1]:
                    words = {"phrase": clue.phrase, "meeting": edition.name}
                    joined[span] = (*reasons, Reason("interval", words))
        spans = list(joined.items())
        if not spans:
            return None
    first = min(span[0] for span, _ in spans)
    last = max(span[1] for span, _ in spans)
    if (last - first).days > LONGEST:
        return None
    return Interval(first, last, spans[0][1])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _editions(
    catalogue: Catalogue,
    here: Sequence[Found],
    words: Sequence[Token],
    named: set[Target | None],
    meetings: dict[Target, Edition],
) -> list[Edition]:
    """Return the meetings that a sentence may speak of: named, by town, by host State."""
    found = [meetings[one.target] for one in here if one.target in meetings]
    for place in places_in(words, catalogue):
        found += [one for one in place.editions if one not in found]
    countries = {str(one.target.key) for one in here if one.target.kind == "country"}
    for target in named:
        if target is not None:
            found += [
                one
                for one in catalogue.editions.get(target, ())
                if one.country in countries and one not in found
            ]
    return found


def _options(phrase: re.Match[str], editions: Sequence[Edition]) -> Iterator[tuple[Span, Edition]]:
    for edition in editions:
        if edition.first is None:
            continue
        first, last = edition.first, edition.last or edition.first
        if phrase["days"]:
            yield (first, last + timedelta(3)), edition
        elif phrase["day"]:
            shift = {"today": 0, "yesterday": 1, "tomorrow": -1}[phrase["day"].lower()]
            yield (first + timedelta(shift), last + timedelta(shift)), edition
        elif span := _relative(phrase["when"].lower(), phrase["what"], first, last):
            yield span, edition


def _relative(when: str, what: str, first: date, last: date) -> Span | None:
    """Return on which days a meeting is that of last, this or next week, month, year, July."""
    if what in _MONTHS:
        if first.month != _MONTHS.index(what) + 1:
            return None
        return {
            "last": (last + timedelta(1), last + timedelta(334)),
            "this": (date(first.year, 1, 1), date(first.year, 12, 31)),
            "next": (first - timedelta(334), first - timedelta(1)),
        }[when]
    step = {"last": 1, "this": 0, "next": -1}[when]
    if what == "week":
        monday = first - timedelta(first.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if what == "year":
        return date(first.year + step, 1, 1), date(first.year + step, 12, 31)
    month = first.month - 1 + step
    begin = date(first.year + month // 12, month % 12 + 1, 1)
    end = (begin + timedelta(32)).replace(day=1) - timedelta(1)
    return begin, end
