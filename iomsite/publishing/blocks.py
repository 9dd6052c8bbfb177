"""A long text as blocks, and two people's changes to it brought together block by block.

Pure functions. A block is a paragraph, a heading, a list, a quotation or a table of HTML, or
a line of plain text. Splitting loses nothing: the blocks, joined, are the text again.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

_BLOCK = "p|h2|h3|h4|ul|ol|li|blockquote|table|thead|tbody|tr|th|td"
_TAG = re.compile(rf"<(/?)({_BLOCK})(?:\s[^<>]*)?>", re.IGNORECASE)
_CONTAINER = re.compile(r"(<(ul|ol|blockquote)(?:\s[^<>]*)?>)(.*)(</\2>\s*)", re.IGNORECASE | re.S)

ALIKE = 50.0
"""Least similarity, in per cent, at which a changed block counts as the same one."""
MOST_BLOCKS = 4_000
"""Of a text that are compared one by one; a longer one is one block."""
MOST_PAIRS = 10_000
"""Of changed blocks in one place that are compared with each other."""
LONGEST_COMPARED = 2_000
"""Characters of a block that are looked at to tell whether it is alike."""
DEEPEST = 5
"""Lists within lists whose items are merged."""


class Piece(NamedTuple):
    """A stretch of a merged text: what it was, what each person made of it, what to take.

    `taken` is None where both changed it, each in another way, and somebody has to choose.
    """

    base: str
    mine: str
    theirs: str
    taken: str | None


def split(text: str) -> list[str]:
    """Return the blocks of a text, in order; joined, they are the text."""
    blocks: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(text):
        if tag[1]:
            depth = max(0, depth - 1)
            if depth == 0:
                blocks.append(text[start : tag.end()])
                start = tag.end()
        else:
            if depth == 0:
                blocks += text[start : tag.start()].splitlines(keepends=True)
                start = tag.start()
            depth += 1
    blocks += [text[start:]] if depth else text[start:].splitlines(keepends=True)
    return _with_space_before(blocks)


def _with_space_before(blocks: list[str]) -> list[str]:
    """Let white space between blocks belong to the block before it."""
    found: list[str] = []
    for block in blocks:
        if found and not block.strip():
            found[-1] += block
        elif block:
            found.append(block)
    return found


def merge(base: str, mine: str, theirs: str, depth: int = 0) -> list[Piece]:
    """Return the pieces of a text that two people changed, in order.

    Where only one of them changed something, or both did the same, it is taken.
    """
    texts = [split(text) for text in (base, mine, theirs)]
    if any(len(blocks) > MOST_BLOCKS for blocks in texts):
        return [_piece(base, mine, theirs)]
    old, left, right = texts
    pieces = list(_slots(old, _aligned(old, left), _aligned(old, right)))
    return [inner for piece in pieces for inner in _opened(piece, depth)]


class _Change(NamedTuple):
    """What somebody made of the old blocks: each one's new words, and what stands before it."""

    blocks: list[str]
    before: list[str]
    """One more than there are old blocks: the last is what stands at the end."""


def _slots(old: list[str], mine: _Change, theirs: _Change) -> Iterator[Piece]:
    for place in range(len(old) + 1):
        if mine.before[place] or theirs.before[place]:
            yield _piece("", mine.before[place], theirs.before[place])
        if place < len(old):
            yield _piece(old[place], mine.blocks[place], theirs.blocks[place])


def _piece(base: str, mine: str, theirs: str) -> Piece:
    taken = None
    words = [text.rstrip() for text in (base, mine, theirs)]
    if base == mine or words[0] == words[1] != words[2]:
        taken = theirs
    elif words[0] == words[2] or words[1] == words[2]:
        taken = mine
    return Piece(base, mine, theirs, taken)


def _opened(piece: Piece, depth: int) -> Iterator[Piece]:
    """Merge the items of a list, and the paragraphs of a quotation, that both changed."""
    found = [_CONTAINER.fullmatch(text) for text in piece[:3]]
    parts = [match.groups() for match in found if match]
    is_one = len(parts) == 3 and len({part[0] for part in parts}) == 1
    if piece.taken is not None or depth == DEEPEST or not is_one:
        yield piece
    else:
        opening, closing = parts[0][0], parts[0][3]
        yield Piece(opening, opening, opening, opening)
        base, mine, theirs = (part[2] for part in parts)
        yield from merge(base, mine, theirs, depth + 1)
        yield Piece(closing, closing, closing, closing)


def _aligned(old: Sequence[str], new: Sequence[str]) -> _Change:
    """Find each old block among the new ones: the same one, else one alike in its place."""
    change = _Change([""] * len(old), [""] * (len(old) + 1))
    steps = Indel.opcodes([block.rstrip() for block in old], [block.rstrip() for block in new])
    for is_same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        places = range(run[0].src_start, run[-1].src_end)
        there = new[run[0].dest_start : run[-1].dest_end]
        if is_same:
            change.blocks[places.start : places.stop] = there
        else:
            _align_changed(old, there, places, change)
    return change


def _align_changed(old: Sequence[str], new: Sequence[str], places: range, change: _Change) -> None:
    """Pair the blocks of a place in which everything differs; the rest is new, or gone."""
    pairs = _filled(_pairs([old[place] for place in places], new), len(places), len(new))
    done = 0
    for offset, partner in pairs:
        place = places[offset]
        change.before[place] += "".join(new[done:partner])
        change.blocks[place] = new[partner]
        done = partner + 1
    change.before[places.stop] += "".join(new[done:])


def _filled(pairs: list[tuple[int, int]], olds: int, news: int) -> list[tuple[int, int]]:
    """Add to the pairs what stands between them, where it is as many blocks as it was."""
    found: list[tuple[int, int]] = []
    i = j = 0
    for next_i, next_j in [*pairs, (olds, news)]:
        if next_i - i == next_j - j:
            found += zip(range(i, next_i), range(j, next_j), strict=True)
        found.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return found[:-1]


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which blocks are alike, in order, so that they are alike in all as much as can be."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(one, other) for other in new] for one in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one[:LONGEST_COMPARED], other[:LONGEST_COMPARED], score_cutoff=ALIKE)
