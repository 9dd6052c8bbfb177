"""An item with its parts as plain data, to keep, compare and check.

    {"kind": "speeches.speech", "item": 17,
     "fields": {"slug": "…", "delivered_on": "2008-01-17", "meeting": 5, "initiatives": [3]},
     "parts": {"texts": [{"key": 9, "fields": {…}, "parts": {…}}]}}

A relation to another item is its key, never its name: whether that may be shown is for the
gate to say, when it is shown. A model says what belongs to it in `versioned_parts`, and what
is computed from the rest and so left out in `computed_fields`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models.fields.files import FieldFile

from iomsite.canonical import digest
from iomsite.publishing.models.loose import kind_of

GATE = frozenset({"status", "published_at", "public_notice", "created_at", "updated_at"})
"""What workflow decides, and what the clock writes. A version holds them beside its content."""

INTERNAL = frozenset({"staff_note"})
"""What the public never sees: part of a working copy, of no version."""

KEPT_BACK = frozenset({"sources", "file"})
"""What a version keeps and no reader is handed: names of files that staff imported, and where
a file lies in the private storage. See `folded`."""

Content = dict[str, Any]


def snapshot(item: Any, *, internal: bool = False) -> Content:
    """Return an item as it stands in the database, with all its parts.

    Without `internal`, only what is or may become public.
    """
    row = type(item)._base_manager.get(pk=item.pk)
    content = _content_of(row, internal=internal)
    return {"kind": kind_of(row), "item": row.pk, **content}


def content_hash(content: Content) -> str:
    """Return the checksum of a content."""
    return digest(folded(content))


def folded(content: Content) -> Content:
    """Return a content as it is handed out, with a checksum for each thing that is kept back.

    The checksum of the whole is that of this form, so whoever has it can prove the one
    without seeing the other.
    """
    found = dict(content)
    for name in ("fields", "parts"):
        if name in content:
            found[name] = {key: _handed_out(key, value) for key, value in content[name].items()}
    return found


def _handed_out(name: str, value: Any) -> Any:
    if name in KEPT_BACK and value and not isinstance(value, dict):
        return {"sha256": digest(value)}
    is_parts = isinstance(value, list) and value and isinstance(value[0], dict)
    return [folded(part) for part in value] if is_parts else value


def without_internal(content: Content) -> Content:
    """Return a working copy's content as a version would hold it."""
    fields = {name: value for name, value in content["fields"].items() if name not in INTERNAL}
    return {**content, "fields": fields}


def versioned_fields(model: type[models.Model], *, internal: bool = True) -> list[Any]:
    """Return the columns of a model that belong to its content, in the model's order."""
    computed: frozenset[str] = getattr(model, "computed_fields", frozenset())
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.name not in GATE | computed
        and (internal or field.name not in INTERNAL)
        and not getattr(field, "auto_now_add", False)
        and not getattr(field, "auto_now", False)
    ]


def versioned_lists(model: type[models.Model]) -> list[Any]:
    """Return the many-to-many relations of a model that are lists of keys and no more."""
    lists: list[Any] = list(model._meta.many_to_many)
    return [field for field in lists if field.remote_field.through._meta.auto_created]


def part_relations(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """Yield the relations to what belongs to a model: the name, and the key that points back."""
    for name in getattr(model, "versioned_parts", ()):
        relation: Any = model._meta.get_field(name)
        yield name, relation.field


def owner_of(part: models.Model) -> Any:
    """Return the item that a row is part of, or None when it is part of none."""
    fields: list[Any] = list(part._meta.concrete_fields)
    for field in fields:
        owner = field.related_model
        if owner is None or field.remote_field.name not in getattr(owner, "versioned_parts", ()):
            continue
        if (found := getattr(part, field.name)) is not None:
            return found
    return None


def _content_of(row: Any, *, internal: bool, owner: str = "") -> Content:
    model = type(row)
    fields = {
        field.name: plain(field.value_from_object(row))
        for field in versioned_fields(model, internal=internal)
        if field.name != owner
    }
    for field in versioned_lists(model):
        keys = getattr(row, field.name).order_by().values_list("pk", flat=True)
        fields[field.name] = sorted(keys)
    content: Content = {"fields": fields}
    parts = {
        name: [
            {"key": part.pk, **_content_of(part, internal=internal, owner=back.name)}
            for part in back.model._base_manager.filter(**{back.name: row}).order_by("pk")
        ]
        for name, back in part_relations(model)
    }
    if parts:
        content["parts"] = parts
    if hasattr(row, "derived_content"):
        content["derived"] = row.derived_content()
    return content


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if isinstance(value, FieldFile):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value
