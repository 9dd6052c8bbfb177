"""Contents of items as an editor might leave them: everything changed that can be. By seed."""

import copy
import random
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models

from iomsite.canonical import canonical
from iomsite.fields import CountryField, LanguageField
from iomsite.markup import SanitizedHTMLField
from iomsite.publishing.models import Publishable
from iomsite.publishing.restoring import provisional_key
from iomsite.publishing.snapshot import Content, part_relations, versioned_fields, versioned_lists

BODIES = ("", "<p>One.</p>", "<p>Two &amp; three.</p><ul><li>Four</li></ul>", "<h2>Five</h2>")
LANGUAGES = ("en", "fr", "ar", "zh-hans", "pt", "sw")


def kinds() -> list[str]:
    """Return every kind of item with a public life."""
    return sorted(
        model._meta.label_lower for model in apps.get_models() if issubclass(model, Publishable)
    )


def changed(content: Content, seed: int) -> Content:
    """Return a content with some fields changed, and rows taken out, added and exchanged."""
    return Changer(random.Random(seed)).row(apps.get_model(content["kind"]), content)  # noqa: S311


class Changer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def row(self, model: type[models.Model], content: Content, often: float = 0.3) -> Content:
        content = copy.deepcopy(content)
        for field in (*versioned_fields(model), *versioned_lists(model)):
            if field.editable and field.name in content["fields"] and self.chance.random() < often:
                value = self.value(field, content["fields"][field.name])
                content["fields"][field.name] = value
        for name, back in part_relations(model):
            content["parts"][name] = self.rows(back.model, content["parts"][name])
        return content

    def rows(self, model: type[models.Model], rows: list[Content]) -> list[Content]:
        kept = [self.row(model, row) for row in rows if self.chance.random() < 0.8]
        if rows and self.chance.random() < 0.5:
            added = copy.deepcopy(self.chance.choice(rows)) | {"key": provisional_key()}
            for name in added.get("parts", {}):
                added["parts"][name] = []
            kept.append(self.row(model, added, often=0.7))
        if len(kept) > 1 and self.chance.random() < 0.5:
            one, other = self.chance.sample(kept, 2)
            name = self.chance.choice(list(one["fields"]))
            one["fields"][name], other["fields"][name] = (
                other["fields"][name],
                one["fields"][name],
            )
        return sorted(kept, key=lambda row: row["key"])

    def value(self, field: Any, old: Any) -> Any:
        """Return another value that the column may hold; the old one where there is no other."""
        if field.related_model and field.null and old is None:
            # Mostly the other owners that a row could have: it has one, and no more.
            return None
        if field.related_model:
            keys = list(
                field.related_model._base_manager.order_by("pk").values_list("pk", flat=True)
            )
            if isinstance(old, list):
                return sorted(self.chance.sample(keys, self.chance.randint(0, min(3, len(keys)))))
            return self.chance.choice([*keys, None] if field.null else keys or [old])
        if field.flatchoices:
            return self.chance.choice([value for value, _label in field.flatchoices])
        return self._plain(field, old)

    def _plain(self, field: Any, old: Any) -> Any:
        number = self.chance.randint(0, 9)
        match field:
            case SanitizedHTMLField():
                return self.chance.choice(BODIES)
            case LanguageField():
                return self.chance.choice(LANGUAGES)
            case CountryField():
                return self.chance.choice(["", "CH", "TN"])
            case models.SlugField():
                return f"slug-{number}-{self.chance.randint(0, 10**6)}"
            case models.BooleanField():
                return not old
            case models.FileField() | models.URLField() | models.JSONField():
                return old
            case models.DateTimeField():
                return old
            case models.DateField():
                return (date(2001, 1, 1) + timedelta(days=400 * number)).isoformat()
            case models.IntegerField():
                return number
            case models.CharField() | models.TextField():
                return f"Word {number}"[: field.max_length or 20]
        return old


def without_keys(value: Any) -> Any:
    """Return a content without what the database decides: keys of rows, and what is derived."""
    if not isinstance(value, dict):
        return value
    bare = {name: inner for name, inner in value.items() if name not in {"key", "derived", "parts"}}
    parts = {
        name: sorted((without_keys(row) for row in rows), key=canonical)
        for name, rows in value.get("parts", {}).items()
    }
    return {**bare, "parts": parts}


def every_row() -> dict[str, list[Any]]:
    """Return everything that stands in the tables of the site."""
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=str)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed
    }
