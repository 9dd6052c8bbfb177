"""The tables of one generation of the index, and how a passage's place becomes a number.

A row of the passage index has one number that says everything about its place:

    day (17 bits) | speech (24 bits) | row in the speech (13 bits)    = 54 bits

so the newest passages come first in the order of the numbers, the years of a query are a
range of numbers, and the speech of a passage is a shift away. It has to stay below 2^55:
SQLite 3.40 loses rows of FTS5 when numbers of 2^56 and more are read in falling order.
"""

import re
from dataclasses import dataclass
from datetime import date

ROW_BITS, SPEECH_BITS, DAY_BITS = 13, 24, 17
MOST_ROWS = 1 << ROW_BITS
MOST_SPEECHES = 1 << SPEECH_BITS
DAY_SHIFT = ROW_BITS + SPEECH_BITS
HIGHEST = (1 << (DAY_BITS + DAY_SHIFT)) - 1
FIRST_DAY = date(1800, 1, 1).toordinal()
LAST_DAY = FIRST_DAY + (1 << DAY_BITS) - 1


TABLE = re.compile(r"search_(?P<generation>\d+)_")
"""How the name of every table of the index begins."""


@dataclass(frozen=True)
class Tables:
    """The names of one generation's tables."""

    generation: int

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return f"search_{self.generation}_{name}"


def day_number(day: date) -> int:
    """Return the day as counted in the index; one outside 1800–2158 counts as the nearest."""
    return min(max(day.toordinal(), FIRST_DAY), LAST_DAY) - FIRST_DAY


def day_of(number: int) -> date:
    return date.fromordinal(number + FIRST_DAY)


def row_number(day: int, speech_id: int, row: int) -> int:
    """Return the number of a passage's row.

    Raises ValueError for a speech whose key is beyond what the index can hold.
    """
    if not 0 < speech_id < MOST_SPEECHES:
        raise ValueError(f"The search index holds speeches up to number {MOST_SPEECHES - 1}.")
    return (day << DAY_SHIFT) | (speech_id << ROW_BITS) | row


def speech_of_row(column: str) -> str:
    """Return the SQL of the speech that a row belongs to, by a column with its number."""
    return f"({column} >> {ROW_BITS}) & {MOST_SPEECHES - 1}"


def rows_of_speech(day: int, speech_id: int) -> tuple[int, int]:
    """Return the first and the last number that a speech's rows can have."""
    first = row_number(day, speech_id, 0)
    return first, first + MOST_ROWS - 1


def rows_of_days(first: date | None, last: date | None) -> tuple[int, int]:
    """Return the first and the last number of the rows between two days, both included."""
    low = day_number(first) << DAY_SHIFT if first else 0
    high = ((day_number(last) + 1) << DAY_SHIFT) - 1 if last else HIGHEST
    return low, high
