"""What of an answer may be kept, under which key, and what it tells browsers and proxies."""

import logging
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_max_age
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from iomsite.caching.release import release
from iomsite.caching.state import State

log = logging.getLogger(__name__)

LONGEST_KEPT = 300
"""Seconds after which a page is made anew, whatever happened."""

LARGEST_KEPT = 1_000_000
LONGEST_QUERY = 500

KEPT_STATUSES = frozenset({200, 410})


def key_of(request: HttpRequest, state: State) -> str:
    """Return a key made from everything that an anonymous answer may depend on.

    Nobody outside can compute it, so nobody can ask for what only an unknown page would be.
    """
    values = (
        release(),
        state.version,
        request.scheme,
        request.get_host(),
        request.path,
        request.META.get("QUERY_STRING", ""),
        bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))),
    )
    return salted_hmac("iomsite.caching", repr(values), algorithm="sha256").hexdigest()


def is_known(request: HttpRequest, key: str) -> bool:
    """Say whether the browser holds just this answer already."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return any(tag.removeprefix("W/") == f'"{key}"' for tag in parse_etags(asked))


def find(key: str) -> HttpResponse | None:
    """Return the answer kept under a key. A cache that is out of order holds nothing."""
    try:
        kept = cache.get(f"page:{key}")
    except Exception:
        log.exception("The cache could not be asked.")
        return None
    if kept is None:
        return None
    status, headers, content = kept
    return HttpResponse(content, status=status, headers=headers)


def keep(key: str, response: HttpResponseBase, state: State) -> None:
    """Keep an answer until the next boundary, or some minutes."""
    content = getattr(response, "content", b"")
    if len(content) > LARGEST_KEPT:
        return
    headers = {name: value for name, value in response.items() if name not in {"ETag", "Date"}}
    seconds = min(LONGEST_KEPT, state.seconds_left)
    try:
        cache.set(f"page:{key}", (response.status_code, headers, content), seconds)
    except Exception:
        log.exception("A page could not be put into the cache.")


def may_be_shared(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether an answer is the same for everybody."""
    told = response.get("Cache-Control", "")
    is_personal = bool(response.cookies) or "private" in told or "no-store" in told
    # A page with a nonce in it fits only the policy that is sent with it this time.
    return not is_personal and response.get("Vary") != "*" and not _has_nonce(request)


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether an answer that may be shared is also worth keeping here."""
    return (
        request.method == "GET"
        and response.status_code in KEPT_STATUSES
        and not response.streaming
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def unchanged(key: str, state: State) -> HttpResponse:
    """Answer that what the browser holds is still right."""
    response = HttpResponseNotModified()
    tell(response, key, state)
    return response


def tell(response: HttpResponseBase, key: str, state: State) -> None:
    """Write on a shared answer how long it may be used without asking: never past the boundary."""
    if response.status_code in {200, 304}:
        response["ETag"] = f'W/"{key}"'
    else:
        del response["ETag"]
    wanted = get_max_age(response)
    seconds = min(settings.PAGE_MAX_AGE if wanted is None else wanted, state.seconds_left)
    response["Cache-Control"] = f"public, max-age={seconds}" if seconds > 0 else "public, no-cache"
    _vary_by_encoding(response)


def tell_private(response: HttpResponseBase) -> None:
    """Write on an answer that is one person's that nobody may keep it."""
    response["Cache-Control"] = "private, no-store"
    del response["ETag"]


def _vary_by_encoding(response: HttpResponseBase) -> None:
    """Say that an answer differs by encoding, and not by cookie: none of them reached the page.

    What somebody with a session gets is kept by nobody. The other way round, a proxy that
    gives staff what everybody may read tells them nothing wrong.
    """
    named = {name.strip().title() for name in response.get("Vary", "").split(",")}
    response["Vary"] = ", ".join(sorted((named | {"Accept-Encoding"}) - {"", "Cookie"}))


def _has_nonce(request: Any) -> bool:
    return getattr(request, "_csp_nonce", None) is not None
