"""What is public across the record, the directory and the pages: how much, and which pictures."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Subquery, Value

from initiatives.models import Initiative, Meeting, MeetingSeries, Organization, Person
from iomsite.pages.models import Page
from iomsite.publishing.models import Status
from speeches.models import Speech

_KINDS: tuple[tuple[str, Any], ...] = (
    ("person", Person),
    ("organization", Organization),
    ("initiative", Initiative),
    ("meeting_series", MeetingSeries),
    ("meeting", Meeting),
)


def is_pictured(path: str, user: Any) -> bool:
    """Say whether a picture belongs to something that a user may see, in one query."""
    first, *others = (
        model._default_manager.visible_to(user)
        .exclude(status=Status.REMOVED)
        .filter(**{field: f"images/{path}"})
        .order_by()
        .values_list("pk")
        for model, field in ((Organization, "logo"), (Person, "portrait"), (Page, "image"))
    )
    return first.union(*others, all=True).exists()


def count_everything() -> dict[str, int]:
    """Return how many published things of each kind there are, in one query."""
    kinds = (("speech", Speech), *_KINDS)
    counts = {
        name: Subquery(
            model.objects.published()
            .order_by()
            .values(one=Value(1))
            .annotate(n=Count("pk"))
            .values("n")
        )
        for name, model in kinds
    }
    # Any row can carry the scalar subqueries; content types are never without one.
    found = ContentType.objects.annotate(**counts).values(*counts)[:1][0]
    return {name: found[name] or 0 for name, _model in kinds}
