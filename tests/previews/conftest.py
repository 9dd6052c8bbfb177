"""What the tests of previews stand on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from iomsite.previews.links import make_link
from iomsite.previews.models import PreviewLink
from tests.make import make_staff

Invited = tuple[PreviewLink, str]


@pytest.fixture
def invite() -> Callable[..., Invited]:
    """Return a function that makes a link to an item, and gives it with its address."""

    def make(item: Any, **values: Any) -> Invited:
        user = values.pop("user", None) or make_staff()
        link, token = make_link(item, user, **{"guest_name": "Jane Doe"} | values)
        return link, reverse("previews:preview", args=[token])

    return make


@pytest.fixture
def staff(client: Client) -> Client:
    """Return a browser in which an administrator is at work."""
    client.force_login(make_staff())
    return client
