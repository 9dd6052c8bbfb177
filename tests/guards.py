"""Emptying the test database although some of its tables refuse it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

from iomsite.append_only import guarded_tables, guarding


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Take the guards off the tables that only grow, and put them back at the end."""
    connection = connections[using]
    tables = sorted(guarded_tables(connection))
    with connection.cursor() as cursor:
        for table in tables:
            for statement in guarding(connection.vendor, table):
                if statement.startswith("DROP"):
                    cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                for statement in guarding(connection.vendor, table):
                    cursor.execute(statement)


def let_flush_through(operations: Any) -> None:
    """Let `flush`, with which tests that commit clean up, empty the guarded tables too."""
    flush = operations.execute_sql_flush
    if getattr(flush, "lifts_guards", False):
        return

    def execute_sql_flush(self: Any, statements: list[str]) -> Any:
        with lifted(self.connection.alias):
            return flush(self, statements)

    execute_sql_flush.lifts_guards = True  # type: ignore[attr-defined]
    operations.execute_sql_flush = execute_sql_flush
