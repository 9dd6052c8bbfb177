"""Suggestions while typing: entries of the directory and titles that begin so."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iomsite.languages import current_language, direction, html_language
from speeches.models import Speech
from speeches.search.answers.names import SPEECH, NamedEntry, beginning_with
from speeches.search.results.entries import KIND_LABELS, published_entries

MOST_LOOKED_AT = 30
MOST_OF_A_KIND = 3
LONGEST_WORDS = 100

GROUPS = {
    "person": gettext_lazy("People"),
    "organization": gettext_lazy("Organizations"),
    "initiative": gettext_lazy("Initiatives"),
    "meeting_series": gettext_lazy("Meeting series"),
    "meeting": gettext_lazy("Meetings"),
    "speech": gettext_lazy("Speeches"),
}
"""The kinds of suggestion in the order of the list."""


def suggestions(words: str) -> dict[str, Any]:
    """Return what a list below the search box shows for what was typed, in two queries.

    `search` names the search for the words themselves, `groups` holds entries and titles,
    `status` says aloud how many there are.
    """
    words = " ".join(words.replace("\x00", " ").split())[:LONGEST_WORDS]
    named = beginning_with(words, MOST_LOOKED_AT) if words else []
    addresses = _addresses(named)
    groups = []
    for kind, label in GROUPS.items():
        found = [
            _item(entry, addresses[kind, entry.entry_id])
            for entry in named
            if entry.kind == kind and (kind, entry.entry_id) in addresses
        ][:MOST_OF_A_KIND]
        if found:
            groups.append({"label": str(label), "items": found})
    total = sum(len(group["items"]) for group in groups)
    status = ngettext("%(total)s suggestion", "%(total)s suggestions", total) % {"total": total}
    return {
        "search": _("Search for “%(words)s”") % {"words": words},
        "groups": groups,
        "status": status if total else _("No suggestions"),
    }


def _item(entry: NamedEntry, url: str) -> dict[str, str]:
    item = {"label": entry.text, "kind": str(KIND_LABELS[entry.kind]), "url": url}
    if entry.language and entry.language != current_language():
        item["language"] = html_language(entry.language)
        item["direction"] = direction(entry.language)
    return item


def _addresses(named: Sequence[NamedEntry]) -> dict[tuple[str, int], str]:
    """Return where each suggestion leads, leaving out what the gate lets through no longer."""
    addresses = {
        key: shown.entry.get_absolute_url() for key, shown in published_entries(named).items()
    }
    keys = [entry.entry_id for entry in named if entry.kind == SPEECH]
    if keys:
        rows = Speech.objects.published().filter(pk__in=keys).order_by()
        for key, slug in rows.values_list("pk", "slug"):
            addresses[SPEECH, key] = reverse("speeches:speech", args=[slug])
    return addresses
