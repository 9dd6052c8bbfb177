"""What stands around an entry, in one query.

A page of the directory shows relations of many kinds: parts, members, initiatives,
meetings. Each kind is one branch of a UNION, so that the page costs the same few queries
however many kinds there are. Every branch starts from `published()`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Expression, F, JSONField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from initiatives.models.entities import LocalName
from iomsite.countries import country_name
from iomsite.languages import DEFAULT_LANGUAGE, current_language

MOST_OF_A_KIND = 200
"""Rows of one relation on one page; longer ones have a list page of their own."""

COUNTRY = "country"


@dataclass(frozen=True)
class RelatedEntry:
    """An entry seen from another one: enough to name it, date it and link to it."""

    relation: str
    kind: str
    detail: str
    slug: str
    name: str
    name_language: str
    translated_names: dict[str, str]
    starts_on: date | None
    starts_precision: str
    ends_on: date | None
    uncertain_fields: list[str]

    @property
    def local_name(self) -> LocalName:
        language = current_language()
        if self.kind == COUNTRY:
            return LocalName(country_name(self.slug, language), language)
        if language != self.name_language and language in self.translated_names:
            return LocalName(self.translated_names[language], language)
        return LocalName(self.name, self.name_language)

    def get_absolute_url(self) -> str:
        return reverse(f"initiatives:{self.kind}", args=[self.slug])


def branch(
    rows: QuerySet,
    relation: str,
    kind: str,
    *,
    prefix: str = "",
    detail: Expression | F | str = "",
    starts_on: str = "",
    precision: str = "",
    ends_on: str = "",
) -> QuerySet:
    """Return one relation as a branch of the union.

    `prefix` leads from the rows to the entry that is shown; the other names are fields of
    the rows.
    """
    no_day = Cast(Value(None), DateField())
    return rows.order_by().values_list(
        Value(relation, CharField()),
        Value(kind, CharField()),
        Value(detail, CharField()) if isinstance(detail, str) else detail,
        F(f"{prefix}slug"),
        F(f"{prefix}name"),
        F(f"{prefix}name_language"),
        F(f"{prefix}translated_names"),
        F(starts_on) if starts_on else no_day,
        F(precision) if precision else Value("", CharField()),
        F(ends_on) if ends_on else no_day,
        F(f"{prefix}uncertain_fields"),
    )


def country_branch(rows: QuerySet, relation: str, field: str, detail: Any = "") -> QuerySet:
    """Return a relation to States as a branch: the code stands for slug and name."""
    no_day = Cast(Value(None), DateField())
    return (
        rows.exclude(**{field: ""})
        .order_by()
        .values_list(
            Value(relation, CharField()),
            Value(COUNTRY, CharField()),
            Value(detail, CharField()) if isinstance(detail, str) else detail,
            F(field),
            F(field),
            Value(DEFAULT_LANGUAGE, CharField()),
            Value({}, JSONField()),
            no_day,
            Value("", CharField()),
            no_day,
            Value([], JSONField()),
        )
    )


def related(branches: Iterable[QuerySet]) -> dict[str, list[RelatedEntry]]:
    """Return the entries of all branches by relation, each in the order of its names."""
    first, *others = branches
    found: dict[str, list[RelatedEntry]] = defaultdict(list)
    for row in first.union(*others, all=True):
        entry = RelatedEntry(*row)
        found[entry.relation].append(entry)
    for relation, entries in found.items():
        entries.sort(key=lambda entry: entry.local_name.text.casefold())
        found[relation] = entries[:MOST_OF_A_KIND]
    return dict(found)


def newest(entries: list[RelatedEntry]) -> list[RelatedEntry]:
    """Order entries by their day, the newest first, those without a day last."""
    return sorted(entries, key=lambda entry: entry.starts_on or date.min, reverse=True)
