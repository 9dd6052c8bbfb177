"""Several readers at once, and readers beside somebody who writes."""

import multiprocessing
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from benchmarks.search.asking import Asked, answer, for_seconds
from benchmarks.search.reading import passages
from benchmarks.search.report import Row, spread
from iomsite.publishing.models import Status
from speeches.models import Speech, SpeechText

PROCESSES = multiprocessing.get_context("fork")
UPDATES = 20
PATIENCE = 10
PAUSE = 0.25
"""Seconds between two changes: four a second is more than any staff makes."""


def apart(work: Callable[..., None], *arguments: Any) -> Any:
    """Start work in a process of its own, which opens connections of its own."""
    connections.close_all()  # a connection must not be shared by two processes
    process = PROCESSES.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def read(answers: Any, queries: list[Asked], seconds: float, seed: int) -> None:
    for asked in queries[::5]:
        answer(asked.parameters)  # a process that has just begun is not yet warm
    answers.put(list(for_seconds(queries, seconds, seed)))


def together(queries: list[Asked], processes: int, seconds: float) -> Row:
    """Let processes ask at once and return queries per second and how long each took."""
    answers = PROCESSES.Queue()
    started = [apart(read, answers, queries, seconds, seed) for seed in range(processes)]
    times = [took for _ in started for took in answers.get()]
    for process in started:
        process.join()
    return {"readers": processes, "queries/s": len(times) / seconds, **spread(times)}


def changed_speech() -> SpeechText:
    """Add a published speech of forty paragraphs, to be changed and then deleted."""
    words = [row.text for row, _ in zip(passages(), range(40), strict=False)]
    speech = Speech.objects.create(
        status=Status.PUBLISHED, published_at=timezone.now(), delivered_on=timezone.now().date()
    )
    body = "".join(f"<p>{' '.join(filter(str.isalpha, text.split()))}</p>" for text in words)
    return SpeechText.objects.create(speech=speech, title="Speech of the benchmark", body=body)


def nonce(number: int) -> str:
    """Return a word that stands nowhere else, unlike the other ones by more than a slip."""
    return "qz" + "".join("bcdfghjkmp"[int(digit)] * 2 for digit in f"{number:04}") + "xq"


def note_the_time(times: list[float]) -> None:
    times.append(time.monotonic())


def write(text_key: int, commits: Any, count: int, pause: float) -> None:
    """Change the speech again and again; tell the word put in and when that was committed."""
    text = SpeechText.objects.get(pk=text_key)
    body = text.body
    for number in range(count):
        text.body = f"{body}<p>The word is {nonce(number)}.</p>"
        began = time.monotonic()
        with transaction.atomic():
            # Registered first, so called first: right after the commit, before the index.
            committed: list[float] = []
            transaction.on_commit(partial(note_the_time, committed))
            text.save()
        commits.put((nonce(number), began, committed[0], time.monotonic()))
        time.sleep(pause)
    commits.put(None)


def seen(word: str, committed: float) -> float:
    """Return how long after the commit another process, this one, finds the word, in seconds."""
    while time.monotonic() < committed + PATIENCE:
        found = answer({"q": word})
        if found.total and not found.corrections:
            return time.monotonic() - committed
    raise RuntimeError(f"{word} was not found {PATIENCE} s after it was saved.")


def updates(queries: list[Asked]) -> tuple[list[Row], Row]:
    """Measure one changed speech: until searchable elsewhere, and the queries beside it.

    Adds a speech and deletes it in the end; only its reference number stays used.
    """
    text = changed_speech()
    try:
        saved, visible = _visible_after(text.pk)
        beside = _beside_changes(text.pk, queries)
    finally:
        text.speech.delete()
    rows: list[Row] = [
        {"what": "saving the text, all of it", **spread(saved)},
        {"what": "from the commit until another process finds it", **spread(visible)},
    ]
    return rows, beside


def _visible_after(text_key: int) -> tuple[list[float], list[float]]:
    commits = PROCESSES.Queue()
    process = apart(write, text_key, commits, UPDATES, PAUSE)
    saved, visible = [], []
    while (said := commits.get()) is not None:
        word, began, committed, ended = said
        saved.append(ended - began)
        visible.append(seen(word, committed))
    process.join()
    return saved, visible


def _beside_changes(text_key: int, queries: list[Asked]) -> Row:
    seconds = UPDATES * PAUSE
    commits = PROCESSES.Queue()
    process = apart(write, text_key, commits, UPDATES, PAUSE)
    times = list(for_seconds(queries, seconds, 0))
    while commits.get() is not None:
        pass
    process.join()
    return {"readers": "1, beside 4 changes a second", "queries/s": len(times) / seconds,
            **spread(times)}  # fmt: skip
