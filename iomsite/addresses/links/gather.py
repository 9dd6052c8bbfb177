"""Writing down which links public pages show today. What none shows any more is forgotten."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from urllib.parse import urldefrag, urlsplit

from django.utils import timezone

from iomsite.addresses.links.sources import FoundLink
from iomsite.addresses.models import LONGEST_URL, LinkPlace, OutgoingLink

BATCH = 500


def gather(found: Iterable[FoundLink]) -> int:
    """Bring the list of links up to date with what is found; return how many there are."""
    began = timezone.now()
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        _write(batch, began)
    LinkPlace.objects.exclude(seen_at=began).delete()
    OutgoingLink.objects.filter(places__isnull=True).delete()
    return OutgoingLink.objects.count()


def key_of(url: str) -> str:
    """Return what a link is known by, however long it is."""
    return hashlib.sha256(url.encode()).hexdigest()


def _write(batch: Iterable[FoundLink], seen_at: datetime) -> None:
    # What comes after # is looked up by the browser; the server is asked for one address.
    by_key = {}
    for link in batch:
        url = urldefrag(link.url.strip()).url
        if url and len(url) <= LONGEST_URL:
            by_key[key_of(url), link.kind, link.item] = url
    OutgoingLink.objects.bulk_create(
        [
            OutgoingLink(key=key, url=url, host=_host(url))
            for key, url in {key: url for (key, _kind, _item), url in by_key.items()}.items()
        ],
        ignore_conflicts=True,
    )
    keys = {key for key, _kind, _item in by_key}
    known = dict(OutgoingLink.objects.filter(key__in=keys).values_list("key", "pk"))
    LinkPlace.objects.bulk_create(
        [
            LinkPlace(link_id=known[key], kind=kind, item=item, seen_at=seen_at)
            for key, kind, item in by_key
        ],
        update_conflicts=True,
        unique_fields=["link", "kind", "item"],
        update_fields=["seen_at"],
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""
