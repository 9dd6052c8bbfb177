"""The speeches of a search that came last to the public, whenever they were given."""

import numpy as np

from speeches.search.answers.engine import Search
from speeches.search.answers.found import Found
from speeches.search.answers.plan import plan
from speeches.search.index.backends import backend
from speeches.search.index.live import live
from speeches.search.queries.query import Query


def latest(query: Query, most: int) -> Found:
    """Return the speeches that answer a query, those published last first.

    Who follows a search wants to hear of a speech of 1985 that was put on record today.
    Facets are left out. Raises TooSlow when the database takes longer than it may.
    """
    with backend().bounded():
        now = live()
        if now is None:
            return Found(query)
        search = Search(now, plan(now, query))
        speech_ids = np.flatnonzero(search.fitting)
        since = now.columns.visible_from[speech_ids]
        shown = speech_ids[np.lexsort((-speech_ids, -since))][:most]
        return Found(
            query=search.query,
            total=search.total,
            matches=search.matches(shown),
            matcher=search.plan.matcher,
        )
