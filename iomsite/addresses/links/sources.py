"""Where links come from: each app says which ones its public pages show.

This package stands below the apps and knows none of their models. An app registers, when it is
ready, a function that yields its links; `gather` asks them all.
"""

import html
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Model, QuerySet

from iomsite.addresses.models import kind_of

_HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


class FoundLink(NamedTuple):
    """A link, and the item whose public page shows it."""

    kind: str
    item: int
    url: str


LinkSource = Callable[[], Iterator[FoundLink]]

_sources: dict[str, LinkSource] = {}


def register(name: str, source: LinkSource) -> None:
    """Let a function be asked for links; the same name again replaces the first."""
    _sources[name] = source


def all_links() -> Iterator[FoundLink]:
    """Yield every link that public pages show, as often as it stands there."""
    for source in _sources.values():
        yield from source()


def in_html(body: str) -> Iterator[str]:
    """Yield the addresses that sanitized HTML links to, on whatever server."""
    for href in _HREF.findall(body):
        url = html.unescape(href)
        if url.lower().startswith(("http://", "https://")):
            yield url


def in_column(
    rows: QuerySet, column: str, *, item: str = "pk", of: type[Model] | None = None
) -> Iterator[FoundLink]:
    """Yield what a column of addresses holds, row by row.

    `item` leads from a row to the key of its item, of the kind `of`; without them the rows
    are the items themselves.
    """
    kind = kind_of(of or rows.model)
    filled = rows.order_by().exclude(**{column: ""}).values_list(item, column)
    for key, url in filled.iterator(chunk_size=2000):
        yield FoundLink(kind, key, url)


def in_bodies(
    rows: QuerySet, column: str, *, item: str = "pk", of: type[Model] | None = None
) -> Iterator[FoundLink]:
    """Yield the links in a column of HTML, in the same way."""
    linking = rows.filter(**{f"{column}__contains": 'href="'})
    for found in in_column(linking, column, item=item, of=of):
        for url in in_html(found.url):
            yield found._replace(url=url)
