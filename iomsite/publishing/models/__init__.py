"""The gate, and what publishing keeps: versions, working copies, reviews, notes."""

from iomsite.publishing.models.gate import (
    OUT,
    Publishable,
    PublishedQuerySet,
    QueryTime,
    Status,
    gate_changed,
    is_published,
    previewed_key,
    published_flag,
    published_relation,
)
from iomsite.publishing.models.loose import AboutItem, kind_of
from iomsite.publishing.models.openings import Opening
from iomsite.publishing.models.reviews import EditorialNote, Review
from iomsite.publishing.models.versions import Version
from iomsite.publishing.models.working_copies import KeptContent, WorkingCopy

__all__ = [
    "OUT",
    "AboutItem",
    "EditorialNote",
    "KeptContent",
    "Opening",
    "Publishable",
    "PublishedQuerySet",
    "QueryTime",
    "Review",
    "Status",
    "Version",
    "WorkingCopy",
    "gate_changed",
    "is_published",
    "kind_of",
    "previewed_key",
    "published_flag",
    "published_relation",
]
