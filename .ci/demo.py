"""Run `make demo` twice in an empty data folder, as a newcomer would, and ask for pages.

The first run has to answer; the second has to answer and leave every row as it was.
"""

import hashlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 600
"""Seconds to wait for the first answer: downloads take most of them."""
PAGES = ("/en/", "/ar/", "/en/speeches/", "/admin/login/")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_answering(address: str, demo: subprocess.Popen[bytes]) -> None:
    """Return once the address answers. Raises RuntimeError if the demo ends before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if demo.poll() is not None:
            raise RuntimeError(f"make demo ended with {demo.returncode} before it answered.")
        try:
            with urlopen(address, timeout=10):  # noqa: S310 - our own server
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"make demo did not answer within {PATIENCE} seconds.")


@contextmanager
def running_demo(data: Path) -> Iterator[str]:
    """Start `make demo`, yield its address once it answers, and stop it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    demo = subprocess.Popen(  # noqa: S603
        ["make", "demo", f"PORT={port}"],  # noqa: S607
        env=os.environ | {"DATA_DIR": str(data)},
        start_new_session=True,
    )
    try:
        wait_until_answering(f"{address}/en/", demo)
        yield address
    finally:
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGTERM)
            demo.wait(30)


def look_at(address: str) -> None:
    """Ask for some pages and for every file of ours that the first of them names."""
    with urlopen(address + PAGES[0], timeout=30) as answer:  # noqa: S310
        files = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.read().decode())
    for path in (*PAGES, *files):
        with urlopen(address + path, timeout=30) as answer:  # noqa: S310
            print(f"  {answer.status}  {len(answer.read()):>7,} bytes  {path}", flush=True)


def digest(data: Path) -> str:
    """Return a checksum of every row of the demo's database.

    The search index is made from them; that it was written is told by its state, a row too.
    """
    checksum = hashlib.sha256()
    with sqlite3.connect(data / "iomsite.sqlite3") as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND name NOT GLOB 'search_[0-9]*' ORDER BY name"
        )
        for (name,) in tables.fetchall():
            for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608
                checksum.update(f"{name} {row}\n".encode())
    return checksum.hexdigest()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        data, digests = Path(folder) / "data", []
        for run in ("first", "second"):
            start = time.monotonic()
            with running_demo(data) as address:
                seconds = time.monotonic() - start
                print(f"The {run} run answered after {seconds:.0f} s.", flush=True)
                look_at(address)
            digests.append(digest(data))
    if digests[0] != digests[1]:
        print("The second run changed the database; it should change nothing.")
        return 1
    print("The second run changed nothing.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
