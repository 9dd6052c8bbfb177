"""Recordings: the container is walked, so that its name alone proves nothing."""

import struct
from typing import BinaryIO

from .refusals import NotWhatItSays, two_files_in_one

MAX_BOXES = 20_000
_HEAD = 4096


def examine_mp3(stream: BinaryIO, size: int) -> None:
    """Look for a frame of sound where the tag in front says that it starts."""
    stream.seek(0)
    head = stream.read(10)
    start = 0
    if head.startswith(b"ID3") and len(head) == 10:
        start = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0)))  # noqa: B905
    stream.seek(min(start, size))
    after = stream.read(_HEAD).lstrip(b"\x00")
    if not _is_frame(after[:4]):
        raise NotWhatItSays


def _is_frame(head: bytes) -> bool:
    return (
        len(head) == 4
        and head[0] == 0xFF
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x06 != 0
        and head[2] & 0xF0 != 0xF0
        and head[2] & 0x0C != 0x0C
    )


def examine_mp4(stream: BinaryIO, size: int) -> None:
    """Walk the boxes to the end of the file: one of them has to describe a recording."""
    kinds: list[bytes] = []
    place = 0
    while place < size and len(kinds) < MAX_BOXES:
        stream.seek(place)
        head = stream.read(16)
        if len(head) < 8:
            break
        length, kind = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            length = struct.unpack(">Q", head[8:])[0]
        kinds.append(kind)
        if kinds[0] != b"ftyp":
            raise NotWhatItSays
        if length == 0:
            break
        if length < 8 or not kind.isascii():
            raise two_files_in_one()
        place += length
    if b"moov" not in kinds:
        raise NotWhatItSays


def examine_ogg(stream: BinaryIO, size: int) -> None:
    stream.seek(0)
    head = stream.read(512)
    opens = head[:6] == b"OggS\x00\x02"
    codecs = (b"vorbis", b"OpusHead", b"theora", b"Speex", b"FLAC", b"fishead")
    if not opens or not any(codec in head for codec in codecs):
        raise NotWhatItSays


def examine_webm(stream: BinaryIO, size: int) -> None:
    stream.seek(0)
    head = stream.read(128)
    if not head.startswith(b"\x1aE\xdf\xa3") or b"\x42\x82" not in head or b"webm" not in head:
        raise NotWhatItSays


def examine_wav(stream: BinaryIO, size: int) -> None:
    stream.seek(0)
    head = stream.read(_HEAD)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE" or b"fmt " not in head:
        raise NotWhatItSays
    if struct.unpack("<I", head[4:8])[0] + 8 + 1 < size:
        raise two_files_in_one()
