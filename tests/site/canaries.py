"""Words that nobody may read, one in every text field of an item of each kind in each state.

The fields are found in the models, so a new one joins by itself. Each word is made from its
number, far from all others, and says where it was planted.
"""

import hashlib
import io
import re
from itertools import count
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from initiatives.models import Name
from iomsite.images import ImageField
from iomsite.markup import SanitizedHTMLField
from iomsite.publishing.models import Publishable, kind_of
from iomsite.publishing.snapshot import part_relations, versioned_fields
from tests import make

WORD = re.compile(r"zq[bcfghjkmpqrvwxz]{8}")
KINDS = [model for model in apps.get_models() if issubclass(model, Publishable)]
ADDRESS_FIELDS = ("slug", "checksum")

NO_WORDS = {
    "delivered_time_zone": "is the name of a zone, or refused",
    "file": "is planted with the files, and stands for the link beside it",
}
"""Text fields that no word is written into, and why."""

HIDDEN = ("draft", "in review", "embargoed", "unscheduled", "shown to a guest", "deleted")
"""States in which nothing of an item may be known: each address answers as an unknown one."""
NEXT = ("copy", "copy in review", "copy scheduled", "copy shown to a guest", "copy discarded")
"""Public, with words of a next state that nobody may know of."""
PAST = ("replaced under embargo", "rewritten while removed")
"""Public, with words in the history that never were."""
TAKEN_BACK = ("withdrawn", "removed")
STATES = (*HIDDEN, *NEXT, *PAST, *TAKEN_BACK)

_numbers = count(1)


def mint() -> str:
    """Return a word that nobody has ever used."""
    number = int(hashlib.sha256(str(next(_numbers)).encode()).hexdigest(), 16)
    letters = ""
    for _place in range(8):
        number, rest = divmod(number, 15)
        letters += "bcfghjkmpqrvwxz"[rest]
    return f"zq{letters}"


class Aviary:
    """Every word that was planted: where, in which state; and the files with words in them."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, str, str]] = {}
        self.files: list[tuple[str, str]] = []
        self.slugs: dict[str, tuple[str, str]] = {}
        self.records: set[str] = set()
        self.public: set[str] = set()
        self.tokens: list[str] = []
        self.items: dict[tuple[str, str], Any] = {}

    def word(self, row: models.Model, field: str, state: str, owner: str) -> str:
        word = mint()
        self.words[word] = (owner, state, f"{row._meta.label_lower}.{field}")
        self.records.add(f"{owner} {state} {row._meta.label_lower}")
        return word

    @property
    def hidden(self) -> dict[str, tuple[str, str, str]]:
        return {word: where for word, where in self.words.items() if word not in self.public}

    # -- Writing words into rows ------------------------------------------------------------

    def fill(self, row: Any, state: str, owner: str) -> None:
        """Write a word of its own into every text field of a row that an editor can write."""
        gate = [row._meta.get_field("public_notice")] if state in HIDDEN and _has_gate(row) else []
        for field in [*versioned_fields(type(row)), *gate]:
            if is_text(field):
                word = self.word(row, field.name, state, owner)
                setattr(row, field.name, self._value(field, word, state, owner))

    def _value(self, field: Any, word: str, state: str, owner: str) -> Any:
        if isinstance(field, ImageField):
            return ContentFile(picture(), f"{word}.png")
        if isinstance(field, SanitizedHTMLField):
            return (
                f'<p>Nobody shall read that <a href="https://{word}.example.org/">{word}</a>.</p>'
            )
        if isinstance(field, models.URLField):
            return f"https://example.org/{word}"
        if isinstance(field, models.JSONField):
            return [word]
        if isinstance(field, models.SlugField):
            self.slugs[word] = (owner, state)
        return word[: field.max_length]

    def fill_whole(self, item: Any, state: str) -> None:
        """Write words into an item, into the parts it has, and into a new part of each kind."""
        owner = kind_of(item)
        self.fill(item, state, owner)
        item.save()
        self._fill_parts(item, state, owner)

    def _fill_parts(self, row: Any, state: str, owner: str) -> None:
        for _name, back in part_relations(type(row)):
            model: Any = back.model
            for part in model._base_manager.filter(**{back.name: row}):
                self.fill(part, state, owner)
                _one_of_two(part)
                part.save()
                self._fill_parts(part, state, owner)
            for values in new_parts(model):
                part = model(**{back.name: row}, **values)
                self.fill(part, state, owner)
                self._give_file(part, state, owner)
                _one_of_two(part)
                part.save()
                self._fill_parts(part, state, owner)

    def _give_file(self, part: Any, state: str, owner: str) -> None:
        if not hasattr(part, "file_name"):
            return
        name = self.word(part, "file name", state, owner)
        content = f"Words of {self.word(part, 'file content', state, owner)}.".encode()
        part.file = ContentFile(content, f"{name}.txt")
        self.files.append((hashlib.sha256(content).hexdigest(), f"{name}.txt"))


def is_text(field: Any) -> bool:
    """Say whether staff can write words of their own into a field."""
    if isinstance(field, ImageField):
        return True
    words = isinstance(field, models.CharField | models.TextField | models.JSONField)
    free = not field.choices and (field.editable or field.name in ADDRESS_FIELDS)
    return words and free and field.name not in NO_WORDS


def picture() -> bytes:
    """Return a small picture that no other has the pixels of."""
    number, kept = next(_numbers), io.BytesIO()
    Image.new("RGB", (8, 8), (number % 256, number // 256 % 256, 7)).save(kept, "PNG")
    return kept.getvalue()


def new_parts(model: Any) -> list[dict[str, Any]]:
    """Return what one or more new rows of a part need beside words."""
    language = {"language": "fr"}
    special: dict[str, list[dict[str, Any]]] = {
        "name": [{"kind": Name.Kind.OTHER}, {"kind": "primary", **language}],
        "identifier": [{"scheme": "wikidata"}],
        "membership": [{"member_country": "CH"}],
        "participation": [{"country": "CH"}],
        "speechtext": [{"kind": "official", **language}],
        "pagetext": [language],
        "source": [{"format": "html"}],
        "attachment": [{}, {"kind": "link"}],
    }
    return special.get(model._meta.model_name, [{}])


def _one_of_two(part: Any) -> None:
    """Keep the file or the link of an attachment; give an appointment its office."""
    if hasattr(part, "file_name"):
        if part.kind == "link":
            part.file = ""
        elif part.file:
            part.url = ""
    for field in part._meta.concrete_fields:
        if field.remote_field and not field.null and getattr(part, field.attname) is None:
            setattr(part, field.name, public_one(field.related_model))
    if part._meta.model_name == "membership" and not (part.group_id or part.series_id):
        part.group = public_one(make.Organization)
        if part.member_id:
            part.member_country = ""


def public_one(model: Any) -> Any:
    return model._base_manager.filter(slug__startswith="hub").first()


def _has_gate(row: Any) -> bool:
    return isinstance(row, Publishable)
