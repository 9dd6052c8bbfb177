"""The directory in the admin."""

from initiatives.admin import meetings, organizations, others, people

__all__ = ["meetings", "organizations", "others", "people"]
