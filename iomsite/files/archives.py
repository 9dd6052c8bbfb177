"""Office files: zip archives of XML, looked into without unpacking them to a disk.

Everything is bounded: parts, sizes, depth and the bytes unpacked altogether, whatever the
archive's own table of contents claims.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.exceptions import ValidationError

from .refusals import NotWhatItSays, damaged, holds_programs, two_files_in_one, unpacks_too_large

MAX_PARTS = 5000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 1024 * 1024
MAX_NESTED_BYTES = 16 * 1024 * 1024
MAX_XML_BYTES = 32 * 1024 * 1024
DEEPEST = 1
"""A chart in a presentation brings its own workbook; nothing honest goes deeper."""

_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_END = b"PK\x05\x06"
_END_SIZE = 22
_LOCAL_SIZE = 30
_ZIP = b"PK\x03\x04"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_PROGRAMS = frozenset({
    ".exe", ".dll", ".com", ".bat", ".cmd", ".scr", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta",
    ".ps1", ".msi", ".jar", ".lnk", ".html", ".htm", ".mht", ".svg", ".swf",
})  # fmt: skip


class Budget:
    """How many bytes may still be unpacked, over all archives inside each other."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED_BYTES

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)


def examine_archive(
    stream: BinaryIO, wanted: tuple[str, bytes], budget: Budget | None = None, depth: int = 0
) -> None:
    """Refuse an archive that is no plain Office file.

    `wanted` is a part that has to be there and words that have to stand in it; empty for an
    archive inside another, which may be any Office file.
    """
    budget = budget or Budget()
    _check_frame(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            name, words = wanted
            if name and words not in _part(archive, name):
                raise NotWhatItSays
            for entry in entries:
                _examine_part(archive, entry, budget, depth)
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError,
        RuntimeError,
    ) as error:  # fmt: skip
        raise damaged() from error


def _check_frame(stream: BinaryIO) -> None:
    """Refuse anything before the first part or after the table of contents."""
    stream.seek(0)
    if stream.read(4) != _ZIP:
        raise NotWhatItSays
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    stream.seek(max(0, size - _END_SIZE))
    if stream.read(4) != _END:
        raise two_files_in_one() if _ends_earlier(stream, size) else damaged()


def _ends_earlier(stream: BinaryIO, size: int) -> bool:
    stream.seek(max(0, size - 66_000))
    return _END in stream.read()


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Judge the archive by its table of contents alone."""
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_PARTS:
        raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)
    if any(map(_leads_outside, names)) or len(set(names)) < len(names):
        raise damaged()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise damaged()
    if any(_is_program(name) for name in names):
        raise holds_programs()
    bomb = any(
        entry.file_size > RATIO_MATTERS_FROM
        and entry.file_size > MAX_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if bomb or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)
    # Parts that share their bytes are how a small archive claims to hold petabytes.
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)
        end = entry.header_offset + _LOCAL_SIZE + len(entry.filename) + entry.compress_size


def _is_program(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.suffix in _PROGRAMS or path.name.startswith("vbaproject")


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(RATIO_MATTERS_FROM)
    except KeyError:
        raise NotWhatItSays from None


def _examine_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, depth: int
) -> None:
    """Unpack one part within the budget, and look into XML and into archives."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels"))
    kept = bytearray()
    with archive.open(entry) as part:
        first = part.read(_CHUNK)
        is_archive = first.startswith(_ZIP)
        chunk = first
        while chunk:
            budget.take(len(chunk))
            if is_xml or is_archive:
                kept += chunk
                if len(kept) > (MAX_NESTED_BYTES if is_archive else MAX_XML_BYTES):
                    raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)
            chunk = part.read(_CHUNK)
    if is_archive:
        _examine_nested(bytes(kept), budget, depth)
    elif is_xml:
        _check_xml(bytes(kept))


def _examine_nested(content: bytes, budget: Budget, depth: int) -> None:
    if depth >= DEEPEST:
        raise unpacks_too_large(MAX_UNPACKED_BYTES // 1024**2)
    try:
        examine_archive(io.BytesIO(content), ("", b""), budget, depth + 1)
    except NotWhatItSays as error:
        raise damaged() from error


def _check_xml(content: bytes) -> None:
    """Refuse document types and entities: Office never writes them, attacks do."""
    if content.startswith(_UTF16_MARKS) or _DECLARATION.search(content):
        raise ValidationError(damaged().message, code="entities")
