"""The Atom feed of a search (RFC 4287)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from iomsite.languages import html_language
from speeches.search.outputs.facts import Facts, printable

MOST_ENTRIES = 50
LONGEST_SUMMARY = 1000
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class SearchFeed(Atom1Feed):
    """A feed that is the same text as long as the archive is the same."""

    def latest_post_date(self) -> datetime:
        """Return when the latest entry changed; a feed without any has never changed."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def feed_of(
    hits: Iterable[Facts],
    *,
    title: str,
    author: str,
    site: str,
    page_address: str,
    feed_address: str,
    language: str,
) -> str:
    """Return the feed as XML.

    An entry is known for ever by the day its speech was entered and its number, whatever
    happens to its address or title.
    """
    feed = SearchFeed(
        title=printable(title),
        link=page_address,
        description=None,
        language=html_language(language),
        author_name=printable(author),
        feed_url=feed_address,
        feed_guid=page_address,
    )
    authority = site.partition("://")[2].partition(":")[0]
    for hit in hits:
        speech = hit.speech
        feed.add_item(
            title=printable(hit.text.title),
            link=hit.paragraphs[0].address if hit.paragraphs else hit.address,
            description=escape(printable(_summary(hit))),
            author_name=printable(", ".join(hit.speakers)) or None,
            unique_id=f"tag:{authority},{speech.created_at:%Y-%m-%d}:speech/{speech.pk}",
            pubdate=speech.published_at,
            updateddate=max(filter(None, (speech.published_at, speech.updated_at))),
            categories=[speech.get_delivery_status_display()],
            language=html_language(hit.text.language),
        )
    return feed.writeString("utf-8")


def _summary(hit: Facts) -> str:
    """Return the matching paragraph, else what lists say of the speech."""
    text = hit.paragraphs[0].passage.text if hit.paragraphs else hit.text.short_description
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[:LONGEST_SUMMARY]
    return f"{cut.rpartition(' ')[0] or cut} …"
