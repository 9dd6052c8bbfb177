"""The running text of an HTML tree, rewritten in the few tags that a speech has.

Pages wrap their paragraphs in anything: divisions, spans, line breaks, bare text. The
writer walks the tree once and gives flat blocks of clean HTML, each with its plain text.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

_NO_TEXT = (
    "script style noscript template iframe svg math form button input select textarea img picture"
    " figure video audio object embed canvas map head meta link"
)
DROPPED = frozenset(_NO_TEXT.split())
_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "sup": "sup", "a": "a"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = (
    "p div section article main header footer aside nav ul ol li dl dt dd blockquote table tbody"
    " thead tfoot tr td th pre address center body details summary fieldset hr"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split()) | set(_HEADINGS)
_SPACE = re.compile(r"[ \t\n\r\f]+|[ \t\n\r\f\u00a0]{2,}")
_SPACE_BEFORE_END = re.compile(r"\s+((?:</\w+>)+)$")
_EMPTY_TAG = re.compile(r"<(em|strong|sup)>(\s*)</\1>")
_SCHEMES = ("http", "https", "mailto")
_DEEPEST = 150


class BodyBlock(NamedTuple):
    """One block of a body: its tag, its whole HTML and its plain words."""

    tag: str
    html: str
    text: str


@dataclass(frozen=True)
class _Token:
    """A piece of running text: words, the start or end of a tag, or a line break."""

    kind: str
    value: str = ""
    href: str = ""


def read_blocks(root: Tag, base_url: str = "") -> list[BodyBlock]:
    """Give the blocks under an element; relative links need the page's address."""
    return _Writer(base_url).blocks_of(root, 0)


def lift_headings(blocks: list[BodyBlock]) -> list[BodyBlock]:
    """Number headings from h2 down to h4, keeping their order of rank.

    The title must be gone by then, or it would hold the highest rank for itself.
    """
    levels = [_HEADINGS[block.tag] for block in blocks if block.tag in _HEADINGS]
    top = min(levels, default=2)
    out = []
    for block in blocks:
        if block.tag in _HEADINGS:
            tag = f"h{min(4, 2 + _HEADINGS[block.tag] - top)}"
            inner = block.html[len("<h1>") : -len("</h1>")]
            block = BodyBlock(tag, f"<{tag}>{inner}</{tag}>", block.text)
        out.append(block)
    return out


class _Writer:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def blocks_of(self, root: Tag, depth: int) -> list[BodyBlock]:
        blocks: list[BodyBlock] = []
        tokens: list[_Token] = []
        for child in root.children:
            if not isinstance(child, Tag):
                tokens.extend(self._words(child))
            elif child.name in DROPPED:
                continue
            elif child.name not in _BLOCKS and not self._holds_block(child):
                tokens.extend(self._inline(child, depth + 1))
            else:
                blocks.extend(_paragraphs(tokens))
                tokens = []
                blocks.extend(self._block(child, depth + 1))
        blocks.extend(_paragraphs(tokens))
        return blocks

    def _block(self, node: Tag, depth: int) -> list[BodyBlock]:
        if depth > _DEEPEST:
            return _paragraphs([_Token("words", node.get_text(" "))])
        if node.name in _HEADINGS:
            words = [t for t in self._inline_of(node, depth) if t.kind != "break"]
            return [_renamed(block, node.name) for block in _paragraphs(words)]
        if node.name in ("ul", "ol"):
            return self._list(node, depth)
        if node.name == "table":
            return self._table(node, depth)
        inner = self.blocks_of(node, depth)
        if node.name == "blockquote" and inner:
            html = "".join(_demoted(block).html for block in inner)
            return [BodyBlock("blockquote", f"<blockquote>{html}</blockquote>", _text(inner))]
        return inner

    def _list(self, node: Tag, depth: int) -> list[BodyBlock]:
        items, texts = [], []
        for child in node.find_all(["li", "ul", "ol"], recursive=False):
            inner = self._list(child, depth + 1) if child.name != "li" else None
            blocks = inner or self.blocks_of(child, depth + 1)
            if blocks:
                items.append(f"<li>{_unwrapped(blocks)}</li>")
                texts.append(_text(blocks))
        if not items:
            return []
        start = str(node.get("start", ""))
        mark = f' start="{start}"' if node.name == "ol" and start.isdecimal() else ""
        html = f"<{node.name}{mark}>{''.join(items)}</{node.name}>"
        return [BodyBlock(node.name, html, " ".join(texts))]

    def _table(self, node: Tag, depth: int) -> list[BodyBlock]:
        """Write a table of data; a table that only lays a page out gives its cells' blocks."""
        rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
        cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
        if max(map(len, cells), default=0) < 2 or node.find("table"):
            return [b for row in cells for cell in row for b in self.blocks_of(cell, depth + 1)]
        parts: dict[str, list[str]] = {"thead": [], "tbody": []}
        texts: list[str] = []
        for row, row_cells in zip(rows, cells, strict=True):
            contents = [self.blocks_of(cell, depth + 1) for cell in row_cells]
            head = row.parent is not None and row.parent.name == "thead"
            html = "".join(
                f"<{cell.name}{_spans(cell)}>{_unwrapped(blocks)}</{cell.name}>"
                for cell, blocks in zip(row_cells, contents, strict=True)
            )
            parts["thead" if head else "tbody"].append(f"<tr>{html}</tr>")
            texts.extend(map(_text, contents))
        if not any(texts):
            return []
        html = "".join(f"<{tag}>{''.join(trs)}</{tag}>" for tag, trs in parts.items() if trs)
        return [BodyBlock("table", f"<table>{html}</table>", " ".join(filter(None, texts)))]

    def _inline_of(self, node: Tag, depth: int) -> list[_Token]:
        tokens: list[_Token] = []
        for child in node.children:
            if isinstance(child, Tag):
                tokens.extend(self._inline(child, depth + 1))
            else:
                tokens.extend(self._words(child))
        return tokens

    def _inline(self, node: Tag, depth: int) -> list[_Token]:
        if node.name in DROPPED:
            return []
        if node.name == "br":
            return [_Token("break")]
        if depth > _DEEPEST:
            return [_Token("words", node.get_text(" "))]
        inner = self._inline_of(node, depth)
        tag = _INLINE.get(node.name, "")
        href = self._href(node) if tag == "a" else ""
        if not tag or (tag == "a" and not href):
            return inner
        return [_Token("open", tag, href), *inner, _Token("close", tag)]

    def _href(self, node: Tag) -> str:
        href = str(node.get("href", "")).strip()
        if not href or href.startswith("#"):
            return ""
        try:
            address = urljoin(self.base_url, href)
            return address if urlsplit(address).scheme in _SCHEMES else ""
        except ValueError:
            return ""

    def _words(self, node: object) -> list[_Token]:
        plain = isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
        return [_Token("words", str(node))] if plain else []

    def _holds_block(self, node: Tag) -> bool:
        return node.find(list(_BLOCKS)) is not None


