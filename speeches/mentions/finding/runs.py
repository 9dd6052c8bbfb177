"""Runs of capital words that a telling word makes a name: Labour Migration Policy Index."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speeches.mentions.finding.found import Found
from speeches.mentions.finding.ordinals import ordinal_ending_at
from speeches.mentions.finding.tokens import Token
from speeches.mentions.finding.word_lists import (
    CUE_KINDS,
    DETERMINERS,
    GENERIC,
    HEADS,
    LINKS,
    MONTHS,
    SMALL,
)

CLOSED = SMALL | DETERMINERS | LINKS
LEAST_WORDS = 2
MOST_WORDS = 14


class Run(NamedTuple):
    """Words `first` to `last`, both included, and the telling one among them."""

    first: int
    last: int
    cue: int
    is_counted: bool


def runs_in(tokens: Sequence[Token], known: Sequence[Found]) -> Iterator[Run]:
    """Yield the names that telling words make, none of them all generic."""
    starts = {mention.start for mention in known}
    ends = {mention.end for mention in known}
    first = 0
    while first < len(tokens):
        if not _opens(tokens, first):
            first += 1
            continue
        last = _end_of_run(tokens, first, starts, ends)
        run = _named(tokens, first, last)
        if run is not None:
            yield run
        first = last + 1


def _is_capital(token: Token) -> bool:
    return token.surface[0].isupper()


def _opens(tokens: Sequence[Token], place: int) -> bool:
    surface = tokens[place].surface
    return surface[0].isupper() and surface.casefold() not in CLOSED


def _end_of_run(tokens: Sequence[Token], first: int, starts: set[int], ends: set[int]) -> int:
    """Return the last word of the capital words that begin at a place."""
    last = first
    while last + 1 < len(tokens) and last - first < MOST_WORDS:
        onward = _onward(tokens, first, last, starts, ends)
        if onward is None:
            break
        last = onward
    return last


def _onward(
    tokens: Sequence[Token], first: int, last: int, starts: set[int], ends: set[int]
) -> int | None:
    """Return the next capital word of a run, over small words if need be."""
    place = last + 1
    while place < len(tokens) and place - last <= 3:
        token = tokens[place]
        if token.is_after_break or token.is_after_comma:
            return None
        if _is_capital(token):
            break
        if token.surface.casefold() not in LINKS:
            return None
        place += 1
    else:
        return None
    links = [token.surface.casefold() for token in tokens[last + 1 : place]]
    if not links:
        # An article that names leave out stands between them: thank the Institute.
        return place if tokens[place].start - tokens[last].end <= 2 else None
    # A known name behind `of` or `and` is one of its own, and so is what stands before `and`.
    if tokens[place].start in starts or (links[0] in {"and", "et", "y"} and _is_whole(
        tokens, first, last, ends
    )):  # fmt: skip
        return None
    has_head = any(tokens[index].key in CUE_KINDS for index in range(first, last + 1))
    if not has_head and links[0] not in {"and", "et", "y"}:
        return None
    return place


def _is_whole(tokens: Sequence[Token], first: int, last: int, ends: set[int]) -> bool:
    """Say whether a run is a name already, so that `and` begins something else."""
    return tokens[last].end in ends or tokens[last].key in CUE_KINDS


def _named(tokens: Sequence[Token], first: int, last: int) -> Run | None:
    """Return the name that a run is, if a telling word heads it and others tell which."""
    while last > first and tokens[last].surface.casefold() in MONTHS:
        last -= 1
    is_counted = ordinal_ending_at(tokens, first) is not None
    cue = next(
        (place for place in range(last, first - 1, -1) if tokens[place].key in CUE_KINDS), None
    )
    if cue is None or last - first + 1 < LEAST_WORDS:
        return None
    head = next((place for place in range(first, last) if _is_head(tokens, place)), None)
    if cue != last and head is None:
        return None
    chosen = head if head is not None else cue
    telling = [
        token
        for token in tokens[first : last + 1]
        if _is_capital(token) and token.key not in GENERIC and token.key not in CUE_KINDS
    ]
    if not telling or (chosen == last and last - first < LEAST_WORDS and len(telling) < 1):
        return None
    return Run(first, last, chosen, is_counted)


def _is_head(tokens: Sequence[Token], place: int) -> bool:
    """Say whether a telling word is followed by what it is for: Decade for …, Board of …"""
    return tokens[place].key in CUE_KINDS and tokens[place + 1].surface.casefold() in HEADS
