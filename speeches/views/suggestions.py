"""Suggestions for the search box, as data for the script that shows them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from speeches.search.results.suggestions import suggestions

KEPT = "public, max-age=300"


@require_safe
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Name entries and titles that begin with what is being typed."""
    response = JsonResponse(suggestions(request.GET.get("q", "")))
    response["Cache-Control"] = KEPT
    response["X-Robots-Tag"] = "noindex"
    return response
