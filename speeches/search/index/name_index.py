"""Writes the names of the directory and the titles of speeches into the index.

Names are few, so they are plain rows: the name, folded, and each of its words.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from initiatives.models import Initiative, Meeting, MeetingSeries, Name, Organization, Person
from initiatives.models.names import owner_field
from speeches.search.index.backends import backend
from speeches.search.index.documents import SearchDocument, public_from
from speeches.search.index.tables import Tables
from speeches.search.words.language import words

ENTRY_MODELS: dict[str, Any] = {
    "person": Person,
    "organization": Organization,
    "initiative": Initiative,
    "meeting_series": MeetingSeries,
    "meeting": Meeting,
}
"""The kinds of entry that can be found, by the name of their page."""

SPEECH = "speech"

WEIGHTS = {"primary": 3, "acronym": 3, "short": 2, "other": 1, "former": 1}
TITLE_WEIGHT = 0

COLUMNS = ("kind", "entry_id", "text", "folded", "language", "weight", "visible_from")


Row = tuple[str, int, str, str, str, int, int]


def rows_of_entries(kind: str, entry_ids: Sequence[int]) -> list[Row]:
    """Return the rows for every name of those entries that are or will be public."""
    model = ENTRY_MODELS[kind]
    rows: dict[tuple[int, str], Row] = {}
    shown: dict[int, int] = {}

    def add(key: int, text: str, language: str, weight: int) -> None:
        folded = " ".join(words(text))
        before = rows.get((key, folded))
        if folded and (before is None or before[5] < weight):
            rows[key, folded] = (kind, key, text, folded, language, weight, shown[key])

    for entry in model.objects.filter(pk__in=entry_ids):
        since = public_from(entry)
        if since is not None:
            shown[entry.pk] = since
            add(entry.pk, entry.name, entry.name_language, WEIGHTS["primary"])
            add(entry.pk, entry.acronym, "", WEIGHTS["acronym"])
    owner = owner_field(model())
    for name in Name.objects.filter(**{f"{owner}__in": list(shown)}):
        add(getattr(name, f"{owner}_id"), name.text, name.language, WEIGHTS[name.kind])
    return list(rows.values())


def write_entries(tables: Tables, kind: str, entry_ids: Sequence[int]) -> None:
    """Write the names of some entries anew; those not public any more lose theirs."""
    _forget(tables, kind, entry_ids)
    _insert(tables, rows_of_entries(kind, entry_ids))


def write_titles(
    tables: Tables, documents: Sequence[SearchDocument], removed: Sequence[int] = ()
) -> None:
    """Write the titles of speeches anew."""
    _forget(tables, SPEECH, [*(document.speech_id for document in documents), *removed])
    rows: Iterable[Row] = (
        (SPEECH, document.speech_id, title, folded, language, TITLE_WEIGHT, document.visible_from)
        for document in documents
        for title, language in document.titles
        if (folded := " ".join(words(title)))
    )
    _insert(tables, list(rows))


def _forget(tables: Tables, kind: str, entry_ids: Sequence[int]) -> None:
    t = tables
    for start in range(0, len(entry_ids), 500):
        some = entry_ids[start : start + 500]
        marks = ", ".join(["%s"] * len(some))
        chosen = f"FROM {t.names} WHERE kind = %s AND entry_id IN ({marks})"
        backend().run(
            f"DELETE FROM {t.name_words} WHERE name_id IN (SELECT id {chosen})", [kind, *some]
        )
        backend().run(f"DELETE {chosen}", [kind, *some])


def _insert(tables: Tables, rows: list[Row]) -> None:
    t = tables
    if not rows:
        return
    last = backend().rows(f"SELECT coalesce(max(id), 0) FROM {t.names}")[0][0]
    numbered = list(enumerate(rows, start=last + 1))
    backend().insert(t.names, ("id", *COLUMNS), [(key, *row) for key, row in numbered])
    backend().insert(
        t.name_words,
        ("word", "name_id"),
        [(word, key) for key, row in numbered for word in set(row[3].split())],
    )
