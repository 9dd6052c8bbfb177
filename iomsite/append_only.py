"""Tables that only grow: the database itself refuses to change or delete their rows.

A migration that makes such a table says so in the next operation:

    migrations.CreateModel(name="Entry", …),
    append_only("journal_entry"),

SQLite remakes a table when a column of it changes, and loses the guard with the old table. So
a later migration that alters such a table ends with `append_only` of it once more.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation, OperationCategory

PREFIX = "append_only_"

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or deleted: the table only grows.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$
"""


def append_only(table: str) -> "AppendOnly":
    """Return the migration operation that guards a table from now on."""
    return AppendOnly(table)


class AppendOnly(Operation):
    """Put triggers on a table that refuse UPDATE and DELETE, on PostgreSQL TRUNCATE too.

    A refused statement raises `IntegrityError` and changes nothing.
    """

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, table: str) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", table):
            raise ValueError(f"{table!r} is no name of a table of ours.")
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change no model: the guard is the database's own."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            for statement in guarding(schema_editor.connection.vendor, self.table):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label):
            for statement in _unguarding(schema_editor.connection.vendor, self.table):
                schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Let {self.table} only grow"


def guarding(vendor: str, table: str) -> Iterator[str]:
    """Yield the statements that guard a table; repeated, they change nothing."""
    yield from _unguarding(vendor, table)
    if vendor == "sqlite":
        words = f"Rows of {table} are never changed or deleted: the table only grows."
        for action in ("update", "delete"):
            yield (
                f'CREATE TRIGGER "{PREFIX}{table}_{action}" BEFORE {action.upper()} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            )
        return
    yield _POSTGRESQL_FUNCTION
    for event, level, name in (
        ("UPDATE OR DELETE", "ROW", "rows"),
        ("TRUNCATE", "STATEMENT", "all"),
    ):
        yield (
            f'CREATE TRIGGER "{PREFIX}{table}_{name}" BEFORE {event} ON "{table}" '
            f"FOR EACH {level} EXECUTE FUNCTION append_only_refuse()"
        )


def guarded_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the tables that the database lets only grow."""
    question = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = list(cursor.fetchall())
    triggers: dict[str, int] = {}
    for name, table in found:
        if name.startswith(f"{PREFIX}{table}_"):
            triggers[table] = triggers.get(table, 0) + 1
    return {table for table, count in triggers.items() if count == 2}


def _unguarding(vendor: str, table: str) -> Iterator[str]:
    names = ("update", "delete") if vendor == "sqlite" else ("rows", "all")
    for name in names:
        on_table = "" if vendor == "sqlite" else f' ON "{table}"'
        yield f'DROP TRIGGER IF EXISTS "{PREFIX}{table}_{name}"{on_table}'
