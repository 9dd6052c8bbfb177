"""Where a request comes from, as far as it can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's network address, or an empty text where nobody knows it.

    Visitors can write anything into X-Forwarded-For; only what our own proxies appended on
    the right is believed, and there are as many of these as PROXY_COUNT says.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if settings.PROXY_COUNT < 1:
        return _known(direct)
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if len(hops) < settings.PROXY_COUNT:
        return _known(direct)
    return _known(hops[-settings.PROXY_COUNT].strip()) or _known(direct)


def client_network(request: HttpRequest) -> str | None:
    """Return what is counted as one client: an IPv4 address, or the /64 of an IPv6 one.

    One household gets so many IPv6 addresses that a count of each would limit nobody.
    """
    address = client_address(request)
    if ":" not in address:
        return address or None
    return str(ipaddress.IPv6Network(f"{address}/64", strict=False).network_address)


def _known(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return str(mapped)
    return str(address).partition("%")[0]
