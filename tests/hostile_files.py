"""Files that mean harm, made on the spot, and honest ones of the same kinds beside them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from docx import Document
from openpyxl import Workbook
from PIL import Image

HTML = b"<html><body onload=alert(1)><script>alert(1)</script></body></html>"
TYPES = "[Content_Types].xml"
WORD = (
    b'<?xml version="1.0" encoding="UTF-8"?><Types><Override ContentType="application/vnd.'
    b'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def picture_bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that claims to be `side` × `side` pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + png_chunk(b"IEND", b"")
    )


def large_picture(side: int) -> bytes:
    """Return a whole PNG of one colour: few bytes, many pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * side * (side * 3 + 1), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", rows)
        + png_chunk(b"IEND", b"")
    )


def comment_bomb() -> bytes:
    """Return a small PNG with a comment that unpacks to 100 MB."""
    whole = picture()
    text = b"Comment\x00\x00" + zlib.compress(b"\x00" * 100_000_000, 9)
    return whole[:33] + png_chunk(b"zTXt", text) + whole[33:]


def animation(frames: int) -> bytes:
    content = io.BytesIO()
    pictures = [Image.new("P", (500, 500), number % 256) for number in range(frames)]
    pictures[0].save(content, "GIF", save_all=True, append_images=pictures[1:])
    return content.getvalue()


