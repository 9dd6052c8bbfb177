"""What a text says of itself before it is entered, each fact with the words it comes from.

Nothing is invented: where no words say something, its field stays empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from initiatives.models import Appointment, Meeting, Office, Person
from iomsite.dates import Precision
from speeches.importers.dates import DateError, find
from speeches.importers.parsed import ParsedSpeech, ParsedText
from speeches.importers.resolve import Directory
from speeches.mentions.catalogue_store import current_catalogue
from speeches.mentions.entries import entries_of
from speeches.mentions.finding.finder import find as find_names
from speeches.mentions.finding.found import Document, Findings, Interval
from speeches.mentions.finding.found import Passage as Words
from speeches.mentions.reasons import sentence_of
from speeches.passages import Block, split

HEAD = 40
"""Lines from the beginning in which a page tells its date, place, speaker and status."""
LONGEST_EVIDENCE = 200
MOST_OF_A_FIELD = 8
FIRST_PASSAGES = 6


@dataclass(frozen=True)
class Suggestion:
    """A value for a field, how it is shown, and the words that it comes from."""

    value: str
    label: str
    evidence: str


@dataclass
class Intake:
    """A text with all that is suggested for it, by field."""

    parsed: ParsedSpeech
    text: ParsedText
    blocks: Sequence[Block]
    findings: Findings
    suggestions: dict[str, list[Suggestion]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the value that is suggested first for a field; empty without any."""
        some = self.suggestions.get(name)
        return some[0].value if some else ""


def read_intake(parsed: ParsedSpeech, raw: str) -> Intake:
    """Return what is suggested for a parsed text. `raw` is the source, as plain lines."""
    text = parsed.texts[0]
    blocks = split(text.html)
    day = parsed.delivered_on if parsed.delivered_precision == Precision.DAY else None
    document = Document(
        passages=[Words(block.text, block.kind) for block in blocks],
        language=text.language or "en", title=text.title, delivered_on=day,
    )  # fmt: skip
    intake = Intake(parsed, text, blocks, find_names(document, current_catalogue()))
    lines = [line.strip() for line in raw.splitlines() if line.strip()][:HEAD]
    suggest = intake.suggestions
    suggest["title"] = _title(text)
    suggest["language"] = _language(text, blocks)
    suggest["delivered_on"] = list(_days(parsed, lines, intake.findings.interval))
    suggest["delivery_status"] = _status(parsed, lines)
    suggest["place"] = _place(parsed, lines)
    suggest["speaker"] = _speakers(parsed, lines)
    suggest["person"], suggest["office"] = _people(parsed)
    suggest["meeting"] = _meetings(parsed, intake.findings, blocks)
    return intake


def _title(text: ParsedText) -> list[Suggestion]:
    return [Suggestion(text.title, text.title, text.title)] if text.title else []


def _language(text: ParsedText, blocks: Sequence[Block]) -> list[Suggestion]:
    if not text.language:
        return []
    words = next((block.text for block in blocks if block.kind == "paragraph"), text.title)
    return [Suggestion(text.language, text.language, words[:LONGEST_EVIDENCE])]


def _days(
    parsed: ParsedSpeech, lines: Sequence[str], interval: Interval | None
) -> Iterator[Suggestion]:
    if parsed.delivered_on is not None:
        words = next((line for line in lines if _says(line, parsed.delivered_on)), "")
        value = _partial(parsed.delivered_on, parsed.delivered_precision)
        yield Suggestion(value, value, words[:LONGEST_EVIDENCE])
    elif interval is not None and interval.first.year == interval.last.year:
        is_month = interval.first.month == interval.last.month
        precision = Precision.MONTH if is_month else Precision.YEAR
        if interval.first == interval.last:
            precision = Precision.DAY
        reasons = [sentence_of({"code": one.code, **one.words}) for one in interval.reasons]
        label = _("between %(first)s and %(last)s") % {
            "first": interval.first.isoformat(),
            "last": interval.last.isoformat(),
        }
        yield Suggestion(_partial(interval.first, precision), label, " ".join(reasons))


