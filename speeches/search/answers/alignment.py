"""Where a quotation stands in a text, word for word or nearly so.

Pure functions over folded words, as `language.words` gives them: case, accents, quotation
marks and punctuation are gone before anything is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

LEAST_SIMILARITY = 0.7
"""Least part of a quotation that must stand in a text for the two to be the same words."""
FORGIVEN_WORDS = 2
"""So many wrong words are forgiven in a short quotation, too, where twice as many are right."""
ALIKE = 0.5
"""Two words at least so similar count as one word misspelt, not as two different ones."""


@dataclass(frozen=True)
class Place:
    """Where a quotation stands: the words from `start` up to but without `end`.

    `similarity` is 1 where they are the same; `edits` counts the words that are wrong.
    """

    start: int
    end: int
    similarity: float = 1.0
    edits: int = 0

    @property
    def is_exact(self) -> bool:
        return self.edits == 0

    @property
    def is_near(self) -> bool:
        right = self.end - self.start - self.edits
        few = self.edits <= FORGIVEN_WORDS and right >= 2 * FORGIVEN_WORDS
        return few or self.similarity >= LEAST_SIMILARITY


def exact_places(quote: Sequence[str], words: Sequence[str], most: int = 5) -> list[Place]:
    """Return where the words stand in their order, the first places of them."""
    needle, text = f" {' '.join(quote)} ", f" {' '.join(words)} "
    places: list[Place] = []
    at = text.find(needle) if quote else -1
    while at >= 0 and len(places) < most:
        start = text.count(" ", 0, at)
        places.append(Place(start, start + len(quote)))
        at = text.find(needle, at + 1)
    return places


def locate(quote: Sequence[str], words: Sequence[str]) -> Place | None:
    """Return the one place where a quotation stands best, None where nothing is like it."""
    if exact := exact_places(quote, words, most=1):
        return exact[0]
    window = fuzz.partial_ratio_alignment(quote, words, score_cutoff=40)
    if window is None or not quote:
        return None
    # The window is as long as the quotation: words that were added to it or left out of it
    # push the true ends a little further.
    slack = max(3, len(quote) // 3)
    first = max(0, window.dest_start - slack)
    near = words[first : window.dest_end + slack]
    start, end = _ends(quote, near)
    if start == end:
        return None
    edits, similarity = _differences(quote, near[start:end])
    return Place(first + start, first + end, similarity, edits)


def _ends(quote: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """Return the stretch of words that the fewest edits make of the quotation."""
    numbers: dict[str, int] = {}
    sought = np.array([numbers.setdefault(word, len(numbers)) for word in quote])
    text = np.array([numbers.setdefault(word, len(numbers)) for word in words])
    costs = _costs(sought, text, np.zeros(len(text) + 1, dtype=np.int64))
    first = last = int(costs.argmin())
    while last < len(text) and costs[last + 1] == costs[first]:
        last += 1
    # As cheap as leaving the last words out is replacing them: that says more. Best of all
    # is an end that is the quotation's own.
    ends = range(last, first - 1, -1)
    end = next((end for end in ends if end and text[end - 1] == sought[-1]), last)
    backwards = _costs(sought[::-1], text[:end][::-1], np.arange(end + 1))
    lengths = np.flatnonzero(backwards == backwards.min()).tolist()
    lengths.sort(key=lambda length: abs(length - len(quote)))
    own = (length for length in lengths if length and text[end - length] == sought[0])
    return end - next(own, lengths[0]), end


def _costs(sought: np.ndarray, text: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Return for each end in the text how many edits make the sought words end there.

    `row` holds what it costs to begin before each word: nothing, where any beginning will do
    (Sellers 1980), or the words passed over. One row of the table at a time, all columns at
    once.
    """
    steps = np.arange(len(text) + 1)
    for word in sought:
        below = row + 1
        below[1:] = np.minimum(below[1:], row[:-1] + (text != word))
        row = np.minimum.accumulate(below - steps) + steps
    return row


def _differences(quote: Sequence[str], words: Sequence[str]) -> tuple[int, float]:
    """Return how many words differ, and the similarity, in which a misspelling costs less."""
    edits, cost = 0, 0.0
    for step in Levenshtein.opcodes(quote, words):
        if step.tag == "equal":
            continue
        before = quote[step.src_start : step.src_end]
        after = words[step.dest_start : step.dest_end]
        edits += max(len(before), len(after))
        cost += max(len(before), len(after))
        if step.tag == "replace":
            alike = map(Levenshtein.normalized_similarity, before, after)
            cost -= sum(likeness for likeness in alike if likeness >= ALIKE)
    return edits, 1 - cost / max(len(quote), len(words))


def locate_parts(
    parts: Sequence[Sequence[str]], gaps: Sequence[int | None], words: Sequence[str]
) -> list[Place | None]:
    """Return where the parts of a quotation stand in their order; None for one that is missing.

    `gaps` says of each two neighbours how many words may stand between them, None for any
    number. The longest part is looked for first, the others beside it, the nearest wins.
    """
    middle = max(range(len(parts)), key=lambda index: len(parts[index]))
    best: list[Place | None] = [None] * len(parts)
    anchors: list[Place | None] = [*exact_places(parts[middle], words)]
    anchors = anchors or [locate(parts[middle], words)]
    for anchor in anchors:
        if anchor is None or not anchor.is_near:
            continue
        found: list[Place | None] = [None] * len(parts)
        found[middle], start, end = anchor, anchor.start, anchor.end
        for index in range(middle - 1, -1, -1):
            place = found[index] = _before(parts[index], words, start, gaps[index])
            start = place.start if place else start
        for index in range(middle + 1, len(parts)):
            place = found[index] = _after(parts[index], words, end, gaps[index - 1])
            end = place.end if place else end
        if _standing(found) > _standing(best):
            best = found
    return best


def _standing(places: Sequence[Place | None]) -> float:
    return sum((place.end - place.start) * place.similarity for place in places if place)


def _after(part: Sequence[str], words: Sequence[str], end: int, gap: int | None) -> Place | None:
    """Return the first place of a part behind a word."""
    reach = len(words) if gap is None else end + gap + len(part)
    behind = words[end:reach]
    exact = exact_places(part, behind, most=1)
    return _moved(exact[0] if exact else locate(part, behind), end)


def _before(part: Sequence[str], words: Sequence[str], start: int, gap: int | None) -> Place | None:
    """Return the last place of a part before a word."""
    reach = 0 if gap is None else max(0, start - gap - len(part))
    ahead = words[reach:start]
    reversed_ = exact_places(part[::-1], ahead[::-1], most=1)
    if reversed_:
        last = len(ahead) - reversed_[0].end
        return Place(reach + last, reach + last + len(part))
    return _moved(locate(part, ahead), reach)


def _moved(place: Place | None, by: int) -> Place | None:
    if place is None or not place.is_near:
        return None
    return Place(place.start + by, place.end + by, place.similarity, place.edits)
