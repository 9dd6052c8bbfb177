"""Which meeting of a series a text means: by number, year, place, or nearness to its day."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from speeches.mentions.finding.found import Edition, Reason
from speeches.mentions.finding.ordinals import number_of, ordinal_ending_at
from speeches.mentions.finding.tokens import Token, key_of
from speeches.mentions.finding.word_lists import BETWEEN, EVENTS, FOUNDING


class Resolved(NamedTuple):
    """A meeting, the words that name it with its series, and why."""

    edition: Edition
    first: int
    last: int
    reason: Reason
    confidence: float


def resolve(
    editions: Sequence[Edition],
    tokens: Sequence[Token],
    first: int,
    last: int,
    delivered_on: date | None,
) -> Resolved | None:
    """Return the meeting that a series named at words `first` to `last` stands for here."""
    if counted := _ordinal_around(tokens, first, last):
        number, begin, end = counted
        if found := _only([one for one in editions if one.ordinal == number]):
            reason = Reason("edition-ordinal", {"number": str(number)})
            return Resolved(found, begin, end, reason, 0.95)
        return None
    if dated := _year_around(tokens, first, last):
        year, begin, end = dated
        held = [one for one in editions if one.first and one.first.year == year]
        if found := _only(held):
            reason = Reason("edition-year", {"year": str(year)})
            return Resolved(found, begin, end, reason, 0.93)
        return None
    return _by_place(editions, tokens, first, last, delivered_on)


def _only(editions: Sequence[Edition]) -> Edition | None:
    return editions[0] if len(editions) == 1 else None


def _ordinal_around(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int, int] | None:
    """Return a number that counts the series, with the first and last word of it all."""
    if last + 1 < len(tokens) and not tokens[last + 1].is_after_break:
        number = number_of(tokens[last + 1].surface)
        if number and number < 200:
            return number, first, last + 1
        if (found := ordinal_ending_at(tokens, last + 1)) and tokens[last + 1].is_capital:
            return found[0], first, _with_event(tokens, last + 1)
    for place in range(first - 1, max(first - 6, -1), -1):
        if tokens[place + 1].is_after_break or tokens[place + 1].is_after_comma:
            return None
        if found := ordinal_ending_at(tokens, place):
            # Without `meeting of`, the event's noun follows the name: second GFMD meeting.
            end = last if place < first - 1 else _with_event(tokens, last)
            return found[0], found[1], end
        if tokens[place].key not in BETWEEN:
            return None
    return None


def _with_event(tokens: Sequence[Token], last: int) -> int:
    """Return the last word of a name with `ministerial meeting` and the like behind it."""
    for place in range(last + 1, min(last + 3, len(tokens))):
        token = tokens[place]
        if token.is_after_break or token.is_after_comma or token.key not in BETWEEN - {"of", "at"}:
            break
        if token.key in EVENTS:
            return place
    return last


def _year_around(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int, int] | None:
    before = [token.surface.casefold() for token in tokens[max(0, first - 6) : first]]
    if not FOUNDING.isdisjoint(before):
        return None
    if first and (year := _year(tokens[first - 1])) and not tokens[first].is_after_break:
        return year, first - 1, _with_event(tokens, last)
    for place in range(last + 1, min(last + 3, len(tokens))):
        token = tokens[place]
        if token.is_after_break or token.is_after_comma:
            return None
        if year := _year(token):
            return year, first, place
        if token.key not in {"in", "of"} | EVENTS:
            return None
    return None


def _year(token: Token) -> int | None:
    surface = token.surface
    is_year = len(surface) == 4 and surface.isdigit() and surface.startswith(("19", "20"))
    return int(surface) if is_year else None


def _by_place(
    editions: Sequence[Edition],
    tokens: Sequence[Token],
    first: int,
    last: int,
    delivered_on: date | None,
) -> Resolved | None:
    """Return the meeting at a place that is named directly before or after the series."""
    held = []
    for edition in editions:
        place = _place_key(edition.place)
        if not place:
            continue
        size = len(place)
        before = tuple(token.key for token in tokens[max(0, first - size) : first])
        end = _with_event(tokens, last)
        after = tokens[end + 1 : end + 2 + size]
        is_after = (
            len(after) == size + 1
            and after[0].key in {"in", "at"}
            and tuple(token.key for token in after[1:]) == place
            and not after[0].is_after_break
        )
        if before == place and not tokens[first].is_after_break:
            held.append((edition, first - size, end))
        elif is_after:
            held.append((edition, first, end + 1 + size))
    if delivered_on and len(held) > 1:
        held.sort(key=lambda one: abs((one[0].first or date.min) - delivered_on))
        held = held[:1]
    if len(held) != 1:
        return None
    edition, begin, end = held[0]
    return Resolved(edition, begin, end, Reason("edition-place", {"place": edition.place}), 0.9)


@lru_cache(maxsize=4096)
def _place_key(place: str) -> tuple[str, ...]:
    return key_of(place.partition("(")[0])


def latest(editions: Sequence[Edition], delivered_on: date | None) -> Edition | None:
    """Return the meeting that a series named alone means: the only one, or the latest by then."""
    if len(editions) == 1:
        return editions[0]
    if delivered_on is None:
        return None
    past = [one for one in editions if one.first and one.first <= delivered_on]
    return max(past, key=lambda one: one.first or date.min, default=None)
