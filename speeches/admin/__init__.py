"""The record in the admin."""

from speeches.admin import citations, mentions, proposals, speeches, synonyms

__all__ = ["citations", "mentions", "proposals", "speeches", "synonyms"]
