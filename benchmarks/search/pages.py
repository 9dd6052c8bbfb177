"""The whole results page over HTTP: how long, how many a second, how many SQL statements."""

import gzip
import http.client
import re
import tempfile
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.requests import CLIENTS, HEADERS, PATIENCE, server
from benchmarks.search.asking import Asked
from benchmarks.search.report import Row, percentile, spread

OF_THE_INDEX = re.compile(r"\bsearch_\d+_|speeches_(?:search(?:index|change)|synonym)")
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "REPLACE")


def page(asked: Asked) -> str:
    return f"/en/search/?{asked.address}"


def get(http_connection: http.client.HTTPConnection, path: str) -> tuple[float, int, int]:
    """Ask for a page; return seconds, bytes as sent, bytes unpacked. Anything but 200 raises."""
    began = time.perf_counter()
    http_connection.request("GET", path, headers=HEADERS)
    answer = http_connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - began
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}, not 200.")
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return took, len(body), len(gzip.decompress(body)) if packed else len(body)


def over_http(queries: list[Asked], seconds: float) -> list[Row]:
    """Start gunicorn with two workers and ask for the pages: one by one, then from two sides."""
    paths = [page(asked) for asked in queries]
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as port:
        one = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for path in paths * 2:
            get(one, path)  # each of the two workers has to have been warmed
        asked = [get(one, path) for path in paths * 3]
        rows: list[Row] = [{"clients": 1, **spread(took for took, _, _ in asked)}]
        rows[0]["KB, packed (p95)"] = percentile((sent for _, sent, _ in asked), 0.95) / 1000
        rows[0]["KB (p95)"] = percentile((whole for _, _, whole in asked), 0.95) / 1000
        times = _from_all_sides(port, paths, seconds)
        rows.append({"clients": CLIENTS, **spread(times), "requests/s": len(times) / seconds})
    return rows


def _from_all_sides(port: int, paths: list[str], seconds: float) -> list[float]:
    times: list[float] = []
    end = time.monotonic() + seconds

    def ask(seed: int) -> None:
        random = Random(seed)  # noqa: S311
        own = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while time.monotonic() < end:
            times.append(get(own, random.choice(paths))[0])

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def in_process(queries: list[Asked]) -> Row:
    """Make the pages in this process; return how long a processor works on one."""
    client = Client(headers={"host": "127.0.0.1"})
    times: list[float] = []
    for asked in queries * 2:
        began = time.process_time()
        client.get(page(asked))
        times.append(time.process_time() - began)
    return {"clients": "none: in this process, time of the processor",
            **spread(times[len(queries) :])}  # fmt: skip


def statements(queries: list[Asked]) -> list[Row]:
    """Count the SQL statements of a page: those that read the index, the others, writes."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get("/en/search/")
    counted: dict[str, list[int]] = {"of the index": [], "others": [], "writes": []}
    for asked in queries:
        with CaptureQueriesContext(connection) as caught:
            client.get(page(asked))
        kinds = [kind_of(statement["sql"]) for statement in caught.captured_queries]
        for kind, counts in counted.items():
            counts.append(kinds.count(kind))
    return [
        {"statements": kind, "p50": percentile(counts, 0.5), "most": max(counts)}
        for kind, counts in counted.items()
    ]


def kind_of(sql: str) -> str:
    """Say whom a statement is for. Settings of the connection belong to the index's."""
    words: Any = sql.lstrip(" (").upper().split()
    if words and words[0] in WRITES:
        return "writes"
    index = OF_THE_INDEX.search(sql) or (
        words and words[0] in {"SET", "SAVEPOINT", "RELEASE", "BEGIN"}
    )
    return "of the index" if index else "others"
