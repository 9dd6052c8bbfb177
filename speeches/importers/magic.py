"""What a file really is, told by its first bytes."""

from django.utils.translation import gettext as _

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3\x00", "database"),
)


def magic(head: bytes) -> str:
    """Name the binary format that starts with these bytes, or return an empty string."""
    return next((name for mark, name in _MAGIC if head.startswith(mark)), "")


def describe(name: str) -> str:
    """Say in words what a file is and what to do about it."""
    return {
        "zip": _("a zip archive: unpack it and give the files one by one"),
        "ole": _("an old Word file (.doc) or one with a password: save it as .docx without one"),
        "pdf": _("a PDF: give the Word file or the web page it was made from"),
        "rtf": _("a rich text file (.rtf): open it in Word and save it as .docx"),
        "xz": _("compressed by xz: unpack it first"),
        "gzip": _("compressed by gzip: unpack it first"),
        "bzip2": _("compressed by bzip2: unpack it first"),
        "image": _("a picture: give the text itself"),
        "database": _("a database: export its rows as CSV"),
        "html": _("a web page: name it .html"),
        "jsonl": _("JSON Lines: name it .jsonl"),
        "docx": _("a Word document: name it .docx"),
    }.get(name, _("plain text: name it .txt"))
