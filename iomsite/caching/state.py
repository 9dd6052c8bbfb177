"""The state of the record as one request sees it: its version, the clock, the next boundary."""

import json
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from iomsite.caching.registry import registered
from iomsite.caching.revision import is_change_open, last_change
from iomsite.caching.statement import long_statement, short_statement

log = logging.getLogger(__name__)

Frame = dict[str, list[list[Any]]]

OLDEST = timedelta(minutes=5)
"""After which all is read again, even if nothing is said to have changed."""

_PROCESS = secrets.token_hex(8)


@dataclass(frozen=True)
class Held:
    """What was read last, and from which moment of the record."""

    own: str
    change: int
    revision: int
    read_at: datetime
    boundary: datetime | None
    frame: Frame


_held: list[Held] = []


@dataclass(frozen=True)
class State:
    """What a request knows of the record before it looks at anything in it."""

    version: str
    """Another one after each change, each boundary and each midnight."""
    now: datetime
    boundary: datetime
    """When the record changes next by itself, by the database's clock."""
    frame: Frame
    """The rows that every page shows, by the name of the part."""

    @property
    def seconds_left(self) -> int:
        """Whole seconds for which all of it holds if nobody changes anything."""
        return max(0, int((self.boundary - self.now).total_seconds()))


def state_of(request: HttpRequest) -> State:
    """Return the state at the beginning of a request, read once."""
    found: State | None = getattr(request, "record_state", None)
    if found is None:
        found = read()
        setattr(request, "record_state", found)  # noqa: B010 - requests have no such attribute
    return found


def read() -> State:
    """Return the state now, after what is due is done. One short query when nothing changed."""
    # What is not committed yet is this connection's alone, and so is what is made of it.
    change = last_change()
    own = f".{_PROCESS}.{change}" if is_change_open() else ""
    for held in _held:
        # After a change of its own this process need not ask whether there was one.
        if (held.own, held.change) == (own, change) and (state := _still(held)):
            return state
    held, now, is_due = _read_all(own, change)
    if is_due:
        _do_what_is_due()
        held, now, _is_due = _read_all(own, last_change())
    _held[:] = [held]
    return _state(held, now)


def forget() -> None:
    """Forget what is kept between requests, as tests do whose rows are rolled back."""
    _held.clear()


def _still(held: Held) -> State | None:
    """Return the state if it is still the one that is held."""
    with connection.cursor() as cursor:
        cursor.execute(short_statement(connection.vendor))
        found = cursor.fetchone()
    if found is None or found[1] != held.revision:
        return None
    now = _moment(found[0])
    is_over = held.boundary is not None and held.boundary <= now
    return None if is_over or now - held.read_at > OLDEST else _state(held, now)


def _read_all(own: str, change: int) -> tuple[Held, datetime, bool]:
    sql, parameters = long_statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        clock, revision, boundary, is_due, parts = cursor.fetchone()
    now = _moment(clock)
    ends = _moment(boundary) if boundary else None
    frame = {name: rows or [] for name, rows in json.loads(parts).items()}
    return Held(own, change, revision or 0, now, ends, frame), now, bool(is_due)


def _do_what_is_due() -> None:
    for _rows, act in registered.due:
        try:
            act()
        except Exception:
            # The page as it stands is better than none; a later request tries again.
            log.exception("What is due could not be done.")


def _state(held: Held, now: datetime) -> State:
    midnight = _next_midnight(now)
    version = f"{held.revision}.{held.boundary}{held.own}@{midnight:%Y%m%d}"
    return State(version, now, min(midnight, held.boundary or midnight), held.frame)


def _moment(value: datetime | str) -> datetime:
    # SQLite has no times, but texts in UTC.
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def _next_midnight(now: datetime) -> datetime:
    """Return when the day ends by which meetings are upcoming or past."""
    zone = timezone.get_default_timezone()
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)
