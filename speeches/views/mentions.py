"""Following an entry through the speeches that name it: its paragraphs, and a feed of them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iomsite.languages import current_language, html_language
from iomsite.paging import page_of
from speeches.mentions.chart import chart_of
from speeches.mentions.entries import Entry, public_entry_at
from speeches.mentions.reading import (
    hits_of,
    mentions_about,
    passages_about,
    speakers_of,
    together_with,
    with_speakers,
    years_of,
)
from speeches.search.outputs.facts import printable
from speeches.search.outputs.feed import SearchFeed

MOST_ENTRIES = 50
LONGEST_SLUG = 120


@require_safe
def mentions_of(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Show the paragraphs that name an entry, newest first, of a year or a speaker if asked."""
    entry = _entry(kind, slug)
    years, speakers = years_of(entry.target), speakers_of(entry.target)
    year, speaker = _year(request), request.GET.get("speaker", "")[:LONGEST_SLUG]
    if "\x00" in speaker:
        raise Http404
    page = page_of(request, with_speakers(passages_about(entry.target, year, speaker)))
    return render(
        request,
        "speeches/mentions.html",
        {
            "entry": entry,
            "page": page,
            "hits": hits_of(page.object_list, entry.target),
            "years": [one for one in reversed(years) if one.year is not None],
            "speakers": speakers,
            "chosen_year": year,
            "chosen_speaker": speaker,
            "chart": chart_of(years),
            "first": min((one.first for one in years if one.first), default=None),
            "last": max((one.last for one in years if one.last), default=None),
            "total": sum(one.paragraphs for one in years),
            "together": together_with(entry.target),
        },
    )


@require_safe
def mentions_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Follow an entry: the paragraphs that were last found to name it, as an Atom feed."""
    entry = _entry(kind, slug)
    page = request.build_absolute_uri(entry.mentions_url)
    feed = SearchFeed(
        title=printable(_("Mentions of %(name)s") % {"name": entry.name.text}),
        link=page,
        description=None,
        language=html_language(current_language()),
        author_name=printable(settings.SITE_NAME),
        feed_url=request.build_absolute_uri(),
        feed_guid=page,
    )
    rows = mentions_about(entry.target).select_related("passage__speech_text__speech")
    for mention in rows.order_by("-decided_at", "-pk")[:MOST_ENTRIES]:
        text = mention.passage.speech_text
        address = f"{text.address}#{mention.passage.anchor}"
        feed.add_item(
            title=printable(text.title),
            link=request.build_absolute_uri(address),
            description=escape(printable(mention.passage.text[:1000])),
            unique_id=f"tag:{request.get_host().partition(':')[0]},2026:mention/{mention.pk}",
            pubdate=text.speech.published_at,
            updateddate=mention.decided_at or text.speech.published_at,
            language=html_language(text.language),
        )
    answer = HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _entry(kind: str, slug: str) -> Entry:
    """Return the public entry at an address. Raises Http404."""
    entry = public_entry_at(kind.replace("-", "_"), slug) if "_" not in kind else None
    if entry is None:
        raise Http404
    return entry


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and asked > "0000"):
        raise Http404
    return int(asked)
