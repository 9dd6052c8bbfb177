"""What the page about a conflict shows: each clash in two columns, and words to copy."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from iomsite.paragraph_diff import html_paragraphs
from iomsite.publishing.comparing import Change, compare, current_names
from iomsite.publishing.merging import Difference, Merged
from iomsite.publishing.snapshot import Content, part_relations
from iomsite.word_diff import Stretch, word_diff

MOST_SHOWN = 100
"""Clashes that one page asks about."""


class Row(NamedTuple):
    """One clash: what it is about, both texts marked word by word, what was chosen."""

    number: int
    label: str
    mine: list[Stretch]
    theirs: list[Stretch]
    may_keep_both: bool
    chosen: str

    @property
    def name(self) -> str:
        return f"choice-{self.number}"


class Words(NamedTuple):
    """One text of a form, for its author to copy."""

    label: str
    text: str


def clash_rows(both: Any, merged: Merged, choices: Mapping[int, str]) -> list[Row]:
    """Return the clashes of a merge as the page shows them."""
    model = apps.get_model(both.theirs["kind"])
    clashes = sorted(merged.clashes, key=lambda clash: _place(model, clash.path))
    return [_row(model, both, clash, choices) for clash in clashes]


def _place(model: type[models.Model], path: tuple[str | int, ...]) -> tuple[Any, ...]:
    """Return where a clash stands in the order of the forms: an item's own fields come first."""
    names = [field.name for field in model._meta.get_fields()]
    if len(path) == 1:
        return (0, names.index(str(path[0])) if path[0] in names else len(names))
    below = next((back.model for name, back in part_relations(model) if name == path[0]), None)
    rest = _place(below, path[2:]) if below and path[2:] else ()
    return (1, path[0], path[1], rest)


def words_to_copy(mine: Content, theirs: Content) -> list[Words]:
    """Return the texts that somebody wrote and that are not what is there."""
    return list(_words(apps.get_model(mine["kind"]), mine, theirs))


def _row(model: Any, both: Any, clash: Difference, choices: Mapping[int, str]) -> Row:
    change = _change(both, clash)
    label = (
        " · ".join(filter(None, (change.where, change.label))) if change else _label(model, clash)
    )
    base, mine, theirs = _texts(clash, change)
    return Row(
        clash.number,
        label,
        _marked(base, mine),
        _marked(base, theirs),
        clash.kind == "block",
        choices.get(clash.number, ""),
    )


def _texts(clash: Difference, change: Change | None) -> tuple[str, str, str]:
    if clash.kind == "block":
        base, mine, theirs = (_plain(text) for text in clash[1:4])
        return base, mine, theirs
    if clash.kind == "row":
        here, gone = _("Keep it."), _("Take it out.")
        return "", here if clash.mine else gone, here if clash.theirs else gone
    if change is not None:
        return "", change.after, change.before
    return "", str(clash.mine), str(clash.theirs)


def _plain(text: Any) -> str:
    return "\n\n".join(html_paragraphs(str(text or "")))


def _marked(base: str, text: str) -> list[Stretch]:
    """Return a text with what was changed in it marked; unmarked where nothing is known."""
    if not text:
        return []
    if not base:
        return [Stretch("same", text)]
    return word_diff(base, text)


def _change(both: Any, clash: Difference) -> Change | None:
    """Let the labels and values of a clash be made as those of any other change."""
    before, after = (_only(both, clash.path, value) for value in (clash.theirs, clash.mine))
    return next(iter(compare(before, after, current_names)), None)


def _only(both: Any, path: tuple[str | int, ...], value: Any) -> Content:
    """Return a content in which one field has a value, and all else is as in theirs."""
    content: Content = {"kind": both.theirs["kind"], "item": both.theirs["item"], "fields": {}}
    if len(path) == 1:
        return {**content, "fields": {path[0]: value}}
    steps, row = list(path), content
    theirs: Content = both.theirs
    while len(steps) > 1:
        name, key = str(steps.pop(0)), steps.pop(0)
        rows = theirs.get("parts", {}).get(name, [])
        theirs = next((found for found in rows if found["key"] == key), {})
        if not steps and value is None:
            return content
        fields = value["fields"] if not steps else {**theirs.get("fields", {})}
        inner = {"key": key, "fields": fields}
        row["parts"], row = {name: [inner]}, inner
    if steps:
        row["fields"][steps[0]] = value
    return content


def _label(model: Any, clash: Difference) -> str:
    return str(_field_label(model, str(clash.path[-1])))


def _field_label(model: type[models.Model], name: str) -> str:
    names = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(names.get(name), "verbose_name", name)).capitalize()


def _words(
    model: type[models.Model], mine: Content, theirs: Content, where: str = ""
) -> Iterator[Words]:
    for name, value in mine["fields"].items():
        if isinstance(value, str) and value and value != theirs.get("fields", {}).get(name):
            label = " · ".join(filter(None, (where, _field_label(model, name))))
            yield Words(label, _plain(value) if value.lstrip()[:1] == "<" else value)
    for name, back in part_relations(model):
        there = {row["key"]: row for row in theirs.get("parts", {}).get(name, [])}
        label = str(back.model._meta.verbose_name).capitalize()
        for row in mine.get("parts", {}).get(name, []):
            yield from _words(back.model, row, there.get(row["key"], {}), label)
