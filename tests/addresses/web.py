"""A small web to check links in: one local server that answers as a test tells it to."""

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from iomsite.addresses.links.fetch import Fetcher, Pace
from iomsite.addresses.links.safety import Policy, is_public_address, look_up

Answer = tuple[int, dict[str, str], bytes]

LOOPBACK = ipaddress.ip_address("127.0.0.1")


class Web:
    """What the server answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[Any], Answer]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.port = 0

    def url(self, path: str, host: str = "localhost") -> str:
        return f"http://{host}:{self.port}{path}"

    def answer(self, path: str, status: int = 200, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, named, body)

    def redirect(self, path: str, target: str, status: int = 301) -> None:
        self.answers[path] = (status, {"Location": target}, b"")

    def policy(self, **rules: Any) -> Policy:
        """Return the site's rules, with this one server let in."""
        rules.setdefault("look_up", lambda host, port: look_up_v4(host, port))
        return Policy(
            allows=lambda address: address == LOOPBACK or is_public_address(address),
            ports=frozenset({80, 443, self.port}),
            **rules,
        )

    def fetcher(self, *, delay: float = 0.0, timeout: float = 5.0, **rules: Any) -> Fetcher:
        agent = "iomsite-link-check/1.0 (+web@example.org)"
        return Fetcher(agent, Pace(delay), self.policy(**rules), timeout)


def look_up_v4(host: str, port: int) -> list[str]:
    """Look up as the site does; the server has no address of IPv6."""
    return [address for address in look_up(host, port) if ":" not in address] or ["::1"]


class _Handler(BaseHTTPRequestHandler):
    server: Any

    def do_GET(self) -> None:
        web: Web = self.server.web
        web.asked.append(f"{self.command} {self.path}")
        web.agents.add(self.headers["User-Agent"])
        answer = web.answers.get(self.path, (404, {}, b""))
        status, headers, body = answer(self) if callable(answer) else answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - what http.server calls it

    def log_message(self, *args: Any) -> None:
        """Say nothing: the test keeps what was asked."""


def drip(handler: Any) -> Answer:
    """Send a byte now and then, never a whole answer."""
    try:
        for _byte in range(100):
            handler.wfile.write(b"X")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass
    handler.close_connection = True
    return 200, {}, b""


@contextmanager
def small_web() -> Iterator[Web]:
    web = Web()
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # a checker that hangs up is no error
    server.web, web.port = web, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.daemon = True
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
