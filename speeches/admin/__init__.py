"""The record in the admin."""

from speeches.admin import mentions, proposals, speeches, synonyms

__all__ = ["mentions", "proposals", "speeches", "synonyms"]
