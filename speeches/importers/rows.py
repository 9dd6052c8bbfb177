"""From one row, of JSON Lines or CSV, to one speech, or to everything that is wrong with it.

Fields of a row, all optional but the words themselves:

- the speech: `slug`, `reference`, `delivered_on` (2008-01-17, 2008-01 or 2008), `time_zone`
  (Europe/Zurich), `place`, `country` (CH, CHE, a name), `delivery_status`, `meeting` (slug),
  or `meeting_series` (slug) with `meeting_ordinal`; `agenda_item`;
- its text: `title`, `language`, `summary`, `kind` (of text) and either `html` or plain
  `text`, where blank lines part paragraphs, `## ` opens a heading and `- ` a list item;
  or `texts`, a JSON list of objects with these fields, one for each language;
- who spoke: `speaker`, `office`, `role`, `person` (slug), `on_behalf_of_organization`,
  `on_behalf_of_country`; or `contributions`, a JSON list of objects with these fields, where
  the speaker is `name`;
- what it is about: `organizations`, `initiatives`, as a JSON list or parted by `;`;
- where it came from: `source_url`, and `locator`, any name that is the row's own in its file.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from . import field_values as values
from . import limits
from .encodings import clean
from .mappings import CONTRIBUTION_FIELDS, FIELDS, TEXT_FIELDS, RowMapping, as_words
from .parsed import (
    ParsedContribution,
    ParsedSource,
    ParsedSpeech,
    ParsedText,
    RowProblem,
    UnreadableInput,
)
from .row_parts import read_contribution, read_text

_LENGTHS = {
    "title": limits.MAX_TITLE_CHARACTERS,
    "summary": 1200,
    "place": 120,
    "slug": 120,
    "reference": 60,
}
_LONG = ("text", "html", "summary")

Value = TypeVar("Value")


class RowReader:
    """Reads the rows of one file and remembers what must not stand twice in it."""

    def __init__(self, format: str, name: str, mapping: RowMapping, source_url: str = "") -> None:
        self.format = format
        self.name = name
        self.address = source_url or name
        self.mapping = mapping
        self.seen: dict[tuple[str, str], int] = {}
        self.unused: set[str] = set()

    def where(self, number: int) -> str:
        """Say in words which row is meant."""
        return _("%(file)s, row %(row)d") % {"file": self.name, "row": number}

    def problem(self, number: int, field: str, message: str) -> RowProblem:
        """Report what is wrong with a row."""
        return RowProblem(self.where(number), field, message)

    def read(self, number: int, row: Mapping[str, Any]) -> list[ParsedSpeech | RowProblem]:
        """Read one row: the speech, or every problem that keeps it from being one."""
        reading = _Reading(self.mapping.render(row))
        speech = reading.speech(ParsedSource("", self.format, _checksum(row)), self._unused(row))
        uri = self._uri(number, reading)
        for field in ("slug", "reference", "source_url", "locator"):
            self._refuse_second(number, field, reading)
        if reading.problems:
            return [self.problem(number, *problem) for problem in reading.problems.items()]
        return [replace(speech, source=replace(speech.source, uri=uri))]

    def _uri(self, number: int, reading: "_Reading") -> str:
        if own := reading.words("source_url"):
            return own
        name = next(
            (
                words
                for field in ("locator", "slug", "reference")
                if (words := reading.words(field))
            ),
            str(number),
        )
        return f"{self.address}#{name}"

    def _refuse_second(self, number: int, field: str, reading: "_Reading") -> None:
        words = reading.words(field)
        first = self.seen.setdefault((field, words), number) if words else number
        if first != number:
            reading.refuse(
                field,
                _("“%(value)s” already stands in row %(row)d. Give each row its own.")
                % {"value": words[:80], "row": first},
            )

    def _unused(self, row: Mapping[str, Any]) -> list[str]:
        """Name the columns that no field takes, the first time they are met."""
        if not self.mapping.identity:
            return []
        fresh = [column for column in row if column not in FIELDS and column not in self.unused]
        self.unused.update(fresh)
        if not fresh:
            return []
        return [
            _("Columns that are no fields were left out: %(columns)s.")
            % {"columns": ", ".join(map(str, fresh))}
        ]


class _Reading:
    """One row being read, gathering its problems."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.problems: dict[str, str] = {}
        self.fields: dict[str, Any] = {}
        for field, value in fields.items():
            self.fields[field] = value if isinstance(value, list) else self._clean(field, value)

    def words(self, field: str) -> str:
        """Give a field as one string, empty when it is missing."""
        return as_words(self.fields.get(field, ""))

    def take(self, field: str, read: Callable[[str], Value], empty: Value) -> Value:
        """Read a field; a problem is kept and the empty value stands in."""
        words = self.words(field)
        return self.attempt(field, lambda: read(words), empty) if words else empty

    def attempt(self, field: str, read: Callable[[], Value], empty: Value) -> Value:
        """Do a step of reading that may find a problem."""
        try:
            return read()
        except (values.FieldError, UnreadableInput) as problem:
            self.refuse(field, str(problem))
            return empty

    def refuse(self, field: str, message: str) -> None:
        """Keep a problem; the first one of a field, as later ones only follow from it."""
        self.problems.setdefault(field, message)

    def speech(self, source: ParsedSource, warnings: list[str]) -> ParsedSpeech:
        """Read every field into a speech, complete only if no problem was found."""
        texts = self._texts(warnings)
        undated: tuple[date | None, str] = (None, "day")
        day, precision = self.take("delivered_on", values.read_date, undated)
        return ParsedSpeech(
            source=source,
            texts=texts,
            slug=self.take("slug", values.read_slug, ""),
            reference=self.words("reference"),
            delivered_on=day,
            delivered_precision=precision,
            delivered_time_zone=self.take("time_zone", values.read_time_zone, ""),
            place=self.words("place"),
            country=self.take("country", values.read_country, ""),
            delivery_status=self.take("delivery_status", _read_status, ""),
            meeting=self.take("meeting", values.read_slug, ""),
            meeting_series=self.take("meeting_series", values.read_slug, ""),
            meeting_ordinal=self.take("meeting_ordinal", values.read_number, None),
            agenda_item=self.words("agenda_item"),
            contributions=self._contributions(),
            organizations=self._list("organizations", values.read_names),
            initiatives=self._list("initiatives", values.read_names),
            warnings=tuple(warnings),
        )

    def _clean(self, field: str, value: Any) -> str:
        text = self.attempt(field, lambda: clean(as_words(value)), "")
        key = field.rpartition(".")[2]
        text = text.strip() if key in _LONG else " ".join(text.split())
        if len(text) > _LENGTHS.get(key, len(text)):
            message = _("The value has %(length)d characters; at most %(limit)d fit. Shorten it.")
            self.refuse(field, message % {"length": len(text), "limit": _LENGTHS[key]})
        return text

    def _texts(self, warnings: list[str]) -> tuple[ParsedText, ...]:
        own = {key: self.words(key) for key in TEXT_FIELDS}
        listed = self._objects("texts", TEXT_FIELDS)
        sources = [("", own), *listed] if own["text"] or own["html"] or not listed else listed
        base = self.words("source_url")
        return tuple(read_text(self, prefix, fields, base, warnings) for prefix, fields in sources)

    def _contributions(self) -> tuple[ParsedContribution, ...]:
        own = {key: self.words(key) for key in CONTRIBUTION_FIELDS}
        listed = self._objects("contributions", ("name", *CONTRIBUTION_FIELDS))
        spoken = any(own[key] for key in own if key != "role")
        sources = [("", own), *listed] if spoken else listed
        return tuple(read_contribution(self, prefix, fields) for prefix, fields in sources)

    def _objects(self, field: str, keys: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
        """Give the objects of a list, each with the prefix that its problems are named by."""
        items = self._list(field, lambda value: values.read_objects(value, keys))
        prefixed = [(f"{field}[{index}].", item) for index, item in enumerate(items)]
        return [
            (prefix, {key: self._clean(f"{prefix}{key}", value) for key, value in item.items()})
            for prefix, item in prefixed
        ]

    def _list(self, field: str, read: Callable[[Any], Any]) -> Any:
        value = self.fields.get(field, "")
        return self.attempt(field, lambda: read(value), ()) if value else ()


def _read_status(words: str) -> str:
    return values.read_choice(words, values.DELIVERY_STATUSES)


def _checksum(row: Mapping[str, Any]) -> str:
    """Hash a row in one canonical form, whatever the order of its columns."""
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
