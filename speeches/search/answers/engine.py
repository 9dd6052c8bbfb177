"""Answers a query, and helps where it has no answer as it stands.

`find` is what every page, feed and file of results comes from.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext as _

from speeches.search.answers.found import Correction, Found
from speeches.search.answers.plan import Clause, Plan, plan, second_guess
from speeches.search.answers.quotes import QuoteMatch, find_quote
from speeches.search.answers.ranking import Scorer
from speeches.search.answers.search import Search
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.expressions import NOTHING
from speeches.search.index.live import Live, as_of_now, asked_again
from speeches.search.index.tables import rows_of_speech
from speeches.search.queries.query import RELEVANCE, Phrase, Query, quote_length
from speeches.search.words.language import words

PER_PAGE = 20

NEARLY_AS_GOOD = 0.1

MOST_LEFT_OUT = 6
"""Words that are tried to do without, the rarest, where no speech has all of a query."""

Item = TypeVar("Item")


@asked_again
def find(query: Query, page: int = 1, per_page: int = PER_PAGE) -> Found:
    """Answer a query with one page of speeches.

    Raises TooSlow when the database takes longer than it may.
    """
    with backend().bounded(), as_of_now() as now:
        if now is None:
            return Found(query, notices=(_("The search index has not been built yet."),))
        search, notices = _searched(now, query)
        total = search.total  # what could not be named is known only after this
        notices += [
            _("Nothing here is called “%(name)s”, so that condition was left out.")
            % {"name": condition.value}
            for condition in search.ignored
        ]
        shown = search.in_order()[(page - 1) * per_page : page * per_page]
        return Found(
            query=search.query,
            total=total,
            matches=search.matches(shown),
            facets=search.facets(),
            years=search.years(),
            ranked=_bound(search),
            corrections=search.plan.corrections,
            notices=tuple(notices),
            matcher=search.plan.matcher,
        )


def _bound(search: Search) -> int | None:
    """Return how many passages were ranked, where those were not all."""
    if search.query.order != RELEVANCE or not search.clauses:
        return None
    numbers, there_are_more = search.ranked
    return len(numbers) if there_are_more else None


def _searched(now: Live, query: Query) -> tuple[Search, list[str]]:
    """Return the first search that finds anything: the query's own, or the nearest to it.

    What no visible speech answers stays uncorrected: a correction is shown only with hits,
    so it never tells a word that stands in hidden speeches alone.
    """
    planned = plan(now, query)
    search = Search(now, planned, _said_just_so(now, query, planned))
    if not query.has_words or search.has_words_said:
        return search, []
    attempts: tuple[tuple[Callable[[Live, Query], Plan | None], str], ...] = (
        (_guessed, ""),
        (_quoted, _("These words stand nowhere just so. Shown is what comes nearest.")),
        (_without_one, _("No speech has all of these words, so one was left out.")),
    )
    for attempt, notice in attempts:
        changed = attempt(now, query)
        if changed is not None:
            other = Search(now, changed)
            if other.has_words_said:
                return other, [notice] if notice else []
    return Search(now, plan(now, query, correct=False)), []


def _guessed(now: Live, query: Query) -> Plan | None:
    """Plan the query with its rare words replaced by near ones that are common."""
    changed, corrections = second_guess(now, query)
    if not corrections:
        return None
    planned = plan(now, changed)
    return replace(planned, corrections=(*corrections, *planned.corrections))


def _quoted(now: Live, query: Query) -> Plan | None:
    """Plan a pasted quotation as the passages that hold it, nearly word for word."""
    if not quote_length(query):
        return None
    matches = find_quote(words(query.text))
    if not matches:
        return None
    best = matches[0].similarity - NEARLY_AS_GOOD
    found = _numbers_of(now, [match for match in matches if match.similarity >= best])
    planned = plan(now, query, correct=False)
    clause = Clause(NOTHING, Scorer((), len(found)), len(found), found)
    return replace(planned, clauses=(clause,))


def _said_just_so(now: Live, query: Query, planned: Plan) -> Numbers | None:
    """Return the passages that hold a pasted text: they answer best.

    Word for word; where a word had to be corrected, nearly so.
    """
    if not quote_length(query) or any(isinstance(c[0], Phrase) for c in query.clauses):
        return None
    matches = find_quote(words(query.text), nearly=bool(planned.corrections))
    return _numbers_of(now, [match for match in matches if match.exact or match.similarity > 0.8])


def _numbers_of(now: Live, matches: Sequence[QuoteMatch]) -> Numbers:
    """Return the numbers of passages in the index, in order."""
    found: list[int] = []
    for match in matches:
        key = match.passage.speech_id
        rows = backend().rows(
            f"SELECT number FROM {now.tables.passages}"
            " WHERE number BETWEEN %s AND %s AND passage_id = %s",
            [*rows_of_speech(int(now.columns.day[key]), key), match.passage.passage_id],
        )
        found += [number for (number,) in rows]
    return np.array(found, np.int64)


def _without_one(now: Live, query: Query) -> Plan | None:
    """Plan the query without the one clause whose absence leaves the most speeches."""
    planned = plan(now, query)
    query, clauses = planned.query, planned.clauses
    if len(clauses) != len(query.clauses) or len(clauses) < 2:
        return None
    best: tuple[int, Plan] | None = None
    rarest = sorted(range(len(clauses)), key=lambda place: clauses[place].likely)
    for place in rarest[:MOST_LEFT_OUT]:
        fewer = replace(query, clauses=_but(query.clauses, place), text="")
        words_left = replace(fewer, text=fewer.to_text())
        smaller = replace(planned, query=words_left, clauses=_but(clauses, place))
        total = Search(now, smaller).total
        if total and (best is None or total > best[0]):
            dropped = Correction(" OR ".join(str(term) for term in query.clauses[place]))
            best = total, replace(smaller, corrections=(*planned.corrections, dropped))
    return best[1] if best else None


def _but(items: tuple[Item, ...], place: int) -> tuple[Item, ...]:
    return items[:place] + items[place + 1 :]
