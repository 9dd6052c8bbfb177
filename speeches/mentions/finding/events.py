"""Meetings that are described instead of named: the Brussels debate, last July's meeting."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.found import Document, Edition, Found, Interval, Reason
from speeches.mentions.finding.tokens import Token
from speeches.mentions.finding.word_lists import EVENTS, words
from speeches.targets import Target

SURE, UNSURE = 0.7, 0.5
NEAR_DAYS = 550
NOUNS = EVENTS | words("debate talk negotiation outcome declaration")
BEFORE_A_PLACE = words("in at of")


class Place(NamedTuple):
    """A town that the words from `first` to `last` name, and the meetings that were there."""

    first: int
    last: int
    editions: tuple[Edition, ...]


def places_in(tokens: Sequence[Token], catalogue: Catalogue) -> Iterator[Place]:
    """Yield the towns of a passage in which meetings of the directory were."""
    known = catalogue.places
    for first, token in enumerate(tokens):
        if token.key not in known or not token.is_capital:
            continue
        for key, editions in known[token.key]:
            last = first + len(key) - 1
            if tuple(t.key for t in tokens[first : last + 1]) == key:
                yield Place(first, last, editions)
                break


def described(
    document: Document,
    catalogue: Catalogue,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[Found],
    interval: Interval | None,
) -> list[Found]:
    """Return the meetings that a town with an event stands for, of series named in the text.

    Only in a text of a known day, or one that was inferred.
    """
    day = document.delivered_on or (interval.first if interval else None)
    if day is None:
        return []
    named = _series_named(catalogue, mentions)
    taken = {(one.passage, place) for one in mentions for place in range(one.start, one.end)}
    found = []
    for number, passage in enumerate(document.passages):
        for place in places_in(tokens[number], catalogue):
            span = _with_event(tokens[number], place)
            editions = [one for one in place.editions if one.series in named]
            edition = _nearest(editions, day)
            if span is None or edition is None:
                continue
            start, end = tokens[number][span[0]].start, tokens[number][span[1]].end
            if not any((number, at) in taken for at in range(start, end)):
                reason = Reason("indirect", {"place": edition.place, "meeting": edition.name})
                found.append(
                    Found(number, start, end, passage.text[start:end], edition.target,
                          "indirect", SURE if document.delivered_on else UNSURE, reason)
                )  # fmt: skip
    return found


def _series_named(catalogue: Catalogue, mentions: Sequence[Found]) -> set[Target]:
    series = {one.target for one in mentions if one.target.kind == "meeting_series"}
    meetings = {one.target for one in mentions if one.target.kind == "meeting"}
    for target, editions in catalogue.editions.items():
        if any(edition.target in meetings for edition in editions):
            series.add(target)
    return series


def _with_event(tokens: Sequence[Token], place: Place) -> tuple[int, int] | None:
    """Return the words of a town with the event beside it: Brussels Forum, meeting in Madrid."""
    after = tokens[place.last + 1 : place.last + 2]
    if after and after[0].key in NOUNS and not after[0].is_after_break:
        return place.first, place.last + 1
    first = place.first
    if first >= 2 and tokens[first - 1].key in BEFORE_A_PLACE and not tokens[first].is_after_break:
        event = tokens[first - 2]
        if event.key in NOUNS and not tokens[first - 1].is_after_break:
            return first - 2, place.last
    return None


def _nearest(editions: Sequence[Edition], day: date) -> Edition | None:
    """Return the meeting nearest to the day, if one is near."""
    near = [
        one
        for one in editions
        if one.first is not None and abs((one.first - day).days) <= NEAR_DAYS
    ]
    return min(near, key=lambda one: abs(((one.first or day) - day).days), default=None)
