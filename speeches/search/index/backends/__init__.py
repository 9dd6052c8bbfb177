"""Where the index lives. The database's vendor chooses; nothing else asks which one it is."""

from functools import cache

from django.db import connection

from speeches.search.index.backends.base import Backend
from speeches.search.index.backends.postgresql import PostgreSQL
from speeches.search.index.backends.sqlite import SQLite

__all__ = ["Backend", "backend"]


@cache
def _of(vendor: str) -> Backend:
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[vendor]()


def backend() -> Backend:
    """Return the backend of the site's database."""
    return _of(connection.vendor)
