"""The kinds of file that may be attached: their endings, their media types, their checks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from .archives import examine_archive
from .documents import clean_picture, examine_pdf, examine_text, picture_of
from .markup_inside import has_markup
from .recordings import examine_mp3, examine_mp4, examine_ogg, examine_wav, examine_webm
from .refusals import two_files_in_one

Check = Callable[[BinaryIO, int], None]


@dataclass(frozen=True)
class Kind:
    """A kind of file. `check` raises NotWhatItSays or a ValidationError."""

    media_type: str
    check: Check
    picture: str = ""
    """For a picture, the name of its format: it is stored as its pixels only."""


def _office(part: str, words: str) -> Check:
    def check(stream: BinaryIO, size: int) -> None:
        examine_archive(stream, (part, words.encode()))

    return check


def _recording(examine: Check) -> Check:
    def check(stream: BinaryIO, size: int) -> None:
        examine(stream, size)
        if has_markup(stream):
            raise two_files_in_one()

    return check


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_main = partial(_office, "[Content_Types].xml")
_text = partial(Kind, check=examine_text)

KINDS: dict[str, Kind] = {
    ".pdf": Kind("application/pdf", examine_pdf),
    ".docx": Kind(
        f"{_OPEN_XML}wordprocessingml.document", _main("wordprocessingml.document.main+xml")
    ),
    ".pptx": Kind(
        f"{_OPEN_XML}presentationml.presentation", _main("presentationml.presentation.main+xml")
    ),
    ".xlsx": Kind(f"{_OPEN_XML}spreadsheetml.sheet", _main("spreadsheetml.sheet.main+xml")),
    ".odt": Kind(f"{_OPEN_DOCUMENT}text", _office("mimetype", f"{_OPEN_DOCUMENT}text")),
    ".odp": Kind(
        f"{_OPEN_DOCUMENT}presentation", _office("mimetype", f"{_OPEN_DOCUMENT}presentation")
    ),
    ".mp3": Kind("audio/mpeg", _recording(examine_mp3)),
    ".m4a": Kind("audio/mp4", _recording(examine_mp4)),
    ".mp4": Kind("video/mp4", _recording(examine_mp4)),
    ".ogg": Kind("audio/ogg", _recording(examine_ogg)),
    ".oga": Kind("audio/ogg", _recording(examine_ogg)),
    ".ogv": Kind("video/ogg", _recording(examine_ogg)),
    ".webm": Kind("video/webm", _recording(examine_webm)),
    ".wav": Kind("audio/wav", _recording(examine_wav)),
    ".png": Kind("image/png", picture_of("PNG"), "PNG"),
    ".jpg": Kind("image/jpeg", picture_of("JPEG"), "JPEG"),
    ".jpeg": Kind("image/jpeg", picture_of("JPEG"), "JPEG"),
    ".webp": Kind("image/webp", picture_of("WEBP"), "WEBP"),
    ".txt": _text("text/plain; charset=utf-8"),
    ".csv": _text("text/csv; charset=utf-8"),
    ".vtt": _text("text/vtt; charset=utf-8"),
    ".srt": _text("text/plain; charset=utf-8"),
}


def ending_of(name: str) -> str:
    """Return the ending of a file's name, with its dot, in small letters."""
    return PurePath(name).suffix.lower()


def media_type_of(name: str) -> str:
    """Return the type to send a stored file as; one of no known kind is bytes and no more."""
    kind = KINDS.get(ending_of(name))
    return kind.media_type if kind else "application/octet-stream"


__all__ = ["KINDS", "Kind", "clean_picture", "ending_of", "media_type_of"]
