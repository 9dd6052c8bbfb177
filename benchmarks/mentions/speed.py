"""How long finding takes, beside how many names; how long and how big a catalogue is to build."""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Document, Facts, NameRow
from speeches.mentions.finding.tokens import key_of
from speeches.targets import Target

TEN_KILOBYTES = 10_240
ROUNDS = 9
_HEADS = ("Institute", "Agency", "Forum", "Fund", "Council", "Programme", "Network", "Centre")
_FIELDS = ("Water", "Labour", "Climate", "Health", "Trade", "Youth", "Border", "City", "Ocean")


def made_names(count: int, seed: int = 1) -> list[NameRow]:
    """Return the names of invented organizations: for each a long one, another and an acronym."""
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    rows = []
    for number in range(count):
        words = [draw.choice(_FIELDS), f"Sample{number:05d}", draw.choice(_FIELDS)]
        name = f"{draw.choice(_HEADS)} for {words[0]} and {words[1]}"
        target = Target("organization", f"made-{number}")
        rows += [
            NameRow(target, name, "en", "primary"),
            NameRow(target, f"{words[1]} {words[2]} {draw.choice(_HEADS)}", "en", "other"),
            NameRow(target, f"S{number:05d}", "en", "acronym", "long"),
        ]
    return rows


def with_keys(rows: Sequence[NameRow]) -> list[NameRow]:
    """Return names with their keys, as the database keeps them."""
    return [row._replace(key=key_of(row.text)) for row in rows]


def milliseconds(documents: Sequence[Document], catalogue: Catalogue) -> float:
    """Return the median time for ten kilobytes over several rounds through all documents."""
    size = sum(len(p.text.encode()) for d in documents for p in d.passages)
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        for document in documents:
            find(document, catalogue)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000 * TEN_KILOBYTES / size


def build(rows: Sequence[NameRow], facts: Facts) -> tuple[Catalogue, float]:
    """Return a catalogue and how many seconds it took to build."""
    began = time.perf_counter()
    catalogue = Catalogue.build(rows, facts)
    return catalogue, time.perf_counter() - began


_MEMORY = """
import tracemalloc
from benchmarks.mentions.speed import made_names, with_keys
from speeches.mentions.finding.catalogue import Catalogue
count = int(__import__("sys").argv[1])
rows = with_keys(made_names(count))
texts = [(row.target, row.text, row.kind, row.policy, " ".join(row.key)) for row in rows]
del rows
from speeches.mentions.finding.found import NameRow
tracemalloc.start()
catalogue = Catalogue.build(
    NameRow(t, text, "en", kind, policy, tuple(key.split(" ")))
    for t, text, kind, policy, key in texts
)
print(tracemalloc.get_traced_memory()[0])
"""


def megabytes(count: int) -> float:
    """Return how much memory the catalogue of so many entries holds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(count)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return int(done.stdout) / 1_000_000
