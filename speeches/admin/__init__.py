"""The record in the admin."""

from speeches.admin import citations, mentions, merging, proposals, speeches, synonyms

__all__ = ["citations", "mentions", "merging", "proposals", "speeches", "synonyms"]
