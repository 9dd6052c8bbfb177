"""The index in PostgreSQL: two tables with GIN over vectors made in Python.

Figures and traps: docs/decisions/0012-search-index.md.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

import numpy as np
from django.db import OperationalError, connection, transaction

from speeches.models import Passage
from speeches.search.index.backends.base import SECONDS, Backend, Numbers, TooSlow
from speeches.search.index.expressions import Adjacent, All, Expression, Token
from speeches.search.index.expressions import Any as AnyOf
from speeches.search.index.tables import Tables, speech_of_row

PASSAGES = Passage._meta.db_table

LOCK = 0x5EA2C4
"""The advisory lock that writers of the index hold."""

MANY = 20_000
"""From so many likely matches on, the newest are found faster by walking back in time."""

MOST_BYTES = 1_000_000
"""Of the distinct tokens of one speech: a vector of PostgreSQL ends at one megabyte."""


class PostgreSQL(Backend):
    clock = "(extract(epoch FROM statement_timestamp()) * 1000000)::bigint"
    text = 'TEXT COLLATE "C"'

    def create(self, tables: Tables) -> None:
        self.create_plain(tables)
        self.run(
            f"CREATE TABLE {tables.passages} (number BIGINT PRIMARY KEY, passage_id BIGINT,"
            " language VARCHAR(10) NOT NULL, tokens TEXT NOT NULL, vector TSVECTOR NOT NULL)"
        )
        # The vectors lie beside the table, so that counting never reads them.
        self.run(
            f"CREATE TABLE {tables.document_index}"
            " (speech_id BIGINT PRIMARY KEY, vector TSVECTOR NOT NULL)"
        )
        self.run(f"ALTER TABLE {tables.document_index} ALTER vector SET STORAGE EXTERNAL")
        self.run(f"ALTER TABLE {tables.document_index} SET (toast_tuple_target = 128)")

    def finish(self, tables: Tables) -> None:
        for name in (tables.passages, tables.document_index):
            self.run(f"CREATE INDEX IF NOT EXISTS {name}_gin ON {name} USING gin (vector)")
        for name in ("documents", "stems", "words", "deletes", "names", "name_words",
                     "passages", "document_index"):  # fmt: skip
            self.run(f"ANALYZE {getattr(tables, name)}")

    def drop(self, tables: Tables) -> None:
        self.run(f"DROP TABLE IF EXISTS {tables.document_index}")
        self.drop_plain(tables)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        # COPY is several times as fast as INSERT, but knows no rows that are there already.
        names = ", ".join(columns)
        self.run("DROP TABLE IF EXISTS pg_temp.incoming")
        self.run(f"CREATE TEMPORARY TABLE incoming AS SELECT {names} FROM {table} LIMIT 0")
        self._copy("incoming", columns, rows)
        self.run(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming ON CONFLICT DO NOTHING"
        )
        self.run("DROP TABLE incoming")

    def write_passages(self, tables: Tables, rows: Sequence[tuple[int, int, str, str]]) -> None:
        columns = ("number", "passage_id", "language", "tokens", "vector")
        self._copy(tables.passages, columns, ((*row, _vector(row[3])) for row in rows))

    def write_documents(self, tables: Tables, rows: Sequence[tuple[int, set[str]]]) -> None:
        index = ((key, " ".join(map(_quoted, _fitting(held)))) for key, held in rows)
        self._copy(tables.document_index, ("speech_id", "vector"), index)

    def _copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        lines = io.StringIO()
        for row in rows:
            lines.write("\t".join(_cell(value) for value in row) + "\n")
        lines.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", lines)

    def remove(self, tables: Tables, speech_id: int, first: int, last: int) -> None:
        self.run(f"DELETE FROM {tables.document_index} WHERE speech_id = %s", [speech_id])
        self.run(f"DELETE FROM {tables.passages} WHERE number BETWEEN %s AND %s", [first, last])

    def documents_with(self, tables: Tables, expression: Expression) -> Numbers:
        self._go(by_number=False)
        return self._numbers(
            f"SELECT string_agg(int8send(speech_id), ''::bytea) FROM {tables.document_index}"
            " WHERE vector @@ %s::tsquery",
            [match(expression)],
        )

    def passages_with(
        self, tables: Tables, expression: Expression, low: int, high: int, limit: int, likely: int
    ) -> Numbers:
        walks = likely > MANY
        # The planner takes @@ for cheap and knows nothing of how words fall together: told
        # which way to go, it walks back from the newest, or asks the index and sorts.
        self._go(by_number=walks)
        found = self._numbers(
            "SELECT string_agg(int8send(number), ''::bytea ORDER BY number DESC) FROM"
            f" (SELECT number FROM {tables.passages} WHERE vector @@ %s::tsquery"
            " AND number BETWEEN %s AND %s ORDER BY number DESC LIMIT %s) AS newest",
            [match(expression), low, high, limit],
        )
        return found

    def _go(self, *, by_number: bool) -> None:
        """Tell the planner to go by the numbers of passages, or by the words in them."""
        on, off = ("indexscan", "bitmapscan") if by_number else ("bitmapscan", "indexscan")
        self.run(f"SET LOCAL enable_{on} = on; SET LOCAL enable_{off} = off")

    def passages_of(
        self, tables: Tables, expression: Expression, ranges: Sequence[tuple[int, int]]
    ) -> Numbers:
        lows, highs = zip(*ranges, strict=True)
        self._go(by_number=True)
        return self._numbers(
            "SELECT string_agg(int8send(number), ''::bytea ORDER BY number DESC)"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS near (low, high)"
            f" JOIN {tables.passages} ON number BETWEEN low AND high WHERE vector @@ %s::tsquery",
            [list(lows), list(highs), match(expression)],
        )

    def tokens_of(self, tables: Tables, numbers: Numbers) -> Iterator[tuple[int, str]]:
        yield from self.rows(
            f"SELECT number, tokens FROM {tables.passages} WHERE number = ANY(%s)",
            [numbers.tolist()],
        )

    def joined(self, tables: Tables, columns: str, numbers: Numbers) -> list[tuple[Any, ...]]:
        return self.rows(
            f"SELECT number, {columns} FROM {tables.passages} JOIN {PASSAGES} AS p"
            " ON p.id = passage_id WHERE number = ANY(%s)",
            [numbers.tolist()],
        )

    def occurrences(
        self, tables: Tables, expression: Expression, tokens: Sequence[str]
    ) -> list[tuple[int, int]]:
        count, values = self.counting(tokens, "tokens")
        return self.rows(
            f"SELECT {speech_of_row('number')}, sum({count})"
            f" FROM {tables.passages} WHERE vector @@ %s::tsquery AND passage_id > 0 GROUP BY 1",
            [*values, match(expression)],
        )

    @contextmanager
    def limited(self) -> Iterator[None]:
        try:
            with transaction.atomic():
                # Read in a row, the vectors that lie beside the tables cost 600 times as much
                # as asking the index, and the planner does not know.
                self.run(
                    "SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
                    f" SET LOCAL statement_timeout = '{SECONDS}s'"
                )
                yield
        except OperationalError as error:
            if "statement timeout" in str(error):
                raise TooSlow from error
            raise

    def alone(self) -> None:
        self.run("SELECT pg_advisory_xact_lock(%s)", [LOCK])

    def _numbers(self, sql: str, values: Sequence[Any]) -> Numbers:
        (joined,) = self.rows(sql, values)[0]
        if not joined:
            return np.empty(0, np.int64)
        return np.frombuffer(joined, ">i8").astype(np.int64)


def match(expression: Expression) -> str:
    """Write an expression as a tsquery, every token quoted."""
    match expression:
        case Token(text):
            return _quoted(text)
        case Adjacent(tokens):
            return "(" + " <-> ".join(map(_quoted, tokens)) + ")"
        case All(parts):
            return "(" + " & ".join(map(_written, parts)) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(map(_written, parts)) + ")" if parts else ""


_written = match


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _fitting(tokens: Iterable[str]) -> list[str]:
    """Return the tokens in order, as many as a vector holds."""
    ordered = sorted(tokens)
    ends = accumulate(len(token.encode()) for token in ordered)
    return [token for token, end in zip(ordered, ends, strict=True) if end <= MOST_BYTES]


def _vector(tokens: str) -> str:
    """Write the tokens of a passage with their places, as PostgreSQL reads a vector."""
    places = enumerate(tokens.split(), start=1)
    return " ".join(f"{_quoted(token)}:{place}" for place, token in places)


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t")
        text = text.replace("\n", "\\n").replace("\r", "\\r")
    return text
