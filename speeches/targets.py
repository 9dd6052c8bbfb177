"""What a name in a text leads to."""

from typing import NamedTuple

ENTRIES = (
    "organization",
    "person",
    "office",
    "initiative",
    "meeting_series",
    "meeting",
    "term",
)
"""The kinds of entries of the directory, by the names of the keys that point at them."""
KINDS = (*ENTRIES, "country")


class Target(NamedTuple):
    """An entry of the directory, or a country."""

    kind: str
    """One of `KINDS`."""
    key: int | str
    """The key of the entry's row, or the country's code in capitals."""
