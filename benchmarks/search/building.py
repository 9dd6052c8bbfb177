"""The index built from nothing by the site's own command: time, memory, size."""

import os
import sys
import time
from pathlib import Path

from benchmarks.search.report import Row

ROOT = Path(__file__).resolve().parents[2]


def build() -> Row:
    """Run `manage.py rebuild_search` in a process of its own and measure it.

    Memory is that of the process; PostgreSQL's own, in the server, is not in it. Call this
    while this process is still small: the peak of a child begins at that of its parent.
    """
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "manage.py"), "rebuild_search", "--verbosity=0"]
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit("rebuild_search failed.")
    return {
        "build s": time.perf_counter() - began,
        "processor s": used.ru_utime + used.ru_stime,
        "peak MB": used.ru_maxrss / 1024,
    }


def sizes() -> list[Row]:
    """Return what the index takes on the disk, table by table, in MB (10^6 bytes)."""
    from django.db import connection  # noqa: PLC0415 - after django.setup()

    asking = {
        "sqlite": "SELECT name, sum(pgsize) FROM dbstat WHERE name LIKE 'search\\_%' ESCAPE '\\'"
        " OR name LIKE 'sqlite_autoindex_search\\_%' ESCAPE '\\' GROUP BY name",
        "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relname LIKE 'search\\_%' AND relkind = 'r'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asking)
        found = {name: int(size) / 1e6 for name, size in cursor.fetchall()}
        cursor.execute(
            "SELECT count(*), sum(length(text)) FROM speeches_passage WHERE retired_at IS NULL"
        )
        passages, letters = cursor.fetchone()
    largest = sorted(found.items(), key=lambda item: -item[1])
    rows: list[Row] = [{"part": name, "MB": size} for name, size in largest if size >= 1]
    rows.append({"part": "all of the index", "MB": sum(found.values())})
    rows.append({"part": f"the text itself, {passages:,} passages", "MB": int(letters) / 1e6})
    return rows
