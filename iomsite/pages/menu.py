"""The menu: published sections as a tree, each in the best language there is for a page."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from iomsite.languages import DEFAULT_LANGUAGE, current_language
from iomsite.pages.models import PageText
from iomsite.publishing.models import is_published


@dataclass
class MenuItem:
    """A section in the menu, with the sections below it."""

    path: str
    title: str
    language: str
    introduction: str
    submenu: list["MenuItem"] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return reverse("pages:page", args=[self.path])


class Menu(list[MenuItem]):
    """The top sections. Its fingerprint changes with every word and place in it."""

    @property
    def fingerprint(self) -> str:
        """Return a key under which what was drawn from this menu may be kept."""
        return hashlib.sha256(f"{current_language()}{list(self)!r}".encode()).hexdigest()


def menu_rows() -> QuerySet:
    """Return the words, in every language, of the published sections that the menu shows."""
    return (
        PageText.objects.filter(is_published("page__"), page__in_menu=True)
        .order_by()
        .values_list(
            "page__position",
            "page__path",
            "page_id",
            "page__parent_id",
            "language",
            "title",
            "introduction",
        )
    )


def menu(rows: list[list[Any]]) -> Menu:
    """Return the top sections, each with its published subsections, from their rows.

    A section below one that is not public is left out with it.
    """
    preferred = [current_language(), DEFAULT_LANGUAGE]
    best: dict[int, tuple[int, int | None, MenuItem]] = {}
    for _position, path, key, parent, language, title, introduction in sorted(
        rows, key=lambda row: (row[0], row[1], row[4])
    ):
        rank = preferred.index(language) if language in preferred else len(preferred)
        if key not in best or rank < best[key][0]:
            best[key] = rank, parent, MenuItem(path, title, language, introduction)
    top = Menu()
    for _rank, parent, item in best.values():
        if parent is None:
            top.append(item)
        elif parent in best:
            best[parent][2].submenu.append(item)
    return top
