"""Two texts compared paragraph by paragraph, and each changed paragraph word by word. Pure.

A paragraph has a key that stays when its words change, and so is found again wherever it
went. `keyed` makes such keys for texts whose paragraphs have none of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import html as lxml_html
from rapidfuzz import fuzz

from iomsite.word_diff import Stretch, runs, word_diff

SIMILAR = 50.0
"""Least similarity, in per cent, at which two paragraphs in one place count as one."""
LONGEST_COMPARED = 20_000
"""Characters of a paragraph of which the similarity is asked."""
NEAR = 20
"""Paragraphs among which the one is sought that another was changed into."""
UNFOLDED = 1
"""Unchanged paragraphs shown before and after a changed one."""

_BLOCKS = frozenset("p h2 h3 h4 ul ol li blockquote table thead tbody tr th td div".split())  # noqa: SIM905
_MARKS = {"em": "*", "strong": "**", "sup": "^"}


class Part(NamedTuple):
    """A paragraph of one of the two texts; `marked` also says how its words are marked."""

    key: str
    text: str
    marked: str = ""


class Paragraph(NamedTuple):
    """What became of a paragraph: same, changed, marked, moved, deleted or inserted.

    `marked` has the same words, but other links or other emphasis. What is moved may have
    changed too.
    """

    state: str
    key: str
    stretches: list[Stretch]


class Fold(NamedTuple):
    """Paragraphs that follow each other. Those of a closed fold have not changed."""

    is_closed: bool
    paragraphs: list[Paragraph]


def paragraph_diff(old: Sequence[Part], new: Sequence[Part]) -> list[Paragraph]:
    """Return what became of every paragraph, in the order of the new text."""
    was = {part.key: part for part in old}
    stays = {part.key for part in new}
    found: list[Paragraph] = []
    for run in runs([part.key for part in old], [part.key for part in new]):
        if run.is_same:
            pairs = zip(run.old, run.new, strict=True)
            found += [_compared(old[before], new[after]) for before, after in pairs]
            continue
        for part in (old[at] for at in run.old):
            if part.key not in stays:
                found.append(Paragraph("deleted", part.key, [Stretch("deleted", part.text)]))
        for part in (new[at] for at in run.new):
            if part.key in was:
                stretches = word_diff(was[part.key].text, part.text)
                found.append(Paragraph("moved", part.key, stretches))
            else:
                found.append(Paragraph("inserted", part.key, [Stretch("inserted", part.text)]))
    return found


def _compared(before: Part, after: Part) -> Paragraph:
    if before.text != after.text:
        return Paragraph("changed", after.key, word_diff(before.text, after.text))
    if before.marked != after.marked:
        return Paragraph("marked", after.key, word_diff(before.marked, after.marked))
    return Paragraph("same", after.key, [Stretch("same", after.text)])


def folded(paragraphs: Sequence[Paragraph]) -> list[Fold]:
    """Return the paragraphs in folds: long runs without a change are closed."""
    changed = [place for place, one in enumerate(paragraphs) if one.state != "same"]
    near = {place + distance for place in changed for distance in range(-UNFOLDED, UNFOLDED + 1)}
    folds: list[Fold] = []
    for place, paragraph in enumerate(paragraphs):
        is_closed = place not in near
        if not folds or folds[-1].is_closed != is_closed:
            folds.append(Fold(is_closed, []))
        folds[-1].paragraphs.append(paragraph)
    return folds


def keyed(old: Sequence[str], new: Sequence[str]) -> tuple[list[Part], list[Part]]:
    """Give the paragraphs of two texts keys: one for both where they are one paragraph."""
    before = [Part(f"a{place}", text) for place, text in enumerate(old)]
    after = [Part(f"b{place}", text) for place, text in enumerate(new)]
    for run in runs(old, new):
        first = run.new.start
        for source in run.old:
            for target in range(first, min(first + NEAR, run.new.stop)):
                if run.is_same or _are_alike(old[source], new[target]):
                    after[target] = after[target]._replace(key=before[source].key)
                    first = target + 1
                    break
    return before, after


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return fuzz.ratio(one[:LONGEST_COMPARED], other[:LONGEST_COMPARED]) >= SIMILAR


def html_paragraphs(body: str) -> list[str]:
    """Return the paragraphs of sanitized HTML as lines, with links and emphasis spelled out."""
    if not body:
        return []
    lines = [""]
    for piece in _pieces(lxml_html.fragment_fromstring(body, create_parent="div")):
        if piece is None:
            lines.append("")
        else:
            lines[-1] += piece
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def marked_text(element: lxml_html.HtmlElement) -> str:
    """Return the words of one element with its links and emphasis spelled out."""
    return " ".join("".join(piece or " " for piece in _pieces(element)).split())


def _pieces(element: lxml_html.HtmlElement) -> Iterator[str | None]:
    """Yield the text of an element bit by bit, and None where a paragraph begins or ends."""
    yield element.text or ""
    for child in element:
        is_block = child.tag in _BLOCKS
        mark = _MARKS.get(str(child.tag), "")
        yield None if is_block else mark
        yield from _pieces(child)
        yield None if is_block else mark
        if child.tag == "a":
            yield f" ({child.get('href', '')})"
        yield child.tail or ""
