"""Requests per second of a speech and a list, beside a bare Django view of the same bytes.

    make benchmark
    python -m benchmarks.requests --seconds 10 --database postgres://…

Starts gunicorn with two workers at a free port of 127.0.0.1, asks it from two threads, and
stops it. Pages are asked for as a first visitor does: without a condition, compressed. Rounds
alternate between a page and its bare twin, so that a busy moment of the machine falls on both;
the middle round counts.
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


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Return the body of a page. Raises RuntimeError unless it answers 200."""
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}, not 200.")
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


@contextmanager
def server(bodies: Path) -> Iterator[int]:
    """Start the site with two workers, yield its port, stop it."""
    port = free_port()
    gunicorn = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "benchmarks.bare_wsgi"],
        env=os.environ
        | {
            "BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "2",
            "LOG_LEVEL": "WARNING",
            "BENCHMARK_BODIES": str(bodies),
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


def requests_per_second(port: int, path: str, seconds: float) -> float:
    """Ask for one page as fast as it comes, from CLIENTS threads."""
    counts: list[int] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        asked = 0
        while time.monotonic() < end:
            connection.request("GET", path, headers=HEADERS)
            connection.getresponse().read()
            asked += 1
        counts.append(asked)

    start = time.monotonic()
    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - start)


def compare(port: int, name: str, path: str, bodies: Path, seconds: float) -> float:
    """Measure one page beside its bare twin, print both, return their ratio."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    body = get(connection, path)
    (bodies / f"{name}.html").write_bytes(body)
    rounds = [
        (
            requests_per_second(port, path, seconds / ROUNDS),
            requests_per_second(port, f"/bare/{name}/", seconds / ROUNDS),
        )
        for _ in range(ROUNDS)
    ]
    ours, bare = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = ours / bare
    print(f"{name:8} {ours:8.1f} {bare:8.1f} {ratio:7.0%} {len(body):>9,}  {path}", flush=True)
    return ratio


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
    print("page      req/s     bare   ratio     bytes  address")
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as port:
        for name, path in pages.items():
            compare(port, name, path, Path(folder), arguments.seconds)


if __name__ == "__main__":
    main()
