"""What reading a directory file gives: entries in our own words, and what is wrong with it.

Plain values, no database. `read` makes them, `write` turns them into rows.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from initiatives.models import (
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
    Term,
)

MODELS: dict[str, Any] = {
    "org": Organization,
    "term": Term,
    "series": MeetingSeries,
    "init": Initiative,
    "office": Office,
    "person": Person,
    "meet": Meeting,
}
"""The types of a file, in the order in which their rows can be written."""


class Problem(NamedTuple):
    """One thing that is wrong with a file, and how to mend it."""

    key: str
    """Key of the entry, such as `org:iom`, or its place in the file when it has none."""
    field: str
    message: str


@dataclass(frozen=True)
class EntryName:
    """Another name of an entry; kind and policy as `Name` knows them."""

    text: str
    kind: str
    language: str
    policy: str = ""


@dataclass(frozen=True)
class EntryTerm:
    """A stretch of time in which a person holds an office."""

    office: str
    starts_on: date | None
    starts_precision: str
    ends_on: date | None
    ends_precision: str
    uncertain_fields: tuple[str, ...] = ()
    acting: bool = False


@dataclass(frozen=True)
class AgendaEntry:
    """One item of a meeting's agenda."""

    number: str
    title: str


@dataclass(frozen=True)
class Entry:
    """One entry of a directory file."""

    key: str
    """Stable key of the file, such as `org:iom`; makes an import idempotent."""
    type: str
    facts: dict[str, Any]
    """Values by the model's own field names."""
    links: dict[str, str] = field(default_factory=dict)
    """Keys of other entries by the model's own field names."""
    names: tuple[EntryName, ...] = ()
    leads: str = ""
    """Key of the organization that leads an initiative."""
    terms: tuple[EntryTerm, ...] = ()
    members: tuple[str, ...] = ()
    """Codes of the States that belong to a meeting series or organization."""
    agenda: tuple[AgendaEntry, ...] = ()

    @property
    def slug(self) -> str:
        return self.key.partition(":")[2]
