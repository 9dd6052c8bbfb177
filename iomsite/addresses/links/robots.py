"""What a server asks of programs, in its robots.txt (RFC 9309)."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from iomsite.addresses.links.fetch import Fetcher, UnreachableError

MOST_BYTES = 512 * 1024
LONGEST_DELAY = 30.0
"""Seconds. A server that asks for longer pauses is asked at this pace, and seldom."""


@dataclass
class Robots:
    """The rules of the servers met in one run, each read once."""

    fetcher: Fetcher
    _read: dict[tuple[str, str], RobotFileParser | UnreachableError] = field(default_factory=dict)

    def allow(self, url: str) -> bool:
        """Say whether a server lets us ask for an address.

        Raises UnreachableError when it cannot be reached at all; it is not tried again in
        this run.
        """
        parts = urlsplit(url)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._read:
            self._read[origin] = self._fetch(f"{parts.scheme}://{parts.netloc}")
        rules = self._read[origin]
        if isinstance(rules, UnreachableError):
            raise rules
        return rules.can_fetch(self.fetcher.user_agent, url)

    def _fetch(self, origin: str) -> RobotFileParser | UnreachableError:
        rules = RobotFileParser()
        try:
            reply = self.fetcher.ask("GET", f"{origin}/robots.txt", most_bytes=MOST_BYTES)
        except UnreachableError as error:
            return error
        if reply.status >= 500:
            rules.disallow_all = True  # type: ignore[attr-defined]
        elif reply.status >= 400:
            rules.allow_all = True  # type: ignore[attr-defined]
        else:
            rules.parse(reply.body.decode("utf-8", "replace").splitlines())
        rules.modified()
        delay = rules.crawl_delay(self.fetcher.user_agent)
        if delay:
            host = urlsplit(origin).hostname or ""
            self.fetcher.pace.slow_down(host, min(float(delay), LONGEST_DELAY))
        return rules
