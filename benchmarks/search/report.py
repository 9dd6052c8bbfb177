"""Times into percentiles, and percentiles into tables that a person and a program can read."""

import json
import math
import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

Cell = str | int | float | None
Row = dict[str, Cell]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that `share` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("There is no percentile of nothing.")
    return ordered[max(0, math.ceil(round(share * len(ordered), 9)) - 1)]


def spread(seconds: Iterable[float], *, worst: str = "max") -> Row:
    """Return the middle, the slow and the slowest of some times, in milliseconds."""
    ms = [value * 1000 for value in seconds]
    last = max(ms) if worst == "max" else percentile(ms, 0.99)
    return {"p50 ms": percentile(ms, 0.5), "p95 ms": percentile(ms, 0.95), f"{worst} ms": last}


@dataclass
class Report:
    """Everything measured in one run. Tables are printed as soon as they are known."""

    about: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def add(self, title: str, rows: list[Row], *notes: str) -> None:
        self.tables[title] = rows
        load = os.getloadavg()[0]
        after = time.monotonic() - self.began
        print(f"\n## {title}   (load {load:.1f}, {after:.0f} s after the start)", flush=True)
        print(table(rows), flush=True)
        for note in notes:
            print(note, flush=True)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({"about": self.about, "tables": self.tables}, indent=1) + "\n")


def machine() -> dict[str, str]:
    """Say what the figures were taken on: without that they mean nothing."""
    return {
        "taken": datetime.now(UTC).isoformat(timespec="minutes"),
        "processors": str(os.cpu_count()),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def table(rows: list[Row]) -> str:
    """Return rows as a Markdown table, columns in the order in which they first appear."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [columns, *([shown(row.get(name)) for name in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def shown(value: Cell) -> str:
    """Return a number with as many digits as its size deserves."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else value
    digits = 3 if abs(value) < 1 else 1 if abs(value) < 100 else 0
    return f"{value:,.{digits}f}"


def pairs(values: Mapping[str, Cell]) -> list[Row]:
    """Return named values as rows of a table of two columns."""
    return [{"what": name, "value": value} for name, value in values.items()]
