"""Entries of the directory that a search names: suggested while typing, and shown above hits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy, ngettext

from initiatives.relations import RelatedEntry, branch, related
from speeches.search.answers.found import Found
from speeches.search.answers.names import ENTRY_MODELS, NamedEntry, named
from speeches.search.queries.query import Phrase, Query, Word
from speeches.search.results.facets import KINDS, shown_number

MOST_CARDS = 3

KIND_LABELS = {
    "person": gettext_lazy("Person"),
    "organization": gettext_lazy("Organization"),
    "initiative": gettext_lazy("Initiative"),
    "meeting_series": gettext_lazy("Meeting series"),
    "meeting": gettext_lazy("Meeting"),
    "speech": gettext_lazy("Speech"),
}

DAYS: dict[str, Any] = {
    "meeting": {"starts_on": "starts_on", "precision": "starts_precision", "ends_on": "ends_on"}
}
"""The days that say most of an entry, where it has any."""

FACETS = {kind: name for name, kind in KINDS.items()}
"""The facet that counts entries of a kind, where it has another name."""


class Shown(NamedTuple):
    """An entry that the gate lets through, with its note."""

    entry: RelatedEntry
    note: str


@dataclass(frozen=True)
class EntityCard:
    """What a page shows of an entry that the search names: by the whole name, or a part of it.

    `narrowing` is the address of the same search among the entry's speeches, `count` says how
    many those are.
    """

    kind: str
    entry: RelatedEntry
    note: str
    narrowing: str
    count: str
    is_named: bool


def published_entries(named: Sequence[NamedEntry]) -> dict[tuple[str, int], Shown]:
    """Return those entries that are public now, by kind and key, in one query."""
    branches = []
    for kind, model in ENTRY_MODELS.items():
        keys = [entry.entry_id for entry in named if entry.kind == kind]
        if keys:
            rows = model.objects.published().filter(pk__in=keys)
            # One column for two values: a branch of the union has no other to spare.
            detail = Concat(Cast(F("pk"), CharField()), Value(" "), F("note"))
            branches.append(branch(rows, kind, kind, detail=detail, **DAYS.get(kind, {})))
    shown = {}
    for kind, entries in related(branches).items() if branches else ():
        for entry in entries:
            key, _space, note = entry.detail.partition(" ")
            shown[kind, int(key)] = Shown(entry, note)
    return shown


def cards_of(query: Query, found: Found) -> list[EntityCard]:
    """Return cards for the entries that the words of a search name, in one query."""
    said = words_of(query)
    wanted = named(said)[:MOST_CARDS] if said else []
    shown = published_entries(wanted)
    return [
        _card(entry, shown[entry.kind, entry.entry_id], found)
        for entry in wanted
        if (entry.kind, entry.entry_id) in shown
    ]


def words_of(query: Query) -> str:
    """Return the words that may be a name: all of them, unless some are alternatives."""
    terms = [clause[0] for clause in query.clauses if len(clause) == 1]
    if len(terms) < len(query.clauses) or not all(
        isinstance(term, Word | Phrase) for term in terms
    ):
        return ""
    return " ".join(map(str, terms))


def _card(entry: NamedEntry, shown: Shown, found: Found) -> EntityCard:
    facet = FACETS.get(entry.kind, entry.kind)
    count = dict(found.facets.get(facet, ())).get(str(entry.entry_id), 0)
    slug = shown.entry.slug
    offered = count and slug not in found.query.chosen.get(facet, ())
    label = ngettext("%(number)s of these speeches", "%(number)s of these speeches", count)
    return EntityCard(
        kind=str(KIND_LABELS[entry.kind]),
        entry=shown.entry,
        note=shown.note,
        narrowing=f"?{found.query.with_choice(facet, slug).urlencode()}" if offered else "",
        count=label % {"number": shown_number(count)},
        is_named=entry.is_whole,
    )
