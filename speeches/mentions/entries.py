"""What targets are called and where they are read: one query for each kind of target."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from initiatives.models import (
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
    Term,
)
from initiatives.models.entities import Entity, LocalName
from iomsite.countries import country_name, is_country
from iomsite.languages import current_language
from iomsite.publishing.models import is_published
from speeches.targets import Target

MODELS: Mapping[str, Any] = {
    "organization": Organization,
    "person": Person,
    "office": Office,
    "initiative": Initiative,
    "meeting_series": MeetingSeries,
    "meeting": Meeting,
    "term": Term,
}
"""The models of the directory, by the kind of target that their entries are."""


class Entry(NamedTuple):
    """A target as a page shows it."""

    target: Target
    name: LocalName
    kind_label: str
    url: str
    note: str
    years: str
    """The years between which it was, such as `2006–2018`; empty where nothing is known."""
    slug: str
    is_public: bool


def entries_of(targets: Iterable[Target]) -> dict[Target, Entry]:
    """Return the entries of some targets, for staff. Those that are gone are left out."""
    return _entries(targets, only_public=False)


def public_entries_of(targets: Iterable[Target]) -> dict[Target, Entry]:
    """Return the entries of some targets that the public may see now."""
    return _entries(targets, only_public=True)


def target_of(kind: str, slug: str) -> Target | None:
    """Return the target that an address names by its kind and its slug or country code."""
    if kind == "country":
        code = slug.upper()
        return Target("country", code) if is_country(code) and slug.islower() else None
    if kind not in MODELS:
        return None
    key = MODELS[kind].objects.filter(slug=slug).values_list("pk", flat=True).first()
    return Target(kind, key) if key is not None else None


def target_for(entry: Entity) -> Target:
    """Return the target that an entry of the directory is."""
    name = str(entry._meta.model_name)
    return Target("meeting_series" if name == "meetingseries" else name, entry.pk)


def _entries(targets: Iterable[Target], *, only_public: bool) -> dict[Target, Entry]:
    keys: dict[str, set[Any]] = defaultdict(set)
    for target in targets:
        keys[target.kind].add(target.key)
    found = {}
    for code in keys.pop("country", ()):
        found[Target("country", code)] = _country(code)
    for kind, some in keys.items():
        rows = MODELS[kind].objects.filter(pk__in=some)
        rows = rows.published() if only_public else rows
        if kind == "office":
            rows = rows.select_related("organization")
        shown = ExpressionWrapper(is_published(), output_field=BooleanField())
        for row in rows.order_by().annotate(is_shown=shown):
            found[Target(kind, row.pk)] = _entry(Target(kind, row.pk), row)
    return found


def _entry(target: Target, row: Any) -> Entry:
    label = row.kind_label if hasattr(row, "kind") else capfirst(str(row._meta.verbose_name))
    return Entry(
        target,
        row.local_name,
        label,
        row.get_absolute_url(),
        row.note,
        _years(getattr(row, "starts_on", None), getattr(row, "ends_on", None)),
        row.slug,
        row.is_shown,
    )


def _country(code: str) -> Entry:
    slug = code.lower()
    return Entry(
        Target("country", code),
        LocalName(country_name(code), current_language()),
        _("Country"),
        reverse("speeches:mentions_of", args=["country", slug]),
        "",
        "",
        slug,
        True,
    )


def _years(first: Any, last: Any) -> str:
    years = [str(day.year) for day in (first, last) if day]
    if len(years) == 2 and years[0] != years[1]:
        return "–".join(years)
    return years[0] if years else ""
