"""The link checker talks to the public internet and to nothing else."""

import contextlib
import ipaddress
import ssl
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iomsite.addresses.links.fetch import Fetcher, Pace, UnreachableError
from iomsite.addresses.links.safety import Policy, UnsafeAddressError, is_public_address
from tests.addresses.web import Web, drip

INSIDE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8",
    "198.18.0.1", "198.19.9.9", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1",
    "192.0.2.1", "198.51.100.1", "203.0.113.9", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
    "fec0::1", "ff02::1", "2001:db8::1", "100::1", "64:ff9b:1::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1",
    "fd00:ec2::254", "::ffff:0:127.0.0.1",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "193.0.6.139", "2a00:1450:4001:81b::200e", "2606:4700::1111"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused(address: str) -> None:
    assert not is_public_address(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_public_internet_is_let_through(address: str) -> None:
    assert is_public_address(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_written_as_one_of_ipv6_is_judged_by_the_one_inside(
    address: ipaddress.IPv4Address,
) -> None:
    plain = is_public_address(address)

    for prefix in ("::ffff:0:0", "64:ff9b::"):
        inside = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + int(address))
        assert is_public_address(inside) == plain


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/",
        "http://0177.0.0.1/", "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1%25eth0]/", "http://169.254.169.254/latest/meta-data/",
        "http://①②⑦.⓪.⓪.①/", "http://localhost./",
    ],
)  # fmt: skip
def test_a_link_to_a_machine_inside_is_refused_however_it_is_written(url: str) -> None:
    fetcher = Fetcher("agent", Pace(0))

    with pytest.raises((UnsafeAddressError, UnreachableError)):
        fetcher.ask("HEAD", url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)",
        "http://example.org:22/", "http://example.org:6379/", "http://user@example.org/",
        "http://user:word@example.org/", "http:///x", "http://[::1/", "http://example.org:99999/",
        "//example.org/", "", "http://" + "a" * 70 + ".org/",
    ],
)  # fmt: skip
def test_what_is_no_plain_link_of_the_web_is_refused_before_anything_is_looked_up(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(UnsafeAddressError):
        Fetcher("agent", Pace(0), Policy(look_up=never)).ask("HEAD", url)


def test_one_forbidden_address_forbids_the_host(web: Web) -> None:
    fetcher = web.fetcher(look_up=lambda host, port: ["127.0.0.1", "10.0.0.1"])

    with pytest.raises(UnsafeAddressError, match="no machine on the public internet"):
        fetcher.ask("GET", web.url("/"))
    assert web.asked == []


def test_a_name_that_changes_its_meaning_is_looked_up_once_and_connected_to_as_judged(
    web: Web,
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    web.answer("/x")
    fetcher = web.fetcher(look_up=lambda host, port: next(answers))

    assert fetcher.ask("GET", web.url("/x", "rebinding.example")).status == 200
    assert web.asked == ["GET /x"]
    with pytest.raises(UnsafeAddressError):
        fetcher.ask("GET", web.url("/x", "rebinding.example"))


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/", "file:///etc/passwd", "http://10.0.0.1/", "//[::1]/",
     "http://u:p@example.org/", "http://127.0.0.1:22/"],
)  # fmt: skip
def test_a_redirect_is_judged_like_the_first_address(web: Web, target: str) -> None:
    web.redirect("/out", target)

    with pytest.raises(UnsafeAddressError):
        web.fetcher().ask("GET", web.url("/out"))


def test_redirects_are_followed_five_times(web: Web) -> None:
    for number in range(6):
        web.redirect(f"/{number}", f"/{number + 1}", 302)
    web.answer("/6")

    assert web.fetcher().ask("GET", web.url("/1")).url == web.url("/6")
    with pytest.raises(UnreachableError, match="more than 5"):
        web.fetcher().ask("GET", web.url("/0"))


@pytest.mark.parametrize("answer", [drip, lambda handler: (time.sleep(3), drip(handler))[1]])
def test_a_server_that_drips_or_sleeps_is_left_in_time(
    web: Web, answer: Callable[[object], object]
) -> None:
    web.answers["/slow"] = answer  # type: ignore[assignment]
    began = time.monotonic()

    with pytest.raises(UnreachableError, match=r"within 0\.5 seconds"):
        web.fetcher(timeout=0.5).ask("GET", web.url("/slow"))
    assert time.monotonic() - began < 2.5


def test_no_more_is_read_than_asked_for(web: Web) -> None:
    web.answer("/large", body=b"x" * 3_000_000)

    assert len(web.fetcher().ask("GET", web.url("/large"), most_bytes=1000).body) == 1000
    assert web.fetcher().ask("GET", web.url("/large")).body == b""


def test_a_server_with_no_certificate_of_its_name_is_not_trusted(web: Web) -> None:
    fetcher = web.fetcher()
    assert fetcher.context.verify_mode == ssl.CERT_REQUIRED
    assert fetcher.context.check_hostname

    with pytest.raises(UnreachableError):
        fetcher.ask("HEAD", f"https://localhost:{web.port}/")


@pytest.mark.parametrize(
    "location", ["http://[", "\u00ff\u00fe", "http://exa mple/", "/%0d%0aX: y", "x" * 30_000]
)
def test_nonsense_in_a_redirect_is_an_outcome_and_no_crash(web: Web, location: str) -> None:
    web.redirect("/odd", location)

    with contextlib.suppress(UnreachableError, UnsafeAddressError):
        assert web.fetcher().ask("GET", web.url("/odd")).status == 404
