"""One search, carried out: which speeches, how many, counted by what, with which passages.

1. *plan*: words become stems, wrong words are corrected, phrases are looked up.
2. *filter*: the index of speeches says which ones hold the words; columns in memory do the
   rest: visibility, conditions, choices, dates. The total and the facets are exact.
3. *rank*: the newest matching passages are scored; speeches follow their best passage.
   Speeches that hold the words only apart from each other come after them.
4. *show*: the best passages of the speeches on one page.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from speeches.search.answers.found import Match
from speeches.search.answers.passages import matches_of, speech_of
from speeches.search.answers.phrases import speeches_of
from speeches.search.answers.plan import BIG_ARCHIVE, EVERYWHERE, Clause, Plan
from speeches.search.answers.ranking import RANKED, rank, rank_again
from speeches.search.answers.resolve import chosen_keys, field_mask, mask_of
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.columns import DIMENSIONS, Mask
from speeches.search.index.expressions import NOTHING, Expression, all_of, any_of, is_plain
from speeches.search.index.live import Live
from speeches.search.index.tables import HIGHEST, day_number, rows_of_days, rows_of_speech
from speeches.search.queries.query import NEWEST, OLDEST, RELEVANCE, Field, Query

MOST_SCANNED = 20_000
"""Passages looked at, newest first, to find `RANKED` that fit the choices too."""

FEW, SMALL_PART = 120, 0.1
"""So many speeches, or the newest of so small a part of those that hold the words, are asked
for their passages one by one: looking for them among all would take longer."""


@dataclass
class Search:
    """One plan carried out, step by step; each step is done once, when first asked for.

    `leading` are passages that come first whatever their score.
    """

    live: Live
    plan: Plan
    leading: Numbers | None = None
    ignored: tuple[Field, ...] = ()

    @property
    def query(self) -> Query:
        return self.plan.query

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that tell speeches apart: “the” does not, beside any other word."""
        if self.live.passages < BIG_ARCHIVE:
            return self.plan.clauses
        bound = EVERYWHERE * self.live.passages
        telling = tuple(clause for clause in self.plan.clauses if clause.likely < bound)
        return telling or self.plan.clauses[:1]

    @cached_property
    def expression(self) -> Expression:
        return all_of(clause.expression for clause in self.clauses)

    @cached_property
    def _by_words(self) -> Mask:
        """Which speeches hold the words, visible or not."""
        found = np.ones(self.live.columns.size, np.bool_)
        plain = [clause.expression for clause in self.clauses if _is_plain(clause)]
        if plain:
            found &= self._marked(self._documents(all_of(plain)))
        for clause in self.clauses:
            if not _is_plain(clause):
                found &= self._holding(clause)
        for clause in self.plan.excluded:
            found &= ~self._holding(clause)
        return found

    def _holding(self, clause: Clause) -> Mask:
        if clause.numbers is not None:
            return self._marked(speeches_of(clause.numbers))
        if is_plain(clause.expression):
            return self._marked(self._documents(clause.expression))
        numbers = backend().passages_with(
            self.live.tables, clause.expression, 0, HIGHEST, 1_000_000, 0
        )
        return self._marked(speeches_of(numbers))

    def _documents(self, expression: Expression) -> Numbers:
        if expression == NOTHING:
            return np.empty(0, np.int64)
        return backend().documents_with(self.live.tables, expression)

    def _marked(self, speech_ids: Numbers) -> Mask:
        mask = np.zeros(self.live.columns.size, np.bool_)
        mask[speech_ids[speech_ids < len(mask)]] = True
        return mask

    @cached_property
    def _common(self) -> Mask:
        """Which speeches fit all but the controls and the dates."""
        mask = self.live.visible & self._by_words
        for condition in self.query.fields:
            named = field_mask(self.live, condition.name, condition.value)
            if named is None:
                self.ignored = (*self.ignored, condition)
            else:
                mask &= ~named if condition.excluded else named
        return mask

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        chosen = self.query.chosen.items()
        return {name: chosen_keys(self.live, name, values) for name, values in chosen}

    @cached_property
    def _chosen(self) -> dict[str, Mask]:
        return {name: mask_of(self.live, name, keys) for name, keys in self._keys.items()}

    @cached_property
    def _dated(self) -> Mask | None:
        if not self.query.has_dates:
            return None
        day, first, last = self.live.columns.day, self.query.first_day, self.query.last_day
        mask = np.ones(len(day), np.bool_)
        if first:
            mask &= day >= day_number(first)
        if last:
            mask &= day <= day_number(last)
        return mask

    def _fitting(self, but: str = "") -> Mask:
        """Return which speeches fit, as if one choice had not been made."""
        mask = self._common
        for name, chosen in self._chosen.items():
            if name != but:
                mask = mask & chosen
        return mask if self._dated is None or but == "year" else mask & self._dated

    @cached_property
    def fitting(self) -> Mask:
        """Which speeches answer the query."""
        return self._fitting()

    @property
    def has_words_said(self) -> bool:
        """Whether any speech says the words, whatever controls and dates leave of them."""
        return bool(self._common.any())

    @property
    def total(self) -> int:
        return int(np.count_nonzero(self.fitting))

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """Return the number of speeches for each key of each dimension."""
        found = {}
        for name in DIMENSIONS:
            mask = self._fitting(name) if name in self._chosen else self.fitting
            column, also = self.live.columns.of[name], self._keys.get(name, ())
            found[name] = column.counts(mask, self.live.now, also)
        return found

    def years(self) -> dict[int, int]:
        """Return the number of speeches of each year."""
        years, counts = np.unique(self.live.columns.year[self._fitting("year")], return_counts=True)
        return dict(zip(years.tolist(), counts.tolist(), strict=True))

    @cached_property
    def ranked(self) -> tuple[Numbers, bool]:
        """The passages that are ranked, best first, and whether there are more than those."""
        numbers, more = self._candidates()
        scorers = [clause.scorer for clause in self.clauses]
        best, scores = rank(self.live, numbers, scorers)
        best, _scores = rank_again(self.live, best, scores, scorers)
        if self.leading is not None and len(self.leading):
            first = self._kept(self.leading)
            best = np.concatenate([first, best[~np.isin(best, first)]])
        return best, more

    def _candidates(self) -> tuple[Numbers, bool]:
        """Return the newest passages that hold the words in speeches that fit."""
        if not self.total:
            return np.empty(0, np.int64), False
        if len(self.clauses) == 1 and self.clauses[0].numbers is not None:
            found = self._kept(self.clauses[0].numbers)
            return found[:RANKED], len(found) > RANKED
        dated = self._common if self._dated is None else self._common & self._dated
        part = self.total / int(np.count_nonzero(dated))
        if self.total <= FEW or part < SMALL_PART:
            newest = self._newest_first(np.flatnonzero(self.fitting))[:FEW]
            return self._of_each(newest), self.total > FEW
        return self._scanned(part)

    def _scanned(self, part: float) -> tuple[Numbers, bool]:
        """Go back in time until enough passages are found of speeches that fit.

        `part` is how many of the speeches that hold the words also fit the choices.
        """
        low, high = rows_of_days(self.query.first_day, self.query.last_day)
        likely = min(clause.likely for clause in self.clauses)
        wanted = int(RANKED * 1.2 / part)
        kept, scanned, count = [], 0, 0
        while count <= RANKED and scanned < MOST_SCANNED:
            numbers = backend().passages_with(
                self.live.tables, self.expression, low, high, wanted, likely
            )
            fit = self._kept(numbers)
            kept.append(fit)
            count, scanned = count + len(fit), scanned + len(numbers)
            if len(numbers) < wanted:
                break
            high = int(numbers[-1]) - 1
        found = np.concatenate(kept)
        return found[:RANKED], len(found) > RANKED or scanned >= MOST_SCANNED

    def _kept(self, numbers: Numbers) -> Numbers:
        numbers = numbers[self.fitting[speech_of(numbers)]]
        for clause in self.clauses:
            if clause.numbers is not None:
                numbers = numbers[np.isin(numbers, clause.numbers)]
        return numbers

    def _of_each(self, speech_ids: Numbers) -> Numbers:
        """Return the passages of some speeches that hold the words, the newest first."""
        if not len(speech_ids):
            return speech_ids
        if len(self.clauses) == 1 and self.clauses[0].numbers is not None:
            numbers = self.clauses[0].numbers
            return numbers[np.isin(speech_of(numbers), speech_ids)]
        ranges = [
            rows_of_speech(int(self.live.columns.day[key]), key) for key in speech_ids.tolist()
        ]
        found = backend().passages_of(self.live.tables, self.expression, ranges)
        return self._kept(np.sort(found)[::-1])

    def in_order(self) -> Numbers:
        """Return the speeches that answer, in the order asked for."""
        speech_ids = np.flatnonzero(self.fitting)
        if self.query.order == OLDEST:
            return self._newest_first(speech_ids)[::-1]
        newest = self._newest_first(speech_ids)
        if self.query.order == NEWEST:
            return newest
        of_passages = speech_of(self.ranked[0])
        first_places = np.unique(of_passages, return_index=True)[1]
        leading = of_passages[np.sort(first_places)]
        return np.concatenate([leading, newest[~np.isin(newest, leading)]])

    def _newest_first(self, speech_ids: Numbers) -> Numbers:
        return speech_ids[np.lexsort((-speech_ids, -self.live.columns.day[speech_ids]))]

    def matches(self, speech_ids: Numbers) -> tuple[Match, ...]:
        """Return some speeches with their best passages."""
        if not self.clauses:
            return tuple(Match(key) for key in speech_ids.tolist())
        loose = any_of(clause.expression for clause in self.clauses)
        complete = self.query.order == RELEVANCE and not self.ranked[1]
        numbers = self.ranked[0] if complete else self._of_each(speech_ids)
        return matches_of(
            self.live, speech_ids, numbers, complete, loose, [c.scorer for c in self.clauses]
        )


def _is_plain(clause: Clause) -> bool:
    return clause.numbers is None and is_plain(clause.expression)
