"""Asking one server one question: bounded in time and size, to an address that was judged."""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from iomsite.addresses.links.safety import Policy, Target, UnsafeAddressError

MOST_REDIRECTS = 5
PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}


class UnreachableError(Exception):
    """No answer came; the text says why."""


@dataclass(frozen=True)
class Reply:
    """What a server said, after redirects."""

    status: int
    url: str
    body: bytes = b""
    is_permanent: bool = False
    """Whether every redirect on the way was one for good."""


@dataclass
class Pace:
    """Waits between two questions to one host."""

    delay: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _slower: dict[str, float] = field(default_factory=dict)

    def slow_down(self, host: str, delay: float) -> None:
        """Wait longer between questions to one host, as it asks for."""
        self._slower[host] = max(delay, self.delay)

    def ready_at(self, host: str) -> float:
        return self._next.get(host, 0.0)

    def wait(self, host: str) -> None:
        """Wait until the host may be asked, and count this as a question to it."""
        pause = self.ready_at(host) - self.clock()
        if pause > 0:
            self.sleep(pause)
        self._next[host] = self.clock() + self._slower.get(host, self.delay)


@dataclass
class Fetcher:
    """Asks politely: says who it is, waits between questions, takes no more than it needs."""

    user_agent: str
    pace: Pace
    policy: Policy = field(default_factory=Policy)
    timeout: float = 15.0
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def ask(
        self,
        method: str,
        url: str,
        *,
        most_bytes: int = 0,
        may_ask: Callable[[str], bool] = lambda url: True,
    ) -> Reply:
        """Ask for an address, following redirects; each step is judged anew.

        Raises UnsafeAddressError, UnreachableError, and PermissionError where `may_ask` says
        no to a step.
        """
        is_permanent = True
        for step in range(MOST_REDIRECTS + 1):
            if step and not may_ask(url):
                raise PermissionError(url)
            status, location, body = self._once(method, self.policy.target(url), most_bytes)
            if status not in REDIRECTS or not location:
                return Reply(status, url, body, is_permanent and step > 0)
            is_permanent = is_permanent and status in PERMANENT
            url = _onward(url, location)
        raise UnreachableError(f"It redirects more than {MOST_REDIRECTS} times.")

    def _once(self, method: str, target: Target, most_bytes: int) -> tuple[int, str, bytes]:
        self.pace.wait(target.host)
        try:
            with self._connection(target) as connection:
                path = quote(target.path, safe="/%?&=:;,+@!$'()*~#[]")
                connection.request(method, path, headers=self._headers(target))
                response = connection.getresponse()
                body = response.read(most_bytes) if most_bytes else b""
                return response.status, response.getheader("Location", "") or "", body
        except UnsafeAddressError:
            raise
        except ssl.SSLCertVerificationError as error:
            raise UnreachableError(
                f"Its certificate is not valid: {error.verify_message}"
            ) from error
        except TimeoutError as error:
            raise UnreachableError(f"No answer within {self.timeout:g} seconds.") from error
        except socket.gaierror as error:
            raise UnreachableError("There is no server of this name.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}"[:200]) from error

    def _headers(self, target: Target) -> dict[str, str]:
        return {
            "Host": _host_header(target),
            "User-Agent": self.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }

    @contextlib.contextmanager
    def _connection(self, target: Target) -> Iterator[http.client.HTTPConnection]:
        """Open a connection to a judged address; whatever happens, it ends in time."""
        deadline = time.monotonic() + self.timeout
        connection = http.client.HTTPConnection(target.host, target.port)
        with contextlib.ExitStack() as stack:
            addresses = self.policy.addresses(target)
            plain = stack.enter_context(self._socket(addresses, target.port, deadline))
            # TLS takes the socket over, so the guard holds one of its own to the same end.
            watched = stack.enter_context(plain.dup())
            is_late = stack.enter_context(_hanging_up(watched, deadline))
            stack.callback(connection.close)
            try:
                connection.sock = (
                    self.context.wrap_socket(plain, server_hostname=target.host)
                    if target.scheme == "https"
                    else plain
                )
                yield connection
            except (OSError, http.client.HTTPException) as error:
                if is_late.is_set():
                    raise TimeoutError from error
                raise

    def _socket(self, addresses: list[str], port: int, deadline: float) -> socket.socket:
        """Connect to the first address that answers."""
        failure: OSError = OSError("The name has no address.")
        for address in addresses:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                return socket.create_connection((address, port), timeout=left)
            except OSError as error:
                failure = error
        raise failure


@contextlib.contextmanager
def _hanging_up(watched: socket.socket, deadline: float) -> Iterator[threading.Event]:
    """Cut a connection at its deadline: a server that sends a byte now and then would never
    run into the timeout of the socket, which begins anew with each byte."""
    is_late = threading.Event()

    def hang_up() -> None:
        is_late.set()
        with contextlib.suppress(OSError):
            watched.shutdown(socket.SHUT_RDWR)

    guard = threading.Timer(max(0.05, deadline - time.monotonic()), hang_up)
    guard.daemon = True
    guard.start()
    try:
        yield is_late
    finally:
        guard.cancel()


def _onward(url: str, location: str) -> str:
    try:
        return urljoin(url, location.encode("latin-1", "replace").decode("utf-8", "replace"))
    except ValueError as error:
        raise UnreachableError("It redirects to an address that cannot be read.") from error


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port in {80, 443} else f"{host}:{target.port}"
