"""The record in the admin."""

from speeches.admin import speeches, synonyms

__all__ = ["speeches", "synonyms"]
