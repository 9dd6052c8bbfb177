"""Uploads that wait between the preview of an import and its confirmation.

They lie in a private folder under random names. The browser holds a signed token that
names the file and what was chosen for it, good for its own user and for a day.
"""

import secrets
import time
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

ONE_DAY = 24 * 60 * 60
_SALT = "speeches.import"


class WaitingUpload(NamedTuple):
    """An uploaded file and how it is to be read."""

    path: Path
    choices: dict[str, Any]


def keep(upload: UploadedFile, choices: dict[str, Any], user: str) -> str:
    """Store an upload and return the token that finds it again."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_old(folder)
    name = secrets.token_hex(16)
    path = folder / name
    path.touch(mode=0o600)
    with path.open("wb") as stored:
        for chunk in upload.chunks():
            stored.write(chunk)
    return signing.dumps({"file": name, "user": user, "choices": choices}, salt=_SALT)


def find(token: str, user: str) -> WaitingUpload | None:
    """Return the upload of a token, unless it is too old, another user's or gone."""
    try:
        values = signing.loads(token, salt=_SALT, max_age=ONE_DAY)
    except signing.BadSignature:
        return None
    path = _folder() / values["file"]
    if values["user"] != user or not path.is_file():
        return None
    return WaitingUpload(path, values["choices"])


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - ONE_DAY:
            path.unlink(missing_ok=True)
