"""Proving that each address that was ever public is answered: with 200, 301 or 410.

Asked in this process, through the same middleware and views that readers meet, without a
network. A redirect has to lead in one hop to a page, or to the reason why there is none.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.test import Client

from iomsite.addresses.models import PublicAddress, kind_of
from iomsite.addresses.paths import in_language, own_paths, speaks_a_language
from iomsite.addresses.public_items import in_batches, publishable_models

CHUNK = 2000
ENDS = frozenset({HTTPStatus.OK, HTTPStatus.GONE})
MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Problem:
    """An address that is not answered as it must be."""

    address: str
    what: str

    def __str__(self) -> str:
        return f"{self.address}: {self.what}"


def public_paths() -> Iterator[str]:
    """Yield each path of the ledger that has been public, once.

    Fetched piece by piece: a cursor would have to outlive the requests made meanwhile.
    """
    rows = PublicAddress.objects.public().order_by("path").values_list("path", flat=True)
    last = ""
    while piece := list(rows.distinct().filter(path__gt=last)[:CHUNK]):
        yield from piece
        last = piece[-1]


def count_public_paths() -> int:
    """Return how many paths `public_paths` yields."""
    return PublicAddress.objects.public().order_by().values("path").distinct().count()


def sample(total: int, size: int) -> set[int]:
    """Return the places of `size` paths spread evenly over `total`."""
    return set(range(0, total, max(1, total // size))) if size else set()


def addresses_to_ask(main: str, others: list[str], size: int) -> Iterator[list[str]]:
    """Yield for each path the addresses to ask: in the main language, some in the others too."""
    chosen = sample(count_public_paths(), size) if others else set()
    for place, path in enumerate(public_paths()):
        languages = [main]
        if place in chosen and speaks_a_language(path):
            languages += others
        yield [in_language(path, language) for language in languages]


@dataclass
class Prober:
    """Asks the site for addresses, as a visitor without a cookie."""

    answers: Counter[int] = field(default_factory=Counter)
    _ends: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(SERVER_NAME=_own_host(), raise_request_exception=False)

    def problem_with(self, address: str) -> Problem | None:
        """Ask for one address; say what is wrong with the answer, if anything is."""
        response = self._ask(address)
        self.answers[response.status_code] += 1
        if response.status_code in ENDS:
            return None
        if response.status_code != HTTPStatus.MOVED_PERMANENTLY:
            return Problem(address, f"answers {response.status_code}")
        target = response["Location"]
        end = self._end_of(target)
        if end in ENDS:
            return None
        return Problem(address, f"leads to {target}, which answers {end}")

    def _end_of(self, target: str) -> int:
        if not target.startswith("/") or target.startswith("//"):
            return 0
        if len(self._ends) > MOST_REMEMBERED:
            self._ends.clear()
        if target not in self._ends:
            self._ends[target] = self._ask(target).status_code
        return self._ends[target]

    def _ask(self, address: str) -> Any:
        # HEAD makes the whole answer as GET does, and nobody has to read it.
        response: Any = self.client.head(address, secure=settings.SECURE_SSL_REDIRECT)
        if response.streaming:
            # The client closes a file at its end, and a HEAD is at its end at once.
            deque(response.streaming_content, maxlen=0)
        return response


def unknown_to_the_ledger() -> Iterator[Problem]:
    """Yield what is or was public, but nobody wrote down: its address could be lost."""
    for model in publishable_models():
        rows: Any = model._default_manager
        for batch in in_batches(rows.ever_public().order_by("pk"), CHUNK):
            yield from _unknown_among(batch)


def _unknown_among(batch: list[Model]) -> Iterator[Problem]:
    keys = [item.pk for item in batch]
    known = PublicAddress.objects.filter(kind=kind_of(batch[0]), item__range=(keys[0], keys[-1]))
    lines = set(known.values_list("item", "path"))
    for item in batch:
        for path in own_paths(item):
            if (item.pk, path) not in lines:
                yield Problem(path, "is public, but not in the ledger: run remember_addresses")


def _own_host() -> str:
    """Return a name under which the site answers."""
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"
