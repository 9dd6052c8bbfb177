"""The small rows that belong to one entry alone, in one query.

Other names, identifiers, and of a meeting its agenda and documents, are each a handful of
short lines; as branches of a UNION they cost a page one query together.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from initiatives.models import AgendaItem, Entity, Identifier, Meeting, Name

NOT_SHOWN = ("directory",)
"""Registers that are ours alone: the key of the imported directory says nothing to readers."""


@dataclass(frozen=True)
class Detail:
    """One line: what it is, of which sort, and its words."""

    what: str
    sort: str
    text: str
    url: str
    language: str

    @property
    def sort_label(self) -> str:
        """The sort in words: `former`, `Wikidata`."""
        labels: dict[str, Any] = dict(
            Name.Kind.choices if self.what == "names" else Identifier.Scheme.choices
        )
        return str(labels.get(self.sort, self.sort))

    @property
    def register_url(self) -> str:
        """Where a register describes the entry; empty when it has no such page."""
        return Identifier(scheme=self.sort, value=self.text).url


Lines = Callable[[Entity], list[QuerySet]]
_more: list[Lines] = []


def register(lines: Lines) -> None:
    """Let another package add lines about entries, which need not be known here.

    It returns branches with the columns order, what, sort, text, url and language, as `_branch`
    makes them.
    """
    if lines not in _more:
        _more.append(lines)


def details_of(entry: Entity) -> dict[str, list[Detail]]:
    """Return the lines of an entry by what they are: names, identifiers, agenda, documents."""
    branches = [
        _branch(Name.objects.of(entry), "names", "kind", "text", language="language"),
        _branch(
            Identifier.objects.of(entry).exclude(scheme__in=NOT_SHOWN),
            "identifiers",
            "scheme",
            "value",
        ),
    ]
    if isinstance(entry, Meeting):
        branches += [
            _branch(entry.agenda_items.all(), "agenda", "number", "title", language="language"),
            _branch(
                entry.documents.all(),
                "documents",
                "symbol",
                "title",
                url="url",
                language="language",
            ),
        ]
    branches += [branch for lines in _more for branch in lines(entry)]
    found: dict[str, list[Detail]] = defaultdict(list)
    for _order, *values in branches[0].union(*branches[1:], all=True).order_by("order"):
        detail = Detail(*values)
        found[detail.what].append(detail)
    return dict(found)


def _branch(
    rows: QuerySet, what: str, sort: str, text: str, *, url: str = "", language: str = ""
) -> QuerySet:
    empty = Value("", CharField())
    order = F("position") if rows.model is AgendaItem else Value(0)
    return (
        rows.order_by()
        .annotate(order=order)
        .values_list(
            "order",
            Value(what, CharField()),
            F(sort),
            F(text),
            F(url) if url else empty,
            F(language) if language else empty,
        )
    )
