"""Which part of an HTML page is the text, and what is furniture around it."""

import re

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

from .html_body import DROPPED
from .parsed import UnreadableInput

_FURNITURE = [*DROPPED, "nav", "header", "footer", "aside", "dialog"]
_ROLES = ("navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog")
_NAMES = (
    "share sharing social breadcrumb breadcrumbs cookie cookies related sidebar pager pagination"
    " comments newsletter addtoany addthis sharethis skip navbar toolbar subscribe"
)
_FURNITURE_NAMES = frozenset(_NAMES.split())
_NAME_PARTS = re.compile(r"[\s_-]+")
_CANDIDATES = "[itemprop=articleBody], article, main, [role=main], #content, #main-content"
_CONTAINERS = ["div", "section", "td", "article", "main", "body", "center"]
_DEEPEST = 250
_MOST_OF = 0.6
_FEW = 0.3


def refuse_depth(soup: BeautifulSoup) -> None:
    """Refuse a tree so deep that only an attack or a broken program writes it."""
    depths = {id(soup): 0}
    for node in soup.descendants:
        if isinstance(node, Tag) and node.parent is not None:
            depths[id(node)] = depths[id(node.parent)] + 1
            if depths[id(node)] > _DEEPEST:
                raise UnreadableInput(
                    _("The page is nested too deeply to be read. Copy its text into a Word file.")
                )


def remove_furniture(soup: BeautifulSoup) -> None:
    """Take out of the tree what is never the text: scripts, menus, forms, share links."""
    prose = _prose(soup)
    for node in soup.find_all(_FURNITURE):
        holds_text = node.name == "header" and _prose(node) > prose * _FEW
        if not holds_text and not node.decomposed:
            node.decompose()
    everything = max(1, len(soup.get_text()))
    for node in soup.find_all(["div", "ul", "ol", "section", "p", "span", "a", "li"]):
        if node.decomposed or not _is_named_furniture(node):
            continue
        if len(node.get_text()) < everything * _FEW:
            node.decompose()


def main_content(soup: BeautifulSoup) -> Tag:
    """Choose the element that holds the text: the marked one, else the largest text block."""
    body = soup.body or soup
    candidates = [node for node in soup.select(_CANDIDATES) if _prose(node)]
    if candidates:
        most = max(map(_prose, candidates))
        if most >= _prose(body) * _FEW:
            # The innermost of those that hold nearly all of it carries the least else.
            return [node for node in candidates if _prose(node) >= most * _MOST_OF][-1]
    blocks = body.find_all(_CONTAINERS)
    largest = max(blocks, key=_own_prose, default=body)
    while largest.parent is not None and largest is not body:
        if _prose(largest) >= _prose(body) * _MOST_OF:
            break
        largest = largest.parent
    return largest


def _is_named_furniture(node: Tag) -> bool:
    names = " ".join([*node.get_attribute_list("class"), str(node.get("id", ""))])
    hidden = node.has_attr("hidden") or node.get("aria-hidden") == "true"
    furniture = not _FURNITURE_NAMES.isdisjoint(_NAME_PARTS.split(names.lower()))
    return hidden or furniture or node.get("role") in _ROLES


def _prose(node: Tag) -> int:
    """Count the letters of running text, leaving out those of links, which menus are made of."""
    links = sum(len(link.get_text()) for link in node.find_all("a"))
    return max(0, len(node.get_text()) - links)


def _own_prose(node: Tag) -> int:
    own = sum(len(text) for text in node.find_all(string=True, recursive=False))
    paragraphs = node.find_all(["p", "blockquote", "ul", "ol"], recursive=False)
    return own + sum(map(_prose, paragraphs))
