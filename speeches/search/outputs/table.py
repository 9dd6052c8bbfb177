"""A search as a table: a row for each speech, written a batch at a time."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence

from initiatives.columns import protect
from iomsite.languages import html_language
from speeches.search.outputs.facts import Facts, printable

MOST_ROWS = 5000
BATCH = 500
BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that a table is UTF-8."""

COLUMNS: dict[str, Callable[[Facts], object]] = {
    "reference": lambda hit: hit.speech.reference,
    "address": lambda hit: hit.address,
    "title": lambda hit: hit.text.title,
    "language": lambda hit: html_language(hit.text.language),
    "delivered_on": lambda hit: hit.delivered_on,
    "delivery_status": lambda hit: hit.speech.delivery_status,
    "speakers": lambda hit: "; ".join(hit.speakers),
    "offices": lambda hit: "; ".join(filter(None, hit.offices)),
    "on_behalf_of_countries": lambda hit: "; ".join(
        filter(None, (part.on_behalf_of_country for part in hit.speech.contributions.all()))
    ),
    "meeting": lambda hit: hit.meeting,
    "place": lambda hit: hit.speech.place,
    "country": lambda hit: hit.speech.country,
    "matching_paragraphs": lambda hit: hit.paragraph_count,
    "paragraph_address": lambda hit: hit.paragraphs[0].address if hit.paragraphs else "",
    "paragraph": lambda hit: hit.paragraphs[0].passage.text if hit.paragraphs else "",
    "citation": lambda hit: hit.citation,
}
"""What stands in each column; docs/search.md explains them."""


class _Line:
    """What a csv writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def table_of(batches: Iterable[Sequence[Facts]], *, raw: bool, last_line: str) -> Iterator[str]:
    """Yield the table as text, a batch of lines at a time.

    Cells that a spreadsheet program would run as a formula get an apostrophe, and characters
    that no program shows are dropped; `raw` keeps every cell as it is on record.
    """
    writer = csv.writer(_Line())
    yield ("" if raw else BYTE_ORDER_MARK) + writer.writerow(COLUMNS)
    for batch in batches:
        yield "".join(writer.writerow(_cells(hit, raw)) for hit in batch)
    if last_line:
        yield writer.writerow([last_line])


def _cells(hit: Facts, raw: bool) -> list[str]:
    cells = [str(column(hit)) for column in COLUMNS.values()]
    return cells if raw else [protect(printable(cell)) for cell in cells]
