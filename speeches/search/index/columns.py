"""What speeches are counted and filtered by, held in memory as columns of numbers.

To count the facets of ten thousand hits, a database has to read ten thousand rows for each
of nine dimensions; an array that is already there answers in microseconds. Each process
holds the columns of the live generation and reads only what has changed since.

A key is the text by which a dimension names a value: the primary key of an entry ("12"),
`~` and the name of a speaker that the directory does not know, a country's or language's
code, a delivery status, a place.
"""

import json
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from speeches.search.index.backends import backend
from speeches.search.index.tables import Tables
from speeches.search.index.writer import NEVER
from speeches.search.words.language import words

Mask = np.ndarray[Any, np.dtype[np.bool_]]

DIMENSIONS = (
    "speaker",
    "organization",
    "initiative",
    "meeting",
    "series",
    "country",
    "language",
    "status",
)
"""What hits are counted by, beside the year. Each is a parameter of the address, too."""

KEPT = (*DIMENSIONS, "place")

GROWTH = 1024

MOST_COUNTED = 60
"""Values of a facet that are counted out: more than anybody reads."""


@dataclass
class Column:
    """One dimension: which speech has which value, and since when that is public."""

    keys: list[str] = field(default_factory=list)
    number_of: dict[str, int] = field(default_factory=dict)
    speech: np.ndarray = field(default_factory=lambda: np.empty(0, np.int32))
    value: np.ndarray = field(default_factory=lambda: np.empty(0, np.int32))
    since: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))

    def replaced(self, gone: Mask, rows: Sequence[tuple[int, str, int]]) -> "Column":
        """Return the column without the values of some speeches, and with new ones."""
        keys, number_of = list(self.keys), dict(self.number_of)
        for _speech, key, _since in rows:
            if key not in number_of:
                number_of[key] = len(keys)
                keys.append(key)
        stays = ~gone[self.speech]
        new = np.array([(s, number_of[k], t) for s, k, t in rows], np.int64).reshape(-1, 3)
        return Column(
            keys,
            number_of,
            np.concatenate([self.speech[stays], new[:, 0].astype(np.int32)]),
            np.concatenate([self.value[stays], new[:, 1].astype(np.int32)]),
            np.concatenate([self.since[stays], new[:, 2]]),
        )

    def called(self, sought: Collection[str]) -> list[str]:
        """Return the keys that have all of some words, folded, in them."""
        if self._words is None:
            self._words = [frozenset(words(key)) for key in self.keys]
        wanted = frozenset(sought)
        pairs = zip(self.keys, self._words, strict=True)
        return [key for key, held in pairs if wanted and wanted <= held]

    _words: list[frozenset[str]] | None = None

    def mask(self, keys: Iterable[str], size: int, now: int) -> Mask:
        """Return which speeches have one of some keys."""
        found = np.zeros(size, np.bool_)
        numbers = [self.number_of[key] for key in keys if key in self.number_of]
        if numbers:
            chosen = np.isin(self.value, numbers) & (self.since <= now)
            found[self.speech[chosen]] = True
        return found

    def counts(self, speeches: Mask, now: int, also: Iterable[str] = ()) -> list[tuple[str, int]]:
        """Return how many of some speeches have each key, the most frequent first.

        Those are at most `MOST_COUNTED`, and after them the keys of `also`.
        """
        counted = speeches[self.speech]
        if self.since.any():
            counted &= self.since <= now
        numbers = np.bincount(self.value[counted], minlength=len(self.keys))
        some = np.flatnonzero(numbers)
        if len(some) > MOST_COUNTED:
            fewest = np.partition(numbers[some], -MOST_COUNTED)[-MOST_COUNTED]
            some = some[numbers[some] >= fewest]
        # Equals by their keys: the order in which those were met differs from process to process.
        order = sorted(some.tolist(), key=lambda i: (-numbers[i], self.keys[i]))[:MOST_COUNTED]
        found = {self.keys[i]: int(numbers[i]) for i in order}
        for key in also:
            place = self.number_of.get(key)
            found.setdefault(key, 0 if place is None else int(numbers[place]))
        return list(found.items())


@dataclass
class Columns:
    """All dimensions of one generation, up to a revision. Arrays go by a speech's key."""

    tables: Tables
    revision: int = -1
    day: np.ndarray = field(default_factory=lambda: np.zeros(GROWTH, np.int32))
    visible_from: np.ndarray = field(default_factory=lambda: np.full(GROWTH, NEVER, np.int64))
    words: np.ndarray = field(default_factory=lambda: np.zeros(GROWTH, np.int64))
    of: dict[str, Column] = field(default_factory=lambda: {name: Column() for name in KEPT})

    @property
    def size(self) -> int:
        return len(self.day)

    @property
    def year(self) -> np.ndarray:
        """The year of each speech."""
        if self._years is None:
            days = self.day.astype("timedelta64[D]") + np.datetime64("1800-01-01")
            self._years = days.astype("datetime64[Y]").astype(np.int32) + 1970
        return self._years

    _years: np.ndarray | None = None

    def visible(self, now: int, pending: Sequence[int]) -> Mask:
        """Return which speeches the public may see now; those with changes waiting are out."""
        mask = self.visible_from <= now
        mask[[key for key in pending if key < self.size]] = False
        return mask

    def renewed(self, revision: int) -> "Columns":
        """Return the columns with what has been written since these were read."""
        rows = backend().rows(
            "SELECT speech_id, day, visible_from, words, keys"
            f" FROM {self.tables.documents} WHERE revision > %s",
            [self.revision],
        )
        size = max(self.size, *(row[0] + GROWTH for row in rows), 0)
        grown = size - self.size
        day = np.pad(self.day, (0, grown))
        visible_from = np.pad(self.visible_from, (0, grown), constant_values=NEVER)
        words = np.pad(self.words, (0, grown))
        gone = np.zeros(size, np.bool_)
        values: dict[str, list[tuple[int, str, int]]] = {name: [] for name in KEPT}
        for key, its_day, since, count, keys in rows:
            day[key], visible_from[key], words[key], gone[key] = its_day, since, count, True
            for name, held in json.loads(keys).items():
                values[name] += [(key, value, public) for value, public in held.items()]
        of = {name: self.of[name].replaced(gone, values[name]) for name in KEPT}
        return Columns(self.tables, revision, day, visible_from, words, of)


_held: dict[str, Columns] = {}
_lock = threading.Lock()


def columns_of(tables: Tables, revision: int) -> Columns:
    """Return the columns of a generation as of a revision, kept between queries."""
    held = _held.get("live")
    if held is None or held.tables != tables or held.revision > revision:
        held = Columns(tables)
    if held.revision < revision:
        with _lock:
            held = _held["live"] = held.renewed(revision)
    return held


def forget() -> None:
    """Forget the columns, as tests do whose rows are rolled back."""
    _held.clear()
