"""One query, as a results page asks it: ids, exact total, facets, snippets of twenty speeches."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from django.http import QueryDict

from benchmarks.search.known import quotes
from speeches.search import find
from speeches.search.answers.found import Found
from speeches.search.queries.query import from_parameters
from speeches.search.words.highlight import snippet

COMMITTED = Path(__file__).with_name("queries.json")
SNIPPETS_OF_A_SPEECH = 3
"""How many paragraphs of one speech the results page shows before it folds the rest."""


@dataclass(frozen=True)
class Asked:
    """A query of a class, as the parameters of an address."""

    kind: str
    parameters: Mapping[str, str]

    @property
    def address(self) -> str:
        return urlencode(self.parameters)


def committed(path: Path = COMMITTED) -> list[Asked]:
    """Return the queries of every class that stands in the repository."""
    classes = json.loads(path.read_text("utf-8"))
    return [Asked(kind, row) for kind, rows in classes.items() for row in rows]


def every_query(seed: int, path: Path = COMMITTED) -> list[Asked]:
    """Return the committed queries and eight quotations drawn from the database."""
    drawn, _ = quotes(8, seed)
    return [*committed(path), *(Asked("quote", {"q": item.typed}) for item in drawn)]


def answer(parameters: Mapping[str, str], page: int = 1) -> Found:
    """Parse, find, and cut the snippets: everything but the page made of them."""
    found = find(from_parameters(QueryDict(urlencode(parameters))), page=page)
    for match in found.matches:
        for passage in match.passages[:SNIPPETS_OF_A_SPEECH]:
            snippet(passage.text, passage.language, found.matcher)
    return found


def best_passages(typed: str) -> list[tuple[int, int]]:
    """Return the speeches found for typed words, each with its best passage (0: none)."""
    found = find(from_parameters(QueryDict(urlencode({"q": typed}))))
    return [
        (match.speech_id, match.passages[0].passage_id if match.passages else 0)
        for match in found.matches
    ]


@dataclass
class Times:
    """Seconds of one class of queries: by the clock, and of this process on a processor.

    The second is what a busy machine spoils less. It leaves out what the server of
    PostgreSQL works meanwhile.
    """

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def timed(queries: list[Asked], repeat: int, seed: int) -> dict[str, Times]:
    """Ask every query `repeat` times, in another order each time, and return times by class.

    A round before them warms the caches of the machine and is not counted.
    """
    times = {asked.kind: Times() for asked in queries}
    for asked in queries:
        answer(asked.parameters)
    random = Random(seed)  # noqa: S311
    for _ in range(repeat):
        for asked in random.sample(queries, len(queries)):
            began, worked = time.perf_counter(), time.process_time()
            answer(asked.parameters)
            times[asked.kind].processor.append(time.process_time() - worked)
            times[asked.kind].clock.append(time.perf_counter() - began)
    return times


def for_seconds(queries: list[Asked], seconds: float, seed: int) -> Iterator[float]:
    """Ask queries by chance until the time is over; yield what each took, in seconds."""
    random = Random(seed)  # noqa: S311
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked = random.choice(queries)
        began = time.perf_counter()
        answer(asked.parameters)
        yield time.perf_counter() - began
