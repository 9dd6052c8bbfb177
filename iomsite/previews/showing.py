"""The real page of an item as it will be: its own view, its own templates, for the public.

Within an overlay the item is what a content says, and public. Its view is then called for a
visitor without an account, so a preview shows what readers will see, and nothing that they
would not. At the end all of it is taken back.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language, override

from iomsite.caching.state import state_of
from iomsite.languages import site_languages
from iomsite.previews.rewriting import rewritten
from iomsite.previews.visitors import PreviewVisitor
from iomsite.publishing.models import QueryTime, Status, is_published
from iomsite.publishing.overlay import overlaid
from iomsite.publishing.snapshot import Content
from iomsite.publishing.views import Gone

FILE_VIEWS = frozenset({"attachment", "stored_file", "image"})
UNSAFE_HEADERS = (
    "HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE", "HTTP_X_HTTP_METHOD_OVERRIDE", "CONTENT_TYPE", "CONTENT_LENGTH",
)  # fmt: skip
"""What a preview answers depends on none of these."""


class NoPage(Exception):
    """The item has no page that readers could open; the message is for staff."""


@dataclass(frozen=True)
class Preview:
    """What is shown, where the parts of it have their addresses, and what stands above it."""

    item: Any
    content: Content
    prefix: str
    """Without a slash at the end. Empty where no link may lead back into the preview."""
    banner: dict[str, Any] = field(default_factory=dict)


@contextmanager
def as_public(item: Any, content: Content | None) -> Iterator[Any]:
    """Yield an item as it will be when a content is published. Taken back at the end.

    Raises DoesNotFit when the content cannot be written any more.
    """
    with overlaid(item, content):
        yield let_out(item)


def let_out(item: Any) -> Any:
    """Let an item's rows be public and return the item. Only within an overlay."""
    row = type(item)._base_manager.filter(pk=item.pk)
    try:
        with transaction.atomic():
            row.exclude(is_published()).exclude(status=Status.WITHDRAWN).update(
                status=Status.PUBLISHED, published_at=QueryTime()
            )
    except IntegrityError:
        # A speech without a date cannot be public yet; the gate knows the visitor instead.
        pass
    return row.get()


def show(request: HttpRequest, preview: Preview, inner: str = "") -> HttpResponseBase:
    """Return the page of an item, or a part of it by its own address. Only within an overlay.

    Call `state_of(request)` before the overlay: what every page shows stays what is public.

    Raises Http404 for an address that is no part of the item, and NoPage.
    """
    language = _language_of(inner) or get_language() or site_languages()[0]
    with override(language):
        own = _own_page(preview.item)
        match = _part(preview, own, inner) if inner else own[1]
        asked = _asked_by_visitor(request, preview, inner or own[0], match, language)
        try:
            response = match.func(asked, *match.args, **match.kwargs)
        except (Gone, Http404) as error:
            if inner:
                raise Http404 from error
            raise NoPage from error
        if hasattr(response, "render"):
            response = response.render()
    if response.status_code != HTTPStatus.OK:
        raise Http404
    return unkept(_page_of(preview, own[1], response) if _is_html(response) else response)


def sealed(response: HttpResponseBase) -> HttpResponseBase:
    """Let nobody keep, index or tell on the page of a link, whose address is the key to it."""
    response["Referrer-Policy"] = "no-referrer"
    return unkept(response)


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    """Let nobody keep or index an answer.

    In the admin that is enough. A page without any referrer could not send its form: the
    browser would not say where it comes from, and Django refuses that.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    del response["ETag"]
    del response["Last-Modified"]
    return response


def _own_page(item: Any) -> tuple[str, ResolverMatch]:
    """Return the address of an item's page in the language of the moment, and its view."""
    try:
        path = urlsplit(item.get_absolute_url()).path
        return path, resolve(path)
    except (NoReverseMatch, Resolver404) as error:
        raise NoPage from error


def _part(preview: Preview, own: tuple[str, ResolverMatch], inner: str) -> ResolverMatch:
    """Return the view of an address if it shows this item or a file of it."""
    try:
        match = resolve(inner)
    except Resolver404 as error:
        raise Http404 from error
    if not _is_own(own[1], match) and not is_own_file(preview.content, inner):
        raise Http404
    return match


def _is_own(own: ResolverMatch, match: ResolverMatch) -> bool:
    return match.func is own.func and own.kwargs.items() <= match.kwargs.items()


def is_own_file(content: Content, path: str) -> bool:
    """Say whether an address is that of a picture or a file that a content names."""
    if path.startswith(settings.MEDIA_URL):
        return path.removeprefix(settings.MEDIA_URL) in set(_texts_in(content))
    place, _slash, rest = path.removeprefix("/").partition("/")
    return place == "files" and rest.partition("/")[0] in set(_texts_in(content))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


def _asked_by_visitor(
    request: HttpRequest, preview: Preview, path: str, match: ResolverMatch, language: str
) -> HttpRequest:
    """Return a request for an address from somebody without a session."""
    environ = {
        name: value for name, value in request.META.items() if name not in UNSAFE_HEADERS
    } | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(),
    }
    asked: Any = WSGIRequest(environ)
    asked.user = PreviewVisitor(preview.item)
    asked.LANGUAGE_CODE = language
    asked.resolver_match = match
    asked.record_state = state_of(request)
    asked.preview = preview.banner
    return asked


def _page_of(preview: Preview, own: ResolverMatch, response: HttpResponseBase) -> HttpResponse:
    def inside(path: str) -> str | None:
        if not preview.prefix:
            return None
        if is_own_file(preview.content, path):
            return quote(preview.prefix + path)
        language = _language_of(path)
        try:
            with override(language or get_language()):
                return quote(preview.prefix + path) if _is_own(own, resolve(path)) else None
        except Resolver404:
            return None

    content: bytes = response.content  # type: ignore[attr-defined]
    return HttpResponse(rewritten(content.decode(), inside))


def _language_of(path: str) -> str:
    """Return the language that an address begins with, if it does."""
    first = path.split("/")[1] if path.count("/") > 1 else ""
    return first if first in site_languages() else ""


def _is_html(response: HttpResponseBase) -> bool:
    return not response.streaming and response.get("Content-Type", "").startswith("text/html")
