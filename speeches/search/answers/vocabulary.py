"""Which words the archive knows, how often it says them, and which it has for a wrong one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from speeches.search.index.backends import backend
from speeches.search.index.live import Live
from speeches.search.index.name_index import SPEECH
from speeches.search.words.language import stems
from speeches.search.words.spelling import best, deletes, needs_correction

MOST_BEGINNINGS = 60
"""Stems that a prefix stands for, the most frequent."""

LAST_LETTER = chr(0x10FFFF)

Stems = dict[str, int]
"""Stems, each with the number of passages that hold it."""


def stems_of(live: Live, forms: Iterable[str]) -> dict[str, Stems]:
    """Return for each form the stems it has in the archive; none for an unknown form.

    A form that stands nowhere still finds its relatives: it gets the stems it would have
    in the languages of the archive, as far as there are words of that stem.
    """
    asked = list(dict.fromkeys(forms))
    found: dict[str, Stems] = defaultdict(dict)
    t = live.tables
    if not asked:
        return found
    sql = (
        f"SELECT form, {t.words}.stem, {t.stems}.passages FROM {t.words}"
        f" JOIN {t.stems} ON {t.stems}.stem = {t.words}.stem"
        f" WHERE form IN ({_marks(asked)}) AND {t.stems}.passages > 0"
    )
    for form, stem, passages in backend().rows(sql, asked):
        if passages > live.unseen.get(stem, 0):
            found[form][stem] = passages
    guesses = {form: stems(form, live.languages) or (form,) for form in asked if form not in found}
    counts = passages_of_tokens(live, {stem for some in guesses.values() for stem in some})
    for form, some in guesses.items():
        found[form] = {stem: counts[stem] for stem in some if stem in counts}
    return found


def said_forms(live: Live, forms: Iterable[str]) -> set[str]:
    """Return those forms that somebody said just so, not only in another form."""
    asked = list(dict.fromkeys(forms))
    if not asked:
        return set()
    t = live.tables
    sql = (
        f"SELECT form, {t.words}.stem, {t.stems}.passages FROM {t.words}"
        f" JOIN {t.stems} ON {t.stems}.stem = {t.words}.stem"
        f" WHERE form IN ({_marks(asked)}) AND {t.stems}.passages > 0"
    )
    rows = backend().rows(sql, asked)
    return {form for form, stem, count in rows if count > live.unseen.get(stem, 0)}


def passages_of_tokens(live: Live, tokens: Iterable[str]) -> Stems:
    """Return in how many passages each token stands, without those that stand in none."""
    asked = sorted(set(tokens))
    if not asked:
        return {}
    t = live.tables
    sql = f"SELECT stem, passages FROM {t.stems} WHERE stem IN ({_marks(asked)}) AND passages > 0"
    return _seen(live, backend().rows(sql, asked))


def _seen(live: Live, counts: Iterable[tuple[Any, ...]]) -> Stems:
    """Leave out stems that stand under embargo only."""
    return {stem: count for stem, count in counts if count > live.unseen.get(stem, 0)}


def stems_beginning(live: Live, prefix: str) -> Stems:
    """Return the stems of the words that begin so, the most frequent first, bounded."""
    t = live.tables
    sql = (
        f"SELECT {t.stems}.stem, max({t.stems}.passages) AS often FROM {t.words}"
        f" JOIN {t.stems} ON {t.stems}.stem = {t.words}.stem"
        f" WHERE form >= %s AND form < %s AND {t.stems}.passages > 0"
        f" GROUP BY {t.stems}.stem ORDER BY often DESC, {t.stems}.stem LIMIT {MOST_BEGINNINGS}"
    )
    return _seen(live, backend().rows(sql, [prefix, prefix + LAST_LETTER]))


def words_of_names(live: Live, forms: Iterable[str]) -> set[str]:
    """Return those forms that stand in a public name: they are meant as they stand."""
    asked = list(dict.fromkeys(forms))
    if not asked:
        return set()
    t = live.tables
    sql = (
        f"SELECT DISTINCT word FROM {t.name_words} JOIN {t.names} ON id = name_id"
        f" WHERE word IN ({_marks(asked)}) AND kind <> %s AND visible_from <= %s"
    )
    return {word for (word,) in backend().rows(sql, [*asked, SPEECH, live.now])}


def nearest(live: Live, form: str) -> str | None:
    """Return the known word that a wrong one was most likely meant to be, None if none is."""
    if not needs_correction(form):
        return None
    cuts = sorted(deletes(form))
    t = live.tables
    sql = (
        f"SELECT {t.words}.form, max({t.words}.passages) FROM {t.deletes}"
        f" JOIN {t.words} ON {t.words}.form = {t.deletes}.form"
        f" JOIN {t.stems} ON {t.stems}.stem = {t.words}.stem"
        f" WHERE cut IN ({_marks(cuts)}) AND {t.stems}.passages > 0 AND {t.words}.form <> %s"
        f" GROUP BY {t.words}.form"
    )
    near = backend().rows(sql, [*cuts, form])
    if live.unseen:
        seen = stems_of(live, [word for word, _passages in near])
        near = [(word, passages) for word, passages in near if seen.get(word)]
    found: str | None = best(form, near)
    return found


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))
