"""How an address is written in the ledger: its path alone, decoded, without the language.

A page has one row there and not six, since `/en/speeches/x/` and `/fr/speeches/x/` are one
page in two languages. Nothing here knows what is public.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.models import Model
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.encoding import escape_uri_path

from iomsite.languages import site_languages

LONGEST_PATH = 500
"""Characters. The longest that our own patterns can make has some 330."""


def split_language(path: str) -> tuple[str, str]:
    """Return the language that a path begins with, or nothing, and the path without it."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if slash and first in site_languages() else ("", path)


def without_language(url: str) -> str:
    """Return one of our own addresses, as `reverse` makes it, the way the ledger keeps it."""
    path = unquote(urlsplit(url).path).removeprefix(get_script_prefix().rstrip("/"))
    return split_language(path)[1]


def speaks_a_language(path: str) -> bool:
    """Say whether a path of the ledger is that of a page, which stands under its language."""
    try:
        resolve(path)
    except Resolver404:
        return True
    return False


def in_language(path: str, language: str) -> str:
    """Return the address that a browser asks for; one that speaks no language stays as it is."""
    prefix = f"/{language}" if speaks_a_language(path) else ""
    return get_script_prefix().rstrip("/") + escape_uri_path(f"{prefix}{path}")


def own_paths(item: Model) -> list[str]:
    """Return the paths of an item that has one page, as most have.

    An entry that is a place on another page, an office for one, has no path of its own.
    """
    address: str = item.get_absolute_url()  # type: ignore[attr-defined]
    return [] if "#" in address else [without_language(address)]


def paths_of(item: Model) -> list[str]:
    """Return every path of an item, the main one first: it may know more than one page."""
    ask: Any = getattr(item, "public_paths", None)
    return list(ask()) if ask else own_paths(item)
