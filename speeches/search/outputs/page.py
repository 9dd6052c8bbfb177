"""One page of a search as JSON. docs/search.md lists the keys; a test keeps the two together."""

from collections.abc import Iterable
from typing import Any

from iomsite.languages import html_language
from speeches.search.answers.found import Found
from speeches.search.outputs.facts import Facts, Paragraph
from speeches.search.words.highlight import Matcher, snippet

MOST_PER_PAGE = 100
DEEPEST_PAGE = 50


def page_as_json(
    found: Found,
    hits: Iterable[Facts],
    *,
    understood: str,
    page: int,
    per_page: int,
    addresses: dict[str, str | None],
    facets: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return the values of one page, ready to be written as JSON.

    `addresses` are those of this page, of the next and the previous one, and of the page
    that people read.
    """
    query = found.query
    return {
        "query": {
            "text": query.text,
            "understood": understood,
            "sort": query.order,
            "notices": [*query.notices, *found.notices],
            "corrections": [
                {"word": correction.word, "replacement": correction.replacement or None}
                for correction in found.corrections
            ],
        },
        "total": found.total,
        "ranked_passages": found.ranked,
        "page": page,
        "per_page": per_page,
        **addresses,
        "hits": [_hit(hit, found.matcher) for hit in hits],
        "facets": facets,
    }


def _hit(hit: Facts, matcher: Matcher) -> dict[str, Any]:
    speech = hit.speech
    meeting = {"name": hit.meeting, "address": hit.meeting_address}
    return {
        "reference": speech.reference,
        "address": hit.address,
        "title": hit.text.title,
        "language": html_language(hit.text.language),
        "languages": [html_language(text.language) for text in speech.texts.all()],
        "citation": hit.citation,
        "delivered_on": hit.delivered_on or None,
        "delivery_status": speech.delivery_status,
        "place": speech.place or None,
        "country": speech.country or None,
        "meeting": meeting if hit.meeting else None,
        "speakers": [
            {
                "name": part.name_for_public,
                "office": part.office_for_public or None,
                "role": part.role,
                "on_behalf_of_country": part.on_behalf_of_country or None,
            }
            for part in speech.contributions.all()
        ],
        "passages": [_passage(paragraph, matcher) for paragraph in hit.paragraphs],
        "passage_count": hit.paragraph_count,
    }


def _passage(paragraph: Paragraph, matcher: Matcher) -> dict[str, str]:
    passage = paragraph.passage
    return {
        "anchor": passage.anchor,
        "address": paragraph.address,
        "language": html_language(passage.language),
        "text": passage.text,
        "html": str(snippet(passage.text, passage.language, matcher)),
    }
