"""What else changed between two versions of a speech, in names that the public may see."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Value

from initiatives.models import AgendaItem
from iomsite.languages import current_language
from iomsite.publishing.comparing import Change, Wanted, compare
from iomsite.publishing.models import Publishable, is_published
from iomsite.publishing.snapshot import Content

HIDDEN = frozenset({"position", "file", "size"})
"""Fields of no use to readers: places in lists, and how a file is kept."""

_WORDS = ("title", "summary", "body")


def compare_facts(before: Content, after: Content) -> list[Change]:
    """Return the changes outside the words, with the names of public entries only."""
    changes = compare(_without_words(before), _without_words(after), public_names, hidden=HIDDEN)
    return [change for change in changes if change.before or change.after]


def public_names(wanted: Wanted) -> dict[type[Model], Mapping[int, str]]:
    """Return the names, in the language of the page, of those entries that are public.

    One query for all entries, whatever their kind, and one for agenda items.
    """
    kinds: list[Any] = [model for model in wanted if issubclass(model, Publishable)]
    names: dict[type[Model], dict[int, str]] = {model: {} for model in wanted}
    rows = [
        model._default_manager.published()
        .filter(pk__in=wanted[model])
        .order_by()
        .annotate(kind_=Value(place))
        .values_list("kind_", "pk", "name", "name_language", "translated_names")
        for place, model in enumerate(kinds)
    ]
    if rows:
        for place, key, *name in rows[0].union(*rows[1:], all=True):
            names[kinds[place]][key] = _local(*name)
    if wanted.get(AgendaItem):
        items = AgendaItem.objects.filter(is_published("meeting__"), pk__in=wanted[AgendaItem])
        names[AgendaItem] = {item.pk: str(item) for item in items}
    return names  # type: ignore[return-value]


def _local(name: str, language: str, translated: dict[str, str]) -> str:
    here = current_language()
    return translated.get(here, name) if language != here else name


def _without_words(content: Content) -> Content:
    """Return a content without what is compared word by word, and without sources."""
    parts = dict(content.get("parts", {}))
    parts["texts"] = [
        {
            "key": row["fields"]["language"],
            "fields": {name: value for name, value in row["fields"].items() if name not in _WORDS},
        }
        for row in parts.get("texts", [])
    ]
    return {**content, "parts": parts}
