"""What a database must do for the search, and what both do alike."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from django.db import connection

from speeches.search.index.expressions import Expression
from speeches.search.index.tables import Tables
from speeches.search.index.tokens import spaced

Numbers = np.ndarray[Any, np.dtype[np.int64]]

SECONDS = 3
"""How long one statement of a search may take before it is refused."""


_is_bounded: ContextVar[bool] = ContextVar("search_is_bounded", default=False)


class TooSlow(Exception):
    """A search was stopped because it took longer than `SECONDS`."""


class Backend(ABC):
    """One set of tables for each generation, written in bulk or speech by speech.

    `passages` has a row (number, passage_id, language, stems) for each indexed passage;
    the full-text index over it answers `passages_with`. A second, small index holds the
    distinct tokens of each speech and answers `documents_with`: to count and to filter.
    """

    @abstractmethod
    def create(self, tables: Tables) -> None:
        """Make the empty tables of a generation, with what bulk loading needs and no more."""

    @abstractmethod
    def finish(self, tables: Tables) -> None:
        """Make the loaded tables of a generation ready to be asked."""

    @abstractmethod
    def drop(self, tables: Tables) -> None:
        """Remove the tables of a generation, as many as there are."""

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows in bulk; a row whose key is there already is left as it is."""

    @abstractmethod
    def write_passages(self, tables: Tables, rows: Sequence[tuple[int, int, str, str]]) -> None:
        """Write passages (number, passage_id, language, tokens) with their index."""

    @abstractmethod
    def write_documents(self, tables: Tables, rows: Sequence[tuple[int, set[str]]]) -> None:
        """Write the distinct tokens of speeches."""

    @abstractmethod
    def remove(self, tables: Tables, speech_id: int, first: int, last: int) -> None:
        """Remove a speech and its passages, numbered from `first` to `last`."""

    @abstractmethod
    def documents_with(self, tables: Tables, expression: Expression) -> Numbers:
        """Return the speeches that a plain expression holds for, in no order."""

    @abstractmethod
    def passages_with(
        self, tables: Tables, expression: Expression, low: int, high: int, limit: int, likely: int
    ) -> Numbers:
        """Return the passages an expression holds for, numbered low to high, newest first.

        `likely` is how many there may be in all, for a database that has to choose its way.
        """

    @abstractmethod
    def passages_of(
        self, tables: Tables, expression: Expression, ranges: Sequence[tuple[int, int]]
    ) -> Numbers:
        """Return the passages within any of the ranges that an expression holds for."""

    @abstractmethod
    def tokens_of(self, tables: Tables, numbers: Numbers) -> Iterator[tuple[int, str]]:
        """Yield number and tokens of passages, in no order."""

    @abstractmethod
    def joined(self, tables: Tables, columns: str, numbers: Numbers) -> list[tuple[Any, ...]]:
        """Return number and some columns of the passages as they are in the record.

        In no order. What is said about a speech is no passage of it, and has no row here.
        """

    @abstractmethod
    def occurrences(
        self, tables: Tables, expression: Expression, tokens: Sequence[str]
    ) -> list[tuple[int, int]]:
        """Return speeches with how often any of some tokens stand in their passages.

        Only in passages that the expression holds for. A token may be several with a space
        between them, which then have to follow each other.
        """

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """Run what is within under the limit of time; within it, a second time is nothing new.

        Raises TooSlow when it was exceeded.
        """
        if _is_bounded.get():
            yield
            return
        token = _is_bounded.set(True)
        try:
            with self.limited():
                yield
        finally:
            _is_bounded.reset(token)

    @abstractmethod
    def limited(self) -> AbstractContextManager[None]:
        """Set the limit of time, and what else a search needs of the connection."""

    @abstractmethod
    def alone(self) -> None:
        """Let no other process write the index until the end of the transaction."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement that returns nothing."""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def counting(self, tokens: Sequence[str], column: str) -> tuple[str, list[Any]]:
        """Return the SQL that counts tokens in a column of tokens, and its values."""
        text = f"' ' || {column} || ' '"
        parts, values = [], []
        for token in tokens:
            sought = spaced(token.split())
            parts.append(f"(length({text}) - length(replace({text}, %s, ''))) / %s")
            values += [sought, len(sought)]
        return " + ".join(parts), values

    def create_plain(self, tables: Tables) -> None:
        """Make the tables that are the same on both databases."""
        t = tables
        for definition in (
            f"{t.documents} (speech_id BIGINT PRIMARY KEY, day INTEGER NOT NULL,"
            " visible_from BIGINT NOT NULL, words INTEGER NOT NULL, revision BIGINT NOT NULL,"
            " keys TEXT NOT NULL)",
            f"{t.stems} (stem {self.text} PRIMARY KEY, passages INTEGER NOT NULL)",
            f"{t.words} (form {self.text}, stem {self.text}, passages INTEGER NOT NULL,"
            " PRIMARY KEY (form, stem))",
            f"{t.deletes} (cut {self.text}, form {self.text}, PRIMARY KEY (cut, form))"
            f" {self.keyed}",
            f"{t.pairs} (pair {self.text} PRIMARY KEY)",
            f"{t.names} (id BIGINT PRIMARY KEY, kind VARCHAR(20) NOT NULL,"
            f" entry_id BIGINT NOT NULL, text TEXT NOT NULL, folded {self.text} NOT NULL,"
            " language VARCHAR(10) NOT NULL,"
            " weight INTEGER NOT NULL, visible_from BIGINT NOT NULL)",
            f"{t.name_words} (word {self.text}, name_id BIGINT, PRIMARY KEY (word, name_id))"
            f" {self.keyed}",
        ):
            self.run(f"CREATE TABLE {definition}")
        self.run(f"CREATE INDEX {t.documents}_revision ON {t.documents} (revision)")
        self.run(f"CREATE INDEX {t.names}_entry ON {t.names} (kind, entry_id)")
        self.run(f"CREATE INDEX {t.names}_folded ON {t.names} (folded)")
        self.run(f"CREATE INDEX {t.name_words}_name ON {t.name_words} (name_id)")

    def drop_plain(self, tables: Tables) -> None:
        for name in (
            "documents", "stems", "words", "deletes", "pairs", "names", "name_words", "passages",
        ):  # fmt: skip
            self.run(f"DROP TABLE IF EXISTS {getattr(tables, name)}")

    clock: str
    """The SQL of the time the statement runs at, in microseconds since 1970."""

    text = "TEXT"
    """The type of text that is compared by its code points."""

    keyed = ""
    """What is said of a table that is all key, where the database can do without an index."""
