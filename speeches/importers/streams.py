"""Row files as streams: looked into without being consumed, unpacked, and never unbounded."""

import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import limits
from .magic import describe, magic
from .parsed import UnreadableInput

HEAD_BYTES = 64 * 1024
COMPRESSED = {".xz": "xz", ".gz": "gzip"}
_CHUNK = 64 * 1024


class _Bytes(io.RawIOBase):
    """Makes a buffered stream of anything that has `read`, such as an uploaded file."""

    def __init__(self, read: Callable[[int], bytes], limit: int | None = None) -> None:
        self._read = read
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        filled = 0
        while filled < len(buffer) and (chunk := self._read(len(buffer) - filled)):
            buffer[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        if self._left is not None:
            self._left -= filled
            if self._left < 0:
                raise UnreadableInput(
                    _("The compressed file unpacks to more than %(limit)d GB. Split it.")
                    % {"limit": limits.MAX_UNPACKED_BYTES // 1024**3}
                )
        return filled


class _Xz:
    """Unpacks .xz with bounded memory, which the standard library's file object does not."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._pending = b""
        self._unpacker = self._fresh()

    def read(self, size: int) -> bytes:
        while True:
            if self._unpacker.eof:
                self._pending = self._unpacker.unused_data.lstrip(b"\x00") or self._stream.read(
                    _CHUNK
                )
                if not self._pending.strip(b"\x00"):
                    return b""
                self._unpacker = self._fresh()
            elif self._unpacker.needs_input and not self._pending:
                self._pending = self._stream.read(_CHUNK)
                if not self._pending:
                    raise EOFError
            given, self._pending = self._pending, b""
            if unpacked := self._unpacker.decompress(given, size):
                return unpacked

    def _fresh(self) -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.MAX_UNPACKING_MEMORY)


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """Wrap a stream so that its head can be looked at with `peek`."""
    return io.BufferedReader(_Bytes(stream.read), HEAD_BYTES)


def head_of(stream: io.BufferedReader) -> bytes:
    """Give the first bytes of a stream without taking them from it."""
    return stream.peek(HEAD_BYTES)[:HEAD_BYTES]


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """Unpack a stream that starts as .xz or .gz does; any other comes back as it is."""
    kind = magic(head_of(stream))
    if kind == "xz":
        read = _Xz(stream).read
    elif kind == "gzip":
        read = gzip.GzipFile(fileobj=stream).read
    else:
        return stream

    def checked(size: int) -> bytes:
        try:
            return read(size)
        except (EOFError, OSError, lzma.LZMAError, zlib.error) as error:
            raise UnreadableInput(
                _(
                    "The compressed file is damaged, cut off, or asks for too much memory. "
                    "Pack it again with the usual settings."
                )
            ) from error

    return io.BufferedReader(_Bytes(checked, limits.MAX_UNPACKED_BYTES), HEAD_BYTES)


def plain_name(name: str) -> str:
    """Give the name of the file inside a compressed one: `speeches.jsonl.xz`, `speeches.jsonl`."""
    for suffix in COMPRESSED:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def bounded_lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """Give numbered lines; one that is longer than any row is passed over and given as None."""
    number = 0
    while line := stream.readline(limits.MAX_LINE_BYTES + 1):
        number += 1
        if len(line) <= limits.MAX_LINE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limits.MAX_LINE_BYTES)
        yield number, None


def refuse_binary(head: bytes) -> None:
    """Refuse a row file that is something else entirely."""
    if kind := magic(head):
        raise UnreadableInput(
            _("The file holds no rows of text; it is %(what)s.") % {"what": describe(kind)}
        )
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableInput(_("The file is empty. Choose a file that holds rows."))
