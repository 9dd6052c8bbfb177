"""The shipped facts as the finder takes them, with the directory's own ids as keys."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from iomsite.countries import country_codes, country_name
from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.found import Appointment, Edition, Facts, NameRow, Series
from speeches.targets import Target

FILE = Path("initiatives/data/directory.json")
KINDS = {
    "org": "organization", "init": "initiative", "series": "meeting_series", "meet": "meeting",
    "office": "office", "person": "person", "term": "term",
}  # fmt: skip
NAME_KINDS = {"alt": "other"}


def target_of(key: str) -> Target:
    """Return the target of an id such as `org:iom` or `country:ph`."""
    kind, _, rest = key.partition(":")
    return Target("country", rest.upper()) if kind == "country" else Target(KINDS[kind], key)


def id_of(target: Target) -> str:
    """Return the id of a target, as the labelled data writes it."""
    return f"country:{target.key}".lower() if target.kind == "country" else str(target.key)


def _day(text: str | None, *, is_last: bool = False) -> date | None:
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    defaults = [12, 28] if is_last else [1, 1]
    return date(*[*parts, *defaults[len(parts) - 1 :]][:3])


def _names(entry: dict[str, Any]) -> Iterator[NameRow]:
    target = target_of(entry["id"])
    names = entry["names"] or [{"t": entry["name"], "k": "primary"}]
    for name in names:
        kind = NAME_KINDS.get(name["k"], name["k"])
        yield NameRow(target, name["t"], name.get("lang", "en"), kind, name.get("policy", ""))


def _facts(entries: list[dict[str, Any]]) -> Facts:
    return Facts(
        series=[
            Series(
                target_of(entry["id"]),
                by_year=entry.get("idby") == "year",
                bare_name_is_latest=entry.get("default") == "latest",
                base_year=entry.get("rule", {}).get("ordinal_to_year"),
            )
            for entry in entries if entry["type"] == "series"
        ],
        editions=[
            Edition(
                target_of(entry["id"]),
                target_of(entry["series"]) if entry.get("series") else None,
                entry.get("ordinal"), _day(entry.get("start")),
                _day(entry.get("end"), is_last=True), entry.get("place", ""),
                entry.get("country", ""), entry["name"],
            )
            for entry in entries if entry["type"] == "meet"
        ],
        appointments=[
            Appointment(
                target_of(term["office"]), target_of(entry["id"]),
                _day(term.get("from")), _day(term.get("to"), is_last=True),
            )
            for entry in entries for term in entry.get("terms", [])
        ],
        parents={
            target_of(entry["id"]): target_of(above)
            for entry in entries if (above := entry.get("parent") or entry.get("of"))
        },
    )  # fmt: skip


def countries() -> Iterator[NameRow]:
    """Yield the names of all countries in English."""
    for code in country_codes():
        yield NameRow(Target("country", code), country_name(code, "en"), "en", "primary")


@cache
def shipped() -> Catalogue:
    """Return the catalogue of the 388 shipped entries and all countries."""
    entries = json.loads(FILE.read_text())["entities"]
    rows = [name for entry in entries for name in _names(entry)]
    return Catalogue.build([*rows, *countries()], _facts(entries))
