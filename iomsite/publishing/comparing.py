"""What differs between two contents of one item, field by field, in words people understand.

Labels are those of the models, relations have the names that `names` gives them: staff see
the current names, the public those that the gate lets through.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from iomsite.canonical import canonical
from iomsite.countries import country_name
from iomsite.dates import Precision, show_partial_date
from iomsite.fields import CountryField, LanguageField
from iomsite.languages import language_name
from iomsite.markup import SanitizedHTMLField
from iomsite.paragraph_diff import Fold, folded, html_paragraphs, keyed, paragraph_diff
from iomsite.publishing.snapshot import Content, part_relations, versioned_fields, versioned_lists
from iomsite.word_diff import Stretch, word_diff

Wanted = dict[type[models.Model], set[int]]
Names = Callable[[Wanted], Mapping[type[models.Model], Mapping[int, str]]]
"""Gives names, by kind and key, to those of the wanted entries that may be named."""

_TITLES = ("title", "name", "text", "value", "file_name", "uri")
"""Fields by which people know a row, the first that says something."""


class Change(NamedTuple):
    """One field that is not the same in two contents."""

    where: str
    """The row below the item that the field belongs to; empty for the item itself."""
    label: str
    field: str
    before: str
    after: str
    stretches: list[Stretch]
    """Word by word, where the field holds words."""
    folds: list[Fold]
    """Paragraph by paragraph, where it holds a text."""


def compare(
    before: Content, after: Content, names: Names, *, hidden: frozenset[str] = frozenset()
) -> list[Change]:
    """Return every field that differs, in the order of the forms, without those `hidden`."""
    model = apps.get_model(after["kind"])
    pairs = [pair for pair in _rows(model, before, after, "") if pair.field.name not in hidden]
    wanted: Wanted = defaultdict(set)
    for pair in pairs:
        if pair.field.related_model:
            wanted[pair.field.related_model] |= set(_keys(pair.before)) | set(_keys(pair.after))
    known = names(wanted) if wanted else {}
    return [change for pair in pairs if (change := _change(pair, known))]


class _Pair(NamedTuple):
    where: str
    field: Any
    before: Any
    after: Any
    precisions: tuple[str, str]
    """How far a day is known, before and after."""


def _rows(
    model: type[models.Model], before: Content, after: Content, where: str
) -> Iterator[_Pair]:
    """Yield the fields of a row that differ, then those of the rows that belong to it."""
    old, new = before.get("fields", {}), after.get("fields", {})
    for field in (*versioned_fields(model), *versioned_lists(model)):
        one, other = old.get(field.name), new.get(field.name)
        if one != other and (one or other):
            yield _Pair(where, field, one, other, _precisions(field, old, new))
    for name, back in part_relations(model):
        was = {part["key"]: part for part in before.get("parts", {}).get(name, [])}
        now = {part["key"]: part for part in after.get("parts", {}).get(name, [])}
        for key in {**was, **now}:
            part = _heading(back.model, was.get(key), now.get(key))
            yield from _rows(
                back.model, was.get(key, {}), now.get(key, {}), f"{where} {part}".strip()
            )


def _precisions(field: Any, old: dict[str, Any], new: dict[str, Any]) -> tuple[str, str]:
    name = f"{field.name.removesuffix('_on')}_precision"
    return old.get(name) or Precision.DAY, new.get(name) or Precision.DAY


def _heading(model: Any, before: Content | None, after: Content | None) -> str:
    """Return what to call a row: its kind, its language, its title, whether it is new or gone."""
    fields = (after or before or {}).get("fields", {})
    kind = str(model._meta.verbose_name).capitalize()
    title = next((str(fields[name]) for name in _TITLES if fields.get(name)), "")
    if fields.get("language"):
        kind = f"{kind} ({language_name(fields['language'])})"
    called = f"{kind} “{title[:80]}”" if title else kind
    if before is None:
        return _("%(row)s, added") % {"row": called}
    return called if after else _("%(row)s, taken out") % {"row": called}


def _change(pair: _Pair, known: Mapping[type[models.Model], Mapping[int, str]]) -> Change | None:
    field = pair.field
    label = str(getattr(field, "verbose_name", field.name)).capitalize()
    if isinstance(field, SanitizedHTMLField):
        texts = keyed(html_paragraphs(pair.before or ""), html_paragraphs(pair.after or ""))
        folds = folded(paragraph_diff(*texts))
        return Change(pair.where, label, field.name, "", "", [], folds)
    names = known.get(field.related_model, {})
    values = zip((pair.before, pair.after), pair.precisions, strict=True)
    before, after = (_shown(field, value, names, precision) for value, precision in values)
    if before == after:
        return None
    stretches = word_diff(before, after) if _holds_words(field, pair) else []
    return Change(pair.where, label, field.name, before, after, stretches, [])


def _holds_words(field: Any, pair: _Pair) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField) and not field.flatchoices
    return is_text and bool(pair.before) and bool(pair.after) and " " in f"{pair.before}"


def _keys(value: Any) -> list[int]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _shown(field: Any, value: Any, names: Mapping[int, str], precision: str) -> str:
    """Return a value as people read it; nothing for what may not be named."""
    if value is None or value in ("", []):
        return ""
    if field.related_model:
        return ", ".join(sorted(names[key] for key in _keys(value) if key in names))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    match field:
        case LanguageField():
            return language_name(value)
        case CountryField():
            return country_name(value)
        case models.DateField() if not isinstance(field, models.DateTimeField):
            return show_partial_date(date.fromisoformat(value), precision)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return value if isinstance(value, str) else canonical(value)


def current_names(wanted: Wanted) -> dict[type[models.Model], dict[int, str]]:
    """Return what the entries are called today, for staff; of what is gone, the key alone."""
    gone = _("no. %(key)d, which is not there any more")
    names = {}
    for model, keys in wanted.items():
        found = model._base_manager.in_bulk(list(keys))
        names[model] = {
            key: str(found[key]) if key in found else gone % {"key": key} for key in keys
        }
    return names
