"""A reader before a small world."""

import os
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.reading import Reader
from tests.world import make_world

# Playwright keeps an event loop running in the thread of the tests, where Django would refuse
# to ask the database. Each test waits for its answer, so nothing is blocked by it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def reader(live_server: Any, page: Page) -> Reader:
    """Give a visitor with a wide screen, before a site with one of everything."""
    make_world()
    return Reader(page, live_server.url)
