"""The steps of a run, each a few tables of the report."""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from functools import cache

from django.db import connection

from benchmarks.search import asking, known, reading, spelling
from benchmarks.search.asking import Asked
from benchmarks.search.building import sizes
from benchmarks.search.hostile import hostile_queries
from benchmarks.search.known import Answer
from benchmarks.search.report import Report, Row, pairs, spread
from speeches.models import Speech
from speeches.search.answers.quotes import find_quote
from speeches.search.words.language import words

GATES = {"quote": "success@1 ≥ 0.95", "quote, one typo": "success@1 ≥ 0.94",
         "three distinctive words": "MRR@10 ≥ 0.90",
    "three ordinary words": ""}  # fmt: skip
SHOWN_MISSES = 12


def take(given: argparse.Namespace, report: Report) -> None:
    """Take the steps asked for, in their fixed order."""
    report.about |= {
        "database": connection.vendor,
        "speeches": str(Speech.objects.published().count()),
        "seed": str(given.seed),
    }
    report.add("About this run", pairs(report.about))
    queries = asking.every_query(given.seed, given.classes or asking.COMMITTED)
    steps: dict[str, Callable[[], None]] = {
        "build": lambda: report.add("Size of the index", sizes()),
        "queries": lambda: of_queries(report, queries, given),
        "relevance": lambda: of_relevance(report, given),
        "spelling": lambda: of_spelling(report),
        "update": lambda: of_updates(report, queries),
        "readers": lambda: of_readers(report, queries, given),
        "pages": lambda: of_pages(report, queries, given),
        "fuzz": lambda: of_fuzz(report),
        "limit": lambda: of_limit(report, queries, given),
    }
    for name, step in steps.items():
        if name in given.steps:
            step()


