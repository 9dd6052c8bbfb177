"""What limits a search now, as tags that a reader can take away one by one."""

from collections.abc import Sequence

from speeches.search.queries.echo import Labels, Part, describe
from speeches.search.queries.query import CONTROLS, Query
from speeches.search.results.facets import Facet

WORDS = frozenset({"word", "prefix", "phrase", "any"})
"""Conditions that stand in the box and are changed there."""


def labels_of(query: Query, facets: Sequence[Facet]) -> Labels:
    """Return what the values that were chosen are called in the language of the page."""
    names = {
        (facet.name, value.in_address.casefold()): value.label
        for facet in facets
        for value in facet.values
        if value.is_chosen
    }
    return {
        (name, value): names.get((name, value.casefold()), value)
        for name, values in query.chosen.items()
        for value in values
    }


def tags_of(query: Query, labels: Labels) -> list[Part]:
    """Return what limits a search besides its words."""
    return [part for part in describe(query, labels) if part.kind not in WORDS]


def without_tags(query: Query) -> Query:
    """Return the search for the same words without any limit."""
    for name in CONTROLS:
        query = query.without_choice(name)
    query = query.without_years()
    while query.fields:
        query = query.without_field(0)
    while query.excluded:
        query = query.without_excluded(0)
    return query
