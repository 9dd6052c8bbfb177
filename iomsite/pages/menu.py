"""The menu: published sections as a tree, each in the best language there is for a page."""

import hashlib
from dataclasses import dataclass, field

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


def menu() -> Menu:
    """Return the top sections, each with its published subsections, in one query.

    A section below one that is not public is left out with it.
    """
    texts = (
        PageText.objects.filter(is_published("page__"), page__in_menu=True)
        .select_related("page")
        .only(
            "language", "title", "introduction",
            "page__path", "page__parent_id", "page__position",
        )
        .order_by("page__position", "page__path")
    )  # fmt: skip
    preferred = [current_language(), DEFAULT_LANGUAGE]

    def rank(text: PageText) -> int:
        return preferred.index(text.language) if text.language in preferred else len(preferred)

    best: dict[int, PageText] = {}
    for text in texts:
        if text.page_id not in best or rank(text) < rank(best[text.page_id]):
            best[text.page_id] = text
    items = {
        key: MenuItem(text.page.path, text.title, text.language, text.introduction)
        for key, text in best.items()
    }
    top = Menu()
    for key, text in best.items():
        if text.page.parent_id is None:
            top.append(items[key])
        elif text.page.parent_id in items:
            items[text.page.parent_id].submenu.append(items[key])
    return top
