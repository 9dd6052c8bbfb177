"""What of a speech goes into the index: read from the record, for many speeches at once."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from iomsite.publishing.models import Status
from speeches.models import Contribution, Passage, Speech, SpeechText

ALWAYS = 0
"""The moment from which something is public, where nothing holds it back."""

Keys = dict[str, dict[str, int]]
"""For each dimension its keys, each with the moment from which it is public."""


@dataclass
class SearchDocument:
    """One published speech: what it is counted by, and the words it is found by.

    `visible_from` is the moment of publication in microseconds since 1970. `heading` holds
    the words about the speech (titles, names, offices, place), each with its language;
    `passages` holds (key, language, text).
    """

    speech_id: int
    day: date
    visible_from: int
    words: int = 0
    keys: Keys = field(default_factory=lambda: defaultdict(dict))
    heading: list[tuple[str, str]] = field(default_factory=list)
    passages: list[tuple[int, str, str]] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)


def moment(when: datetime) -> int:
    """Return a time as microseconds since 1970."""
    return round(when.timestamp() * 1_000_000)


def public_from(*items: Any) -> int | None:
    """Return the moment from which all of some items are public, None if one is not to be."""
    if any(item is None or item.status != Status.PUBLISHED for item in items):
        return None
    return max(moment(item.published_at) for item in items)


def documents_of(speech_ids: Sequence[int], with_passages: bool = True) -> list[SearchDocument]:
    """Return the documents of those speeches that are published, now or at a set time."""
    if not speech_ids:
        return []
    speeches = (
        Speech.objects.filter(pk__in=speech_ids, status=Status.PUBLISHED)
        .select_related("meeting__series")
        .in_bulk()
    )
    found = {key: _document(speech) for key, speech in speeches.items()}
    _add_texts(found)
    _add_contributions(found)
    _add_subjects(found)
    if with_passages:
        _add_passages(found)
    return list(found.values())


def _document(speech: Speech) -> SearchDocument:
    document = SearchDocument(
        speech_id=speech.pk,
        day=speech.delivered_on,  # type: ignore[arg-type]  # what is published has a date
        visible_from=moment(speech.published_at),  # type: ignore[arg-type]  # and a time
    )
    document.keys["status"][speech.delivery_status] = ALWAYS
    document.heading.append((speech.reference, ""))
    if speech.place:
        document.keys["place"][speech.place] = ALWAYS
        document.heading.append((speech.place, ""))
    _add_key(document, "meeting", speech.meeting)
    if speech.meeting:
        _add_key(document, "series", speech.meeting.series, speech.meeting)
    return document


def _add_key(document: SearchDocument, dimension: str, entry: Any, *through: Any) -> None:
    """Count the speech by an entry, from when it and all that leads to it are public."""
    since = public_from(entry, *through)
    if since is not None:
        keys, key = document.keys[dimension], str(entry.pk)
        keys[key] = min(since, keys.get(key, since))


def _add_texts(found: dict[int, SearchDocument]) -> None:
    rows = SpeechText.objects.filter(speech__in=found).order_by("language")
    for text in rows.only("speech_id", "language", "title", "summary", "word_count"):
        document = found[text.speech_id]
        document.keys["language"][text.language] = ALWAYS
        document.words += text.word_count
        document.titles.append((text.title, text.language))
        document.heading += [(text.title, text.language), (text.summary, text.language)]


def _add_contributions(found: dict[int, SearchDocument]) -> None:
    rows = Contribution.objects.filter(speech__in=found).select_related(
        "person", "office__organization", "on_behalf_of"
    )
    for part in rows:
        document = found[part.speech_id]
        _add_key(document, "speaker", part.person)
        if part.name and not _is_public_now(part.person):
            # Also before the end of an embargo: nobody may know that there is an entry.
            document.keys["speaker"][f"~{part.name}"] = ALWAYS
        if part.on_behalf_of_country:
            document.keys["country"][part.on_behalf_of_country] = ALWAYS
        _add_key(document, "organization", part.on_behalf_of)
        if part.office:
            _add_key(document, "organization", part.office.organization, part.office)
        named = part.name or _name_now(part.person)
        office = part.office_name or _name_now(part.office)
        document.heading += [(name, "") for name in (named, office) if name]


def _name_now(entry: Any) -> str:
    """Return the name of an entry that is public already, which the page then shows."""
    return entry.name if _is_public_now(entry) else ""


def _is_public_now(entry: Any) -> bool:
    since = public_from(entry)
    return since is not None and since <= time.time() * 1_000_000


def _add_subjects(found: dict[int, SearchDocument]) -> None:
    for dimension, key in (("organizations", "organization"), ("initiatives", "initiative")):
        through: Any = getattr(Speech, dimension).through
        for row in through.objects.filter(speech__in=found).select_related(key):
            _add_key(found[row.speech_id], key, getattr(row, key))


def _add_passages(found: dict[int, SearchDocument]) -> None:
    rows: Iterable[tuple[int, int, str, str]] = (
        Passage.objects.filter(speech_text__speech__in=found, retired_at=None)
        .order_by("speech_text", "position")
        .values_list("speech_text__speech", "pk", "speech_text__language", "text")
    )
    for speech_id, key, language, text in rows:
        found[speech_id].passages.append((key, language, text))
