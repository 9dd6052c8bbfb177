"""Did-you-mean: how often the right word, how fast."""

import time
from collections import Counter
from random import Random

from benchmarks.search.mistakes import mistyped
from benchmarks.search.reading import WORD, some_passages
from benchmarks.search.report import Row, spread
from speeches.search import find
from speeches.search.answers.vocabulary import nearest
from speeches.search.index.live import live
from speeches.search.queries.query import parse

SEED, WORDS = 194, 400
FEWEST_PASSAGES = 3
TWICE_WRONG = 0.15
"""The share of words that get a second mistake."""


def as_said(known: Counter[str]) -> list[tuple[str, str]]:
    """Misspell words drawn as often as they are said: what a reader is likely to mistype."""
    random = Random(SEED)  # noqa: S311
    words = []
    for row in some_passages(random, WORDS * 3):
        fit = [word for word in WORD.findall(row.text.lower()) if is_fit(word, known)]
        words.append(random.choice(fit or [""]))
    return corrupted(words, known, random)


def of_the_vocabulary(known: Counter[str]) -> list[tuple[str, str]]:
    """Misspell words of the vocabulary, each as likely as any other: rare ones, mostly."""
    random = Random(SEED)  # noqa: S311
    fit = sorted(word for word in known if is_fit(word, known))
    return corrupted(random.sample(fit, min(len(fit), WORDS * 2)), known, random)


def is_fit(word: str, known: Counter[str]) -> bool:
    return len(word) >= 5 and word.isascii() and known[word] >= FEWEST_PASSAGES


def corrupted(words: list[str], known: Counter[str], random: Random) -> list[tuple[str, str]]:
    """Misspell each word into what stands nowhere in the record."""
    pairs: list[tuple[str, str]] = []
    for word in filter(None, words):
        wrong = mistyped(word, random)
        if random.random() < TWICE_WRONG and len(word) > 6:
            wrong = mistyped(wrong, random)
        if not known[wrong]:
            pairs.append((word, wrong))
    return pairs[:WORDS]


def measure(pairs: list[tuple[str, str]]) -> tuple[Row, list[str]]:
    """Correct each word; return how often that was right, how fast, and what was not right.

    *Right word*: the very word that was meant. *Right answer*: the search for the wrong word
    finds what the one for the right word finds: `ladie` needs no correction to find ladies.
    """
    missed: list[str] = []
    times: list[float] = []
    right_words = right_answers = 0
    now = live()
    if now is None:
        raise SystemExit("There is no index. Run the step build.")
    for right, wrong in pairs:
        began = time.perf_counter()
        put = nearest(now, wrong)
        times.append(time.perf_counter() - began)
        right_words += put == right
        if same_answer(right, wrong):
            right_answers += 1
        else:
            missed.append(f"{wrong} → {put or 'nothing'}, meant {right}")
    shares = {"right word": right_words / len(pairs), "right answer": right_answers / len(pairs)}
    return {"words": len(pairs), **shares, **spread(times)}, missed


def same_answer(right: str, wrong: str) -> bool:
    meant, found = find(parse(right)), find(parse(wrong))
    speeches = [[match.speech_id for match in answer.matches] for answer in (meant, found)]
    return meant.total == found.total and sorted(speeches[0]) == sorted(speeches[1])
