"""The index in SQLite: two tables of FTS5, which every build of Python's sqlite3 has.

Figures and traps: docs/decisions/0012-search-index.md.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import OperationalError, connection, transaction

from speeches.models import Passage
from speeches.search.index.backends.base import SECONDS, Backend, Numbers, TooSlow
from speeches.search.index.expressions import Adjacent, All, Expression, Token
from speeches.search.index.expressions import Any as AnyOf
from speeches.search.index.tables import MOST_ROWS, Tables, speech_of_row

PASSAGES = Passage._meta.db_table

STEPS_BETWEEN_CLOCKS = 20_000
"""Instructions of SQLite's machine after which it looks whether it has run too long."""

PAGES_MERGED = 2000

TOKENIZER = "tokenize=\"ascii tokenchars '_'\""
"""Tokens come ready-made: the tokenizer only cuts at the spaces between them."""


class SQLite(Backend):
    # To the millisecond, as `QueryTime` has it: the gate and the index know one time.
    clock = "CAST(round((julianday('now') - 2440587.5) * 86400000) * 1000 AS INTEGER)"
    keyed = "WITHOUT ROWID"

    def create(self, tables: Tables) -> None:
        self.create_plain(tables)
        self.run(
            f"CREATE TABLE {tables.passages} (number INTEGER PRIMARY KEY, passage_id BIGINT,"
            " language VARCHAR(10) NOT NULL, tokens TEXT NOT NULL)"
        )
        # Neither needs the sizes of columns: ranking is done in Python, alike on every database.
        self.run(
            f"CREATE VIRTUAL TABLE {tables.passage_index} USING fts5(tokens,"
            f" content='{tables.passages}', content_rowid='number', columnsize=0, {TOKENIZER})"
        )
        self.run(
            f"CREATE VIRTUAL TABLE {tables.document_index} USING fts5(tokens, content='',"
            f" detail=none, columnsize=0, {TOKENIZER})"
        )
        self.run(
            f"CREATE VIRTUAL TABLE {tables.passage_instances}"
            f" USING fts5vocab({tables.passage_index}, instance)"
        )
        for name in (tables.passage_index, tables.document_index):
            self._set(name, hashsize=1 << 26, automerge=0, crisismerge=1000)

    def finish(self, tables: Tables) -> None:
        for name in (tables.passage_index, tables.document_index):
            self._merge(name)
            self._set(name, hashsize=1 << 20, automerge=4, crisismerge=16)
        for name in ("documents", "stems", "words", "deletes", "names", "name_words"):
            self.run(f"ANALYZE {getattr(tables, name)}")

    def _set(self, index: str, **values: int) -> None:
        """Tell an index how it is to be written: merging waits while much is brought in."""
        for name, value in values.items():
            self.run(f"INSERT INTO {index}({index}, rank) VALUES (%s, %s)", [name, value])

    def _merge(self, index: str) -> None:
        """Merge what an index is made of, in steps: between two of them others may save."""
        self.run(f"INSERT INTO {index}({index}, rank) VALUES ('merge', -{PAGES_MERGED})")
        changed = 2
        while changed >= 2:  # SQLite's own measure of whether there was anything left to do
            before = connection.connection.total_changes
            self.run(f"INSERT INTO {index}({index}, rank) VALUES ('merge', {PAGES_MERGED})")
            changed = connection.connection.total_changes - before

    def drop(self, tables: Tables) -> None:
        for name in (tables.passage_instances, tables.passage_index, tables.document_index):
            self.run(f"DROP TABLE IF EXISTS {name}")
        self.drop_plain(tables)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        marks = ", ".join(["%s"] * len(columns))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                rows,  # type: ignore[arg-type]  # any iterable will do
            )

    def write_passages(self, tables: Tables, rows: Sequence[tuple[int, int, str, str]]) -> None:
        self.insert(tables.passages, ("number", "passage_id", "language", "tokens"), rows)
        index = ((row[0], row[3]) for row in rows)
        self.insert(tables.passage_index, ("rowid", "tokens"), index)

    def write_documents(self, tables: Tables, rows: Sequence[tuple[int, set[str]]]) -> None:
        index = ((key, " ".join(tokens)) for key, tokens in rows)
        self.insert(tables.document_index, ("rowid", "tokens"), index)

    def remove(self, tables: Tables, speech_id: int, first: int, last: int) -> None:
        t, place = tables, [first, last]
        # FTS5 keeps no copy of what it has indexed: to forget it, it has to be told again.
        texts = self.rows(f"SELECT tokens FROM {t.passages} WHERE number BETWEEN %s AND %s", place)
        if not texts:
            return
        held = set().union(*(text.split() for (text,) in texts))
        self.run(
            f"INSERT INTO {t.document_index}({t.document_index}, rowid, tokens)"
            " VALUES ('delete', %s, %s)",
            [speech_id, " ".join(held)],
        )
        self.run(
            f"INSERT INTO {t.passage_index}({t.passage_index}, rowid, tokens)"
            f" SELECT 'delete', number, tokens FROM {t.passages} WHERE number BETWEEN %s AND %s",
            place,
        )
        self.run(f"DELETE FROM {t.passages} WHERE number BETWEEN %s AND %s", place)

    def documents_with(self, tables: Tables, expression: Expression) -> Numbers:
        index = tables.document_index
        return self._numbers(
            f"SELECT group_concat(rowid) FROM {index} WHERE {index} MATCH %s", [match(expression)]
        )

    def passages_with(
        self, tables: Tables, expression: Expression, low: int, high: int, limit: int, likely: int
    ) -> Numbers:
        index = tables.passage_index
        # Inside a subquery, or group_concat would take the limit for its own single row.
        return self._numbers(
            f"SELECT group_concat(rowid) FROM (SELECT rowid FROM {index} WHERE {index} MATCH %s"
            " AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s)",
            [match(expression), low, high, limit],
        )

    def passages_of(
        self, tables: Tables, expression: Expression, ranges: Sequence[tuple[int, int]]
    ) -> Numbers:
        index, sought = tables.passage_index, match(expression)
        one = f"SELECT rowid FROM {index} WHERE {index} MATCH %s AND rowid BETWEEN %s AND %s"
        values = [value for low, high in ranges for value in (sought, low, high)]
        every = " UNION ALL ".join([one] * len(ranges))
        return self._numbers(f"SELECT group_concat(rowid) FROM ({every})", values)

    def tokens_of(self, tables: Tables, numbers: Numbers) -> Iterator[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT number, tokens FROM {tables.passages}"
                " WHERE number IN (SELECT value FROM json_each(%s))",
                [json.dumps(numbers.tolist())],
            )
            yield from cursor.fetchall()

    def joined(self, tables: Tables, columns: str, numbers: Numbers) -> list[tuple[Any, ...]]:
        return self.rows(
            f"SELECT number, {columns} FROM {tables.passages} JOIN {PASSAGES} AS p"
            " ON p.id = passage_id WHERE number IN (SELECT value FROM json_each(%s))",
            [json.dumps(numbers.tolist())],
        )

    def occurrences(
        self, tables: Tables, expression: Expression, tokens: Sequence[str]
    ) -> list[tuple[int, int]]:
        if not any(" " in token for token in tokens):
            return self._instances(tables, tokens)
        index = tables.passage_index
        count, values = self.counting(tokens, "p.tokens")
        return self.rows(
            f"SELECT {speech_of_row('number')}, sum({count})"
            f" FROM {index} JOIN {tables.passages} AS p ON number = {index}.rowid"
            f" WHERE {index} MATCH %s AND passage_id > 0 GROUP BY 1",
            [*values, match(expression)],
        )

    def _instances(self, tables: Tables, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """Count single tokens from the index alone, twenty times as fast as in the texts."""
        marks = ", ".join(["%s"] * len(tokens))
        return self.rows(
            f"SELECT {speech_of_row('doc')}, count(*) FROM {tables.passage_instances}"
            f" WHERE term IN ({marks}) AND doc & {MOST_ROWS - 1} GROUP BY 1",
            tokens,
        )

    @contextmanager
    def limited(self) -> Iterator[None]:
        connection.ensure_connection()
        until = time.monotonic() + SECONDS
        handle = connection.connection.set_progress_handler
        handle(lambda: time.monotonic() > until, STEPS_BETWEEN_CLOCKS)
        try:
            yield
        except OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlow from error
            raise
        finally:
            handle(None, 0)

    def alone(self) -> None:
        """Do nothing: a transaction that writes to SQLite is alone from its beginning."""

    def _numbers(self, sql: str, values: Sequence[Any]) -> Numbers:
        (joined,) = self.rows(sql, values)[0]
        if not joined:
            return np.empty(0, np.int64)
        return np.fromstring(str(joined), np.int64, sep=",")


def match(expression: Expression) -> str:
    """Write an expression in the query syntax of FTS5, every token quoted."""
    match expression:
        case Token(text):
            return f'"{text}"'
        case Adjacent(tokens):
            return '"' + " ".join(tokens) + '"'
        case All(parts):
            return "(" + " AND ".join(map(_written, parts)) + ")"
        case AnyOf(parts):
            return "(" + " OR ".join(map(_written, parts)) + ")" if parts else '""'


_written = match
