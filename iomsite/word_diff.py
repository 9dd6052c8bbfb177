"""Two texts compared word by word, for people to see what was changed.

Pure, and bounded: texts that are too long to be compared word by word are shown as replaced.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

MOST_COMPARISONS = 25_000_000
"""Pairs of words: 5,000 against 5,000, compared in 0.1 s."""
LEAST_IN_COMMON = 0.3
"""Share of common words below which two passages are shown as two, and not as a jumble."""

# A character of Han or kana is a word of its own; a mark of punctuation is one too.
_WORD = re.compile(r"([\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s])(\s*)")


class Stretch(NamedTuple):
    """Words of one kind: `same`, `deleted` or `inserted`, and the space that follows them."""

    kind: str
    text: str
    space: str = ""


class Run(NamedTuple):
    """A stretch of two sequences that is the same in both, or differs."""

    is_same: bool
    old: range
    new: range


def word_diff(before: str, after: str) -> list[Stretch]:
    """Return the stretches that lead from one text to another, in order.

    Between two stretches that are the same, what is deleted comes before what is inserted.
    """
    old, new = _tokens(before), _tokens(after)
    found = list(runs([word for word, _ in old], [word for word, _ in new]))
    common = sum(len(run.new) for run in found if run.is_same)
    if common < LEAST_IN_COMMON * max(len(old), len(new)):
        found = [Run(False, range(len(old)), range(len(new)))]
    stretches = []
    for run in found:
        deleted, inserted = [old[at] for at in run.old], [new[at] for at in run.new]
        if not run.is_same:
            stretches.append(_stretch("deleted", deleted))
        stretches.append(_stretch("same" if run.is_same else "inserted", inserted))
    return [stretch for stretch in stretches if stretch.text]


def is_changed(stretches: Sequence[Stretch]) -> bool:
    """Say whether a comparison has found any difference."""
    return any(stretch.kind != "same" for stretch in stretches)


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Yield what two sequences have in common and what not, in order.

    Sequences that are too long to be compared differ as a whole, but for their ends.
    """
    start = _common_start(old, new)
    end = _common_start(old[start:][::-1], new[start:][::-1])
    last_old, last_new = len(old) - end, len(new) - end
    if start:
        yield Run(True, range(start), range(start))
    at_old, at_new = start, start
    if (last_old - start) * (last_new - start) <= MOST_COMPARISONS:
        steps = LCSseq.opcodes(old[start:last_old], new[start:last_new])
        for step in steps:
            if step.tag != "equal":
                continue
            here_old, here_new = start + step.src_start, start + step.dest_start
            if here_old > at_old or here_new > at_new:
                yield Run(False, range(at_old, here_old), range(at_new, here_new))
            at_old, at_new = start + step.src_end, start + step.dest_end
            yield Run(True, range(here_old, at_old), range(here_new, at_new))
    if last_old > at_old or last_new > at_new:
        yield Run(False, range(at_old, last_old), range(at_new, last_new))
    if end:
        yield Run(True, range(last_old, len(old)), range(last_new, len(new)))


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(match[1], " " if match[2] else "") for match in _WORD.finditer(text)]


def _common_start(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _stretch(kind: str, tokens: Sequence[tuple[str, str]]) -> Stretch:
    text = "".join(word + space for word, space in tokens)
    return Stretch(kind, text.rstrip(), " " if text != text.rstrip() else "")