def _partial(day: date, precision: str) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[str(precision)]]


def _says(line: str, day: date) -> bool:
    try:
        found = find(line)
    except DateError:
        return False
    return found is not None and found.day == day


def _status(parsed: ParsedSpeech, lines: Sequence[str]) -> list[Suggestion]:
    if not parsed.delivery_status:
        return []
    pattern = r"deliver|prononc|transcript|prepared|speaking notes|written statement|summary"
    words = next((line for line in lines if re.search(pattern, line, re.IGNORECASE)), "")
    return [Suggestion(parsed.delivery_status, parsed.delivery_status, words[:LONGEST_EVIDENCE])]


def _line_with(words: str, lines: Sequence[str]) -> str:
    found = next((line for line in lines if words.casefold() in line.casefold()), words)
    return found[:LONGEST_EVIDENCE]


def _place(parsed: ParsedSpeech, lines: Sequence[str]) -> list[Suggestion]:
    if not parsed.place:
        return []
    return [Suggestion(parsed.place, parsed.place, _line_with(parsed.place, lines))]


def _speakers(parsed: ParsedSpeech, lines: Sequence[str]) -> list[Suggestion]:
    return [
        Suggestion(part.name, part.name, _line_with(part.name, lines))
        for part in parsed.contributions
        if part.name and part.role == "speaker"
    ]


def _people(parsed: ParsedSpeech) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return the people whom the directory knows by the name, and the offices they held then."""
    directory = Directory()
    people: list[Suggestion] = []
    offices: list[Suggestion] = []
    for part in parsed.contributions:
        key = directory.person(part.person, part.name) if part.name and not people else None
        if key is None:
            continue
        person = Person.objects.get(pk=key)
        people.append(Suggestion(str(key), str(person), part.name))
        words = " ".join(filter(None, (part.name, part.office)))
        named = directory.office(key, part.office, parsed.delivered_on, parsed.delivered_precision)
        for office in _held(key, named, parsed.delivered_on):
            offices.append(Suggestion(str(office.pk), str(office), words))
    return people, offices


def _held(person: int, named: int | None, day: date | None) -> list[Any]:
    """Return the office that the text names, else those that a person held on the day."""
    if named is not None:
        return list(Office.objects.filter(pk=named))
    if day is None:
        return []
    held = Appointment.objects.filter(person=person, starts_on__lte=day).exclude(ends_on__lt=day)
    return [one.office for one in held.select_related("office")[:MOST_OF_A_FIELD]]


def _meetings(
    parsed: ParsedSpeech, findings: Findings, blocks: Sequence[Block]
) -> list[Suggestion]:
    """Return the meetings that were in session on the day, and those the beginning names."""
    found: dict[int, Suggestion] = {}
    named = [one for one in findings.mentions if one.target.kind == "meeting"]
    for one in named:
        is_early = one.passage < FIRST_PASSAGES
        is_then = _in_session(int(one.target.key), parsed.delivered_on)
        if is_early or is_then:
            words = blocks[one.passage].text[max(0, one.start - 60) : one.end + 60]
            found.setdefault(int(one.target.key), Suggestion(str(one.target.key), "", words))
    labels = entries_of({one.target for one in named})
    names = {int(target.key): entry.name.text for target, entry in labels.items()}
    ordered = sorted(found, key=lambda key: not _in_session(key, parsed.delivered_on))
    return [
        Suggestion(found[key].value, names[key], found[key].evidence)
        for key in ordered[:MOST_OF_A_FIELD]
        if key in names
    ]


def _in_session(meeting: int, day: date | None) -> bool:
    if day is None:
        return False
    rows = Meeting.objects.filter(pk=meeting, starts_on__lte=day)
    return rows.exclude(ends_on__lt=day).exclude(ends_on=None, starts_on__lt=day).exists()
