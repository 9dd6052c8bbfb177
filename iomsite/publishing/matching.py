"""Finding the rows of two contents that are one and the same, though their keys differ.

Two people may add the same text in the same language, or one of them may add a row that gets
its real key while the other still has it under a provisional one.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from iomsite.publishing.merging import is_same
from iomsite.publishing.restoring import PROVISIONAL, provisional_key
from iomsite.publishing.snapshot import Content, part_relations

Row = dict[str, Any]
Keys = dict[int, int]


def with_own_keys(mine: Content, base: Content | None) -> Content:
    """Give the rows that were added to a base keys that nobody else has.

    The database gave them keys inside a transaction that is taken back by now, and may give
    these to others.
    """
    parts = {}
    for name, rows in mine.get("parts", {}).items():
        known = {row["key"]: row for row in (base or {}).get("parts", {}).get(name, [])}
        parts[name] = [
            with_own_keys(
                row if base is None or row["key"] in known else {**row, "key": provisional_key()},
                known.get(row["key"], {}) if base is not None else None,
            )
            for row in rows
        ]
    return {**mine, "parts": parts} if parts else mine


def matched(base: Content, mine: Content, theirs: Content) -> tuple[Content, Content]:
    """Return the base and mine, with the keys that their rows have in theirs."""
    return _matched(apps.get_model(theirs["kind"]), base, mine, theirs)


def _matched(
    model: type[models.Model], base: Content, mine: Content, theirs: Content
) -> tuple[Content, Content]:
    olds, ours = {}, {}
    for name, back in part_relations(model):
        was, my, their = (
            content.get("parts", {}).get(name, []) for content in (base, mine, theirs)
        )
        known = {row["key"] for row in was}
        added = [row for row in their if row["key"] not in known]
        keys = {row["key"] for row in their}
        lost = [row for row in was if row["key"] >= PROVISIONAL and row["key"] not in keys]
        new = [row for row in my if row["key"] not in known]
        found = _pairs([*lost, *new], added, _sameness(back))
        was, my = (
            [{**row, "key": found.get(row["key"], row["key"])} for row in rows]
            for rows in (was, my)
        )
        olds[name], ours[name] = _below(back.model, was, my, their)
    if not ours:
        return base, mine
    return {**base, "parts": olds}, {**mine, "parts": ours}


def _below(
    model: type[models.Model], was: list[Row], my: list[Row], their: list[Row]
) -> tuple[list[Row], list[Row]]:
    """Match the rows below each row, too."""
    old, here = {row["key"]: row for row in was}, {row["key"]: row for row in their}
    mine = []
    for row in my:
        key = row["key"]
        if key not in here:
            mine.append(row)
            continue
        before, after = _matched(model, old.get(key, {"fields": {}}), row, here[key])
        mine.append(after)
        if key in old:
            old[key] = before
    return _in_order(list(old.values())), _in_order(mine)


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["key"])


def _pairs(rows: list[Row], added: list[Row], are_one: Callable[[Row, Row], bool]) -> Keys:
    """Return the key that each row has among the added ones, where it is there."""
    found: Keys = {}
    for row in rows:
        free = [other for other in added if other["key"] not in found.values()]
        equal = next((other for other in free if is_same(row, other)), None)
        partner = equal or next((other for other in free if are_one(row, other)), None)
        if partner is not None:
            found[row["key"]] = partner["key"]
    return found


def _sameness(back: Any) -> Callable[[Row, Row], bool]:
    """Return what says of two rows that the database would not take both."""
    groups = [
        [name for name in constraint.fields if name != back.name]
        for constraint in back.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and back.name in constraint.fields
        and constraint.condition is None
    ]

    def are_one(row: Row, other: Row) -> bool:
        return any(
            all(
                row["fields"].get(name) is not None
                and row["fields"].get(name) == other["fields"].get(name)
                for name in names
            )
            for names in groups
        )

    return are_one
