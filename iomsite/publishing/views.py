"""Opening one item by its address: the item, a 404, or a 410 with the public reason."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from iomsite.publishing.models import Publishable, PublishedQuerySet


class Gone(Exception):
    """The item was public once and is removed; `notice` is what the public may read of it."""

    def __init__(self, notice: str) -> None:
        super().__init__(notice)
        self.notice = notice


def get_or_gone(items: PublishedQuerySet, **lookup: Any) -> Any:
    """Return the one item of a visible queryset.

    Raises Http404 when there is none, and Gone when it is removed.
    """
    try:
        item: Publishable = items.get(**lookup)
    except items.model.DoesNotExist as missing:
        raise Http404 from missing
    if item.is_removed:
        raise Gone(item.public_notice)
    return item


class GoneMiddleware:
    """Answer 410 with the public reason wherever a removed item is asked for."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Gone):
            return render(request, "410.html", {"notice": error.notice}, status=410)
        return None
