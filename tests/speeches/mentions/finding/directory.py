"""The shipped facts as the finder takes them, with the directory's own ids as keys."""

from functools import cache
from pathlib import Path

from benchmarks.mentions.labelled import directory_rows, id_of, target_of
from speeches.mentions.finding.catalogue import Catalogue

FILE = Path("initiatives/data/directory.json")

__all__ = ["id_of", "shipped", "target_of"]


@cache
def shipped() -> Catalogue:
    """Return the catalogue of the 388 shipped entries and all countries."""
    rows, facts, _ids = directory_rows(FILE)
    return Catalogue.build(rows, facts)
