"""Whom or what a name belongs to: for suggestions, entity cards and typed conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from speeches.search.answers.vocabulary import LAST_LETTER
from speeches.search.index.backends import backend
from speeches.search.index.live import Live, asked_again, live
from speeches.search.index.name_index import ENTRY_MODELS, SPEECH
from speeches.search.words.language import words

__all__ = ["ENTRY_MODELS", "SPEECH", "NamedEntry", "beginning_with", "entries_named", "named"]

MOST_WORDS = 8
MOST_ENTRIES = 50


@dataclass(frozen=True)
class NamedEntry:
    """Something public that a name belongs to; `is_whole` when all of the name was said."""

    kind: str
    entry_id: int
    text: str
    language: str
    is_whole: bool = False


@asked_again
def named(text: str) -> list[NamedEntry]:
    """Return the public entries of the directory that a text is the name of."""
    now = live()
    return entries_named(now, text) if now else []


@asked_again
def beginning_with(text: str, limit: int) -> list[NamedEntry]:
    """Return public entries and speeches whose name or title has words that begin so."""
    now = live()
    return entries_beginning(now, text, limit) if now else []


def entries_named(
    live: Live, text: str, kinds: Sequence[str] = tuple(ENTRY_MODELS)
) -> list[NamedEntry]:
    """Return the public entries with just this name, else those with all of its words.

    A name of one word is found as a part of a longer one only by its word whole.
    """
    sought = words(text)[:MOST_WORDS]
    if not sought:
        return []
    name = " ".join(sought)
    whole = _select(live, kinds, "folded = %s", [name], MOST_ENTRIES, name)
    return whole or _select(live, kinds, *_with_words(live, sought, ""), MOST_ENTRIES)


def entries_beginning(
    live: Live, text: str, limit: int, kinds: Sequence[str] = (*ENTRY_MODELS, SPEECH)
) -> list[NamedEntry]:
    """Return what is public and has a name with these words, the last of them unfinished.

    Names that begin so lead, then acronyms and short names, then the shortest.
    """
    *whole, last = words(text)[:MOST_WORDS] or [""]
    if not last:
        return []
    found = _select(live, kinds, *_with_words(live, whole, last), limit, " ".join([*whole, last]))
    return found


def _with_words(live: Live, whole: Sequence[str], beginning: str) -> tuple[str, list[str]]:
    t = live.tables
    part = f"id IN (SELECT name_id FROM {t.name_words} WHERE word"
    conditions = [f"{part} = %s)" for _word in whole]
    values = list(whole)
    if beginning:
        conditions.append(f"{part} >= %s AND word < %s)")
        values += [beginning, beginning + LAST_LETTER]
    return " AND ".join(conditions), values


def _select(
    live: Live,
    kinds: Sequence[str],
    condition: str,
    values: Sequence[str],
    limit: int,
    beginning: str = "",
) -> list[NamedEntry]:
    marks = ", ".join(["%s"] * len(kinds))
    sql = (
        f"SELECT kind, entry_id, text, language, folded FROM {live.tables.names}"
        f" WHERE {condition} AND kind IN ({marks}) AND visible_from <= %s"
        " ORDER BY CASE WHEN folded >= %s AND folded < %s THEN 0 ELSE 1 END,"
        f" weight DESC, length(folded), folded, kind, entry_id LIMIT {limit * 3}"
    )
    order = [beginning, beginning + LAST_LETTER]
    rows = backend().rows(sql, [*values, *kinds, live.now, *order])
    entries: dict[tuple[str, int], NamedEntry] = {}
    for kind, key, text, language, folded in rows:
        if kind == SPEECH and key in live.pending:
            continue
        whole = folded == beginning
        entries.setdefault((kind, key), NamedEntry(kind, key, text, language, whole))
    return list(entries.values())[:limit]
