"""The answer where there would be none: a public address is never a bare 404."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from iomsite.addresses.paths import in_language, speaks_a_language, split_language
from iomsite.addresses.resolution import GoneFor, MovedTo, resolve_address

NO_LEDGER = ("/admin/", "/static/")
"""Beginnings of paths that are never in the ledger, so that it need not be asked."""


class AddressMiddleware:
    """Lead from where an item was to where it is, in one hop, or say that it is gone.

    What the ledger knows nothing public of passes through untouched, so that the address of a
    draft answers byte for byte like one that never was.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        missing = response.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
        if not missing or request.method not in {"GET", "HEAD"}:
            return response
        return _answer(request, is_gone=response.status_code == HTTPStatus.GONE) or response


def _answer(request: HttpRequest, *, is_gone: bool) -> HttpResponse | None:
    if request.path_info.startswith(NO_LEDGER):
        return None
    language, path = split_language(request.path_info)
    found = resolve_address(path)
    if found is None or bool(language) != speaks_a_language(path):
        return None
    if isinstance(found, MovedTo):
        return _redirect(request, found, language)
    # What is gone has said why already, with its own notice.
    return None if is_gone else _gone(request, found)


def _redirect(request: HttpRequest, found: MovedTo, language: str) -> HttpResponse | None:
    if bool(language) != speaks_a_language(found.path):
        return None
    query = request.META.get("QUERY_STRING", "")
    target = in_language(found.path, language) + (f"?{query}" if query else "")
    response = HttpResponsePermanentRedirect(target)
    # Browsers keep a 301 for ever. If an item gets its first address back, a kept one
    # would lead in a circle.
    response["Cache-Control"] = "no-cache"
    return response


def _gone(request: HttpRequest, found: GoneFor) -> HttpResponse:
    return render(request, "410.html", {"notice": found.notice}, status=HTTPStatus.GONE)
