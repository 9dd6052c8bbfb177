"""What the finder takes and what it gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from speeches.targets import Target


class NameRow(NamedTuple):
    """A name of the directory. `key` holds its tokens if they are known from before."""

    target: Target
    text: str
    language: str
    kind: str
    """primary, other, former, acronym or short."""
    policy: str = ""
    key: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of a meeting series, to tell its meetings apart."""

    target: Target
    by_year: bool = False
    bare_name_is_latest: bool = False
    base_year: int | None = None
    first_ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One meeting, of a series or of its own."""

    target: Target
    series: Target | None
    ordinal: int | None = None
    first: date | None = None
    last: date | None = None
    place: str = ""
    country: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person in an office, between two days, both included and None where unknown."""

    office: Target
    person: Target
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the finder knows besides names."""

    series: Sequence[Series] = ()
    editions: Sequence[Edition] = ()
    appointments: Sequence[Appointment] = ()
    parents: Mapping[Target, Target] = field(default_factory=dict)
    """The organization above another one, and that of an office."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: its plain text, and paragraph, heading, item, quote or table."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Document:
    """A text with what is known of the speech."""

    passages: Sequence[Passage]
    language: str = "en"
    title: str = ""
    delivered_on: date | None = None
    """Only when it is known to the day."""
    place: str = ""
    country: str = ""
    home: frozenset[Target] = frozenset()
    """The organizations that speak here: `the Organization` is one of them."""
    meeting: Target | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was found: a code, and the words that its sentence takes.

    Each code has its sentence in `speeches.mentions.reasons`.
    """

    code: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One name in a passage. `start` and `end` count code points of the passage's text."""

    passage: int
    start: int
    end: int
    surface: str
    target: Target
    method: str
    """As `Mention.Method`: name, acronym, definition, short, edition, indirect, office, country."""
    confidence: float
    reason: Reason
    is_nested: bool = False
    holder: Target | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A name that the directory lacks, with all places it stands at: (passage, start, end)."""

    name: str
    kind: str
    """organization, initiative, meeting_series, meeting, person; alias with one `near`."""
    key: str
    """The name by its tokens, the same for all its spellings."""
    spans: tuple[tuple[int, int, int], ...]
    confidence: float
    reason: Reason
    acronym: str = ""
    role: str = ""
    near: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """The days on which an undated text may have been spoken, and what they were inferred from."""

    first: date
    last: date
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document of the United Nations by its symbol, such as A/RES/73/195."""

    passage: int
    start: int
    end: int
    symbol: str


@dataclass(frozen=True)
class Findings:
    """All that was found in a document, each list in reading order."""

    mentions: tuple[Found, ...]
    proposals: tuple[Proposed, ...]
    interval: Interval | None
    """Only for a document without a day."""
    symbols: tuple[Symbol, ...]
