"""The one entry for every format: tell what an input is, and read it."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import docx, html, legacy, limits, records, streams, tables
from .magic import describe, magic
from .mappings import FIELDS, RowMapping
from .parsed import ParsedSpeech, RowProblem, UnreadableInput

DOCUMENTS = {"legacy": legacy.parse, "html": html.parse, "docx": docx.parse}
ROWS = {"jsonl": records.parse, "csv": tables.parse}
FORMATS = (*DOCUMENTS, *ROWS)

_EXTENSIONS = {
    **dict.fromkeys(("txt", "text"), "legacy"),
    **dict.fromkeys(("html", "htm", "xhtml"), "html"),
    "docx": "docx",
    **dict.fromkeys(("jsonl", "ndjson", "json"), "jsonl"),
    **dict.fromkeys(("csv", "tsv", "tab"), "csv"),
}
_SPACE = b"\xef\xbb\xbf \t\r\n"
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_OBJECT = re.compile(rb"\{\s*(?:\"|\})")


def parse(
    stream: BinaryIO,
    name: str,
    format: str = "auto",
    mapping: Mapping[str, str] | None = None,
    source_url: str = "",
) -> Iterator[ParsedSpeech | RowProblem]:
    """Read an input of any format; rows come one by one, a document is one speech.

    Raises `UnreadableInput`, here or while iterating, when the input as a whole is bad.
    """
    source = streams.buffered(stream)
    if format == "auto":
        format = detect(name, streams.head_of(source))
    if format in ROWS:
        rows = ROWS[format]
        return rows(streams.unpacked(source), name, RowMapping(mapping), source_url)
    if format not in DOCUMENTS:
        raise UnreadableInput(
            _("There is no format “%(format)s”. The formats are: %(formats)s.")
            % {"format": format, "formats": ", ".join(FORMATS)}
        )
    if mapping is not None:
        raise UnreadableInput(_("A mapping is for rows. Leave it out for a single document."))
    return _document(source, format, source_url or name)


def detect(name: str, head: bytes) -> str:
    """Tell the format by what the file holds; a name that says otherwise is refused."""
    inner = streams.plain_name(name)
    if magic(head) in ("xz", "gzip"):
        source = io.BytesIO(head)
        try:
            head = streams.head_of(streams.unpacked(streams.buffered(source)))
        except UnreadableInput:
            # A head is cut off by nature; the name inside must then say what it is.
            head = b""
    named = _EXTENSIONS.get(inner.lower().rpartition(".")[2], "") if "." in inner else ""
    found = _by_content(head) or _by_header(head, named)
    if not found or (named and found != named):
        _refuse_mismatch(name, named, found)
    return found


def _document(source: io.BufferedReader, format: str, uri: str) -> Iterator[ParsedSpeech]:
    data = limits.read_document(source)
    if format != "docx" and (kind := magic(data[:16])):
        raise UnreadableInput(_("The file is %(what)s.") % {"what": describe(kind)})
    yield DOCUMENTS[format](data, uri)


def _by_content(head: bytes) -> str:
    """Tell a format that shows itself in the first bytes, or refuse one that is not read."""
    kind = magic(head)
    if kind == "zip":
        return "docx"
    if kind:
        raise UnreadableInput(_("The file is %(what)s.") % {"what": describe(kind)})
    start = head.lstrip(_SPACE)
    if _HTML.match(start):
        return "html"
    if _OBJECT.match(start):
        return "jsonl"
    return ""


def _by_header(head: bytes, named: str) -> str:
    """Part CSV from plain text: by field names in the first line, else by the file's name."""
    line = head.lstrip(_SPACE).partition(b"\n")[0].decode("utf-8", "replace")
    cells = {cell.strip(' "\r') for cell in line.split(tables.delimiter_of(line))}
    if len(cells & set(FIELDS)) >= 2:
        return "csv"
    return named if named in ("csv", "legacy", "jsonl") else "legacy"


def _refuse_mismatch(name: str, named: str, found: str) -> None:
    raise UnreadableInput(
        _("The file %(name)s is named as %(named)s, but it is %(what)s.")
        % {"name": name, "named": named or "?", "what": describe(found)}
    )
