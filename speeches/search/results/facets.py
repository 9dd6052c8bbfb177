"""The values that a search can be narrowed by, with their numbers of speeches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote
from zlib import crc32

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from initiatives.models import Initiative, Meeting, MeetingSeries, Organization, Person
from initiatives.models.entities import LocalName
from initiatives.relations import branch, related
from iomsite.countries import country_name
from iomsite.languages import current_language, language_name
from speeches.models import Speech
from speeches.search.answers.found import Found
from speeches.search.queries.query import Query

SHOWN_AT_ONCE = 8
MOST_VALUES = 40
UNKNOWN_PERSON = "~"
"""Begins the key of a speaker whom the directory does not know; the name as delivered follows."""

NOWHERE = "\x00"
"""A value that no search has."""


class Value(NamedTuple):
    """What the index calls by a key: how it stands in an address, and its name."""

    key: str
    in_address: str
    name: LocalName


Names = dict[tuple[str, str], Value]
"""Entries by their facet and key, and again by their facet, `=` and address."""


TITLES = {
    "speaker": gettext_lazy("Speaker"),
    "country": pgettext_lazy("facet of speeches", "On behalf of the State"),
    "organization": gettext_lazy("Organization"),
    "initiative": gettext_lazy("Initiative"),
    "series": gettext_lazy("Meeting series"),
    "meeting": gettext_lazy("Meeting"),
    "language": gettext_lazy("Language of the text"),
    "status": gettext_lazy("Delivery status"),
}
"""The facets in the order of the page."""

OPEN_AT_FIRST = frozenset({"speaker", "country", "initiative", "series"})

ENTRIES: Mapping[str, Any] = {
    "speaker": Person,
    "organization": Organization,
    "initiative": Initiative,
    "meeting": Meeting,
    "series": MeetingSeries,
}
"""Facets whose values are entries of the directory."""

KINDS = {"speaker": "person", "series": "meeting_series"}
"""What an entry's page is called where its facet has another name."""


@dataclass(frozen=True)
class FacetValue:
    """One value: what it is called, its number of speeches, and where choosing it leads.

    `id` is the same on every page of results, so that the focus stays on the value.
    """

    id: str
    in_address: str
    label: str
    language: str
    count: str
    spoken: str
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """One thing to narrow a search by."""

    name: str
    title: str
    values: list[FacetValue]

    @cached_property
    def first(self) -> list[FacetValue]:
        """What is seen at once: everything chosen, and the most frequent."""
        chosen = sum(value.is_chosen for value in self.values)
        return self.values[: max(SHOWN_AT_ONCE, chosen)]

    @cached_property
    def rest(self) -> list[FacetValue]:
        return self.values[len(self.first) :]

    @property
    def parts(self) -> list[list[FacetValue]]:
        """The values that are seen at once, and, where there are more, the rest."""
        return [self.first, self.rest] if self.rest else [self.first]

    @property
    def is_open(self) -> bool:
        return self.name in OPEN_AT_FIRST or any(value.is_chosen for value in self.values)


def facets_of(found: Found) -> list[Facet]:
    """Return the facets that can narrow this search, in one query for all their entries."""
    names = _names(found)
    facets = [
        Facet(name, str(title), _values(found, name, names)) for name, title in TITLES.items()
    ]
    return [facet for facet in facets if _narrows(facet, found)]


def _narrows(facet: Facet, found: Found) -> bool:
    """Say whether a facet has anything to choose: not a lone value that all speeches share."""
    if len(facet.values) != 1:
        return bool(facet.values)
    only = facet.values[0]
    return only.is_chosen or only.count != shown_number(found.total)


