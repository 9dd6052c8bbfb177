"""The record in the admin."""

from speeches.admin import speeches

__all__ = ["speeches"]
