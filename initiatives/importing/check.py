"""Stage two: what only the whole file shows, two entries of one key and links to nowhere."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from initiatives.importing.entries import Entry, Problem

_TARGETS = {
    "supports": {"series"},
    "series": {"series"},
    "organizer": {"org"},
    "initiative": {"init"},
    "organization": {"org"},
}


def check_entries(entries: Sequence[Entry], known: set[str]) -> list[Problem]:
    """Return the problems between entries; `known` holds the keys the database has already."""
    keys = Counter(entry.key for entry in entries)
    problems = [
        Problem(key, "id", _("The file has this id %(count)d times. Keep one.") % {"count": count})
        for key, count in keys.items()
        if count > 1
    ]
    there = known | set(keys)
    for entry in entries:
        for field, target, types in _links(entry):
            if target not in there:
                message = _("There is no entry “%(key)s”. Correct the id, or add the entry.")
            elif target.partition(":")[0] not in types:
                message = _("“%(key)s” is of another type. Choose an entry of the right one.")
            elif target == entry.key:
                message = _("“%(key)s” cannot belong to itself. Choose another entry.")
            else:
                continue
            problems.append(Problem(entry.key, field, message % {"key": target}))
    return problems


def _links(entry: Entry) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each key an entry points at, with the types it may be of."""
    for field, target in entry.links.items():
        yield field, target, _TARGETS.get(field, {entry.type})
    if entry.leads:
        yield "parent", entry.leads, {"org"}
    for place, term in enumerate(entry.terms, start=1):
        yield f"terms[{place}].office", term.office, {"office"}
