"""What the link checker may talk to: the public internet, by HTTP and HTTPS, and nothing else.

Links are written by many people, and this server stands inside somebody's network. So a name
is looked up first, each address it has is judged, and the connection goes to an address that
was judged: the name is not looked up again, and cannot mean another machine a moment later.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}

_NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""Networks that are private, of one machine, of one link, for tests, or for groups."""

# Addresses of IPv6 that carry one of IPv4 inside, which is where they lead.
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
"""All that IPv6 has given out for the public internet so far."""


class UnsafeAddressError(Exception):
    """The link leads to something that the checker must not talk to; the text says what."""


class Target(NamedTuple):
    """A place on the internet to ask: checked, except for the addresses of its host."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port


def is_public_address(address: Address) -> bool:
    """Say whether an address is that of a machine on the public internet."""
    inner = _carried(address)
    if inner is not None:
        return is_public_address(inner)
    if address.version == 6 and address not in _GIVEN_OUT:
        return False
    inside = any(address in network for network in _NEVER if network.version == address.version)
    return address.is_global and not address.is_multicast and not inside


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in (_MAPPED, _COMPATIBLE, _TRANSLATED)):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True)
class Policy:
    """The rules. The defaults are those of the site; tests let in the machine they run on."""

    allows: Callable[[Address], bool] = is_public_address
    ports: frozenset[int] = frozenset(PORTS.values())
    look_up: Callable[[str, int], list[str]] = look_up

    def target(self, url: str) -> Target:
        """Take an address apart. Raises UnsafeAddressError for what no browser link should be."""
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS.get(parts.scheme, 0)
            host = (parts.hostname or "").encode("idna")
        except (ValueError, UnicodeError) as error:
            raise UnsafeAddressError("The address cannot be read.") from error
        if parts.scheme not in PORTS or not host:
            raise UnsafeAddressError("Only http:// and https:// addresses are checked.")
        if parts.username is not None or parts.password is not None:
            raise UnsafeAddressError("The address holds a name or a password.")
        if port not in self.ports:
            raise UnsafeAddressError(f"Port {port} is not one of the web.")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, host.decode(), port, path)

    def addresses(self, target: Target) -> list[str]:
        """Return the addresses to connect to. Raises UnsafeAddressError, or OSError without any.

        One forbidden address among them forbids the host: nobody means that in earnest.
        """
        found = self.look_up(target.host, target.port)
        for text in found:
            # A scope such as %eth0 names a link of this machine.
            if "%" in text or not self.allows(ipaddress.ip_address(text)):
                raise UnsafeAddressError(f"{target.host} is no machine on the public internet.")
        return found
