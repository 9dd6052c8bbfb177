"""Bars that show how far a long command has got, where somebody is looking."""

import contextlib
import sys
from collections.abc import Iterator

from tqdm import tqdm

from speeches.search.index.building import Progress


@contextlib.contextmanager
def show_indexing() -> Iterator[Progress]:
    """Give a function that shows how many speeches of how many are in the search index."""
    with tqdm(unit=" speeches", desc="Index", disable=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