def _paragraphs(tokens: list[_Token]) -> list[BodyBlock]:
    """Write running text as paragraphs, parted where two line breaks follow each other.

    A single break is only a turn of the line and becomes a space.
    """
    out: list[BodyBlock] = []
    pieces: list[str] = []
    words: list[str] = []
    opened: list[_Token] = []
    breaks = 0
    for token in tokens:
        if token.kind == "break":
            breaks += 1
            if breaks == 2:
                _finish(out, pieces, words, opened)
                pieces, words = [_start(tag) for tag in opened], []
            elif breaks == 1:
                pieces.append(" ")
                words.append(" ")
        elif token.kind == "open":
            if token.value not in [tag.value for tag in opened]:
                pieces.append(_start(token))
            opened.append(token)
        elif token.kind == "close":
            tag = opened.pop()
            if tag.value not in [other.value for other in opened]:
                pieces.append(f"</{token.value}>")
        else:
            breaks = 0 if token.value.strip() else breaks
            pieces.append(escape(token.value, quote=False))
            words.append(token.value)
    _finish(out, pieces, words, opened)
    return out


def _finish(
    out: list[BodyBlock], pieces: list[str], words: list[str], opened: list[_Token]
) -> None:
    text = _SPACE.sub(" ", "".join(words)).strip()
    if text:
        ends = [f"</{tag}>" for tag in dict.fromkeys(token.value for token in opened)]
        html = _SPACE.sub(" ", "".join([*pieces, *reversed(ends)])).strip()
        html = _EMPTY_TAG.sub(r"\2", _SPACE_BEFORE_END.sub(r"\1", html)).strip("\u00a0 ")
        out.append(BodyBlock("p", f"<p>{html}</p>", text))


def _start(tag: _Token) -> str:
    return f'<a href="{escape(tag.href)}">' if tag.value == "a" else f"<{tag.value}>"


def _unwrapped(blocks: list[BodyBlock]) -> str:
    """Take the paragraph tags from a cell or item that opens with its only paragraph."""
    paragraphs = sum(block.tag == "p" for block in blocks)
    if paragraphs == 1 and blocks[0].tag == "p":
        first = blocks[0].html.removeprefix("<p>").removesuffix("</p>")
        return first + "".join(_demoted(block).html for block in blocks[1:])
    return "".join(_demoted(block).html for block in blocks)


def _demoted(block: BodyBlock) -> BodyBlock:
    """Write a heading inside a list, cell or quotation as a paragraph: it heads no section."""
    return _renamed(block, "p") if block.tag in _HEADINGS else block


def _renamed(block: BodyBlock, tag: str) -> BodyBlock:
    inner = block.html[len(block.tag) + 2 : -len(block.tag) - 3]
    return BodyBlock(tag, f"<{tag}>{inner}</{tag}>", block.text)


def _spans(cell: Tag) -> str:
    spans = {name: str(cell.get(name, "")) for name in ("colspan", "rowspan")}
    return "".join(f' {name}="{value}"' for name, value in spans.items() if value.isdecimal())


def _text(blocks: list[BodyBlock]) -> str:
    return " ".join(block.text for block in blocks)
