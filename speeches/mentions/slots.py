"""Where words of a passage stand in its HTML, so that a page can link them without parsing."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

Slot = tuple[int, int]

_TAG = r"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>"
_TOKEN = re.compile(rf"(?P<tag>{_TAG})|(?P<sign>&(?:#\w+|\w+);)|(?P<letter>.)", re.DOTALL)
OPENING = re.compile(rf"{_TAG}")
_ANCHOR = re.compile(r"\sid=\"(p\d+)\"")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
_EMPTY = frozenset({"br", "hr", "img", "col", "wbr"})
_LISTS = frozenset({"ul", "ol"})


def starts(html: str) -> dict[str, int]:
    """Return where the element of each passage begins in a rendered text, by its anchor."""
    found = {}
    for match in OPENING.finditer(html):
        anchor = _ANCHOR.search(match.group())
        if anchor:
            found[anchor[1]] = match.start()
    return found


def slots(html: str, at: int, plain: str, spans: Iterable[Slot]) -> list[Slot | None]:
    """Return where each stretch of a passage's words stands, counted from the passage's `<`.

    `html` is the rendered text, `at` where the element of the passage begins in it, `plain`
    the passage's words. A stretch has no slot where a link around it would cross the edge of
    other markup, or stand in another link.
    """
    signs = _Signs(html, at)
    places = _aligned(signs, plain)
    return [_slot(html, at, signs, places, span) for span in spans]


class _Signs:
    """The visible signs of an element, each with its place and whether it is in a link."""

    def __init__(self, html: str, at: int) -> None:
        self.shown: list[str] = []
        self.places: list[Slot] = []
        self.in_link: list[bool] = []
        self._open: list[str] = []
        self._links = self._left_out = 0
        for match in _TOKEN.finditer(html, at):
            if tag := match["tag"]:
                if not self._read_tag(tag):
                    break
            elif not self._left_out:
                text = unescape(match.group())
                for sign in text:
                    if not sign.isspace():
                        self.shown.append(sign)
                        self.places.append(match.span())
                        self.in_link.append(self._links > 0)

    def _read_tag(self, tag: str) -> bool:
        """Take in a tag; return whether the element goes on behind it."""
        named = _NAME.match(tag)
        name = named[1].lower() if named else ""
        if not name or name in _EMPTY or tag.endswith("/>"):
            return True
        if tag.startswith("</"):
            self._close(name)
            return bool(self._open)
        is_number = name == "a" and "passage__number" in tag
        is_inner_list = name in _LISTS and bool(self._open)
        self._open.append(f"{name}!" if is_number or is_inner_list else name)
        self._left_out += is_number or is_inner_list
        self._links += name == "a"
        return True

    def _close(self, name: str) -> None:
        while self._open:
            opened = self._open.pop()
            self._left_out -= opened.endswith("!")
            self._links -= opened.rstrip("!") == "a"
            if opened.rstrip("!") == name:
                break


def _aligned(signs: _Signs, plain: str) -> dict[int, int]:
    """Return which visible sign each character of the words is. Blanks are none.

    What only the words have, as the bars between a table's cells, is passed over.
    """
    found: dict[int, int] = {}
    next_sign, shown = 0, signs.shown
    for index, character in enumerate(plain):
        if next_sign < len(shown) and shown[next_sign] == character:
            found[index] = next_sign
            next_sign += 1
    return found


def _slot(html: str, at: int, signs: _Signs, places: dict[int, int], span: Slot) -> Slot | None:
    first, last = places.get(span[0]), places.get(span[1] - 1)
    if first is None or last is None or last < first or any(signs.in_link[first : last + 1]):
        return None
    start, end = signs.places[first][0], signs.places[last][1]
    if not _is_whole(OPENING.findall(html[start:end])):
        return None
    return start - at, end - at


def _is_whole(tags: Sequence[str]) -> bool:
    """Say whether every tag has its other half among these."""
    depth = 0
    for tag in tags:
        named = _NAME.match(tag)
        if named and named[1].lower() in _EMPTY:
            continue
        if named and named[1].lower() not in {"em", "strong", "i", "b", "sup", "sub", "span"}:
            return False
        depth += -1 if tag.startswith("</") else 1
        if depth < 0:
            return False
    return depth == 0
