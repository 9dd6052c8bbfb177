"""What targets are called and where they are read, of whatever kinds, in one query."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import BooleanField, CharField, DateField, ExpressionWrapper, F, Q, Value
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

DATES = {
    "organization": ("founded_on", "dissolved_on"),
    "initiative": ("starts_on", "ends_on"),
    "meeting_series": ("starts_on", "ends_on"),
    "meeting": ("starts_on", "ends_on"),
}
OWN_KINDS = frozenset({"organization", "initiative", "meeting_series"})
"""Kinds of target whose entries are of several kinds themselves: fund, treaty, commission."""


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

    @property
    def local_name(self) -> LocalName:
        return self.name

    @property
    def get_absolute_url(self) -> str:
        return self.url

    @property
    def mentions_url(self) -> str:
        """Where all paragraphs that name it are listed."""
        return mentions_url(self.target.kind, self.slug)


def mentions_url(kind: str, slug: str) -> str:
    """Return where all paragraphs that name an entry are listed."""
    return reverse("mentions_of", args=[kind.replace("_", "-"), slug])


def entries_of(targets: Iterable[Target]) -> dict[Target, Entry]:
    """Return the entries of some targets, for staff. Those that are gone are left out."""
    return _entries(targets)


def public_entries_of(targets: Iterable[Target]) -> dict[Target, Entry]:
    """Return the entries of some targets that the public may see now."""
    return {target: entry for target, entry in _entries(targets).items() if entry.is_public}


def target_for(entry: Entity) -> Target:
    """Return the target that an entry of the directory is."""
    name = str(entry._meta.model_name)
    return Target("meeting_series" if name == "meetingseries" else name, entry.pk)


def public_entry_at(kind: str, slug: str) -> Entry | None:
    """Return the public entry that an address names; None where there is none."""
    if kind == "country":
        code = slug.upper()
        return _country(code) if slug == code.lower() and is_country(code) else None
    if kind not in MODELS:
        return None
    found = next(_read(_branch(kind, Q(slug=slug))), None)
    return found if found and found.is_public else None


def _is_shown(kind: str) -> Q:
    """Return the condition of what the public sees: an office on its organization's page."""
    shown = is_published()
    return shown & is_published("organization__") if kind == "office" else shown


def _entries(targets: Iterable[Target]) -> dict[Target, Entry]:
    keys: dict[str, set[Any]] = defaultdict(set)
    for target in targets:
        keys[target.kind].add(target.key)
    found = {Target("country", code): _country(code) for code in keys.pop("country", ())}
    branches = [_branch(kind, Q(pk__in=some)) for kind, some in sorted(keys.items())]
    if branches:
        rows = branches[0].union(*branches[1:], all=True) if branches[1:] else branches[0]
        for entry in _read(rows):
            found[entry.target] = entry
    return found


def _branch(kind: str, condition: Q) -> Any:
    first, last = DATES.get(kind, ("", ""))
    empty, no_day = Value("", CharField()), Value(None, DateField())
    has_own = kind in OWN_KINDS
    return (
        MODELS[kind]
        .objects.order_by()
        .filter(condition)
        .annotate(is_shown=ExpressionWrapper(_is_shown(kind), output_field=BooleanField()))
        .values_list(
            Value(kind, CharField()),
            "pk",
            "slug",
            "name",
            "name_language",
            "translated_names",
            "note",
            F("kind") if has_own else empty,
            F("kind_detail") if has_own else empty,
            F(first) if first else no_day,
            F(last) if last else no_day,
            F("organization__slug") if kind == "office" else empty,
            "is_shown",
        )
    )


def _read(rows: Iterable[Any]) -> Iterator[Entry]:
    for row in rows:
        kind, key, slug, name, language, translated, note, own, detail, *rest = row
        first, last, above, is_shown = rest
        names = json.loads(translated) if isinstance(translated, str) else translated
        values = {"name_language": language, "translated_names": names, "note": note}
        entry = MODELS[kind](pk=key, slug=slug, name=name, **values)
        if kind in OWN_KINDS:
            entry.kind, entry.kind_detail = own, detail
        for field, day in zip(DATES.get(kind, ()), (first, last), strict=False):
            setattr(entry, field, day)
        if kind == "office":
            entry.organization = Organization(slug=above)
        yield entry_of(kind, entry, is_public=bool(is_shown))


def entry_of(kind: str, row: Any, *, is_public: bool) -> Entry:
    """Return an entry from its row, which has what `columns_of` names."""
    label = row.kind_label if kind in OWN_KINDS else capfirst(str(row._meta.verbose_name))
    first, last = (getattr(row, field) for field in DATES.get(kind, ("pk", "pk")))
    years = "" if kind not in DATES else _years(first, last or (kind == "meeting" and first))
    return Entry(
        Target(kind, row.pk), row.local_name, label, row.get_absolute_url(), row.note, years,
        row.slug, is_public,
    )  # fmt: skip


def columns_of(kind: str) -> list[str]:
    """Return the columns of an entry that a page needs, as `only()` takes them."""
    own = ["kind", "kind_detail"] if kind in OWN_KINDS else []
    above = ["organization__slug"] if kind == "office" else []
    shown = ["slug", "name", "name_language", "translated_names", "note"]
    return [*shown, *own, *DATES.get(kind, ()), *above]


def _country(code: str) -> Entry:
    return Entry(
        Target("country", code),
        LocalName(country_name(code), current_language()),
        _("Country"),
        reverse("initiatives:country", args=[code]),
        "",
        "",
        code.lower(),
        True,
    )


def _years(first: Any, last: Any) -> str:
    years = list(dict.fromkeys(str(day)[:4] for day in (first, last) if day))
    if first and not last:
        return _("since %(year)s") % {"year": years[0]}
    return "–".join(years)
