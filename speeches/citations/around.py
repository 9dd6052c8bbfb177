"""What stands around a text on its page, in one query: what it names, cites and is about.

Each is a branch of a UNION, and each branch starts from `published()`. The rows are objects of
plain values; nothing is loaded through them.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, F, Value
from django.db.models.functions import JSONObject

from initiatives.models import Initiative, Organization
from speeches.citations.showing import Citations, Cited
from speeches.mentions.entries import (
    MODELS,
    Entry,
    columns_of,
    entry_of,
    public_entries_of,
)
from speeches.mentions.reading import excerpt
from speeches.mentions.showing import Placed, Shown, shown
from speeches.models import Citation, Mention, Passage, Speech, SpeechText
from speeches.targets import ENTRIES, Target

MENTION, CITES, CITED_BY = "mention", "cites", "cited_by"
SUBJECTS = {"organization": Organization, "initiative": Initiative}
SHOWN = ("slug", "name", "name_language", "translated_names")
Row = dict[str, Any]


class Around(NamedTuple):
    """The text with its links, its citations both ways, and what its speech is about."""

    words: Shown
    citations: Citations
    subjects: Sequence[Organization | Initiative]


def around(speech: Speech, text: SpeechText) -> Around:
    """Return what stands around a text."""
    branches = [_mentions(text), _cites(text), _cited_by(speech, text)]
    branches += [
        getattr(speech, f"{kind}s").published().order_by().values_list(
            Value(kind, CharField()), JSONObject(**{name: name for name in SHOWN})
        )
        for kind in SUBJECTS
    ]  # fmt: skip
    rows: dict[str, list[Row]] = defaultdict(list)
    for what, values in branches[0].union(*branches[1:], all=True):
        rows[what].append(json.loads(values) if isinstance(values, str) else values)
    subjects: list[Any] = []
    for kind, model in SUBJECTS.items():
        subjects += [model(**_entry_values(row)) for row in rows[kind]]
    return Around(
        _shown(text, rows[MENTION]),
        Citations(
            [_cited(row, own=text, is_citing=True) for row in _in_order(rows[CITES])],
            [_cited(row, own=text, is_citing=False) for row in _in_order(rows[CITED_BY])],
        ),
        sorted(subjects, key=lambda entry: entry.local_name.text.casefold()),
    )


def _mentions(text: SpeechText) -> Any:
    """Return the public mentions of a text. Of an entry's columns only its own kind's are set."""
    entries = {
        kind: JSONObject(**{one.replace("__", "_"): f"{kind}__{one}" for one in columns_of(kind)})
        for kind in ENTRIES
    }
    own = {name: name for name in ("start", "end", "html_start", "html_end", "surface", "country")}
    return (
        Mention.objects.published()
        .filter(passage__speech_text=text)
        .order_by()
        .values_list(
            Value(MENTION, CharField()),
            JSONObject(anchor="passage__anchor", position="passage__position", **own, **entries),
        )
    )


def _citation_columns(side: str) -> dict[str, str]:
    text = f"{side}__speech_text"
    return {
        "anchor": f"{side}__anchor", "title": f"{text}__title", "language": f"{text}__language",
        "slug": f"{text}__speech__slug", "day": f"{text}__speech__delivered_on",
        "precision": f"{text}__speech__delivered_precision",
    }  # fmt: skip


def _cites(text: SpeechText) -> Any:
    rows = Citation.objects.published().filter(passage__speech_text=text)
    return _citations(rows.exclude(cited_passage=None), CITES, "passage", "cited_passage")


def _cited_by(speech: Speech, text: SpeechText) -> Any:
    rows = Citation.objects.published().filter(cited_speech=speech)
    rows = rows.exclude(passage__speech_text=text).exclude(cited_passage=None)
    return _citations(rows, CITED_BY, "cited_passage", "passage")


def _citations(rows: Any, what: str, own: str, other: str) -> Any:
    return rows.order_by().values_list(
        Value(what, CharField()),
        JSONObject(
            own=F(f"{own}__anchor"), words="passage__text", start="start", end="end", kind="kind",
            **_citation_columns(other),
        ),
    )  # fmt: skip


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (int(row["own"][1:]), row["start"], row["day"] or ""))


def _cited(row: Row, *, own: SpeechText, is_citing: bool) -> Cited:
    day = date.fromisoformat(row["day"]) if row["day"] else None
    speech = Speech(slug=row["slug"], delivered_on=day, delivered_precision=row["precision"])
    text = SpeechText(speech=speech, language=row["language"], title=row["title"])
    return Cited(
        Passage(speech_text=own, anchor=row["own"]),
        Passage(speech_text=text, anchor=row["anchor"]),
        excerpt(row["words"], row["start"], row["end"]),
        row["kind"] == Citation.Kind.QUOTATION,
    )


def _shown(text: SpeechText, rows: Sequence[Row]) -> Shown:
    entries: dict[Target, Entry] = {}
    placed = []
    for row in rows:
        kind = next((kind for kind in ENTRIES if row[kind]["slug"]), "country")
        target = Target(kind, row[kind]["slug"] if kind != "country" else row["country"])
        if kind != "country" and target not in entries:
            entries[target] = _entry(kind, row[kind])
        placed.append(
            Placed(row["anchor"], row["position"], row["start"], row["end"], row["html_start"],
                   row["html_end"], row["surface"], target)
        )  # fmt: skip
    entries |= public_entries_of({one.target for one in placed if one.target.kind == "country"})
    placed.sort(key=lambda one: (one.position, one.start, -one.end))
    return shown(text, placed, entries)


def _entry(kind: str, values: Row) -> Entry:
    row: Any = MODELS[kind](**_entry_values(values))
    if kind == "office":
        row.organization = Organization(slug=values["organization_slug"])
    return entry_of(kind, row, is_public=True)


def _entry_values(values: Row) -> Row:
    """Return the columns of an entry as its model takes them."""
    names = values["translated_names"]
    names = json.loads(names) if isinstance(names, str) else names
    days = {
        name: date.fromisoformat(value)
        for name, value in values.items()
        if name.endswith("_on") and value
    }
    kept = {name: value for name, value in values.items() if name != "organization_slug"}
    return kept | days | {"translated_names": names}
