"""Every search as a feed to follow, as JSON and as a table, at addresses like its page's.

What a program asks wrongly is refused with a sentence: leaving a condition out, as the page
for people does with a notice, would hand a program speeches that it did not ask for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iomsite.languages import current_language
from speeches.search.answers.engine import find
from speeches.search.index.backends.base import TooSlow
from speeches.search.outputs.facts import Facts, facts_of
from speeches.search.outputs.feed import MOST_ENTRIES, feed_of
from speeches.search.outputs.latest import latest
from speeches.search.outputs.page import DEEPEST_PAGE, MOST_PER_PAGE, page_as_json
from speeches.search.outputs.table import BATCH, MOST_ROWS, table_of
from speeches.search.queries.echo import sentence
from speeches.search.queries.periods import read
from speeches.search.queries.query import SORTS, Query, from_parameters
from speeches.search.results.facets import Facet, facets_of
from speeches.search.results.tags import labels_of

CACHING = "public, max-age=300"
PER_PAGE = 20


class WrongParameter(ValueError):
    """A parameter that cannot be meant; its text says what would be right."""


def answering(view: Callable[[HttpRequest], HttpResponseBase]) -> Any:
    """Let a view answer anybody on any site, and refuse with a sentence what it cannot do.

    The answer may be kept for a moment; no index is to list it.
    """

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            response = view(request)
        except WrongParameter as wrong:
            response = _refusal(request, str(wrong), HTTPStatus.BAD_REQUEST)
        except TooSlow:
            told = _("This search takes too long. Narrow it, or try again later.")
            response = _refusal(request, told, HTTPStatus.SERVICE_UNAVAILABLE)
            response["Retry-After"] = "60"
        if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            response["Cache-Control"] = CACHING
        response["X-Robots-Tag"] = "noindex"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return require_safe(answer)


def _refusal(request: HttpRequest, told: str, status: HTTPStatus) -> HttpResponse:
    if request.path.endswith(".json"):
        return JsonResponse({"error": told}, status=status)
    return HttpResponse(f"{told}\n", status=status, content_type="text/plain; charset=utf-8")


@answering
def search_feed(request: HttpRequest) -> HttpResponse:
    """Follow a search: its newest speeches as an Atom feed."""
    query = _query(request.GET)
    found = latest(query, MOST_ENTRIES)
    site = _site(request)
    asked = sentence(query, labels_of(query, facets_of(found)))
    xml = feed_of(
        facts_of(found, site),
        title=f"{asked} – {settings.SITE_NAME}",
        author=settings.ORGANIZATION_NAME or settings.SITE_NAME,
        site=site,
        page_address=_address(site, "search", query),
        feed_address=_address(site, "search_feed", query),
        language=current_language(),
    )
    return HttpResponse(xml, content_type="application/atom+xml; charset=utf-8")


@answering
def search_json(request: HttpRequest) -> HttpResponse:
    """Hand out one page of a search as JSON, to programs of any site."""
    query = _query(request.GET)
    page = _number(request.GET, "page", 1, DEEPEST_PAGE)
    per_page = _number(request.GET, "per_page", PER_PAGE, MOST_PER_PAGE)
    found = find(query, page, per_page)
    facets = facets_of(found)
    site = _site(request)
    here = {"per_page": per_page} if per_page != PER_PAGE else {}

    def of_page(number: int) -> str:
        return _address(site, "search_json", query, here | ({"page": number} if number > 1 else {}))

    more = page * per_page < found.total and page < DEEPEST_PAGE
    values = page_as_json(
        found,
        facts_of(found, site),
        understood=sentence(found.query, labels_of(found.query, facets)),
        page=page,
        per_page=per_page,
        addresses={
            "self": of_page(page),
            "next": of_page(page + 1) if more else None,
            "previous": of_page(page - 1) if page > 1 else None,
            "html": _address(site, "search", query),
        },
        facets=_values(facets) | {"year": _years(found.years)},
    )
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False})


@answering
def search_csv(request: HttpRequest) -> HttpResponseBase:
    """Hand out a search as a table, a row for each speech, as far as the bound goes."""
    query = _query(request.GET)
    raw = _number(request.GET, "raw", 0, 1, least=0) == 1
    site = _site(request)
    found = find(query, 1, BATCH)

    def batches() -> Iterator[list[Facts]]:
        yield facts_of(found, site)
        for page in range(2, -(-min(found.total, MOST_ROWS) // BATCH) + 1):
            yield facts_of(find(query, page, BATCH), site)

    last_line = ""
    if found.total > MOST_ROWS:
        told = _("Only %(rows)d of %(total)d speeches are here. Narrow the search for the others.")
        last_line = told % {"rows": MOST_ROWS, "total": found.total}
    response: HttpResponseBase = HttpResponse()
    if request.method != "HEAD":
        response = StreamingHttpResponse(table_of(batches(), raw=raw, last_line=last_line))
    response["Content-Type"] = "text/csv; charset=utf-8"
    name = "speeches-raw.csv" if raw else "speeches.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _query(data: QueryDict) -> Query:
    """Return what is searched for.

    Raises WrongParameter where a date or an order is none: nothing may be left out silently.
    """
    notices: list[str] = []
    for name in ("from", "to"):
        read(name, data.get(name, "").replace("\x00", "").strip(), notices)
    if notices:
        raise WrongParameter(notices[0])
    if data.get("sort", SORTS[0]) not in SORTS:
        allowed = ", ".join(SORTS)
        raise WrongParameter(
            _("The parameter “sort” is one of: %(allowed)s.") % {"allowed": allowed}
        )
    return from_parameters(data)


def _number(data: QueryDict, name: str, default: int, most: int, least: int = 1) -> int:
    """Return a whole number from the address. Raises WrongParameter."""
    typed = data.get(name, str(default))
    if typed.isascii() and typed.isdigit() and len(typed) <= 9 and least <= int(typed) <= most:
        return int(typed)
    told = _("The parameter “%(name)s” is a whole number from %(least)d to %(most)d.")
    raise WrongParameter(told % {"name": name, "least": least, "most": most})


def _values(facets: Iterable[Facet]) -> dict[str, list[dict[str, Any]]]:
    """Return what the search can be narrowed by: values as they stand in addresses."""
    return {
        facet.name: [
            {
                "value": value.in_address,
                "label": value.label,
                "count": int("".join(filter(str.isdigit, value.count))),
                "chosen": value.is_chosen,
            }
            for value in facet.values
        ]
        for facet in facets
    }


def _years(counts: Mapping[int, int]) -> list[dict[str, int | None]]:
    """Return the numbers of speeches by year, None standing for an unknown one."""
    return [{"value": year or None, "count": count} for year, count in sorted(counts.items())]


def _address(site: str, name: str, query: Query, more: dict[str, int] | None = None) -> str:
    parameters = query.parameters()
    for key, value in (more or {}).items():
        parameters[key] = str(value)
    encoded = parameters.urlencode()
    return f"{site}{reverse(name)}{'?' if encoded else ''}{encoded}"


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
