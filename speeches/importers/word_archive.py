"""Checks on a .docx file before anything unpacks or parses it.

A .docx is a zip of XML. Both can be built to exhaust memory, and XML can name files and
addresses to be read; Word itself never writes any of what is refused here.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from .parsed import UnreadableInput

MAX_ENTRIES = 2000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 1024 * 1024
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_DOCUMENT = "word/document.xml"
_XML_NAMES = (".xml", ".rels")
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([^\"']+)")
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00")


def check_archive(data: bytes) -> Mapping[str, bytes]:
    """Refuse an archive that is not plainly a Word document; give its XML parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            return _checked_parts(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        if isinstance(error, UnreadableInput):
            raise
        raise UnreadableInput(
            _("The Word file is damaged. Open it in Word and save it again as .docx.")
        ) from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Judge the archive by its table of contents alone."""
    if len(entries) > MAX_ENTRIES:
        raise UnreadableInput(
            _("The Word file holds %(count)d parts, more than any speech. Save its text anew.")
            % {"count": len(entries)}
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableInput(
            _("The Word file is encrypted. Save it without a password and try again.")
        )
    names = [entry.filename for entry in entries]
    if any(map(_leads_outside, names)) or len(set(names)) < len(names):
        raise UnreadableInput(
            _("The Word file holds parts with forbidden names. Open it in Word and save it again.")
        )
    if _DOCUMENT not in names:
        raise UnreadableInput(
            _("The file is an archive, but no Word document. Save the text as .docx from Word.")
        )
    bomb = any(
        entry.file_size > _RATIO_MATTERS_FROM
        and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if bomb or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise _too_large()


def _checked_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Unpack within bounds, for the declared sizes may lie, and check every XML part."""
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED_BYTES
    for entry in archive.infolist():
        content = bytearray()
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large()
                if entry.filename.endswith(_XML_NAMES):
                    content += chunk
        if content:
            _check_xml(bytes(content))
            parts[entry.filename] = bytes(content)
    return parts


def _check_xml(content: bytes) -> None:
    """Refuse document types and entities, also where another encoding would hide them."""
    named = _XML_ENCODING.search(content[:200])
    plain = named is None or named[1].lower() in (b"utf-8", b"us-ascii")
    if not plain or content.startswith(_UTF16_MARKS) or b"\x00" in content[:200]:
        raise UnreadableInput(
            _("The Word file holds XML that is not UTF-8. Open it in Word and save it again.")
        )
    if _DECLARATION.search(content):
        raise UnreadableInput(
            _(
                "The Word file declares document types or entities, which Word never does and "
                "attacks do. Open it in Word, copy the text into a new document and save that."
            )
        )


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name


def _too_large() -> UnreadableInput:
    return UnreadableInput(
        _("The Word file unpacks to more than %(limit)d MB. Remove pictures and save it again.")
        % {"limit": MAX_UNPACKED_BYTES // 1024**2}
    )
