"""Asking at every door: all addresses of the resolver, one request, and what became of it."""

import hashlib
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.urls import get_resolver, reverse
from django.utils.translation import override

from tests.site.doors import TRANSITION_RULES
from tests.site.doors_world import NO_KEY, NO_TOKEN, World, picture_of

WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)"?')

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

NOT_THE_RECORD = (
    "django_session", "publishing_opening", "publishing_keptcontent", "previews_previewvisit",
    "caching_", "axes_",
)  # fmt: skip
"""Tables that reading may write to: who is here, what a form was opened with."""


NO_SUM = "0" * 64
NO_SLUG = "there-is-no-such-one"


class Address(NamedTuple):
    """One pattern of the resolver, under the name that the table of doors has for it."""

    name: str
    route: str
    parameters: frozenset[str]


def addresses(resolver: Any = None, route: str = "", space: str = "") -> Iterator[Address]:
    """Yield every address there is, and each transition of the workflow as one of its own."""
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, whole, inner)
            continue
        name = space + (pattern.name or _unnamed(whole))
        parameters = frozenset(PARAMETER.findall(whole))
        names = [name]
        if name.endswith("_transition"):
            names = [f"{name}/{transition}" for transition in TRANSITION_RULES]
        yield from (Address(each, whole, parameters) for each in names)


def _unnamed(route: str) -> str:
    parts = route.split("/")
    return f"{parts[1]}_{parts[2]}_item" if parts[-2].startswith("<") else "catch_all"


class Answered(NamedTuple):
    status: int
    location: str
    body: bytes
    headers: dict[str, str]
    wrote: bool


class Watch:
    """Hears which tables are written to, whether or not it is taken back later."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITE.match(sql)
        if found and not found[1].startswith(NOT_THE_RECORD):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def ask(
    world: World, role: str, method: str, path: str, data: dict[str, Any] | None = None
) -> Answered:
    """Send one request, see what it changed, and take that back."""
    browser, watch = world.browsers[role], Watch()
    cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
    send = getattr(browser, method.lower())
    with transaction.atomic():
        with connection.execute_wrapper(watch):
            response = send(path, data or {}) if method == "POST" else send(path)
            body = response.getvalue() if method != "HEAD" else b""
        wrote = bool(watch.tables) and checksum() != world.checksum
        transaction.set_rollback(True)
    browser.cookies = cookies
    headers = {name: value for name, value in response.items() if name not in _VARIES}
    return Answered(response.status_code, response.get("Location", ""), body, headers, wrote)


_VARIES = {"Content-Length", "Date", "Set-Cookie", "Content-Security-Policy", "ETag"}


def checksum(but: tuple[str, ...] = NOT_THE_RECORD) -> str:
    """Return one checksum of everything that is the record, its history and its log."""
    sums = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and not table.startswith(but):
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                sums.update(repr((table, [_plain(row) for row in cursor])).encode())
    return sums.hexdigest()


def _plain(row: tuple[Any, ...]) -> list[Any]:
    """Return a row with its bytes: PostgreSQL gives views of them, each with another name."""
    return [bytes(value) if isinstance(value, memoryview) else value for value in row]


def path_to(world: World, address: Address, state: str) -> str:
    """Return an address with the parameters of the thing in a state."""
    name = address.name.partition("/")[0]
    kind, page = _split(name.rpartition(":")[2])
    if name.startswith("admin:") and page == "item":
        return f"/admin/{kind.replace('_', '/', 1)}/{_key(world, kind, state)}/"
    if name == "admin:catch_all":
        return "/admin/there-is-no-such-list/"
    end = "_comparison" if name.endswith("_comparison") else name
    with override("en"):
        return reverse(name, kwargs=values_of(world, address, state)) + QUERIES.get(end, "")


def values_of(world: World, address: Address, state: str) -> dict[str, Any]:
    """Return the parameters of an address for the thing in a state."""
    name, _slash, transition = address.name.partition("/")
    space, _colon, rest = name.rpartition(":")
    if space == "admin":
        values = _admin_values(world, _split(rest)[0], state, transition)
    else:
        values = _values(world, rest, state)
    return {key: values[key] for key in address.parameters}


QUERIES = {
    "speeches:comparison": "?old=1&new=1",
    "_comparison": "?old=next&new=next",
    "admin:autocomplete": "?app_label=speeches&model_name=contribution&field_name=person&term=a",
    "search": "?q=words",
    "search_suggestions": "?q=wo",
    "trend": "?phrase=words",
    "trend_csv": "?phrase=words",
    "quote": "?q=words",
}


def _split(rest: str) -> tuple[str, str]:
    parts = rest.split("_", 2)
    return "_".join(parts[:2]), parts[2] if len(parts) > 2 else ""


def _key(world: World, kind: str, state: str) -> int:
    if state == "missing":
        return NO_KEY
    return world.rows[kind].pk if kind in world.rows else world.items[kind, state].pk


def _admin_values(world: World, kind: str, state: str, transition: str) -> dict[str, Any]:
    if kind == "view_on":
        kind = "speeches_speech"
        speech = ContentType.objects.get(app_label="speeches", model="speech")
        return {"content_type_id": speech.pk, "object_id": _key(world, kind, state)}
    known = kind in world.rows or (kind, "draft") in world.items
    key = _key(world, kind, state) if known and state else NO_KEY
    return {
        "object_id": key, "id": key, "key": key, "number": 1, "link": NO_KEY,
        "name": transition, "inner": "en/about/", "url": "", "app_label": "speeches",
        "language": "en",
    }  # fmt: skip


KIND_OF_PAGE = {
    "page": "pages_page", "meeting_series": "initiatives_meetingseries", "image": "pages_page",
    **{
        name: f"initiatives_{name}"
        for name in ("organization", "person", "initiative", "meeting")
    },
    **dict.fromkeys(("mentions_of", "mentions_feed"), "initiatives_organization"),
}  # fmt: skip


def _values(world: World, name: str, state: str) -> dict[str, Any]:
    """Return the parameters of a public address."""
    kind = KIND_OF_PAGE.get(name, "speeches_speech")
    item = world.items.get((kind, state))
    file = world.files.get(state)
    slug = item.slug if item else NO_SLUG
    if name == "country":
        slug = "CH"
    if name.startswith("mfa_"):
        return {"pk": NO_KEY}
    if name in {"preview", "review", "part"}:
        token = world.tokens.get(state, NO_TOKEN)
        own = world.items.get(("invited", state))
        return {"token": token, "inner": own.get_absolute_url() if own else "/en/speeches/none/"}
    return {
        "slug": slug,
        "kind": "organization",
        "path": _picture(world, state) if name == "image" else slug,
        "language": "en",
        "number": 1,
        "pk": file.pk if file and name == "attachment" else NO_KEY,
        "checksum": file.checksum if file else NO_SUM,
        "name": file.file_name if file else "text.txt",
        "uidb36": "1",
        "key": "set-password",
    }


def _picture(world: World, state: str) -> str:
    return picture_of(world, state) if state else "none.png"
