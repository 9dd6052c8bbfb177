"""The query: what a reader asks for, as plain values, and its state in the address.

A `Query` comes from the words typed in the box and from the controls beside it. It never
changes: links that add a choice or take one away are made from changed copies of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.queries import parsing, periods
from speeches.search.queries.terms import (
    Field,
    Phrase,
    Prefix,
    Term,
    Word,
    has_quotes,
    terms_to_text,
)
from speeches.search.words.language import words

__all__ = ["CONTROLS", "SORTS", "Field", "Phrase", "Prefix", "Query", "Term", "Word",
           "from_parameters", "parse", "quote_length"]  # fmt: skip

CONTROLS = (
    "speaker",
    "organization",
    "initiative",
    "meeting",
    "series",
    "place",
    "country",
    "language",
    "status",
)
"""Parameters of the address that may be repeated; values of one are alternatives."""

RELEVANCE, NEWEST, OLDEST = SORTS = ("relevance", "newest", "oldest")

MOST_CHOICES = 20
LONGEST_CHOICE = 200
LEAST_QUOTED = 6

Item = TypeVar("Item")


@dataclass(frozen=True)
class Query:
    """What is searched for.

    Every clause must hold, by any of its terms; no excluded term may stand in the speech;
    every field must hold; so must every entry of `chosen`, by any of its values.
    `text` is what the box shows: as typed, or written anew after an edit. `dates_typed` says
    that the days stand in it (`year:2006`) and not in parameters of their own. `notices` are
    sentences for the reader about what was not understood; queries are equal without them.
    """

    text: str = ""
    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    fields: tuple[Field, ...] = ()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    first_day: date | None = None
    last_day: date | None = None
    dates_typed: bool = False
    sort: str = RELEVANCE
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to rank hits by."""
        return bool(self.clauses)

    @property
    def has_dates(self) -> bool:
        return bool(self.first_day or self.last_day)

    @property
    def is_empty(self) -> bool:
        """Whether every speech answers it."""
        return not (self.clauses or self.excluded or self.fields or self.chosen or self.has_dates)

    @property
    def order(self) -> str:
        """The order of the hits: without words nothing is more relevant, so the newest lead."""
        return NEWEST if self.sort == RELEVANCE and not self.has_words else self.sort

    def to_text(self) -> str:
        """Write what was typed in one canonical way, which `parse` reads as the same."""
        text = terms_to_text(self.clauses, self.excluded, self.fields)
        if self.dates_typed and self.has_dates:
            text = f"{text} {periods.to_text(self.first_day, self.last_day)}".strip()
        return text

    def parameters(self) -> QueryDict:
        """Return the state for the address, always in the same order, without the page."""
        data = QueryDict(mutable=True)
        if text := self.text or self.to_text():
            data["q"] = text
        for name in CONTROLS:
            if values := self.chosen.get(name):
                data.setlist(name, list(values))
        if not self.dates_typed:
            if self.first_day:
                data["from"] = periods.first_to_text(self.first_day)
            if self.last_day:
                data["to"] = periods.last_to_text(self.last_day)
        if self.sort != RELEVANCE:
            data["sort"] = self.sort
        return data

    def urlencode(self) -> str:
        """Return the state as the query string of an address, without `?`."""
        return self.parameters().urlencode()

    def with_choice(self, name: str, value: str) -> Self:
        """Return the query with one more value of a control."""
        if name not in CONTROLS:
            raise ValueError(name)
        values = _in_order([*self.chosen.get(name, ()), value])
        return replace(self, chosen={**self.chosen, name: values})

    def without_choice(self, name: str, value: str | None = None) -> Self:
        """Return the query without one value of a control, or without all of them."""
        left = tuple(v for v in self.chosen.get(name, ()) if value is not None and v != value)
        others = {key: values for key, values in self.chosen.items() if key != name}
        return replace(self, chosen={**others, name: left} if left else others)

    def with_text(self, text: str) -> "Query":
        """Return the query with other words; controls and sorting stay."""
        days = periods.OPEN if self.dates_typed else (self.first_day, self.last_day)
        return _put_together(parsing.parse(text), self.chosen, days, self.sort)

    def with_sort(self, sort: str) -> Self:
        if sort not in SORTS:
            raise ValueError(sort)
        return replace(self, sort=sort)

    def with_years(self, first: int, last: int) -> Self:
        """Return the query within some years, whatever dates were typed or chosen before."""
        within = self.without_years()
        return replace(within, first_day=date(first, 1, 1), last_day=date(last, 12, 31))

    def without_years(self) -> Self:
        """Return the query without any dates."""
        undated = replace(self, first_day=None, last_day=None)
        return replace(undated._rewritten(), dates_typed=False) if self.dates_typed else undated

    def without_clause(self, index: int) -> Self:
        """Return the query without a clause, its text written anew."""
        return replace(self, clauses=_without(self.clauses, index))._rewritten()

    def without_excluded(self, index: int) -> Self:
        """Return the query that no longer leaves out a term."""
        return replace(self, excluded=_without(self.excluded, index))._rewritten()

    def without_field(self, index: int) -> Self:
        """Return the query without a field that was typed."""
        return replace(self, fields=_without(self.fields, index))._rewritten()

    def _rewritten(self) -> Self:
        return replace(self, text=self.to_text(), notices=())


