"""Words of what is not public, planted everywhere, and found at no address of the search."""

import re

import pytest

from iomsite.publishing.models import Status
from speeches.models import Contribution, Speech
from tests.make import (
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_organization,
    make_person,
)
from tests.searching import index_everything
from tests.speeches.search.test_leaks import CANARY, QUOTED, UNKNOWN, hidden_in_any_way, plant

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/en/search/?q={}", "/en/search/?q=river+{}", "/en/search/?q=river+OR+{}",
    "/en/search/?q=river&speaker={}", "/en/search/?q=river&place={}", "/en/search/?q=speaker:{}",
    "/en/search/?q=river+place:{}", "/en/search/?q=river&organization={}",
    "/en/search/?q=river&series={}", "/en/search/?q={}&sort=oldest", "/fr/search/?q={}",
    "/en/search/suggestions/?q={}", "/en/search/feed/?q={}", "/en/search/results.json?q={}",
    "/en/search/results.json?q=river&speaker={}", "/en/search/results.csv?q={}",
    "/en/search/results.csv?q={}&raw=1", "/en/search/feed/?q=river+OR+{}",
    "/en/trend/?phrase={}", "/en/trend/table.csv?phrase={}&phrase=river",
    "/en/quote/?text=nobody+outside+shall+ever+read+that+the+{}+sings",
    "/en/speeches/?q={}", "/en/speeches/?speaker={}",
]  # fmt: skip

OPEN = [
    "/en/search/", "/en/search/?q=river", "/en/search/?q=-nothing", "/en/search/feed/",
    "/en/search/feed/?q=river", "/en/search/results.json", "/en/search/results.json?q=river",
    "/en/search/results.csv", "/en/search/results.csv?raw=1", "/en/search/?q=xanthocanari",
    "/en/search/?q=xanthocanari+OR+river", "/en/search/results.json?q=xanthocanari+OR+river",
    "/en/search/suggestions/?q=xan", "/en/search/suggestions/?q=the", "/en/trend/",
    "/en/trend/?phrase=river", "/en/search/?q=xan*", "/en/search/?q=riv*",
    "/en/quote/?text=nobody+outside+shall+ever+read+that+the+bird+sings+at+night",
]  # fmt: skip

# What differs from one request or word to the next: tokens, moments, made-up ids.
_OWN = re.compile(
    r'(?:nonce|csrf\w*|value)="[\w+/=-]{20,}"|<updated>[^<]*</updated>|"[a-z]+-[0-9a-f]{8}"'
)


def body_of(client, address):
    response = client.get(address)
    assert response.status_code < 500
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, _OWN.sub("", content.decode())


def plant_everywhere(hidden):
    speech = plant(**hidden)
    about = {"name": CANARY.title(), "slug": CANARY, **hidden}
    series = make_meeting_series(**about)
    shown = Speech.objects.get(slug="open")
    shown.meeting = make_meeting(**about, series=series)
    shown.save()
    shown.organizations.add(make_organization(**about))
    shown.initiatives.add(make_initiative(**about))
    Contribution.objects.create(speech=shown, person=make_person(**about), name="Somebody")
    index_everything()
    return speech


@hidden_in_any_way
def test_every_address_answers_as_if_the_word_had_never_been_said(client, hidden):
    plant_everywhere(hidden)

    for address in ADDRESSES:
        status, page = body_of(client, address.format(CANARY))
        other_status, other = body_of(client, address.format(UNKNOWN))
        assert status == other_status, address
        assert page.replace(CANARY, UNKNOWN) == other, address


@hidden_in_any_way
def test_no_address_says_a_hidden_word(client, hidden):
    plant_everywhere(hidden)

    for address in OPEN:
        _status, page = body_of(client, address)
        assert CANARY not in page.lower(), address


def test_each_address_says_the_word_when_it_is_public(client):
    """Guard the tests above: an address that never shows anything would pass them."""
    plant_everywhere({"status": Status.PUBLISHED})

    silent = [
        address
        for address in ADDRESSES
        if body_of(client, address.format(CANARY))[1].replace(CANARY, UNKNOWN)
        == body_of(client, address.format(UNKNOWN))[1]
    ]

    assert silent == []
    assert QUOTED in body_of(client, "/en/speeches/hidden/")[1]
