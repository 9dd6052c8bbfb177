"""The field that stores an attached file: examined, cleaned and described on every write."""

import hashlib
from os import PathLike
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.text import get_valid_filename

from .documents import MAX_PICTURE_BYTES, clean_picture
from .examine import examine
from .kinds import KINDS, ending_of
from .storage import private_storage, random_name

LONGEST_NAME = 200


class PrivateFieldFile(FieldFile):
    """A stored file; its address is that of the row, which asks the gate."""

    @property
    def url(self) -> str:
        row: Any = self.instance
        return str(row.get_absolute_url())


class PrivateFileField(models.FileField):
    """A file in private storage.

    Its model has three fields after it, which are written with each new file: `file_name`
    (its own name), `checksum` (SHA-256) and `size` (bytes). The checksum is the file's address,
    so what is stored never changes. Nothing is deleted when a row goes: versions still name it.
    """

    attr_class = PrivateFieldFile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("upload_to", "attachments")
        kwargs.setdefault("storage", private_storage)
        super().__init__(*args, **kwargs)

    def generate_filename(
        self, instance: models.Model | None, filename: str | PathLike[str]
    ) -> str:
        return random_name(str(self.upload_to), str(filename))

    def clean(self, value: Any, model_instance: Any) -> Any:
        if value and not value._committed:
            _examine_once(value.file)
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        stored: Any = getattr(model_instance, self.attname)
        if stored and not stored._committed:
            _examine_once(stored.file)
            own_name = plain_name(stored.name)
            content = _cleaned(stored.file, own_name)
            checksum = checksum_of(content)
            stored.save(own_name, content, save=False)
            _describe(model_instance, own_name, checksum, content.size)
        elif not stored:
            _describe(model_instance, "", "", 0)
        return getattr(model_instance, self.attname)


def plain_name(name: str) -> str:
    """Return a file's own name without folders and without letters that could deceive."""
    base = PurePath(name.replace("\\", "/")).name
    ending = ending_of(base)
    stem = get_valid_filename(f"f{base.removesuffix(base[len(base) - len(ending) :])}")[1:]
    return (stem.strip(".")[: LONGEST_NAME - len(ending)] or "file") + ending


def checksum_of(content: File) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    checksum = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        checksum.update(chunk)
    content.seek(0)
    return checksum.hexdigest()


def _cleaned(upload: Any, name: str) -> File:
    """Return the file itself or, for a picture, one made anew from its pixels."""
    kind = KINDS[ending_of(name)]
    if not kind.picture:
        return File(upload, name=name)
    upload.seek(0)
    return ContentFile(clean_picture(upload.read(MAX_PICTURE_BYTES), kind.picture).getvalue(), name)


def _examine_once(upload: Any) -> None:
    """Examine a file on its way in: the form has done it, a shell or a command has not."""
    if not getattr(upload, "was_examined", False):
        examine(upload)
        upload.was_examined = True


def _describe(row: Any, name: str, checksum: str, size: int) -> None:
    row.file_name, row.checksum, row.size = name, checksum, size
