"""Spelling: which word of the archive was meant by one that stands nowhere in it.

Pure. Two words are near if they become the same when a letter or two are taken out of each:
so the index keeps each word under what is left of it (`deletes`), and a wrong word is looked
up under what is left of that. Among what comes back, `best` weighs the slips of a hand.
"""

from collections.abc import Iterable
from itertools import combinations
from math import log10

from rapidfuzz.distance import OSA

from speeches.search.words.language import is_paired

BEGINNING = 7
"""Letters of a word that are varied: fewer bring back three times the candidates each."""
SHORTEST = 3
"""Letters a word must have to be corrected: a shorter one may mean anything."""

# What each slip costs. A letter left out, two exchanged and one doubled can each happen in
# only one way; another letter in twenty-five, so any one of those is less likely. With all
# edits alike, a tenth of the words that are corrected rightly came out wrong.
_LEFT_OUT = _EXCHANGED = _DOUBLED = 1.5
_ADDED = _REPLACED = 2.9
_OTHER_FIRST_LETTER = 0.2
_TEN_TIMES_AS_FREQUENT = 0.4


def needs_correction(form: str, passages: int = 0) -> bool:
    """Say whether to look for another word: this one is in no passage, and can be wrong.

    Numbers, symbols of documents and pairs of Chinese characters are meant as they stand.
    """
    return passages == 0 and _can_be_wrong(form)


def deletes(form: str) -> set[str]:
    """Return the keys a word is kept under: its beginning, and that without some letters.

    Up to two are left out, one of words of four letters and less. There are no keys for what
    is never corrected, nor can be what was meant.
    """
    if not _can_be_wrong(form):
        return set()
    beginning = form[:BEGINNING]
    longest = len(beginning)
    return {
        "".join(letters)
        for kept in range(longest - _most_edits(form), longest + 1)
        for letters in combinations(beginning, kept)
    }


def best(form: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    """Return the word that was most likely meant, None if nothing is near enough.

    `candidates` are words of the archive with the number of passages each stands in. Near
    are those one edit away, two for words of five letters and more: a letter more, less or
    other, or two neighbours exchanged. Who makes two slips still begins with the right letter.
    """
    if not _can_be_wrong(form):
        return None
    most = _most_edits(form)
    near = sorted(
        (edits * _LEFT_OUT - _TEN_TIMES_AS_FREQUENT * log10(max(1, passages)), word, edits)
        for word, passages in candidates
        if (edits := OSA.distance(form, word, score_cutoff=most)) <= most
        and (edits < 2 or word[:1] == form[:1])
    )
    chosen: tuple[float, str] | None = None
    for least, word, edits in near:
        if chosen and least > chosen[0]:
            break  # not even with the cheapest edits
        cost = least - edits * _LEFT_OUT + _slips(form, word)
        chosen = min(chosen or (cost, word), (cost, word))
    return chosen[1] if chosen else None


def _slips(typed: str, meant: str) -> float:
    """Return what it costs to get from the word meant to the one typed.

    This is the distance of optimal string alignment, with a price for each kind of edit.
    """
    before: list[float] = []
    row = [at * _LEFT_OUT for at in range(len(meant) + 1)]
    for line, mine in enumerate(typed):
        extra = _DOUBLED if line and mine == typed[line - 1] else _ADDED
        new = [row[0] + extra]
        for at, letter in enumerate(meant):
            cost = min(
                row[at] + (0.0 if mine == letter else _REPLACED),
                new[at] + _LEFT_OUT,
                row[at + 1] + extra,
            )
            exchanged = line and at and mine == meant[at - 1] and typed[line - 1] == letter
            if exchanged:
                cost = min(cost, before[at - 1] + _EXCHANGED)
            new.append(cost)
        before, row = row, new
    return row[-1] + (_OTHER_FIRST_LETTER if typed[0] != meant[0] else 0.0)


def _most_edits(form: str) -> int:
    return 1 if len(form) <= 4 else 2


def _can_be_wrong(form: str) -> bool:
    return (
        len(form) >= SHORTEST
        and not is_paired(form)
        and not any(letter.isdigit() for letter in form)
    )
