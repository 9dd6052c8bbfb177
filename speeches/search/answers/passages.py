"""Passages and how often they say something: what results, quotations and trends stand on."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from speeches.search.answers.found import Match, PassageMatch
from speeches.search.answers.phrases import find_phrase
from speeches.search.answers.ranking import Scorer, rank
from speeches.search.answers.vocabulary import stems_of
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import Numbers
from speeches.search.index.expressions import NOTHING, Expression, Token, all_of, any_of
from speeches.search.index.live import Live, asked_again, live
from speeches.search.index.tables import HIGHEST, ROW_BITS, SPEECH_BITS, rows_of_speech
from speeches.search.index.tokens import spaced
from speeches.search.queries.query import Phrase, Word
from speeches.search.words.language import words

SHOWN = 3
"""Passages of one speech that a page shows."""

ROW = (1 << ROW_BITS) - 1
SPEECH = (1 << SPEECH_BITS) - 1


def speech_of(numbers: Numbers) -> Numbers:
    """Return the speech of each passage."""
    return (numbers >> ROW_BITS) & SPEECH


def matches_of(
    live: Live,
    speech_ids: Numbers,
    numbers: Numbers,
    are_ranked: bool,
    loose: Expression,
    scorers: Sequence[Scorer],
) -> tuple[Match, ...]:
    """Return speeches with their best passages.

    `numbers` are the passages that answer; where `are_ranked` they stand in order. For a
    speech without one, passages that hold any of the words (`loose`) are looked for.
    """
    numbers = numbers[(numbers & ROW) != 0]
    numbers = numbers[np.isin(speech_of(numbers), speech_ids)]
    if not are_ranked:
        numbers, _scores = rank(live, numbers, scorers)
    without = speech_ids[~np.isin(speech_ids, speech_of(numbers))]
    spread = _loosely(live, without, loose, scorers)
    of_speech: dict[int, list[int]] = {key: [] for key in speech_ids.tolist()}
    for number in [*numbers.tolist(), *spread.tolist()]:
        of_speech[(number >> ROW_BITS) & SPEECH].append(number)
    shown = {number for some in of_speech.values() for number in some[:SHOWN]}
    passages = passages_at(live, np.array(sorted(shown), np.int64))
    if len({passage.passage_id for passage in passages.values()}) < len(passages):
        # A long passage stands in several rows, and is one all the same.
        every = [number for some in of_speech.values() for number in some]
        passages = passages_at(live, np.array(sorted(every), np.int64))
        of_speech = {key: _each_once(some, passages) for key, some in of_speech.items()}
    return tuple(
        Match(
            key,
            tuple(passages[n] for n in of_speech[key][:SHOWN] if n in passages),
            len(of_speech[key]),
        )
        for key in speech_ids.tolist()
    )


def _each_once(numbers: Iterable[int], passages: dict[int, PassageMatch]) -> list[int]:
    first: dict[int, int] = {}
    for number in numbers:
        if number in passages:
            first.setdefault(passages[number].passage_id, number)
    return list(first.values())


def _loosely(
    live: Live, speech_ids: Numbers, loose: Expression, scorers: Sequence[Scorer]
) -> Numbers:
    if not len(speech_ids) or loose == NOTHING:
        return np.empty(0, np.int64)
    day = live.columns.day
    ranges = [rows_of_speech(int(day[key]), key) for key in speech_ids.tolist()]
    found = backend().passages_of(live.tables, loose, ranges)
    return rank(live, found[(found & ROW) != 0], scorers)[0]


def passages_at(live: Live, numbers: Numbers) -> dict[int, PassageMatch]:
    """Return the passages at some numbers of the index, with their text."""
    if not len(numbers):
        return {}
    rows = backend().joined(live.tables, "passage_id, anchor, language, text", numbers)
    return {
        number: PassageMatch((number >> ROW_BITS) & SPEECH, key, anchor, language, text)
        for number, key, anchor, language, text in rows
    }


@asked_again
def frequencies(forms: Iterable[str]) -> dict[str, int]:
    """Return in how many passages each word stands, by its stem; 0 for an unknown word."""
    asked, now = list(forms), live()
    known = stems_of(now, asked) if now else {}
    return {form: sum(known.get(form, {}).values()) for form in asked}


@asked_again
def passages_with(forms: Sequence[str], limit: int = 500) -> list[PassageMatch]:
    """Return visible passages that hold all of some words, by their stems, newest first."""
    with backend().bounded():
        now = live()
        if now is None or not forms:
            return []
        known = stems_of(now, forms)
        if not all(known.get(form) for form in forms):
            return []
        every = all_of(any_of(map(Token, known[form])) for form in forms)
        likely = min(sum(known[form].values()) for form in forms)
        numbers = backend().passages_with(now.tables, every, 0, HIGHEST, limit, likely)
        numbers = numbers[now.visible[speech_of(numbers)]]
        found = passages_at(now, numbers)
        return [found[number] for number in numbers.tolist() if number in found]


@asked_again
def occurrences_by_year(term: Word | Phrase) -> dict[int, int]:
    """Return how often a word, by its stem, or a phrase was said in each year."""
    with backend().bounded():
        now = live()
        if now is None:
            return {}
        if isinstance(term, Phrase):
            counts = _phrase_by_speech(now, term.forms)
        else:
            stems = list(stems_of(now, [term.form])[term.form])
            counts = _tokens_by_speech(now, any_of(map(Token, stems)), stems)
    years: Counter[int] = Counter()
    for speech_id, times in counts:
        if now.visible[speech_id]:
            years[int(now.columns.year[speech_id])] += times
    return dict(years)


def _tokens_by_speech(live: Live, holds: Expression, tokens: list[str]) -> list[tuple[int, int]]:
    return backend().occurrences(live.tables, holds, tokens) if tokens else []


def _phrase_by_speech(live: Live, forms: Sequence[str]) -> list[tuple[int, int]]:
    hits = find_phrase(live, forms)
    match hits.expression:
        case Token(pair):
            return _tokens_by_speech(live, hits.expression, [pair])
    if hits.is_read and hits.numbers is not None:
        sought = spaced(forms)
        rows = backend().joined(live.tables, "passage_id, text", hits.numbers)
        # By its key, because a long passage stands in several rows.
        passages = {key: ((number >> ROW_BITS) & SPEECH, text) for number, key, text in rows}
        return [(speech, spaced(words(text)).count(sought)) for speech, text in passages.values()]
    return _tokens_by_speech(live, hits.expression, [" ".join(some) for some in hits.readings])


@asked_again
def words_by_year() -> dict[int, int]:
    """Return how many words of visible speeches there are of each year."""
    now = live()
    if now is None or not now.visible.any():
        return {}
    years, words_of = now.columns.year[now.visible], now.columns.words[now.visible]
    sums = np.bincount(years, weights=words_of)
    return {year: int(sums[year]) for year in np.flatnonzero(sums).tolist()}
