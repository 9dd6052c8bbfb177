"""Splitting a text into passages, and keeping their anchors when the text is edited.

Pure functions. A passage is a paragraph, a heading, a list item, a paragraph of a
quotation, or a table. Its anchor (`p12`) is minted once per text, is kept as long as its
words are the same or nearly so, and is never given to another passage.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import html as lxml_html
from rapidfuzz import fuzz

SAME_PASSAGE = 60.0
"""Least similarity, in per cent, at which an edited passage counts as the same one."""
MOST_COMPARISONS = 60_000
"""Bound on the pairs compared: beyond it only passages near each other are."""

_KINDS = {"p": "paragraph", "h2": "heading", "h3": "heading", "h4": "heading", "table": "table"}


@dataclass(frozen=True)
class Block:
    """One passage as it stands in the body."""

    kind: str
    text: str
    level: int = 0
    """1 to 3 for headings (h2 to h4), else 0."""


def parse_body(body: str) -> lxml_html.HtmlElement:
    """Return a sanitized body as a tree whose every passage is an element of its own."""
    root = lxml_html.fragment_fromstring(body, create_parent="div")
    for container in [root, *root.iter("blockquote", "li")]:
        _wrap_loose_text(container, is_item=container.tag == "li")
    return root


def _wrap_loose_text(container: lxml_html.HtmlElement, *, is_item: bool) -> None:
    """Put text and inline elements that stand directly in a container into a paragraph.

    Items of a list are passages as they are, unless paragraphs stand in them.
    """
    blocks = {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table"}
    if is_item:
        return
    loose = lxml_html.Element("p")
    loose.text, container.text = container.text, None
    children: list[lxml_html.HtmlElement] = []

    def close() -> None:
        if (loose.text or "").strip() or len(loose):
            children.append(loose)

    for child in list(container):
        container.remove(child)
        if child.tag not in blocks:
            loose.append(child)
            continue
        close()
        loose = lxml_html.Element("p")
        loose.text, child.tail = child.tail, None
        children.append(child)
    close()
    container.extend(children)


def elements(root: lxml_html.HtmlElement) -> Iterator[tuple[lxml_html.HtmlElement, Block]]:
    """Yield each element that is a passage, in reading order, with what it says."""
    for element in root:
        yield from _passages_in(element, in_quote=False)


def _passages_in(
    element: lxml_html.HtmlElement, *, in_quote: bool
) -> Iterator[tuple[lxml_html.HtmlElement, Block]]:
    if element.tag in {"ul", "ol"}:
        for item in element:
            nested = [child for child in item if child.tag in {"ul", "ol"}]
            text = plain_text(item, without=nested)
            if text:
                yield item, Block("item", text)
            for child in nested:
                yield from _passages_in(child, in_quote=in_quote)
    elif element.tag == "blockquote":
        for child in element:
            yield from _passages_in(child, in_quote=True)
    elif element.tag in _KINDS:
        text = plain_text(element)
        if text:
            kind = "quote" if in_quote and element.tag == "p" else _KINDS[element.tag]
            level = int(element.tag[1]) - 1 if kind == "heading" else 0
            yield element, Block(kind, text, level)


def plain_text(
    element: lxml_html.HtmlElement, without: Sequence[lxml_html.HtmlElement] = ()
) -> str:
    """Return the words of an element, white space folded; cells of a table by ` | `."""
    if element.tag == "table":
        rows = (" | ".join(plain_text(cell) for cell in row) for row in element.iter("tr"))
        return "\n".join(rows).strip()
    skipped = set(without)
    parts = [element.text or ""]
    for child in element:
        if child not in skipped:
            parts.append(str(child.text_content()))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def split(body: str) -> list[Block]:
    """Return the passages of a sanitized body, in reading order."""
    return [block for _, block in elements(parse_body(body))] if body else []


def align(old: Sequence[tuple[str, str]], new: Sequence[str], mint: Callable[[], str]) -> list[str]:
    """Return the anchor of each new passage.

    `old` holds (anchor, words) of the passages there were, `new` the words of those there
    are. Equal words keep their anchor wherever they moved; then the most similar pairs do;
    the rest get new anchors from `mint`.
    """
    anchors: list[str | None] = [None] * len(new)
    free = _keep_equal(old, new, anchors)
    _keep_similar(old, new, anchors, free)
    return [anchor or mint() for anchor in anchors]


def _keep_equal(
    old: Sequence[tuple[str, str]], new: Sequence[str], anchors: list[str | None]
) -> list[int]:
    """Give equal passages their anchors in order; return the old passages left over."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, (_, text) in enumerate(old):
        waiting[text].append(index)
    taken = set()
    for index, text in enumerate(new):
        if waiting[text]:
            source = waiting[text].pop(0)
            anchors[index] = old[source][0]
            taken.add(source)
    return [index for index in range(len(old)) if index not in taken]


def _keep_similar(
    old: Sequence[tuple[str, str]],
    new: Sequence[str],
    anchors: list[str | None],
    free: list[int],
) -> None:
    """Give the most similar pairs their anchors, best first, nearest first among equals."""
    open_ = [index for index, anchor in enumerate(anchors) if anchor is None]
    near = max(1, MOST_COMPARISONS // max(1, len(open_)))
    pairs = []
    for index in open_:
        close = sorted(free, key=lambda source: abs(source - index))[:near]
        for source in close:
            score = fuzz.ratio(old[source][1], new[index], score_cutoff=SAME_PASSAGE)
            if score:
                pairs.append((-score, abs(source - index), index, source))
    used: set[int] = set()
    for _, _, index, source in sorted(pairs):
        if anchors[index] is None and source not in used:
            anchors[index] = old[source][0]
            used.add(source)