def office(*parts: tuple[str, bytes], types: bytes = WORD) -> bytes:
    """Return an archive of the outward form of a Word file, with some parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in ((TYPES, types), ("word/document.xml", b"<w/>"), *parts):
            archive.writestr(name, words)
    return content.getvalue()


def open_document(kind: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<office/>")
    return content.getvalue()


def word() -> bytes:
    content = io.BytesIO()
    Document().save(content)
    return content.getvalue()


def workbook() -> bytes:
    content = io.BytesIO()
    Workbook().save(content)
    return content.getvalue()


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    """Rename a part in an archive to a name that no honest program would write."""
    assert len(old) == len(new)
    return content.replace(old, new)


def nested_bomb(depth: int) -> bytes:
    inner = office(("zeros.bin", b"\x00" * 900_000))
    for _level in range(depth):
        inner = office(("word/embeddings/inner.docx", inner))
    return inner


def many_parts_bomb() -> bytes:
    """Unpack to 290 MB from parts that are each below the limits of one part."""
    return office(*((f"media/{n}.bin", b"\x00" * 1_000_000) for n in range(290)))


def overlapping_bomb() -> bytes:
    """Let the table of contents name one part many times, each time under another name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, WORD)
        archive.writestr("big.bin", b"\x00" * 900_000)
        first = archive.getinfo("big.bin")
        for number in range(100):
            again = zipfile.ZipInfo(f"big{number}.bin")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(again, name, getattr(first, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    return content.getvalue()


def lying_sizes() -> bytes:
    """Say in the table of contents that a part of 50 MB has 10 bytes."""
    content = office(("zeros.bin", b"\x00" * 50_000_000))
    return content.replace(struct.pack("<I", 50_000_000), struct.pack("<I", 10))


def box(kind: bytes, words: bytes = b"") -> bytes:
    return struct.pack(">I", len(words) + 8) + kind + words


def video() -> bytes:
    return box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"moov", b"x" * 40) + box(b"mdat", b"y" * 99)


def sound() -> bytes:
    body = (
        b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data\x00\x00\x00\x00"
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def ogg() -> bytes:
    return b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x1e\x01vorbis" + b"\x00" * 30


HONEST: dict[str, Callable[[], bytes]] = {
    "paper.pdf": lambda: b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF",
    "paper.docx": word,
    "table.xlsx": workbook,
    "chart in paper.docx": lambda: office(("word/embeddings/sheet.xlsx", workbook())),
    "slides.odp": lambda: open_document("presentation"),
    "paper.odt": lambda: open_document("text"),
    "speech.mp3": lambda: b"ID3\x04" + b"\x00" * 5 + b"\x0a" + b"\x00" * 10 + b"\xff\xfb\x90d" * 9,
    "untagged.mp3": lambda: b"\xff\xfb\x90\x64" * 99,
    "speech.m4a": video,
    "speech.mp4": video,
    "speech.ogg": ogg,
    "speech.webm": lambda: b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB\x87\x81\x04",
    "speech.wav": sound,
    "picture.png": lambda: picture("PNG"),
    "picture.jpg": lambda: picture("JPEG"),
    "PICTURE.JPEG": lambda: picture("JPEG"),
    "picture.webp": lambda: picture("WEBP"),
    "words.txt": lambda: "\ufeffWords – в словах\r\nmore < less & 3 > 2".encode(),
    "table.csv": lambda: b"name;year\nA;1951\n",
    "captions.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Good <i>morning</i>\n",
    "captions.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\nGood morning\n",
}  # fmt: skip

HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # What it is: its name, its content, what the refusal says.
    "a drawing with scripts": ("paper.svg", lambda: b"<svg onload=alert(1)/>", "not accepted"),
    "a web page": ("paper.html", lambda: HTML, "not accepted"),
    "a program": ("paper.exe", lambda: b"MZ", "not accepted"),
    "no ending": ("paper", lambda: b"%PDF-1.7", "not accepted"),
    "an ending only": (".pdf", lambda: b"%PDF-1.7", "not accepted"),
    "a server's own file": (".htaccess", lambda: b"AddType text/html .txt", "not accepted"),
    "a macro file": ("paper.docm", word, "not accepted"),
    "an animated picture": ("picture.gif", lambda: animation(2), "not accepted"),
    "a program named as PDF": ("paper.pdf", lambda: b"MZ\x90", "holds something else"),
    "a PDF after rubbish": ("paper.pdf", lambda: b"\n%PDF-1.7", "holds something else"),
    "a page named as Word": ("paper.docx", lambda: HTML, "holds something else"),
    "a workbook named as Word": ("paper.docx", workbook, "holds something else"),
    "Word named as a workbook": ("table.xlsx", word, "holds something else"),
    "any zip named as Word": ("paper.docx", lambda: office(types=b"<Types/>"), "something else"),
    "slides named as a text": ("a.odt", lambda: open_document("presentation"), "something else"),
    "a GIF named as PNG": ("picture.png", lambda: animation(2), "holds something else"),
    "a JPEG named as PNG": ("picture.png", lambda: picture("JPEG"), "holds something else"),
    "a drawing named as PNG": ("picture.png", lambda: b"<svg/>", "no whole PNG"),
    "zeros named as a text": ("notes.txt", lambda: b"\x00\x01", "holds something else"),
    "a PDF named as a text": ("notes.txt", lambda: b"%PDF-1.7 words", "holds something else"),
    "rubbish named as sound": ("s.mp3", lambda: b"\xff\xff\xff\xff" * 50, "something else"),
    "a page named as sound": ("s.mp3", lambda: b"ID3" + HTML, "holds something else"),
    "a page named as a film": ("s.mp4", lambda: b"\x00\x00\x00\x08ftyp" + HTML, "something else"),
    "an empty film": ("s.mp4", lambda: box(b"ftyp", b"isom"), "holds something else"),
    "rubbish named as Ogg": ("s.ogg", lambda: b"OggS" + b"\x00" * 90, "holds something else"),
    "Matroska named as WebM": ("s.webm", lambda: b"\x1aE\xdf\xa3B\x82\x88matroska", "something"),
    "an AVI named as WAV": ("s.wav", lambda: sound().replace(b"WAVE", b"AVI "), "something else"),
    "an empty picture": ("picture.png", lambda: b"", "no whole PNG"),
    "half a picture": ("picture.jpg", lambda: picture("JPEG", (400, 300))[:500], "no whole PNG"),
    "half an archive": ("paper.docx", lambda: word()[:5000], "damaged"),
    "text in Latin-1": ("notes.txt", lambda: "café".encode("latin-1"), "not in UTF-8"),
    "text in UTF-16": ("notes.txt", lambda: "Words".encode("utf-16"), "not in UTF-8"),
    "text that is a page": ("notes.txt", lambda: b"\n <!DOCTYPE html><p>x", "tags of a web page"),
    "text with a script": ("t.csv", lambda: b"a;" * 9000 + b"<ScRiPt>x", "tags of a web page"),
    "captions with a picture": ("c.vtt", lambda: b"WEBVTT\n\n<img src=x onerror=alert(1)>", "tags"),
    "PDF and page": ("paper.pdf", lambda: b"%PDF-1.7\n" + HTML, "two kinds of file"),
    "PDF with a script behind": (
        "paper.pdf", lambda: b"%PDF-1.7\n" + b"0" * 2_097_140 + b"<SCRIPT>x", "two kinds of file"),
    "PDF and archive": ("paper.pdf", lambda: b"%PDF-1.7\n" + word(), "two kinds of file"),
    "archive and page": ("paper.docx", lambda: word() + HTML, "two kinds of file"),
    "GIF and archive": ("paper.docx", lambda: b"GIF89a" + word(), "holds something else"),
    "film and page": ("s.mp4", lambda: video() + box(b"free", HTML), "two kinds of file"),
    "sound and archive": ("s.wav", lambda: sound() + word(), "two kinds of file"),
    "macros inside": ("p.docx", lambda: office(("word/vbaProject.bin", b"x")), "macros"),
    "a program inside": ("p.docx", lambda: office(("word/embeddings/a.EXE", b"MZ")), "macros"),
    "a page inside": ("p.docx", lambda: office(("word/chunk.html", HTML)), "macros"),
    "entities inside": (
        "p.docx", lambda: office(("word/a.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>")), "damaged"),
    "entities in UTF-16": (
        "p.docx", lambda: office(("word/a.xml", "<!DOCTYPE a>".encode("utf-16"))), "damaged"),
    "a way out by dots": ("p.docx", lambda: office(("../../etc/cron.d/a", b"x")), "damaged"),
    "a way out by a root": ("p.docx", lambda: office(("/etc/passwd", b"x")), "damaged"),
    "a way out of Windows": ("p.docx", lambda: renamed(
        office(("word/qqqqq.bin", b"x")), b"word/qqqqq.bin", b"..\\..\\evil.bin"), "damaged"),
    "one name twice": ("p.docx", lambda: renamed(
        office(("word/1.xml", b"<a/>"), ("word/2.xml", b"<b/>")), b"word/1.xml", b"word/2.xml"),
        "damaged"),
    "a bomb of zeros": ("p.docx", lambda: office(("a.bin", b"\x00" * 150_000_000)), "unpacks"),
    "a bomb of many parts": ("p.docx", many_parts_bomb, "unpacks"),
    "a bomb of shared parts": ("p.docx", overlapping_bomb, "unpacks"),
    "a bomb in archives": ("p.docx", lambda: nested_bomb(3), "unpacks"),
    "sizes that lie": ("p.docx", lying_sizes, "damaged|unpacks"),
    "a picture bomb": ("picture.png", lambda: picture_bomb(60_000), "40 million pixels"),
    "a picture bomb below": ("picture.png", lambda: picture_bomb(6_300), "no whole PNG"),
    "a picture bomb cut short": ("picture.png", lambda: large_picture(6_300)[:-3000], "no whole"),
    "a comment bomb": ("picture.png", comment_bomb, "no whole PNG"),
}  # fmt: skip


@cache
def hostile(what: str) -> bytes:
    return HOSTILE[what][1]()
