"""The index as one query sees it: the live tables, the clock, and what is visible now."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import ParamSpec, TypeVar

import numpy as np
from django.db import DatabaseError

from speeches.models import SearchChange, SearchIndex, Synonym
from speeches.search.index.backends import backend
from speeches.search.index.building import pairs_of
from speeches.search.index.columns import Columns, Mask, columns_of
from speeches.search.index.tables import Tables, rows_of_speech
from speeches.search.index.tokens import Pairs
from speeches.search.index.writer import NEVER
from speeches.search.words.language import words

Expressions = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@dataclass(frozen=True)
class Live:
    """The live generation as of now, by the database's clock in microseconds since 1970."""

    tables: Tables
    columns: Columns
    passages: int
    now: int
    pending: tuple[int, ...]

    @cached_property
    def visible(self) -> Mask:
        """Which speeches the public may see now."""
        return self.columns.visible(self.now, self.pending)

    @cached_property
    def languages(self) -> Sequence[str]:
        """The languages that there are texts in."""
        return self.columns.of["language"].keys

    @property
    def unseen(self) -> Mapping[str, int]:
        """In how many passages under embargo each token stands: nobody is to learn of them."""
        since = self.columns.visible_from
        waiting = np.flatnonzero((since > self.now) & (since < NEVER))
        if not len(waiting):
            return {}
        version = (self.tables, self.columns.revision, waiting.tobytes())
        if version not in _unseen:
            counts = Counter(
                token
                for key in waiting.tolist()
                for (tokens,) in backend().rows(
                    f"SELECT tokens FROM {self.tables.passages} WHERE number BETWEEN %s AND %s",
                    rows_of_speech(int(self.columns.day[key]), key),
                )
                for token in set(tokens.split())
            )
            _unseen.clear()
            _unseen[version] = counts
            return counts
        return _unseen[version]

    @property
    def pairs(self) -> Pairs:
        """The pairs of words that are tokens."""
        if self.tables not in _pairs:
            _pairs.clear()
            _pairs[self.tables] = pairs_of(self.tables)
        return _pairs[self.tables]

    @property
    def synonyms(self) -> Expressions:
        """Pairs of expressions that mean the same, each as folded words, with their language."""
        version = (self.tables, self.columns.revision)
        if version not in _synonyms:
            _synonyms.clear()
            rows = Synonym.objects.values_list("language", "expression", "meaning")
            _synonyms[version] = tuple(
                (language, tuple(words(expression)), tuple(words(meaning)))
                for language, expression, meaning in rows
            )
        return _synonyms[version]


_current: ContextVar[Live | None] = ContextVar("search_live", default=None)
_pairs: dict[Tables, Pairs] = {}
_synonyms: dict[tuple[Tables, int], Expressions] = {}
_unseen: dict[tuple[Tables, int, bytes], Counter[str]] = {}


def live() -> Live | None:
    """Return the index as it answers now; None where none was built yet.

    Within `as_of_now` that is one and the same for all that asks.
    """
    return _current.get() or _read()


@contextmanager
def as_of_now() -> Iterator[Live | None]:
    """Let everything within be answered from the index as it is at this moment."""
    token = _current.set(live())
    try:
        yield _current.get()
    finally:
        _current.reset(token)


def _read() -> Live | None:
    """Read the state of the index, in two queries.

    A speech with a change that is not in the index is left out: it may have been taken back.
    They are plain SQL: every search begins with them, and Django takes ten times as long.
    """
    state = backend().rows(
        f"SELECT generation, revision, passages, {backend().clock} FROM {_INDEXES} WHERE is_live"
    )
    if not state:
        return None
    generation, revision, passages, now = state[0]
    pending = backend().rows(f"SELECT key FROM {_CHANGES} WHERE kind = %s", [_SPEECH])
    tables = Tables(generation)
    return Live(
        tables, columns_of(tables, revision), passages, now, tuple(int(key) for (key,) in pending)
    )


_INDEXES, _CHANGES = SearchIndex._meta.db_table, SearchChange._meta.db_table
_SPEECH = SearchChange.Kind.SPEECH.value

Answer = TypeVar("Answer")
Given = ParamSpec("Given")

_GONE = re.compile(r"(no such table: |relation \")search_\d+_|could not open relation")


def asked_again(answer: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a function ask once more whose tables gave way to new ones while it was asking."""

    @wraps(answer)
    def ask(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            return answer(*args, **kwargs)
        except DatabaseError as error:
            if not _GONE.search(str(error)):
                raise
        token = _current.set(None)
        try:
            return answer(*args, **kwargs)
        finally:
            _current.reset(token)

    return ask


def forget() -> None:
    """Forget what is kept between queries, as tests do whose rows are rolled back."""
    _unseen.clear()
    _pairs.clear()
    _synonyms.clear()