def parse(text: str) -> Query:
    """Read what was typed in the box. Never raises: see `parsing`."""
    return _put_together(parsing.parse(text), {}, periods.OPEN, RELEVANCE)


def from_parameters(data: QueryDict) -> Query:
    """Read the state from an address. Never raises: what is wrong becomes a notice.

    Controls are checked for shape and length only; whether a speaker of that name exists is
    for the engine to say.
    """
    notices: list[str] = []
    chosen = {name: values for name in CONTROLS if (values := _choices(data, name, notices))}
    ends = {
        name: found
        for name in ("from", "to")
        if (found := periods.read(name, parsing.cleaned(data.get(name, "")), notices))
    }
    days = periods.between(ends)
    sort = parsing.cleaned(data.get("sort", "")) or RELEVANCE
    if sort not in SORTS:
        notices.append(_("Speeches cannot be sorted that way, so they stand in their usual order."))
        sort = RELEVANCE
    query = _put_together(parsing.parse(data.get("q", "")), chosen, days, sort)
    return replace(query, notices=(*query.notices, *notices))


def quote_length(query: Query) -> int:
    """Return how many words a pasted quotation has, 0 where the query is none.

    One is a single phrase, or nothing but words without any mark of a query, of
    `LEAST_QUOTED` words or more. Those beyond the bound on terms count, too.
    """
    if query.excluded or query.fields or query.dates_typed:
        return 0
    if any(len(clause) > 1 or isinstance(clause[0], Prefix) for clause in query.clauses):
        return 0
    match query.clauses:
        case ((Phrase(forms),),):
            length = len(forms)
        case _:
            text = query.text or query.to_text()
            length = 0 if has_quotes(text) else len(words(text))
    return length if length >= LEAST_QUOTED else 0


def _put_together(
    typed: parsing.Typed,
    chosen: Mapping[str, tuple[str, ...]],
    days: periods.Days,
    sort: str,
) -> Query:
    query = Query(
        text=typed.text,
        clauses=typed.clauses,
        excluded=typed.excluded,
        fields=typed.fields,
        chosen=chosen,
        first_day=typed.days[0],
        last_day=typed.days[1],
        dates_typed=any(typed.days),
        sort=sort,
        notices=typed.notices,
    )
    if not any(days):
        return query
    if (
        query.dates_typed and days != typed.days
    ):  # Two sources of one thing: what the controls show is what holds.
        told = _("The dates chosen in the filters took the place of those typed in the box.")
        query = replace(query.without_years(), notices=(*typed.notices, told))
    return replace(query, first_day=days[0], last_day=days[1])


def _choices(data: QueryDict, name: str, notices: list[str]) -> tuple[str, ...]:
    values = _in_order(parsing.cleaned(value) for value in data.getlist(name))
    short = [value for value in values if len(value) <= LONGEST_CHOICE]
    if len(short) < len(values):
        notices.append(_("A choice in the address was too long to be one, so it was left out."))
    if len(short) > MOST_CHOICES:
        told = ngettext(
            "Only the first %(count)d choice of a filter was kept.",
            "Only the first %(count)d choices of a filter were kept.",
            MOST_CHOICES,
        )
        notices.append(told % {"count": MOST_CHOICES})
    return tuple(short[:MOST_CHOICES])


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values once each, sorted: one choice has one address."""
    return tuple(sorted({value for value in values if value}))


def _without(items: tuple[Item, ...], index: int) -> tuple[Item, ...]:
    return items[:index] + items[index + 1 :]
