"""Headings, paragraphs and lists found in plain text, and their HTML."""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

_LISTS = ("ul", "ol")
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_PLAIN_ITEM = re.compile(r"[-*•]\s+(?=\S)")


@dataclass(frozen=True)
class Block:
    """One paragraph (p), heading (h2) or list item (ul, ol), with the lines it was read from."""

    kind: str
    text: str
    first: int = 0
    last: int = 0
    group: int = 0
    """Items of one list share a number, so that two lists in a row stay two."""


def blocks_to_html(blocks: list[Block]) -> str:
    """Write blocks as HTML, list items gathered into their lists."""
    parts: list[str] = []
    for (kind, _), group in groupby(blocks, key=_list_key):
        texts = [escape(block.text, quote=False) for block in group]
        if kind in _LISTS:
            items = "".join(f"<li>{text}</li>" for text in texts)
            parts.append(f"<{kind}>{items}</{kind}>")
        else:
            parts.extend(f"<{kind}>{text}</{kind}>" for text in texts)
    return "\n".join(parts)


def plain_text_to_html(text: str) -> str:
    """Write plain text as HTML: blank lines part paragraphs; `## ` heads, `- ` lists."""
    blocks: list[Block] = []
    for number, paragraph in enumerate(_BLANK_LINES.split(text.strip())):
        blocks.extend(_plain_blocks(paragraph, number))
    return blocks_to_html(blocks)


def _plain_blocks(paragraph: str, number: int) -> list[Block]:
    if "\n" not in paragraph and paragraph[:1] not in "#-*•":
        return [Block("p", paragraph.strip(), group=number)] if paragraph.strip() else []
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, paragraph.split("\n"))):
        if line.startswith("## "):
            blocks.append(Block("h2", line[3:].strip(), group=number))
        elif item := _PLAIN_ITEM.match(line):
            blocks.append(Block("ul", line[item.end() :], group=0))
        elif blocks and blocks[-1].kind != "h2":
            before = blocks.pop()
            blocks.append(Block(before.kind, f"{before.text} {line}", group=before.group))
        else:
            blocks.append(Block("p", line, group=number))
    return blocks


def _list_key(block: Block) -> tuple[str, int]:
    return block.kind, block.group if block.kind in _LISTS else 0
