"""The way back: content becomes rows again.

Only what differs is written. Each row goes through its model's own `save()`, so a speech's
text is split into passages and keeps their anchors, on this path as on any other.
"""

import secrets
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from iomsite.publishing.snapshot import (
    Content,
    part_relations,
    plain,
    snapshot,
    versioned_fields,
    versioned_lists,
)

PROVISIONAL = 2**62
"""Keys from here on belong to rows that only a working copy has; they get real ones when it
is published. Random, so that two editors at work never meet, and positive, as addresses are.
"""


class DoesNotFit(Exception):
    """Content refers to what is not there any more, or breaks a rule of the database."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def provisional_key() -> int:
    return PROVISIONAL + secrets.randbelow(PROVISIONAL)


def restore(item: Any, content: Content, *, provisional: bool = False) -> list[str]:
    """Make the rows of an item say what a content says; return what had to be left out.

    With `provisional`, new rows keep the keys they have in the content; else the database
    gives them keys. A relation to an item that is gone is left empty and named in the answer.

    Raises DoesNotFit when the rows cannot be written; the caller's transaction must end then.
    """
    row = type(item)._base_manager.get(pk=item.pk)
    remarks: list[str] = []
    try:
        _write(row, content, remarks, provisional=provisional)
    except ProtectedError as error:
        names = ", ".join(sorted(str(each) for each in error.protected_objects)[:3])
        message = _("Something that is taken out is still needed by: %(names)s.")
        raise DoesNotFit([message % {"names": names}]) from error
    except (IntegrityError, DataError) as error:
        raise DoesNotFit([_("The database refuses it: %(error)s") % {"error": error}]) from error
    except ValidationError as error:
        raise DoesNotFit(error.messages) from error
    return remarks


def with_provisional_keys(content: Content, known: set[tuple[str, int]]) -> Content:
    """Return content in which the rows that are not known yet have provisional keys."""
    parts = {
        name: [
            with_provisional_keys(
                part
                if part["key"] >= PROVISIONAL or (name, part["key"]) in known
                else {**part, "key": provisional_key()},
                known,
            )
            for part in rows
        ]
        for name, rows in content.get("parts", {}).items()
    }
    return {**content, "parts": parts} if parts else content


def keys_in(content: Content) -> set[tuple[str, int]]:
    """Return the rows of a content, each as the name of its relation and its key."""
    found = set()
    for name, rows in content.get("parts", {}).items():
        for part in rows:
            found.add((name, part["key"]))
            found |= keys_in(part)
    return found


def public_content(item: Any) -> Content:
    """Return what the next version of an item would hold."""
    return snapshot(item)


def _write(row: Any, content: Content, remarks: list[str], *, provisional: bool) -> None:
    changed = _fill(row, content["fields"], remarks)
    if changed or row._state.adding:
        row.save()
    _write_lists(row, content["fields"], remarks)
    for name, back in part_relations(type(row)):
        if name in content.get("parts", {}):
            rows = content["parts"][name]
            _write_parts(row, back, rows, remarks, provisional=provisional)


def _write_parts(
    row: Any, back: Any, wanted: list[Content], remarks: list[str], *, provisional: bool
) -> None:
    """Delete what is gone, change what is there, add what is new, in this order."""
    model = back.model
    there = {part.pk: part for part in model._base_manager.filter(**{back.name: row})}
    for key in there.keys() - {part["key"] for part in wanted}:
        there.pop(key).delete()
    waiting = [part for part in wanted if part["key"] in there]
    while waiting:
        left = [p for p in waiting if not _try(there[p["key"]], p, remarks, provisional)]
        if len(left) == len(waiting) and not any(_parked(there[p["key"]]) for p in left):
            # No order of writing helps: let the database say what is wrong.
            _write(there[left[0]["key"]], left[0], remarks, provisional=provisional)
            break
        waiting = left
    for part in wanted:
        if part["key"] not in there:
            key = part["key"] if provisional or part["key"] < PROVISIONAL else None
            if key is not None and model._base_manager.filter(pk=key).exists():
                key = None
            new = model(pk=key, **{back.name: row})
            _write(new, part, remarks, provisional=provisional)


def _parked(row: Any) -> bool:
    """Let a row give up what others wait for, until its own turn; once for each row.

    Rows that exchange what only one may have, such as two texts their languages, cannot be
    written in any order.
    """
    if getattr(row, "_is_parked", False):
        return False
    row._is_parked = True
    free: dict[str, str | None] = {}
    for field in _fields_that_must_differ(type(row)):
        if field.null:
            free[field.attname] = None
        elif isinstance(field, models.CharField):
            # Short, for a column of four letters: only the rows of one item are parked.
            free[field.attname] = f"~{row.pk % 1000}"[: field.max_length]
    try:
        with transaction.atomic():
            return bool(free) and bool(type(row)._base_manager.filter(pk=row.pk).update(**free))
    except IntegrityError:
        return False
    finally:
        row.refresh_from_db()


def _fields_that_must_differ(model: type[models.Model]) -> list[Any]:
    """Return the columns of which the database wants no two rows to have the same."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    names = set(chain.from_iterable(rule.fields for rule in rules))
    return [
        field
        for field in versioned_fields(model)
        if (field.unique or field.name in names) and not field.remote_field
    ]


def _try(row: Any, content: Content, remarks: list[str], provisional: bool) -> bool:
    """Write a row; say no when another one has to give up a value first."""
    try:
        with transaction.atomic():
            _write(row, content, remarks, provisional=provisional)
    except IntegrityError:
        row.refresh_from_db()
        return False
    return True


def _fill(row: Any, fields: Content, remarks: list[str]) -> bool:
    """Set the columns that differ, and say whether there were any."""
    changed = False
    for field in versioned_fields(type(row)):
        if field.name not in fields:
            continue
        value = fields[field.name]
        if plain(field.value_from_object(row)) == value:
            continue
        if field.remote_field and value is not None:
            value = _key_that_exists(field, value, remarks)
        setattr(row, field.attname, _python_value(field, value))
        changed = True
    return changed


def _python_value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField | models.FileField):
        return value
    return field.to_python(value)


def _key_that_exists(field: Any, key: Any, remarks: list[str]) -> Any:
    if field.related_model._base_manager.filter(pk=key).exists():
        return key
    message = _("“%(field)s” named something that is not there any more, and is empty now.")
    remarks.append(message % {"field": field.verbose_name})
    if not field.null:
        raise DoesNotFit([remarks[-1]])
    return None


def _write_lists(row: Any, fields: Content, remarks: list[str]) -> None:
    for field in versioned_lists(type(row)):
        if field.name not in fields:
            continue
        related = getattr(row, field.name)
        wanted = set(fields[field.name])
        if wanted == set(related.order_by().values_list("pk", flat=True)):
            continue
        known = set(
            field.related_model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True)
        )
        if known != wanted:
            message = _("“%(field)s” named something that is not there any more.")
            remarks.append(message % {"field": field.verbose_name})
        related.set(known)
