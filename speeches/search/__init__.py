"""Searching the record: the index, the query, the answers. See docs/search.md."""

from speeches.search.answers.engine import find

__all__ = ["find"]
