"""What to try when a search finds nothing: the searches nearest to it that do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.answers.engine import find
from speeches.search.queries.echo import Part
from speeches.search.queries.query import Phrase, Query
from speeches.search.results.facets import shown_number
from speeches.search.results.tags import without_tags

MOST_TRIED = 6
"""Each costs a search of its own, and only a page without hits pays for them."""
QUOTATION_WORDS = 6


@dataclass(frozen=True)
class NextStep:
    """A search that finds something: what it changes, where it is, how much it finds."""

    label: str
    url: str
    count: str


def next_steps(query: Query, tags: list[Part]) -> list[NextStep]:
    """Return the nearest searches that find something, those that find least first.

    The least: it is what still says most of what was asked.
    """
    found = []
    for label, other in [*_nearest(query, tags)][:MOST_TRIED]:
        total = find(other, per_page=1).total
        if total:
            number = shown_number(total)
            count = ngettext("%(number)s speech", "%(number)s speeches", total)
            step = NextStep(label, f"?{other.urlencode()}", count % {"number": number})
            found.append((total, step))
    return [step for _total, step in sorted(found, key=lambda pair: pair[0])]


def is_quotation(query: Query) -> bool:
    """Say whether what was typed is long enough to be somebody's words."""
    return len(query.text.split()) >= QUOTATION_WORDS


def _nearest(query: Query, tags: list[Part]) -> Iterator[tuple[str, Query]]:
    """Yield searches that ask for a little less, the most promising first."""
    for tag in tags:
        yield _("Without the condition “%(condition)s”") % {"condition": tag.text}, tag.without
    if len(tags) > 1:
        yield _("Without any of the conditions"), without_tags(query)
    if len(query.clauses) == 1 and isinstance(phrase := query.clauses[0][0], Phrase):
        told = _("The words of “%(words)s” in any order")
        yield told % {"words": phrase}, query.with_text(" ".join(phrase.forms))
    if len(query.clauses) > 1:
        for place, clause in enumerate(query.clauses):
            told = _("Without “%(words)s”")
            yield told % {"words": " / ".join(map(str, clause))}, query.without_clause(place)
