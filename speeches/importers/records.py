"""JSON Lines: one object a line, each a speech."""

import io
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from . import limits
from .mappings import RowMapping
from .parsed import ParsedSpeech, RowProblem, UnreadableInput
from .rows import RowReader
from .streams import bounded_lines, head_of, refuse_binary

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(
    stream: io.BufferedReader, name: str, mapping: RowMapping, source_url: str = ""
) -> Iterator[ParsedSpeech | RowProblem]:
    """Read JSON Lines as a stream; a bad line is reported and the others go on."""
    head = head_of(stream)
    refuse_binary(head)
    if head.startswith(_UTF16_MARKS):
        raise UnreadableInput(_("The file is in UTF-16. Save it as UTF-8 and try again."))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0].strip() in (b"{", b"["):
        raise UnreadableInput(
            _("The JSON is spread over several lines. Write one whole object on each line.")
        )
    reader = RowReader("jsonl", name, mapping, source_url)
    for number, line in bounded_lines(stream):
        if line is None:
            yield reader.problem(
                number,
                "",
                _("The line is longer than %(limit)d MB. Check that each object has its own line.")
                % {"limit": limits.MAX_LINE_BYTES // 1024**2},
            )
        elif stripped := line.removeprefix(_BYTE_ORDER_MARK if number == 1 else b"").strip():
            yield from _read(reader, number, stripped)


def _read(reader: RowReader, number: int, line: bytes) -> list[ParsedSpeech | RowProblem]:
    try:
        row: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        message = _("The line is not UTF-8. Save the file as UTF-8 and try again.")
        return [reader.problem(number, "", message)]
    except (ValueError, RecursionError):
        message = _("The line is no valid JSON. Write one whole object on each line.")
        return [reader.problem(number, "", message)]
    if not isinstance(row, dict):
        message = _('The line holds no object. Write it in braces, as {"title": …}.')
        return [reader.problem(number, "", message)]
    return reader.read(number, row)
