"""From what a reader named to what speeches are filtered by.

A value of a control is the slug of an entry, or the name of a speaker whom the directory
does not know; a value typed in the box is any name. Only what is public is recognized.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np

from iomsite.countries import country_choices, country_name
from iomsite.languages import TEXT_LANGUAGES, language_name, site_languages
from speeches.models import Speech
from speeches.search.answers.names import entries_named
from speeches.search.index.columns import Mask
from speeches.search.index.live import Live
from speeches.search.index.name_index import ENTRY_MODELS
from speeches.search.words.language import words

KINDS = {
    "speaker": ("person",),
    "organization": ("organization",),
    "initiative": ("initiative",),
    "meeting": ("meeting", "meeting_series"),
    "series": ("meeting_series",),
}
"""The kinds of entry that a field or a control names."""

COLUMN = {
    "person": "speaker",
    "organization": "organization",
    "initiative": "initiative",
    "meeting": "meeting",
    "meeting_series": "series",
}


def chosen_keys(live: Live, name: str, values: Sequence[str]) -> list[str]:
    """Return the keys, in the column of a control, of the values that were chosen."""
    if name == "place":
        return [key for value in values for key in _places(live, value)]
    if name not in KINDS:
        return list(values)
    entries = ENTRY_MODELS[KINDS[name][0]].objects.published().filter(slug__in=values)
    slugs = dict(entries.values_list("slug", "pk"))
    keys = [str(key) for key in slugs.values()]
    if name == "speaker":
        keys += [f"~{value}" for value in values if value not in slugs]
    return keys


def field_mask(live: Live, name: str, value: str) -> Mask | None:
    """Return the speeches that fit a condition typed in the box, None if it names nothing."""
    if name in KINDS:
        return _named_mask(live, name, value)
    if name == "place":
        return _where_seen(live, mask_of(live, "place", _places(live, value)))
    keys = CODES[name](value)
    return mask_of(live, name, keys) if keys else None


def _named_mask(live: Live, name: str, value: str) -> Mask | None:
    keys: dict[str, list[str]] = {}
    for entry in entries_named(live, value, KINDS[name]):
        keys.setdefault(COLUMN[entry.kind], []).append(str(entry.entry_id))
    for kind in KINDS[name] if not keys else ():
        entries = ENTRY_MODELS[kind].objects.published().filter(slug=value)
        keys[COLUMN[kind]] = [str(key) for key in entries.values_list("pk", flat=True)]
    if name == "speaker":
        called = live.columns.of["speaker"].called(words(value))
        unlisted = mask_of(live, "speaker", [key for key in called if key.startswith("~")])
        masks = [] if _where_seen(live, unlisted) is None else [unlisted]
    else:
        masks = []
    masks += [mask_of(live, column, some) for column, some in keys.items() if some]
    return np.logical_or.reduce(masks) if masks else None


def _where_seen(live: Live, mask: Mask) -> Mask | None:
    """Return the speeches, None if the public sees none of them: what they say is no name then."""
    return mask if (mask & live.visible).any() else None


def mask_of(live: Live, name: str, keys: Sequence[str]) -> Mask:
    """Return the speeches that have one of some keys."""
    return live.columns.of[name].mask(keys, live.columns.size, live.now)


def _places(live: Live, value: str) -> list[str]:
    return live.columns.of["place"].called(words(value))


@lru_cache(maxsize=500)
def _countries(value: str) -> list[str]:
    """Return the codes of the States of a name, in any language of the site, or of a code."""
    codes = [code for code, _name in country_choices()]
    if value.upper() in codes:
        return [value.upper()]
    called = {
        code: [words(country_name(code, language)) for language in site_languages()]
        for code in codes
    }
    return _fitting(called, words(value))


@lru_cache(maxsize=500)
def _languages(value: str) -> list[str]:
    if value.lower() in TEXT_LANGUAGES:
        return [value.lower()]
    called = {
        code: [words(language_name(code, other)) for other in site_languages()]
        for code in TEXT_LANGUAGES
    }
    return _fitting(called, words(value))


def _fitting(called: dict[str, list[list[str]]], sought: list[str]) -> list[str]:
    """Return what is called just so, else what has all of the words in one of its names."""
    whole = [code for code, names in called.items() if sought in names]
    return whole or [
        code
        for code, names in called.items()
        if sought and any(set(sought) <= set(name) for name in names)
    ]


def _statuses(value: str) -> list[str]:
    sought = words(value.replace("_", " "))
    return [
        status.value
        for status in Speech.DeliveryStatus
        if sought in (words(status.value.replace("_", " ")), words(str(status.label)))
    ]


CODES: dict[str, Callable[[str], list[str]]] = {
    "country": _countries,
    "language": _languages,
    "status": _statuses,
}
