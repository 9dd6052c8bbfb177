"""Searching the record: the page of what answers the query in its address."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from speeches.search.answers.engine import find
from speeches.search.answers.found import Found
from speeches.search.index.backends.base import TooSlow
from speeches.search.queries.echo import Part, sentence
from speeches.search.queries.query import NEWEST, Query, from_parameters
from speeches.search.results import controls
from speeches.search.results.corrections import correction_sentences
from speeches.search.results.entries import cards_of, words_of
from speeches.search.results.facets import facets_of, shown_number
from speeches.search.results.hits import hits_of
from speeches.search.results.next_steps import is_quotation, next_steps
from speeches.search.results.tags import labels_of, tags_of, without_tags
from speeches.search.results.year_chart import year_chart

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what answers the query in the address, or how to ask when there is none."""
    query = from_parameters(request.GET)
    around = {
        "query": query,
        "title": _("Search"),
        "state": query.urlencode(),
        "options": controls.options_of(query),
        "kept": controls.kept_by_the_box(query),
        "examples": controls.examples(),
        "notices": query.notices,
    }
    try:
        answer = {} if query.is_empty else _answer(query, page_number(request))
        status = HTTPStatus.OK
    except TooSlow:
        answer, status = {"notices": [too_slow()]}, HTTPStatus.SERVICE_UNAVAILABLE
    page = render(request, "speeches/search/page.html", around | answer, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        page["Retry-After"] = "60"
    return page


def too_slow() -> str:
    return _("This search takes too long. Ask for fewer or rarer words, or try again in a minute.")


def page_number(request: HttpRequest) -> int:
    """Return the page of results that the address asks for; the first, if it says nonsense."""
    number = request.GET.get("page", "")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def _answer(query: Query, number: int) -> dict[str, Any]:
    """Return what the page shows of one search."""
    found = find(query, page=number, per_page=PER_PAGE)
    last_page = Paginator(range(found.total), PER_PAGE).num_pages
    if number > last_page:
        return _answer(query, last_page)
    facets = facets_of(found)
    labels = labels_of(found.query, facets)
    tags = tags_of(found.query, labels)
    hits = hits_of(found)
    count, echo = _count(found), sentence(found.query, labels)
    first, last = controls.dates_of(found.query)
    return {
        "found": found,
        "title": f"{echo} ({count})",
        "state": found.query.urlencode(),
        "echo": echo,
        "count": count,
        "notices": [*query.notices, *found.notices],
        "corrections": correction_sentences(found),
        "tags": tags,
        "clear_url": f"?{without_tags(found.query).urlencode()}",
        "cards": cards_of(query, found) if number == 1 else [],
        "orders": controls.orders_of(found.query),
        "facets": facets,
        "chart": year_chart(found),
        "first": first,
        "last": last,
        "kept_beside_years": controls.kept_by_the_years(found.query),
        "hits": hits,
        "ranked": shown_number(found.ranked) if found.ranked else "",
        "by_date_url": f"?{found.query.with_sort(NEWEST).urlencode()}",
        "page": Page(hits, number, Paginator(range(found.total), PER_PAGE)),
        "trend": urlencode({"phrase": words_of(found.query)}) if found.query.has_words else "",
        **_help(found, tags),
    }


def _help(found: Found, tags: list[Part]) -> dict[str, Any]:
    """Return what a page without hits offers instead."""
    if found.total:
        return {}
    return {
        "steps": next_steps(found.query, tags),
        "is_quotation": is_quotation(found.query),
    }


def _count(found: Found) -> str:
    told = ngettext("%(number)s speech", "%(number)s speeches", found.total)
    return told % {"number": shown_number(found.total)}
