"""The two queries that a request may begin with, put together once for a kind of database.

The short one answers with the database's clock and the revision. The long one tells the next
boundary, too, whether something is due, and the rows that every page shows: it is asked when
the revision is a new one, or the boundary has passed.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet

from iomsite.caching.models import RecordState
from iomsite.caching.registry import embargoes, registered

CLOCK = {
    "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'now')",
    "postgresql": "STATEMENT_TIMESTAMP()",
}
ARRAY = {"sqlite": "JSON_ARRAY", "postgresql": "JSON_BUILD_ARRAY"}
GATHER = {"sqlite": "JSON_GROUP_ARRAY", "postgresql": "JSON_AGG"}
OBJECT = {"sqlite": "JSON_OBJECT", "postgresql": "JSON_BUILD_OBJECT"}

Sql = tuple[str, list[Any]]


@cache
def short_statement(vendor: str) -> str:
    """Return the SQL for the clock and the revision."""
    return f"SELECT {CLOCK[vendor]}, revision FROM {RecordState._meta.db_table}".replace("%%", "%")


@cache
def long_statement(vendor: str) -> Sql:
    """Return the SQL for all of the state, and its parameters."""
    moments = [*embargoes(), *(rows() for rows in registered.boundaries)]
    coming = [_sql(rows, f"SELECT * FROM ({{}}) AS m{n}") for n, rows in enumerate(moments)]
    due = [_sql(rows().values("pk"), "EXISTS ({})") for rows, _act in registered.due]
    parts = [_part(vendor, name, rows()) for name, rows in registered.parts.items()]
    return _joined(
        "",
        [
            ("WITH moments(at) AS (", []),
            _joined(" UNION ALL ", coming),
            (f") SELECT {CLOCK[vendor]}, ", []),
            (f"(SELECT MAX(revision) FROM {RecordState._meta.db_table}), ", []),
            ("(SELECT MIN(at) FROM moments), (", []),
            _joined(" OR ", due) if due else ("1 = 0", []),
            (f"), CAST({OBJECT[vendor]}(", []),
            _joined(", ", parts),
            (") AS TEXT)", []),
        ],
    )


def _sql(rows: QuerySet, frame: str) -> Sql:
    sql, parameters = rows.query.sql_with_params()
    return frame.format(sql), list(parameters)


def _part(vendor: str, name: str, rows: QuerySet) -> Sql:
    """Return a pair of an object: the name of a part, and its rows as an array of arrays."""
    width = len(rows.query.values_select) + len(rows.query.annotation_select)
    columns = ", ".join(f"c{n}" for n in range(width))
    inner = f"WITH part({columns}) AS ({{}}) SELECT {GATHER[vendor]}({ARRAY[vendor]}({columns}))"
    # SQLite takes what a subquery returns for a text, PostgreSQL has no text to take it for.
    outer = "JSON(({} FROM part))" if vendor == "sqlite" else "({} FROM part)"
    return _sql(rows, f"'{name}', {outer.format(inner)}")


def _joined(between: str, pieces: Iterable[Sql]) -> Sql:
    texts, parameters = [], []
    for text, values in pieces:
        texts.append(text)
        parameters.extend(values)
    return between.join(texts), parameters
