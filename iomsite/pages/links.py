"""The links that lead out of the site's own sections."""

from collections.abc import Iterator

from iomsite.addresses.links.sources import FoundLink, in_bodies
from iomsite.pages.models import Page, PageText


def links_of_pages() -> Iterator[FoundLink]:
    """Yield the links in the texts of published pages."""
    public = Page.objects.published().order_by().values("pk")
    texts = PageText.objects.filter(page__in=public)
    yield from in_bodies(texts, "body", item="page", of=Page)
