"""Files that staff attach: allowed by what they contain, stored under names nobody can guess."""

import secrets
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from speeches.models import Attachment

HEAD_BYTES = 512

_TYPES: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    (".pdf", "application/pdf", lambda head: head.startswith(b"%PDF-")),
    (".docx .pptx .xlsx .odt .odp", "application/zip", lambda head: head.startswith(b"PK\x03\x04")),
    (".mp3", "audio/mpeg", lambda head: head.startswith(b"ID3") or head[:1] == b"\xff"),
    (".m4a .mp4", "video/mp4", lambda head: head[4:8] == b"ftyp"),
    (".ogg .oga .ogv", "application/ogg", lambda head: head.startswith(b"OggS")),
    (".webm", "video/webm", lambda head: head.startswith(b"\x1aE\xdf\xa3")),
    (".wav", "audio/wav", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WAVE"),
    (".png", "image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    (".jpg .jpeg", "image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    (".webp", "image/webp", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    (".txt .csv .vtt .srt", "text/plain", lambda head: b"\x00" not in head),
)


def allowed_extensions() -> list[str]:
    """Return the endings a file may have."""
    return [ending for endings, _type, _check in _TYPES for ending in endings.split()]


def validate_attachment(upload: Any) -> None:
    """Refuse a file that is too large, of a kind not allowed, or not what its name says."""
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Link to it instead."),
            params={"size": settings.MAX_UPLOAD_MB},
        )
    ending = PurePath(upload.name).suffix.lower()
    check = next((check for endings, _t, check in _TYPES if ending in endings.split()), None)
    if check is None:
        raise ValidationError(
            _("Files of the kind “%(ending)s” are not accepted. Accepted are: %(allowed)s."),
            params={"ending": ending or "?", "allowed": ", ".join(allowed_extensions())},
        )
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    upload.seek(0)
    if not check(head):
        raise ValidationError(
            _("The file is named “%(ending)s” but holds something else. Save it again as that."),
            params={"ending": ending},
        )


def private_name(attachment: "Attachment", filename: str) -> str:
    """Return where a file is stored: 128 random bits; its own name is kept in the row."""
    attachment.file_name = get_valid_filename(PurePath(filename).name)[-200:]
    return f"attachments/{secrets.token_hex(16)}{PurePath(filename).suffix.lower()[:8]}"