def of_queries(report: Report, queries: list[Asked], given: argparse.Namespace) -> None:
    times = asking.timed(queries, given.repeat, given.seed)
    totals = {asked.address: asking.answer(asked.parameters).total for asked in queries}
    rows: list[Row] = []
    for kind, taken in times.items():
        hits = sorted(totals[asked.address] for asked in queries if asked.kind == kind)
        hit: Row = {"class": kind, "queries": len(hits), "hits (middle)": hits[len(hits) // 2]}
        rows.append(hit | spread(taken.clock) | on_a_processor(taken.processor))
    clock = [took for taken in times.values() for took in taken.clock]
    worked = [took for taken in times.values() for took in taken.processor]
    every: Row = {"class": "all", "queries": len(queries)}
    rows.append(every | spread(clock) | on_a_processor(worked))
    empty = [address for address, total in totals.items() if not total]
    note = f"Found nothing: {'; '.join(empty)}" if empty else "Every query found something."
    report.add("Queries: ids, total, facets, snippets of twenty speeches", rows, note)


def on_a_processor(seconds: list[float]) -> Row:
    values = spread(seconds)
    return {f"{name} of processor": values[f"{name} ms"] for name in ("p50", "p95")}


@cache
def vocabulary() -> Counter[str]:
    return reading.vocabulary()


def of_words(given: argparse.Namespace) -> list[tuple[str, list[known.Item]]]:
    """Return the known items asked for by three words of one paragraph."""
    return [
        (name, known.three_words(given.items, given.seed, vocabulary(), between))
        for name, between in (
            ("three distinctive words", known.DISTINCTIVE),
            ("three ordinary words", known.ORDINARY),
        )
    ]


def quote_finder(typed: str) -> Answer:
    """Ask the quote finder, which is given the words and no quotation marks."""
    return [
        (match.passage.speech_id, match.passage.passage_id)
        for match in find_quote(words(typed.strip('"')))
    ]


def unquoted(typed: str) -> Answer:
    return asking.best_passages(typed.strip('"'))


def of_relevance(report: Report, given: argparse.Namespace) -> None:
    exact, altered = known.quotes(given.items, given.seed)
    asked: list[tuple[str, list[known.Item], Callable[[str], Answer], str]] = [
        ("quote", exact, asking.best_passages, "search"),
        ("quote, one typo", altered, asking.best_passages, "search"),
        ("quote", exact, unquoted, "search, no marks"),
        ("quote, one typo", altered, unquoted, "search, no marks"),
        ("quote", exact, quote_finder, "quote finder"),
        ("quote, one typo", altered, quote_finder, "quote finder"),
        *((name, items, asking.best_passages, "search") for name, items in of_words(given)),
    ]
    rows: list[Row] = []
    for name, items, ask, where in asked:
        times: list[float] = []
        judged = known.judge(items, timing(ask, times))
        rows.append({"known items": name, "asked of": where, **judged, **spread(times),
                     "wanted": GATES[name] if where == "search" else ""})  # fmt: skip
    best = known.ceiling(exact)
    report.add("Relevance", rows, f"The best success@1 there can be for these quotes: {best:.3f}.")


def timing(ask: Callable[[str], Answer], times: list[float]) -> Callable[[str], Answer]:
    """Return the same way to ask, which also keeps the time."""

    def asked(typed: str) -> Answer:
        began = time.perf_counter()
        answer = ask(typed)
        times.append(time.perf_counter() - began)
        return answer

    return asked


def of_spelling(report: Report) -> None:
    rows: list[Row] = []
    missed: list[str] = []
    for name, drawn in (
        ("as often as they are said", spelling.as_said(vocabulary())),
        ("each word of the vocabulary alike", spelling.of_the_vocabulary(vocabulary())),
    ):
        row, wrong = spelling.measure(drawn)
        rows.append({"drawn": name, **row})
        missed += wrong[:SHOWN_MISSES]
    report.add("Spelling", rows, "Not put right: " + "; ".join(missed))


def of_updates(report: Report, queries: list[Asked]) -> None:
    from benchmarks.search import readers  # noqa: PLC0415 - only where processes are started

    rows, beside = readers.updates(queries)
    report.add("One changed speech of forty paragraphs", rows)
    report.add("Queries beside changes", [readers.together(queries, 1, 5), beside])


def of_readers(report: Report, queries: list[Asked], given: argparse.Namespace) -> None:
    from benchmarks.search import readers  # noqa: PLC0415

    rows = [readers.together(queries, count, given.seconds) for count in (1, 2, 4)]
    report.add("Readers at once, each a process", rows)


def of_pages(report: Report, queries: list[Asked], given: argparse.Namespace) -> None:
    from benchmarks.search import pages  # noqa: PLC0415

    rows = [*pages.over_http(queries, given.seconds), pages.in_process(queries)]
    report.add("Results pages over HTTP, two workers", rows)
    report.add("SQL statements of a results page", pages.statements(queries))


def of_fuzz(report: Report) -> None:
    times: list[float] = []
    slowest = ("", 0.0)
    for text in hostile_queries():
        began = time.perf_counter()
        asking.answer({"q": text})
        took = time.perf_counter() - began
        times.append(took)
        slowest = max(slowest, (text, took), key=lambda pair: pair[1])
    rows: list[Row] = [
        {"queries": len(times), **spread(times, worst="p99"), "max ms": max(times) * 1000}
    ]
    report.add("Hostile queries", rows, f"The slowest: {slowest[0][:200]!r}")


def of_limit(report: Report, queries: list[Asked], given: argparse.Namespace) -> None:
    from benchmarks.search import beside  # noqa: PLC0415 - only here is tantivy needed
    from benchmarks.search.limit import Tantivy  # noqa: PLC0415

    engine = Tantivy()
    try:
        report.add("tantivy: its index, with the texts", [engine.size()])
        rows, differing = beside.compare(engine, queries, max(1, given.repeat // 2))
        report.add("Ours beside tantivy, in turn, in one run", rows)
        report.add("Totals that differ by more than 2 %", differing or [{"query": "none"}])
        if not given.synthetic:
            of_limit_relevance(report, beside.asked_of(engine), given)
    finally:
        engine.close()


def of_limit_relevance(
    report: Report, ask: Callable[[str], Answer], given: argparse.Namespace
) -> None:
    exact, altered = known.quotes(given.items, given.seed)
    rows: list[Row] = [
        {"known items": name, **known.judge(items, ask)}
        for name, items in (("quote", exact), ("quote, one typo", altered), *of_words(given))
    ]
    report.add("Relevance of tantivy, queries as typed", rows)
