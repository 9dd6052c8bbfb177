"""The addresses in a previewed page that lead back into the preview, and its paragraphs."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

_ADDRESS = re.compile(r'(?<=\s)(href|src)="(/[^"]*)"')
_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "td", "th", "dd")
LONGEST_START = 80
MOST_PARAGRAPHS = 5000


class Paragraph(NamedTuple):
    """One part of a page that a guest can comment on."""

    anchor: str
    text: str

    @property
    def start(self) -> str:
        """The first words, by which a person knows it again."""
        if len(self.text) <= LONGEST_START:
            return self.text
        return f"{self.text[:LONGEST_START].rsplit(' ', 1)[0]}…"


def rewritten(page: str, inside: Callable[[str], str | None]) -> str:
    """Return a page in which the addresses that `inside` knows are replaced by what it says.

    It is asked with the path alone; what follows `#` stays.
    """

    def replace(found: re.Match[str]) -> str:
        parts = urlsplit(unescape(found[2]))
        other = inside(unquote(parts.path)) if not parts.netloc else None
        if other is None:
            return found[0]
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f'{found[1]}="{escape(other + fragment)}"'

    return _ADDRESS.sub(replace, page)


def paragraphs(page: str) -> list[Paragraph]:
    """Return the paragraphs of a page's text, in order.

    A speech has its own anchors. Other texts are counted, which is enough for one content.
    """
    root: Any = lxml_html.fromstring(page)
    found = [
        Paragraph(_anchor(element), _text(element))
        for element in root.xpath("//main//*[contains(@class, 'passage ')][@id]")
    ]
    found = found or [
        Paragraph(f"{number}", text) for number, text in enumerate(_plain_blocks(root), start=1)
    ]
    return [each for each in found if each.text][:MOST_PARAGRAPHS]


def _plain_blocks(root: Any) -> Iterator[str]:
    for text in root.xpath("//main//*[contains(@class, 'prose')]"):
        for element in text.iter(*_BLOCKS):
            if not any(True for _inner in element.iterdescendants(*_BLOCKS)):
                yield _text(element)


def _anchor(element: Any) -> str:
    """Return a passage's anchor with the language of its text: `en/p12`."""
    language = next(
        (str(each.get("lang")) for each in element.iterancestors() if each.get("lang")), ""
    )
    return f"{language}/{element.get('id')}"[:40]


def _text(element: Any) -> str:
    for number in element.xpath(".//*[contains(@class, 'passage__number')]"):
        number.drop_tree()
    return " ".join(element.text_content().split())
