"""From the words of a source to entries of the directory, never by a guess.

A word resolves when it is the slug of an entry, or when exactly one entry has it for a name.
Everything is looked up once for a whole run: ten thousand speeches name the same people,
meetings and organizations again and again.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models

from initiatives.models import (
    AgendaItem,
    Appointment,
    Initiative,
    Meeting,
    MeetingSeries,
    Name,
    Office,
    Organization,
    Person,
)
from iomsite.dates import Precision, latest_day

_HONORIFIC = re.compile(
    r"^(?:(?:H\.?\s?E\.?|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Ambassador|M|Mme|Sr|Sra)\.?\s+)+",
    re.IGNORECASE,
)


def fold(words: str) -> str:
    """Return words as they are compared: case, white space and quotation marks play no part."""
    return " ".join(words.replace("’", "'").casefold().split())


class Entries:
    """The slugs and names of one kind of entry."""

    def __init__(self, model: type[models.Model], owner: str) -> None:
        rows: Any = model._default_manager.values_list("pk", "slug", "name", "acronym")
        names = (
            Name.objects.filter(**{f"{owner}__isnull": False})
            .exclude(kind=Name.Kind.SHORT)
            .values_list(owner, "text")
        )
        self.slugs: dict[str, int] = {}
        self.names: defaultdict[str, set[int]] = defaultdict(set)
        for pk, slug, name, acronym in rows:
            self.slugs[slug] = pk
            self.names[fold(name)].add(pk)
            if acronym:
                self.names[fold(acronym)].add(pk)
        for pk, text in names:
            self.names[fold(text)].add(pk)

    def find(self, words: str) -> int | None:
        """Return the entry with this slug, or the only one with this name."""
        if words in self.slugs:
            return self.slugs[words]
        found = self.names.get(fold(words), set())
        return next(iter(found)) if len(found) == 1 else None


@dataclass(frozen=True)
class _Term:
    office: int
    starts_on: date | None
    last_day: date | None


@dataclass(frozen=True)
class _Series:
    pk: int
    slug: str
    name: str
    base_year: int | None
    first_ordinal: int


class Directory:
    """What the directory knows, for the length of one import."""

    def __init__(self) -> None:
        self._agendas: dict[int, dict[str, int]] = {}
        self._new_meetings: list[Callable[[], Any]] = []
        self._to_publish: list[Meeting] = []

    @cached_property
    def organizations(self) -> Entries:
        return Entries(Organization, "organization")

    @cached_property
    def initiatives(self) -> Entries:
        return Entries(Initiative, "initiative")

    @cached_property
    def meetings(self) -> Entries:
        return Entries(Meeting, "meeting")

    @cached_property
    def _people(self) -> Entries:
        return Entries(Person, "person")

    @cached_property
    def _office_names(self) -> dict[int, set[str]]:
        names: defaultdict[int, set[str]] = defaultdict(set)
        for pk, name in Office.objects.values_list("pk", "name"):
            names[pk].add(fold(name))
        texts = Name.objects.filter(office__isnull=False)
        # Short names count too: the appointment says already which office is meant.
        for pk, text in texts.values_list("office", "text"):
            names[pk].add(fold(text))
        return names

    @cached_property
    def _terms(self) -> dict[int, list[_Term]]:
        terms: defaultdict[int, list[_Term]] = defaultdict(list)
        rows = Appointment.objects.values_list(
            "person", "office", "starts_on", "ends_on", "ends_precision"
        )
        for person, office, starts_on, ends_on, precision in rows:
            last_day = latest_day(ends_on, precision) if ends_on else None
            terms[person].append(_Term(office, starts_on, last_day))
        return terms

    @cached_property
    def _series(self) -> dict[str, _Series]:
        rows = MeetingSeries.objects.select_related("organizer")
        return {
            row.slug: _Series(
                row.pk,
                row.slug,
                row.organizer.name if row.organizer else row.name,
                row.base_year,
                row.first_ordinal or 1,
            )
            for row in rows
        }

    @cached_property
    def _editions(self) -> dict[tuple[int, int], int]:
        rows = Meeting.objects.filter(series__isnull=False, ordinal__isnull=False)
        return {
            (series, ordinal): pk
            for series, ordinal, pk in rows.values_list("series", "ordinal", "pk")
            if ordinal is not None
        }

    def person(self, slug: str, name: str) -> int | None:
        """Return the person with a slug, or the only one with a name, titles left aside."""
        if slug:
            return self._people.slugs.get(slug)
        bare = _HONORIFIC.sub("", name)
        return self._people.find(name) or (self._people.find(bare) if bare else None)

    def office(self, person: int, words: str, first: date | None, precision: str) -> int | None:
        """Return the office of that name which a person held all that day, month or year.

        The office's name may be cut short, “Director General” for “Director General of …”,
        for the appointment says already which one is meant.
        """
        if not words or first is None:
            return None
        last = latest_day(first, precision)
        held = {
            term.office
            for term in self._terms.get(person, ())
            if (term.starts_on is None or term.starts_on <= first)
            and (term.last_day is None or last <= term.last_day)
            and any(_begins(name, words) for name in self._office_names[term.office])
        }
        return held.pop() if len(held) == 1 else None

    def agenda_item(self, meeting: int, words: str) -> int | None:
        """Return the item of a meeting's agenda with a number or title."""
        if meeting not in self._agendas:
            items = AgendaItem.objects.filter(meeting=meeting).order_by("-position")
            by_title = {fold(title): pk for pk, title in items.values_list("pk", "title")}
            by_number = {fold(number): pk for pk, number in items.values_list("pk", "number")}
            self._agendas[meeting] = by_title | by_number
        return self._agendas[meeting].get(fold(words))

    def edition(self, series_slug: str, ordinal: int | None, *, publish: bool) -> int | None:
        """Return a meeting by its number in a series, recording it if the series has the rule."""
        series = self._series.get(series_slug)
        if series is None or ordinal is None:
            return None
        there = self._editions.get((series.pk, ordinal))
        if there or series.base_year is None or not series.first_ordinal <= ordinal <= 9999:
            return there
        return self._record_edition(series, ordinal, publish=publish)

    def _record_edition(self, series: _Series, ordinal: int, *, publish: bool) -> int:
        meeting = Meeting(
            slug=f"{series.slug}-{ordinal}",
            name=f"{series.name}, {english_ordinal(ordinal)} session",
            series_id=series.pk,
            ordinal=ordinal,
            starts_on=date((series.base_year or 0) + ordinal, 1, 1),
            starts_precision=Precision.YEAR,
        )
        meeting.full_clean()
        meeting.save()
        edition = (series.pk, ordinal)
        self._editions[edition] = meeting.pk
        if publish:
            self._to_publish.append(meeting)
        self._new_meetings.append(lambda: self._editions.pop(edition, None))
        return int(meeting.pk)

    def new_meetings(self) -> list[Meeting]:
        """Return the meetings recorded for speeches that go out, each once, to be published."""
        meetings, self._to_publish = self._to_publish, []
        return meetings

    def keep_new(self) -> None:
        """Say that the meetings recorded since the last call are committed."""
        self._new_meetings.clear()

    def forget_new(self) -> None:
        """Say that the meetings recorded since the last call were rolled back."""
        self._to_publish.clear()
        for forget in self._new_meetings:
            forget()
        self._new_meetings.clear()


def _begins(name: str, words: str) -> bool:
    """Say whether words are the beginning of a folded name, up to the end of one of its words."""
    beginning, whole = (f"{fold(text).replace('-', ' ')} " for text in (words, name))
    return whole.startswith(beginning)


def english_ordinal(number: int) -> str:
    """Return `62nd` for 62."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 11 <= number % 100 <= 13 else ending}"
