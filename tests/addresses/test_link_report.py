"""The report on outgoing links in the admin: for staff, read-only, with ways to the items."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from iomsite.addresses.links.gather import gather
from iomsite.addresses.links.sources import FoundLink, all_links
from iomsite.addresses.models import OutgoingLink
from tests.make import make_speech, make_staff

pytestmark = pytest.mark.django_db

LINK = '<p>See <a href="{}">there</a>.</p>'


def test_staff_see_the_report_with_ways_to_the_items(client: Client) -> None:
    speech = make_speech(title="On water", body=LINK.format("https://a.example/?a=<b>"))
    gather(all_links())
    OutgoingLink.objects.update(outcome=OutgoingLink.Outcome.MISSING, failures=3)
    client.force_login(make_staff("editor"))
    address = reverse("admin:addresses_outgoinglink_changelist")
    item = reverse("admin:speeches_speech_change", args=[speech.pk])

    for state in ("broken", "long"):
        assert item in client.get(address, {"state": state}).content.decode()
    assert item not in client.get(address, {"state": "works"}).content.decode()
    page = client.get(
        reverse("admin:addresses_outgoinglink_change", args=[OutgoingLink.objects.get().pk])
    )
    assert "On water" in page.content.decode()


def test_the_report_is_read_only_and_for_staff(client: Client) -> None:
    link = _one_link()
    names = ("changelist", "add", "change", "delete")
    addresses = [
        reverse(f"admin:addresses_outgoinglink_{name}", args=[link.pk] if name[0] in "cd" and name
                != "changelist" else []) for name in names
    ]  # fmt: skip
    for address in addresses:
        assert client.get(address).status_code == HTTPStatus.FOUND
    client.force_login(make_staff())

    assert client.get(addresses[1]).status_code == HTTPStatus.FORBIDDEN
    assert client.post(addresses[2], {"url": "x"}).status_code == HTTPStatus.FORBIDDEN
    assert client.post(addresses[3], {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
    assert OutgoingLink.objects.get().url == "https://a.example/"


def test_the_report_costs_the_same_whatever_its_length(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_staff())
    gather(
        FoundLink("speeches.speech", item, f"https://{number}.example/")
        for number in range(40)
        for item in range(4)
    )

    with django_assert_max_num_queries(8):
        client.get(reverse("admin:addresses_outgoinglink_changelist"))


def _one_link() -> OutgoingLink:
    gather([FoundLink("speeches.speech", 1, "https://a.example/")])
    return OutgoingLink.objects.get()
