"""PDF files, pictures and plain texts: whether they are that, and nothing else besides."""

import codecs
import io
import re
from collections.abc import Callable
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iomsite.images import read_image

from .markup_inside import has_any_markup, has_markup
from .refusals import NotWhatItSays, two_files_in_one

LONGEST_SIDE = 4096
MAX_PICTURE_BYTES = 32 * 1024 * 1024
_CHUNK = 1024 * 1024
_PDF = re.compile(rb"%PDF-[12]\.\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_OTHER_KINDS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"%!PS", b"#!", b"\x7fELF")
_ZIP_END = b"PK\x05\x06"


def examine_pdf(stream: BinaryIO, size: int) -> None:
    """A PDF begins at its first byte, has no archive at its end and no web page inside."""
    stream.seek(0)
    if not _PDF.match(stream.read(8)):
        raise NotWhatItSays
    stream.seek(max(0, size - 66_000))
    if _ZIP_END in stream.read() or has_markup(stream):
        raise two_files_in_one()


def picture_of(kind: str) -> Callable[[BinaryIO, int], None]:
    """Return the check of one kind of picture. What is stored is made anew from its pixels."""

    def examine_picture(stream: BinaryIO, size: int) -> None:
        stream.seek(0)
        content = stream.read(MAX_PICTURE_BYTES + 1)
        picture = read_image(content, longest=LONGEST_SIDE, most_bytes=MAX_PICTURE_BYTES)
        if picture.info["kind"] != kind:
            raise NotWhatItSays

    return examine_picture


def clean_picture(content: bytes, kind: str) -> io.BytesIO:
    """Return a picture of the same kind that holds its pixels and nothing else."""
    picture = read_image(content, longest=LONGEST_SIDE, most_bytes=MAX_PICTURE_BYTES)
    picture.info = {}
    encoded = io.BytesIO()
    if kind == "JPEG":
        picture.convert("RGB").save(encoded, kind, quality=88)
    else:
        picture.save(encoded, kind)
    encoded.seek(0)
    return encoded


def examine_text(stream: BinaryIO, size: int) -> None:
    """A text is UTF-8 throughout, without control characters and without a web page's tags."""
    stream.seek(0)
    if stream.read(8).removeprefix(codecs.BOM_UTF8).startswith(_OTHER_KINDS):
        raise NotWhatItSays
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            if _CONTROLS.search(decoder.decode(chunk)):
                raise NotWhatItSays
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The text is not in UTF-8. Save it again with the encoding UTF-8."),
            code="encoding",
        ) from error
    if has_any_markup(stream):
        raise ValidationError(
            _("The text holds tags of a web page. Take them out, or attach a PDF."),
            code="polyglot",
        )
