"""Where the words of a passage spell names: the longest first, none across another."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from speeches.mentions.finding.acceptance import (
    is_alone,
    is_capital_enough,
    is_common,
    is_same_acronym,
)
from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.found import NameRow
from speeches.mentions.finding.tokens import Token
from speeches.mentions.finding.word_lists import CHARTERS, CUES

_LATIN = re.compile("[A-Za-zÀ-ɏ]")
ONE_OF_A_KIND = frozenset({"initiative", "office"})
POSSESSIVES = ("'s", "’s")


class Match(NamedTuple):
    """Words `first` to `last` of a passage, both included, and the names that they spell."""

    passage: int
    first: int
    last: int
    rows: tuple[NameRow, ...]


def matches_in(
    passage: int, text: str, tokens: Sequence[Token], catalogue: Catalogue, *, is_loud: bool
) -> list[Match]:
    """Return the names of a passage in order."""
    found: list[Match] = []
    for first, token in enumerate(tokens):
        for length in _lengths(token, catalogue):
            words = tokens[first : first + length]
            if len(words) < length:
                continue
            rows = tuple(
                row
                for row in _spelled(words, catalogue)
                if _is_meant(row, tokens, first, text, is_loud=is_loud)
            )
            if rows:
                found.append(Match(passage, first, first + length - 1, rows))
                break
    return _without_overlaps(found)


def _lengths(token: Token, catalogue: Catalogue) -> Sequence[int]:
    """Return how many words the names have that may begin here, the longest first."""
    lengths = catalogue.lengths.get(token.key, ())
    others = catalogue.lengths.get(token.other_key, ()) if token.other_key else ()
    return sorted({*lengths, *others}, reverse=True) if others else lengths


def _spelled(words: Sequence[Token], catalogue: Catalogue) -> Iterator[NameRow]:
    """Yield the names that have these words, with or without prefixes written onto them."""
    plain = tuple(word.key for word in words)
    yield from catalogue.names.get(plain, ())
    if any(word.other_key for word in words) and len(words) <= 6:
        for keys in product(*((w.key, w.other_key) if w.other_key else (w.key,) for w in words)):
            if keys != plain:
                yield from catalogue.names.get(keys, ())


def _is_meant(
    row: NameRow, tokens: Sequence[Token], first: int, text: str, *, is_loud: bool
) -> bool:
    last = first + len(row.key or ()) - 1
    words = tokens[first : last + 1]
    if any(word.is_after_break for word in words[1:]) and not _has_break(row, words, text):
        return False
    if is_loud and (len(words) == 1 or row.kind in {"acronym", "short"}):
        return False
    if row.kind == "acronym":
        return is_same_acronym(row, words, text)
    if row.target.kind == "country" and not is_alone(tokens, first, last):
        return False
    if len(words) == 1:
        shown = words[0].surface
        if row.target.kind == "country":
            # An inflected form in Latin letters would be a demonym; elsewhere a stem tells.
            is_same = not shown.isascii() and not _LATIN.search(shown)
            is_same = is_same or shown.casefold() == row.text.casefold()
            return is_same and words[0].is_capital
        if is_common(shown) and row.kind != "short":
            return shown == row.text and not is_common_here(tokens, first)
        return words[0].is_capital or row.text == shown
    return is_loud or (
        is_capital_enough(row, words)
        and not _is_what_rules_it(tokens, first)
        and not _is_another_number(row, words)
        and not _is_inside_a_longer_name(tokens, last, row, text)
    )


def is_common_here(tokens: Sequence[Token], first: int) -> bool:
    """Say whether a capital may be only that of a sentence's first word."""
    return first == 0 or tokens[first].is_after_break


def _has_break(row: NameRow, words: Sequence[Token], text: str) -> bool:
    """Say whether the name itself has the sign at which the words are broken."""
    shown = text[words[0].start : words[-1].end]
    return all(sign in row.text for sign in shown if not sign.isalnum() and sign not in " '’,-‑")


def _is_another_number(row: NameRow, words: Sequence[Token]) -> bool:
    """Say whether many are spoken of where the name is one's: the Paris Agreements of 1991."""
    if row.target.kind not in ONE_OF_A_KIND:
        return False
    shown, named = words[-1].surface.casefold(), row.text.casefold()
    return shown.endswith("s") and not named.endswith("s") and named.endswith(shown[:-1])


def _is_inside_a_longer_name(tokens: Sequence[Token], last: int, row: NameRow, text: str) -> bool:
    """Say whether a name only begins a longer one that is not known: its cue word follows."""
    if text[tokens[last].end : tokens[last].end + 2] in POSSESSIVES:
        return False
    if _is_of_other_parties(tokens, last, row):
        return True
    for token in tokens[last + 1 : last + 5]:
        if token.is_after_break or token.is_after_comma or not token.is_capital:
            return False
        if token.key in CUES or token.surface.casefold() in CUES:
            return row.kind != "acronym"
    return False


def _is_what_rules_it(tokens: Sequence[Token], first: int) -> bool:
    """Say whether the words only end the name of a charter, as in Charter of the United Nations."""
    before = tokens[max(0, first - 2) : first]
    is_of = len(before) > 1 and before[1].key == "of" and before[0].is_capital
    return is_of and before[0].key in CHARTERS and not tokens[first].is_after_break


def _is_of_other_parties(tokens: Sequence[Token], last: int, row: NameRow) -> bool:
    """Say whether the parties are those to something else, as in Conference of the Parties to."""
    after = tokens[last + 1 : last + 3]
    is_to = len(after) > 1 and after[0].key == "to" and not after[0].is_after_break
    return is_to and after[1].is_capital and (row.key or ("",))[-1] == "party"


def _without_overlaps(matches: Sequence[Match]) -> list[Match]:
    """Keep the longest of those that share words, and the first of equal ones."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda one: (one.first - one.last, one.first)):
        words = range(match.first, match.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(match)
    return sorted(kept, key=lambda one: one.first)
