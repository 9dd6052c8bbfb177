"""Answers visitors without making a page twice, and never from before the last change."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip

from iomsite.caching import answers
from iomsite.caching.state import state_of
from iomsite.languages import site_languages

NEVER_BELOW = frozenset({"accounts", "account", "admin", "preview", "previews", "styleguide"})
"""The first part of addresses below a language that are nobody's to share."""


class PageCacheMiddleware:
    """Keep the pages of visitors. Stands outside of what compresses and reads sessions.

    One query says what the state of the record is. If the browser holds the page of that
    state it is told so; else the page comes from the cache, or is made and kept.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_page(request):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            state_of(request)
            response = self.get_response(request)
            answers.tell_private(response)
            return response
        return self._answer_visitor(request)

    def _answer_visitor(self, request: HttpRequest) -> HttpResponseBase:
        state = state_of(request)
        try:
            key = answers.key_of(request, state)
        except DisallowedHost:
            return self.get_response(request)
        if answers.is_known(request, key):
            return answers.unchanged(key, state)
        kept = answers.find(key)
        if kept is not None:
            answers.tell(kept, key, state)
            return kept
        with only_what_the_key_holds(request):
            response: HttpResponseBase = self.get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        if answers.may_be_shared(request, response):
            if answers.may_be_kept(request, response):
                answers.keep(key, response, state)
            answers.tell(response, key, state)
        elif not response.has_header("Cache-Control"):
            answers.tell_private(response)
        return response


def is_page(request: HttpRequest) -> bool:
    """Say whether an address is one of a public page: under a language, and only read."""
    if request.method not in {"GET", "HEAD"}:
        return False
    _empty, language, *below = request.path_info.split("/", 3)
    return language in site_languages() and (not below or below[0] not in NEVER_BELOW)


@contextmanager
def only_what_the_key_holds(request: HttpRequest) -> Iterator[None]:
    """Hide from the page every header and cookie that its key does not tell apart.

    So none of them can get into a page that somebody else is then given.
    """
    whole, cookies = request.META, request.COOKIES
    shown = {name: value for name, value in whole.items() if not name.startswith("HTTP_")}
    for name in ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO"):
        if name in whole:
            shown[name] = whole[name]
    if re_accepts_gzip.search(whole.get("HTTP_ACCEPT_ENCODING", "")):
        shown["HTTP_ACCEPT_ENCODING"] = "gzip"
    request.META, request.COOKIES = shown, {}
    request.__dict__.pop("headers", None)
    try:
        yield
    finally:
        request.META, request.COOKIES = whole, cookies
        request.__dict__.pop("headers", None)
