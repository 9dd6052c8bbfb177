"""Pages with labelled names, as the gold file of a page holds them, and the directory's ids.

A gold file names its page, tells which lines make which paragraph, and lists the mentions:
paragraph, start, end, surface, target (an id of the directory) and tier. E is an explicit name, I a
described one, C a short form, O an optional one that is never scored. Targets that the directory
lacks are new names, to be proposed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from iomsite.countries import country_codes, country_name
from speeches.mentions.finding.found import (
    Appointment,
    Document,
    Edition,
    Facts,
    NameRow,
    Passage,
    Series,
)
from speeches.targets import Target

KINDS = {
    "org": "organization", "init": "initiative", "series": "meeting_series", "meet": "meeting",
    "office": "office", "person": "person", "term": "term",
}  # fmt: skip


@dataclass(frozen=True)
class Label:
    """One name of a page, as somebody labelled it."""

    passage: int
    start: int
    end: int
    surface: str
    target: str
    tier: str


@dataclass(frozen=True)
class Page:
    """A labelled page."""

    name: str
    document: Document
    labels: Sequence[Label]


def target_of(key: str) -> Target:
    """Return the target of an id such as `org:iom` or `country:ph`."""
    kind, _, rest = key.partition(":")
    return Target("country", rest.upper()) if kind == "country" else Target(KINDS[kind], key)


def id_of(target: Target) -> str:
    """Return the id of a target, as a gold file writes it."""
    return f"country:{target.key}".lower() if target.kind == "country" else str(target.key)


def read_page(gold: Path, pages: Path) -> Page:
    """Return a labelled page. Raises ValueError when a label is not where it says."""
    values = json.loads(gold.read_text())
    lines = (pages / values["page"]).read_text().split("\n")
    texts = [" ".join(" ".join(lines[p["from"] - 1 : p["to"]]).split()) for p in values["paras"]]
    labels = [
        Label(m["par"], m["start"], m["end"], m["surface"], m["target"], m["tier"])
        for m in values["mentions"]
    ]
    for one in labels:
        if texts[one.passage][one.start : one.end] != one.surface:
            raise ValueError(f"{gold.name}: “{one.surface}” is not where its label says.")
    home = frozenset({target_of(values["org"])} if values.get("org") else ())
    day = date.fromisoformat(values["date"]) if values.get("date") else None
    document = Document([Passage(text) for text in texts], home=home, delivered_on=day)
    return Page(gold.stem, document, labels)


def directory_rows(file: Path) -> tuple[list[NameRow], Facts, frozenset[str]]:
    """Return the names and facts of a directory file, and the ids that it has."""
    entries = json.loads(file.read_text())["entities"]
    rows = [row for entry in entries for row in _names(entry)]
    rows += [
        NameRow(Target("country", code), country_name(code, "en"), "en", "primary")
        for code in country_codes()
    ]
    ids = frozenset(entry["id"] for entry in entries)
    return rows, _facts(entries), ids


def _names(entry: dict[str, Any]) -> Iterator[NameRow]:
    target = target_of(entry["id"])
    for name in entry["names"] or [{"t": entry["name"], "k": "primary"}]:
        kind = "other" if name["k"] == "alt" else name["k"]
        yield NameRow(target, name["t"], name.get("lang", "en"), kind, name.get("policy", ""))


def _day(text: str | None, *, is_last: bool = False) -> date | None:
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    defaults = [12, 28] if is_last else [1, 1]
    return date(*[*parts, *defaults[len(parts) - 1 :]][:3])


def _facts(entries: list[dict[str, Any]]) -> Facts:
    by_type: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        by_type.setdefault(entry["type"], []).append(entry)
    return Facts(
        series=[
            Series(target_of(one["id"]), one.get("idby") == "year", one.get("default") == "latest",
                   one.get("rule", {}).get("ordinal_to_year"))
            for one in by_type.get("series", ())
        ],
        editions=[
            Edition(target_of(one["id"]), target_of(one["series"]) if one.get("series") else None,
                    one.get("ordinal"), _day(one.get("start")), _day(one.get("end"), is_last=True),
                    one.get("place", ""), one.get("country", ""), one["name"])
            for one in by_type.get("meet", ())
        ],
        appointments=[
            Appointment(target_of(term["office"]), target_of(one["id"]), _day(term.get("from")),
                        _day(term.get("to"), is_last=True))
            for one in entries for term in one.get("terms", [])
        ],
        parents={
            target_of(one["id"]): target_of(above)
            for one in entries if (above := one.get("parent") or one.get("of"))
        },
    )  # fmt: skip
