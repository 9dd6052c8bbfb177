"""Our engine and tantivy asked in turn, query by query, in one run: the ratio to trust."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from benchmarks.search.asking import Asked, answer
from benchmarks.search.known import Answer
from benchmarks.search.limit import Tantivy
from benchmarks.search.report import Row, spread
from speeches.search import find
from speeches.search.queries.query import Query, from_parameters


def understood(asked: Asked) -> Query:
    """Return the query as it was run in the end, after corrections."""
    return find(from_parameters(QueryDict(urlencode(asked.parameters)))).query


def compare(engine: Tantivy, queries: list[Asked], repeat: int) -> tuple[list[Row], list[Row]]:
    """Return times of both by class, and the queries whose totals differ by more than 2 %."""
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    differing: list[Row] = []
    for asked in queries:
        query = understood(asked)
        ours, theirs = answer(asked.parameters).total, engine.total(query)
        if abs(ours - theirs) > max(2, 0.02 * max(ours, theirs)):
            differing.append({"query": asked.address, "ours": ours, "tantivy": theirs})

    def ask_tantivy(query: Query) -> None:
        engine.total(query)
        engine.best(query)

    for _ in range(repeat):
        for asked in queries:
            query = understood(asked)
            for name, work in (
                ("ours", lambda asked=asked: answer(asked.parameters)),
                ("tantivy", lambda query=query: ask_tantivy(query)),
            ):
                times[asked.kind][name].append(timed(work))
    return [
        row_of(kind, both) for kind, both in [*times.items(), ("all", merged(times))]
    ], differing


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def merged(times: dict[str, dict[str, list[float]]]) -> dict[str, list[float]]:
    return {
        name: [took for both in times.values() for took in both[name]]
        for name in ("ours", "tantivy")
    }


def row_of(kind: str, both: dict[str, list[float]]) -> Row:
    ours, theirs = spread(both["ours"]), spread(both["tantivy"])
    row: Row = {"class": kind}
    for share in ("p50 ms", "p95 ms"):
        row |= {f"ours {share}": ours[share], f"tantivy {share}": theirs[share]}
    return row


def asked_of(engine: Tantivy) -> Callable[[str], Answer]:
    """Return a way to put a known item's question to tantivy, as typed."""
    return lambda typed: engine.best(from_parameters(QueryDict(urlencode({"q": typed}))))
