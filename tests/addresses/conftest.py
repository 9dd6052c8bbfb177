"""What the tests of links stand on."""

from collections.abc import Iterator

import pytest

from tests.addresses.web import Web, small_web


@pytest.fixture
def web() -> Iterator[Web]:
    with small_web() as started:
        yield started