def _values(found: Found, name: str, names: Names) -> list[FacetValue]:
    """Return the values of one facet, the chosen first, then by their number of speeches."""
    chosen = {value.casefold(): value for value in found.query.chosen.get(name, ())}
    counts = dict(found.facets.get(name, ()))
    first = [_by_key(name, key, names) for key in list(counts)[:MOST_VALUES]]
    present = {value.in_address.casefold() for value in first if value}
    beyond = [_by_value(name, value, names) for key, value in chosen.items() if key not in present]
    adding = _adding(found.query, name)
    values = []
    for value in filter(None, [*first, *beyond]):
        before = chosen.get(value.in_address.casefold())
        if before is None:
            url = adding(value.in_address)
        else:
            url = f"?{found.query.without_choice(name, before).urlencode()}"
        values.append(_facet_value(name, value, counts.get(value.key, 0), url, before is not None))
    return sorted(values, key=lambda value: not value.is_chosen)[:MOST_VALUES]


def _adding(query: Query, name: str) -> Callable[[str], str]:
    """Return what makes the address of the search with one more value of a facet."""
    if query.chosen.get(name):
        return lambda value: f"?{query.with_choice(name, value).urlencode()}"
    # A page has hundreds of these addresses, and they differ in one place.
    before, after = f"?{query.with_choice(name, NOWHERE).urlencode()}".split(quote(NOWHERE))
    return lambda value: f"{before}{quote(value)}{after}"


def _facet_value(name: str, value: Value, count: int, url: str, is_chosen: bool) -> FacetValue:
    number = shown_number(count)
    label = value.name
    return FacetValue(
        id=f"{name}-{crc32(value.key.encode()):x}",
        in_address=value.in_address,
        label=label.text,
        language="" if label.language == current_language() else label.language,
        count=number,
        spoken=_spoken(count, is_chosen, current_language())
        % {"label": label.text, "number": number},
        url=url,
        is_chosen=is_chosen,
    )


@lru_cache(maxsize=10_000)
def _spoken(count: int, is_chosen: bool, language: str) -> str:
    """Return what a link does, said in the language of the page but for label and number."""
    if is_chosen:
        return ngettext(
            "%(label)s, %(number)s speech, remove filter",
            "%(label)s, %(number)s speeches, remove filter",
            count,
        )
    return ngettext(
        "%(label)s, %(number)s speech, add filter",
        "%(label)s, %(number)s speeches, add filter",
        count,
    )


def shown_number(number: int) -> str:
    """Write a number as the page's language groups its digits."""
    return number_format(number, force_grouping=True) if number > 999 else str(number)


def _by_key(name: str, key: str, names: Names) -> Value | None:
    """Return what a key of the index stands for, None if it is public no longer."""
    if name in ENTRIES and not key.startswith(UNKNOWN_PERSON):
        return names.get((name, key))
    return _by_value(name, key.removeprefix(UNKNOWN_PERSON), names)


def _by_value(name: str, value: str, names: Names) -> Value:
    """Return what stands in an address, whether or not the archive has it."""
    language = current_language()
    match name:
        case "country":
            code = value.upper()
            return Value(code, code, LocalName(country_name(code), language))
        case "language":
            label = language_name(value)
            return Value(value, value, LocalName(label[:1].upper() + label[1:], language))
        case "status":
            labels = dict(Speech.DeliveryStatus.choices)
            return Value(value, value, LocalName(str(labels.get(value, value)), language))
    unknown = Value(f"{UNKNOWN_PERSON}{value}", value, LocalName(value, language))
    return names.get((name, f"={value}"), unknown)


def _names(found: Found) -> Names:
    """Return address and name of every entry that the facets show, in one query."""
    names: Names = {}
    branches = [branch_ for name in ENTRIES if (branch_ := _branch(found, name)) is not None]
    for relation, entries in related(branches).items() if branches else ():
        for entry in entries:
            value = Value(entry.detail, entry.slug, entry.local_name)
            names[relation, value.key] = names[relation, f"={value.in_address}"] = value
    return names


def _branch(found: Found, name: str) -> QuerySet | None:
    first = [key for key, _count in found.facets.get(name, ())[:MOST_VALUES]]
    keys = [key for key in first if key.isdigit()]
    slugs = found.query.chosen.get(name, ())
    if not keys and not slugs:
        return None
    rows = ENTRIES[name].objects.published().filter(Q(pk__in=keys) | Q(slug__in=slugs))
    return branch(rows, name, KINDS.get(name, name), detail=Cast(F("pk"), CharField()))
