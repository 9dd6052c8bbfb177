"""Requests per second of a speech and a list, beside a bare Django view of the same bytes.

Each is measured as it is made anew, as it comes from the page cache, and as it is asked for by
a browser that holds it already.

    make benchmark
    python -m benchmarks.requests --seconds 10 --database postgres://…

Starts gunicorn with two workers at free ports of 127.0.0.1, once without the page cache and once
with it, asks it from two threads, and stops it. Pages are asked for compressed.
Rounds alternate between a page and its bare twin, so that a busy moment of the machine falls
on all; the middle round counts. Times are those of one answer, half and 95 % of which take no
longer.
"""

import argparse
import gzip
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5
CLIENTS = 2
PATIENCE = 30
HEADERS = {"Accept-Encoding": "gzip", "Host": "127.0.0.1"}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass
class Measured:
    """How one kind of answer did in the middle round."""

    per_second: float
    half: float
    most: float

    def __str__(self) -> str:
        return f"{self.per_second:8.1f} {self.half * 1000:7.1f} {self.most * 1000:7.1f}"


def get(connection: http.client.HTTPConnection, path: str) -> tuple[bytes, str]:
    """Return the body and the ETag of a page. Raises RuntimeError unless it answers 200."""
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}, not 200.")
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(body) if packed else body, answer.headers.get("ETag", "")


@contextmanager
def server(bodies: Path, *, page_cache: str) -> Iterator[int]:
    """Start the site with two workers, its page cache `on` or `off`, yield its port, stop it."""
    port = free_port()
    gunicorn = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "benchmarks.bare_wsgi"],
        env=os.environ
        | {
            "BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "2",
            "LOG_LEVEL": "WARNING",
            "BENCHMARK_BODIES": str(bodies),
            "BENCHMARK_PAGE_CACHE": page_cache,
        },
    )
    try:
        wait_for(port, gunicorn)
        yield port
    finally:
        gunicorn.terminate()
        gunicorn.wait(PATIENCE)


def wait_for(port: int, gunicorn: subprocess.Popen[bytes]) -> None:
    """Return once the server listens. Raises RuntimeError when it ends or never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and gunicorn.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn did not start.")


def measure(port: int, path: str, seconds: float, tag: str = "") -> Measured:
    """Ask for one page as fast as it comes, from CLIENTS threads."""
    times: list[float] = []
    end = time.monotonic() + seconds
    headers = HEADERS | ({"If-None-Match": tag} if tag else {})

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while (began := time.monotonic()) < end:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != (304 if tag else 200):
                raise RuntimeError(f"{path} answered {answer.status}.")
            times.append(time.monotonic() - began)

    start = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=20)
    return Measured(len(times) / (time.monotonic() - start), cuts[9], cuts[18])


def compare(ports: dict[str, int], name: str, path: str, bodies: Path, seconds: float) -> None:
    """Measure one page in every way, beside its bare twin, and print a line for each."""
    connection = http.client.HTTPConnection("127.0.0.1", ports["cached"], timeout=PATIENCE)
    body, tag = get(connection, path)
    (bodies / f"{name}.html").write_bytes(body)
    ways = {
        "bare": (ports["uncached"], f"/bare/{name}/", ""),
        "uncached": (ports["uncached"], path, ""),
        "cached": (ports["cached"], path, ""),
        "304": (ports["cached"], path, tag),
    }
    rounds: dict[str, list[Measured]] = {way: [] for way in ways}
    for _round in range(ROUNDS):
        for way, (port, asked, condition) in ways.items():
            rounds[way].append(measure(port, asked, seconds / ROUNDS, condition))
    middle = {
        way: sorted(found, key=lambda one: one.per_second)[ROUNDS // 2]
        for way, found in rounds.items()
    }
    print(f"{name}: {path}, {len(body):,} bytes")
    for way, found in middle.items():
        ratio = found.per_second / middle["bare"].per_second
        print(f"  {way:9} {found} {ratio:7.0%}", flush=True)


def speech_of_about(words: int) -> str:
    """Return the address of the published speech whose length is nearest to `words`."""
    import django  # noqa: PLC0415 - settings read the database named by the arguments

    django.setup()
    from django.db.models import F  # noqa: PLC0415
    from django.db.models.functions import Abs  # noqa: PLC0415

    from speeches.models import Speech  # noqa: PLC0415

    distance = Abs(F("texts__word_count") - words)
    speech = Speech.objects.published().exclude(texts=None).order_by(distance).first()
    if speech is None:
        raise SystemExit("The database has no published speech. Run make demo or make corpus.")
    return f"/en/speeches/{speech.slug}/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=10, help="for each of the addresses")
    parser.add_argument("--database", default="", help="its URL; else the one that .env names")
    parser.add_argument("--words", type=int, default=5000, help="length of the speech to show")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
    if arguments.database:
        os.environ["DATABASE_URL"] = arguments.database
    pages = {"speech": speech_of_about(arguments.words), "list": "/en/speeches/"}
    print("            req/s  p50 ms  p95 ms  of bare")
    with (
        tempfile.TemporaryDirectory() as folder,
        server(Path(folder), page_cache="off") as uncached,
        server(Path(folder), page_cache="on") as cached,
    ):
        ports = {"uncached": uncached, "cached": cached}
        for name, path in pages.items():
            compare(ports, name, path, Path(folder), arguments.seconds)


if __name__ == "__main__":
    main()
