"""Finding things by title and name across the record and the directory."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, QuerySet, Subquery, Value

from initiatives.filters import named_like
from initiatives.models import Initiative, Meeting, MeetingSeries, Organization, Person
from initiatives.relations import RelatedEntry, branch, related
from iomsite.pages.models import Page
from iomsite.publishing.models import Status
from speeches.filters import titled_or_given_by
from speeches.models import Speech

ENTRIES_SHOWN = 12

_KINDS: tuple[tuple[str, Any], ...] = (
    ("person", Person),
    ("organization", Organization),
    ("initiative", Initiative),
    ("meeting_series", MeetingSeries),
    ("meeting", Meeting),
)


def find_speeches(words: str) -> QuerySet:
    """Return published speeches with the words in a title or a speaker's name."""
    found: Any = titled_or_given_by(Speech.objects.published().for_listing(), words)
    return found.newest_first()


def find_entries(words: str) -> list[RelatedEntry]:
    """Return published entries of the directory named so, those that start so first."""
    branches = [
        branch(
            model.objects.filter(
                pk__in=named_like(model.objects.published(), words).values("pk")[:ENTRIES_SHOWN]
            ),
            "found",
            kind,
            detail=F("acronym"),
        )
        for kind, model in _KINDS
    ]
    sought = words.casefold()

    def rank(entry: RelatedEntry) -> tuple[bool, bool, int]:
        name = entry.local_name.text.casefold()
        return (entry.detail.casefold() != sought, not name.startswith(sought), len(name))

    return sorted(related(branches).get("found", []), key=rank)[:ENTRIES_SHOWN]


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
