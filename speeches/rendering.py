"""Everything a speech page shows of a text, computed once when the text is saved.

Pure functions: the request path splits, sanitizes and truncates nothing.
"""

import math
import re
from collections.abc import Sequence

from django.utils.translation import gettext, override
from lxml import html as lxml_html

from speeches.passages import Block, elements, parse_body

WORDS_PER_MINUTE = 230
"""Silent reading of non-fiction in English: 238 words a minute (Brysbaert 2019), rounded down
for texts full of names. A Chinese or Japanese character counts as 0.6 words."""
TEASER_LENGTH = 240

_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[.!?؟。！？…]['\"”’»]?(?=\s|$)|[。！？]")


def render(body: str, anchors: Sequence[str], language: str) -> str:
    """Return the body with an anchor on every passage and its number in the margin.

    `anchors` holds one anchor for each passage of `passages.split(body)`, in order.
    """
    if not body:
        return ""
    root = parse_body(body)
    with override(language):
        label = gettext("Paragraph %(number)s")
    passages = list(elements(root))
    for (element, block), anchor in zip(passages, anchors, strict=True):
        element.set("id", anchor)
        link = lxml_html.Element("a", {"class": "passage__number", "href": f"#{anchor}"})
        number = anchor.removeprefix("p")
        link.set("aria-label", label % {"number": number})
        link.text = number
        if block.kind == "table":
            _put_in_frame(element, link)
        else:
            element.set("class", f"passage passage--{block.kind}")
            link.tail, element.text = element.text, None
            element.insert(0, link)
    return "".join(
        [root.text or "", *(lxml_html.tostring(child, encoding="unicode") for child in root)]
    )


def _put_in_frame(table: lxml_html.HtmlElement, link: lxml_html.HtmlElement) -> None:
    """Let a wide table scroll by itself, by keyboard too, instead of the page."""
    frame = lxml_html.Element(
        "div", {"class": "passage passage--table", "id": table.attrib.pop("id"), "tabindex": "0"}
    )
    parent = table.getparent()
    tail, table.tail = table.tail, None
    parent.replace(table, frame)
    frame.tail = tail
    frame.extend([link, table])


def contents(blocks: Sequence[Block], anchors: Sequence[str]) -> list[dict[str, str | int]]:
    """Return the headings of a text with their anchors, for the list of contents."""
    return [
        {"level": block.level, "text": block.text, "anchor": anchor}
        for block, anchor in zip(blocks, anchors, strict=True)
        if block.kind == "heading"
    ]


def count_words(text: str) -> int:
    """Count the words of a text; in scripts without spaces, five characters count as three."""
    characters = len(_EAST_ASIAN.findall(text))
    if not characters:
        return len(text.split())
    return len(_EAST_ASIAN.sub(" ", text).split()) + math.ceil(characters * 0.6)


def reading_minutes(words: int) -> int:
    """Return how long a text takes to read, in whole minutes, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def teaser(blocks: Sequence[Block], length: int = TEASER_LENGTH) -> str:
    """Return the first words of a text, cut at a sentence or a word."""
    text = ""
    for block in blocks:
        if block.kind in {"paragraph", "quote"}:
            text = f"{text} {block.text}".strip()
        if len(text) > length:
            break
    if len(text) <= length:
        return text
    cut = text[:length]
    ends = [match.end() for match in _SENTENCE_END.finditer(cut)]
    if ends and ends[-1] > length // 2:
        return cut[: ends[-1]]
    at_word = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return f"{at_word.rstrip(' ,;:،，、')}…"
