"""One run of the link checker: which links are due, one question at a time, and the outcome."""

import heapq
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.db.models import F, Q
from django.utils import timezone

from iomsite.addresses.links.fetch import Fetcher, Reply, UnreachableError
from iomsite.addresses.links.robots import Robots
from iomsite.addresses.links.safety import UnsafeAddressError
from iomsite.addresses.models import LONGEST_URL, OutgoingLink

Outcome = OutgoingLink.Outcome

CLOSED = frozenset({401, 403, 406, 407, 429, 451, 503, 999})
"""Answers of servers that do not want to be asked by programs, or not now: nothing is broken."""
MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
ENOUGH = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
"""Answers after which a server is left alone for the rest of the run."""

BROKEN_AGAIN_AFTER = timedelta(hours=20)


@dataclass(frozen=True)
class Result:
    """What became of one link."""

    outcome: str
    status: int | None = None
    detail: str = ""
    leads_to: str = ""


def due_links(days: int, most: int) -> list[OutgoingLink]:
    """Return the links to check now: new ones, broken ones daily, the rest every `days` days."""
    now = timezone.now()
    is_due = (
        Q(checked_at__isnull=True)
        | Q(outcome__in=OutgoingLink.BROKEN, checked_at__lt=now - BROKEN_AGAIN_AFTER)
        | Q(checked_at__lt=now - timedelta(days=days))
    )
    oldest_first = F("checked_at").asc(nulls_first=True)
    return list(OutgoingLink.objects.filter(is_due).order_by(oldest_first, "pk")[:most])


def check(
    links: list[OutgoingLink],
    fetcher: Fetcher,
    *,
    seconds: float = 3600,
    advance: Callable[[], object] = lambda: None,
) -> Counter[str]:
    """Check links, saving each outcome at once, until all are done or the time is over."""
    until = time.monotonic() + seconds
    robots = Robots(fetcher)
    left_alone: set[str] = set()
    outcomes: Counter[str] = Counter()
    for link in _in_turns(links, fetcher):
        if time.monotonic() > until:
            break
        advance()
        if link.host in left_alone:
            outcomes["postponed"] += 1
            continue
        result = check_one(link.url, fetcher, robots)
        if result.status in ENOUGH:
            left_alone.add(link.host)
        _save(link, result)
        outcomes[result.outcome] += 1
    return outcomes


def check_one(url: str, fetcher: Fetcher, robots: Robots) -> Result:
    """Ask whether a link works: by HEAD, and by GET where the answer to that is an error."""
    try:
        fetcher.policy.target(url)
        if not robots.allow(url):
            return Result(Outcome.CLOSED, detail="robots.txt")
        reply = fetcher.ask("HEAD", url, may_ask=robots.allow)
        if reply.status >= 400 and reply.status not in ENOUGH:
            reply = fetcher.ask("GET", url, may_ask=robots.allow)
    except UnsafeAddressError as error:
        return Result(Outcome.REFUSED, detail=str(error))
    except PermissionError:
        return Result(Outcome.CLOSED, detail="robots.txt")
    except UnreachableError as error:
        return Result(Outcome.UNREACHABLE, detail=str(error))
    return _judge(reply)


def _judge(reply: Reply) -> Result:
    if reply.status < 400:
        outcome = Outcome.MOVED if reply.is_permanent else Outcome.WORKS
        moved_to = reply.url[:LONGEST_URL] if reply.is_permanent else ""
        return Result(outcome, reply.status, leads_to=moved_to)
    if reply.status in CLOSED:
        return Result(Outcome.CLOSED, reply.status)
    return Result(Outcome.MISSING if reply.status in MISSING else Outcome.FAILS, reply.status)


def _in_turns(links: list[OutgoingLink], fetcher: Fetcher) -> Iterator[OutgoingLink]:
    """Yield links so that one host's pause is spent on others, one question at a time."""
    by_host: dict[str, list[OutgoingLink]] = defaultdict(list)
    for link in reversed(links):
        by_host[link.host].append(link)
    waiting = [(0.0, host) for host in by_host]
    heapq.heapify(waiting)
    while waiting:
        _ready, host = heapq.heappop(waiting)
        yield by_host[host].pop()
        if by_host[host]:
            heapq.heappush(waiting, (fetcher.pace.ready_at(host), host))


def _save(link: OutgoingLink, result: Result) -> None:
    link.outcome, link.status_code = result.outcome, result.status
    link.detail, link.leads_to = result.detail[:200], result.leads_to
    link.checked_at = timezone.now()
    if result.outcome in OutgoingLink.BROKEN:
        link.failures += 1
        link.failing_since = link.failing_since or link.checked_at
    else:
        link.failures, link.failing_since = 0, None
    link.save()
