"""CSV as spreadsheets write it: a header of field names, then one speech a row."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import limits
from .encodings import encoding_of
from .mappings import RowMapping
from .parsed import ParsedSpeech, RowProblem, UnreadableInput
from .rows import RowReader
from .streams import head_of, refuse_binary

_DELIMITERS = (",", ";", "\t")


def parse(
    stream: io.BufferedReader, name: str, mapping: RowMapping, source_url: str = ""
) -> Iterator[ParsedSpeech | RowProblem]:
    """Read CSV as a stream. Rows are numbered as a spreadsheet does, the header being row 1."""
    head = head_of(stream)
    refuse_binary(head)
    # The encoding is told from the file's beginning; what does not fit it later is refused.
    encoding = encoding_of(head, complete=False)
    text = io.TextIOWrapper(stream, encoding, newline="")
    # Python's own limit of 128 KB for a cell is shorter than many speeches.
    csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_TEXT_CHARACTERS + 1))
    delimiter = delimiter_of(head.decode(encoding, "replace").strip().partition("\n")[0])
    rows = csv.reader(_bounded(text), delimiter=delimiter, strict=True)
    header = _header(rows, mapping)
    reader = RowReader("csv", name, mapping, source_url)
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            # After a broken quotation there is no telling where the next row begins.
            yield reader.problem(number, "", _stopped(str(error)))
            return
        except UnicodeDecodeError as error:
            raise UnreadableInput(
                _("From row %(row)d on the file is not valid %(encoding)s. Save it as UTF-8.")
                % {"row": number, "encoding": error.encoding}
            ) from error
        if len(cells) > len(header):
            yield reader.problem(number, "", _too_many(len(cells), len(header)))
        elif any(map(str.strip, cells)):
            yield from reader.read(number, dict(zip(header, cells, strict=False)))


def delimiter_of(line: str) -> str:
    """Tell which sign parts the columns of a header."""
    return max(_DELIMITERS, key=line.count)


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(limits.MAX_TEXT_CHARACTERS + 1):
        yield line


def _header(rows: Iterator[list[str]], mapping: RowMapping) -> list[str]:
    """Read the names of the columns and check them; a typo there would empty every row."""
    try:
        header = [cell.strip() for cell in next(rows, [])]
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableInput(
            _("The first row is no header of CSV. Write the names of the columns there.")
        ) from error
    doubled = next((name for name in header if name and header.count(name) > 1), "")
    if doubled:
        raise UnreadableInput(
            _("The column “%(name)s” stands twice in the header. Rename or remove one.")
            % {"name": doubled}
        )
    required = ["title"] if "texts" not in header else []
    needed = required if mapping.identity else mapping.columns()
    missing = [name for name in needed if name not in header]
    if missing:
        raise UnreadableInput(
            _("The header has no column “%(name)s”. It has: %(header)s.")
            % {"name": missing[0], "header": ", ".join(header)[:300]}
        )
    return header


def _stopped(reason: str) -> str:
    return _(
        "The row is no valid CSV (%(reason)s), so reading stopped here. "
        "Check its quotation marks and save the sheet again as CSV UTF-8."
    ) % {"reason": reason}


def _too_many(cells: int, columns: int) -> str:
    return _(
        "The row has %(cells)d cells, the header %(columns)d. "
        "Put cells that hold the separator in quotation marks."
    ) % {"cells": cells, "columns": columns}
