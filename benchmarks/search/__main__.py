"""Measure the search: build, speed by class of query, relevance, spelling, readers, pages.

    python -m benchmarks.search                      every step, in the site's own database
    python -m benchmarks.search queries relevance    these steps, on the index that is there
    python -m benchmarks.search --corpus FILE        import the corpus first, into an empty database
    python -m benchmarks.search --synthetic 200000 --database sqlite:///big.sqlite3
                                                     fill that one with made speeches first

Needs a database with speeches (make corpus). The step `update` adds a speech and deletes it
again; the others only read, and `build` writes the index anew.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.search import building
from benchmarks.search.report import Report, machine
from benchmarks.search.start import start

STEPS = ("build", "queries", "relevance", "spelling", "update", "readers", "pages", "fuzz", "limit")
NOT_OF_SYNTHETIC = {"relevance", "spelling"}
"""Made of passages drawn by chance, most of them several times, a record has no right answer."""


def arguments_given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.search",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of: {', '.join(STEPS)}")
    parser.add_argument("--database", default="", help="its URL; else the one that .env names")
    parser.add_argument("--corpus", type=Path, help="JSON Lines to import first")
    parser.add_argument("--synthetic", type=int, default=0, metavar="SPEECHES")
    parser.add_argument("--classes", type=Path, help="another file of queries")
    parser.add_argument("--repeat", type=int, default=5, help="how often each query is timed")
    parser.add_argument("--items", type=int, default=200, help="known items of each kind")
    parser.add_argument("--seconds", type=float, default=10, help="for readers and pages, each")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn from the database")
    parser.add_argument("--json", type=Path, help="write the figures into this file, too")
    given = parser.parse_args()
    if unknown := set(given.steps) - set(STEPS):
        parser.error(f"there is no step {', '.join(sorted(unknown))}")
    if given.synthetic and not given.database:
        parser.error("name the database to be filled: --database URL")
    given.steps = given.steps or [
        step for step in STEPS if not (given.synthetic and step in NOT_OF_SYNTHETIC)
    ]
    return given


def main() -> None:
    given = arguments_given()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
    fill(given)
    report = Report(about=machine())
    if "build" in given.steps:
        report.add("Build", [building.build()])
    start()
    from benchmarks.search.steps import take  # noqa: PLC0415 - after django.setup()

    take(given, report)
    if given.json:
        report.write(given.json)


def run(*command: str) -> None:
    """Run a command of the project. One that reports problems in single rows did its work."""
    subprocess.run([sys.executable, *command], cwd=building.ROOT, check=False)


def fill(given: argparse.Namespace) -> None:
    """Bring speeches into the database, if that was asked for."""
    if given.synthetic:
        filling = ["-m", "benchmarks.search.synthetic", str(given.synthetic)]
        run(*filling, "--database", given.database)
    if given.database:
        os.environ["DATABASE_URL"] = given.database
    if given.corpus:
        run("manage.py", "migrate", "--verbosity=0")
        run("manage.py", "import_directory", "--publish")
        corpus = str(given.corpus.resolve())
        run("manage.py", "import_speeches", corpus, "--mapping=un_general_debate", "--publish")


if __name__ == "__main__":
    main()
