"""Everything a visitor can ask for, made from the resolver, and what came back."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from speeches.targets import KINDS
from tests.site.asking import Address, addresses

STAFF_OR_DOORS = re.compile(r"^(admin:|account_|mfa_|socialaccount_|openid|styleguide|health)")
"""Places for people with an account: the table of doors is about them."""

QUERIES = {
    "home": ["?page=2"],
    "search": ["?q=the", "?q=words", "?q=zq*", "?q=public+zq*", "?q=-nothing", "?sort=oldest",
               "?country=CH", "?q=place:CH", "?from=2000&to=2020"],
    "search_suggestions": ["?q=zq", "?q=zqb", "?q=zqc", "?q=hub", "?q=th"],
    "search_feed": ["?q=the"],
    "search_json": ["?q=the", "?q=zq*", "?per_page=50&page=1"],
    "search_csv": ["?raw=1", "?q=zq*", "?q=zq*&raw=1"],
    "quote": ["?text=nobody+shall+read+that+the+first+paragraph+is+here"],
    "trend": ["?phrase=nobody", "?phrase=words&phrase=first"],
    "trend_csv": ["?phrase=nobody"],
    "speeches:speech_list": ["?q=zq", "?q=speech", "?speaker=zq", "?language=fr", "?page=2"],
    "initiatives:organization_list": ["?q=zq", "?country=CH", "?page=2"],
    "initiatives:initiative_list": ["?q=zq"],
    "initiatives:person_list": ["?q=zq", "?nationality=CH"],
    "initiatives:meeting_list": ["?q=zq", "?country=CH"],
    "initiatives:meeting_series_list": ["?q=zq"],
    "speeches:comparison": ["?old=1&new=2", "?old=1&new=3", "?old=2&new=3", "?old=3&new=4"],
    "speeches:history": ["?paragraph=p1&language=en", "?paragraph=p3&language=fr"],
    "speeches:speech": ["?highlight=nobody"],
    "mentions_of": ["?year=2008", "?speaker=hub", "?page=2"],
}  # fmt: skip
"""What is asked of an address beside its plain form."""

ASKED = {
    "search": ["?q={}", '?q="{}"', "?q=public+{}", "?q=public+OR+{}", "?q=public+-{}",
               "?q=speaker:{}", "?q=place:{}", "?speaker={}", "?organization={}",
               "?initiative={}", "?meeting={}", "?series={}", "?place={}"],
    "search_suggestions": ["?q={}"],
    "search_feed": ["?q={}"],
    "search_json": ["?q={}"],
    "search_csv": ["?q={}"],
    "quote": ["?text=Nobody+shall+read+that+{}+and+so+on+for+ever"],
    "trend": ["?phrase={}"],
    "trend_csv": ["?phrase={}"],
    "speeches:speech_list": ["?q={}", "?speaker={}", "?series={}", "?initiative={}",
                             "?organization={}"],
    "initiatives:organization_list": ["?q={}"],
    "initiatives:initiative_list": ["?q={}"],
    "initiatives:person_list": ["?q={}"],
    "initiatives:meeting_list": ["?q={}", "?series={}"],
    "initiatives:meeting_series_list": ["?q={}"],
}  # fmt: skip
"""Where a word is asked for: the answer must be that for a word nobody ever used."""

# What differs from one request to the next: tokens, moments, made-up ids.
_OWN = re.compile(
    r'(?:nonce|csrf\w*|value)="[\w+/=-]{20,}"|<updated>[^<]*</updated>|"[a-z]+-[0-9a-f]{1,8}"'
)
_OWN_HEADERS = {"ETag", "Date", "Content-Security-Policy", "Content-Length", "Cache-Control"}


class Answer(NamedTuple):
    status: int
    body: str
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """All of it in small letters, to look for words in."""
        return f"{self.headers} {self.body}".lower()


class Visitor:
    """A browser that counts what it asks."""

    def __init__(self, client: Client | None = None) -> None:
        self.client, self.asked = client or Client(), 0

    def get(self, address: str, **headers: str) -> Answer:
        self.asked += 1
        response = self.client.get(address, headers=headers)
        content: bytes = response.getvalue()
        shown = {name: value for name, value in response.items() if name not in _OWN_HEADERS}
        return Answer(response.status_code, _OWN.sub("", content.decode("utf-8", "replace")), shown)

    def crawl(self, asked: Iterable[str]) -> dict[str, Answer]:
        return {address: self.get(address) for address in asked}


@cache
def public_patterns() -> list[Address]:
    """Return every pattern of an address that is not for people with an account."""
    return [address for address in addresses() if not STAFF_OR_DOORS.match(address.name)]


def plain(languages: Iterable[str] = ("en",)) -> Iterator[str]:
    """Yield every address without a parameter, alone and with each of its queries."""
    for pattern in public_patterns():
        if pattern.parameters:
            continue
        for path in _in_languages(pattern.name, {}, languages):
            yield path
            for query in QUERIES.get(pattern.name, []):
                yield path + query


def with_slug(
    slug: str, beginning: str = "/", languages: Iterable[str] = ("en",), numbers: int = 2
) -> Iterator[str]:
    """Yield every address that a slug can stand in, below an address if one is given."""
    for pattern in public_patterns():
        for values in _values_of(pattern, slug, numbers):
            for path in _in_languages(pattern.name, values, languages):
                if path[3:].startswith(beginning):
                    yield path
                    yield from (path + query for query in QUERIES.get(pattern.name, []))


def own_addresses(model: Any, slug: str, numbers: int = 2) -> list[str]:
    """Return every address of an item of a kind under a slug; none if it has no page."""
    with override("en"):
        below = {"path": slug} if hasattr(model, "path") else {}
        try:
            path = getattr(model(slug=slug, **below), "get_absolute_url", str)()
        except ObjectDoesNotExist:
            return []  # An office stands on the page of its organization.
    if not path or "#" in path:
        return []
    return list(with_slug(slug, path[3:], numbers=numbers))


NOT_A_SLUG = {"stored_file", "attachment", "image", "previews:preview", "previews:review",
              "previews:part"}  # fmt: skip
"""Files, pictures and links of guests are asked for by what they are called: see the tests."""


def _values_of(pattern: Address, slug: str, numbers: int) -> list[dict[str, Any]]:
    named = pattern.parameters
    if not named or pattern.name in NOT_A_SLUG:
        return []
    if not named <= {"slug", "path", "number", "language", "kind"}:
        raise AssertionError(f"Say in surfaces.py what stands in {named} of {pattern.name}.")
    values: dict[str, Any] = dict.fromkeys(named & {"slug", "path"}, slug)
    if "language" in named:
        values["language"] = "fr" if "number" not in named else "en"
    if "kind" in named:
        return [{**values, "kind": kind.replace("_", "-")} for kind in KINDS]
    if "number" not in named:
        return [values]
    return [{**values, "number": number} for number in range(1, numbers + 1)]


def _in_languages(name: str, values: dict[str, Any], languages: Iterable[str]) -> Iterator[str]:
    found = []
    for language in languages:
        with override(language):
            found.append(reverse(name, kwargs=values))
    yield from dict.fromkeys(found)


def asked_for(language: str = "en") -> Iterator[str]:
    """Yield the addresses with a place for a word in them."""
    with override(language):
        for name, queries in ASKED.items():
            for query in queries:
                yield reverse(name) + query
