"""What every parser returns: one speech as its source tells it, with nothing invented.

Parsers are pure (bytes in, `ParsedSpeech` out, no database, no network); `save` is the
only module that turns these values into rows.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


class UnreadableInput(ValueError):
    """The input as a whole cannot be read; the message says what is wrong and how to mend it."""


@dataclass(frozen=True)
class ParsedSource:
    """Where a text came from. `uri` and `checksum` together make an import idempotent."""

    uri: str
    """Stable address of this one text: a web address, a file name, or `file name#row id`."""
    format: str
    """legacy, html, docx, jsonl or csv."""
    checksum: str
    """SHA-256, in hex, of the bytes (or the row) this text was read from."""
    fetched_at: datetime | None = None


@dataclass(frozen=True)
class ParsedContribution:
    """One person's part in a speech, in the words of the source."""

    name: str = ""
    office: str = ""
    role: str = "speaker"
    """A value of `Contribution.Role`: speaker, represented, reader or moderator."""
    person: str = ""
    """Slug of a person of the directory, when the source knows it."""
    on_behalf_of_organization: str = ""
    """Slug, name or acronym of an organization of the directory."""
    on_behalf_of_country: str = ""
    """ISO 3166-1 alpha-2 code, or the four letters of ISO 3166-3 for a former State."""


@dataclass(frozen=True)
class ParsedText:
    """The words of a speech in one language."""

    title: str
    html: str
    """Body in the tags of `iomsite.markup`; not yet sanitized, which saving does."""
    language: str = ""
    """BCP 47 tag; empty when the source does not say and the text does not show it."""
    kind: str = "original"
    """A value of `SpeechText.Kind`: original, official, courtesy or machine."""
    summary: str = ""


@dataclass(frozen=True)
class ParsedSpeech:
    """A speech as its source tells it. Empty means: the source does not say."""

    source: ParsedSource
    texts: tuple[ParsedText, ...]
    slug: str = ""
    reference: str = ""
    delivered_on: date | None = None
    delivered_precision: str = "day"
    """A value of `Precision`: day, month or year."""
    delivered_time_zone: str = ""
    place: str = ""
    country: str = ""
    delivery_status: str = ""
    """A value of `Speech.DeliveryStatus`."""
    meeting: str = ""
    """Slug of a meeting of the directory."""
    meeting_series: str = ""
    """Slug of a meeting series; with `meeting_ordinal` it names one meeting."""
    meeting_ordinal: int | None = None
    agenda_item: str = ""
    """Number or title of an agenda item of the meeting."""
    contributions: tuple[ParsedContribution, ...] = ()
    organizations: tuple[str, ...] = ()
    """What the speech is about: slugs, names or acronyms of the directory."""
    initiatives: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    """Readable remarks for the person who imports: what was guessed, left out or unsure."""


@dataclass(frozen=True)
class RowProblem:
    """One text of an input that could not be read; the others still can."""

    where: str
    """File and row, readable: `speeches.csv, row 12`."""
    field: str
    message: str
    """What is wrong and what to do about it."""
