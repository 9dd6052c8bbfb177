"""What every test stands on."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.db import connection

from iomsite.caching import state
from speeches.search.index import columns, live
from tests.guards import let_flush_through

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NO_CHROMIUM = (
    "CHROMIUM IS MISSING, so no page was looked at in a browser. Install it"
    " (on Debian: apt-get install chromium) and run the tests again."
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
]
"""Chromium opens the pages of a test and talks to nobody else."""


def pytest_configure() -> None:
    # Tests serve files as they are: hashed names exist only after collectstatic.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    let_flush_through(type(connection.ops))
    # The names of an installation, which .env may set, are none of a test's business.
    settings.SITE_NAME, settings.ORGANIZATION_NAME = "Public record", ""
    settings.REFERENCE_PREFIX = "IOM/SP"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs Chromium where there is none; with REQUIRE_ALL, as in CI, fail."""
    in_browser = [
        item
        for item in items
        if item.get_closest_marker("browser") or item.get_closest_marker("accessibility")
    ]
    if CHROMIUM or not in_browser:
        return
    if os.environ.get("REQUIRE_ALL"):
        raise pytest.UsageError(NO_CHROMIUM)
    for item in in_browser:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud what a row of `s` would hide."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.section("skipped", red=True, bold=True)
        terminalreporter.write_line(NO_CHROMIUM)


@pytest.fixture(autouse=True)
def files_of_its_own(settings: LazySettings, tmp_path: Path) -> None:
    """Give each test an empty folder for uploads."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium, quietly."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(autouse=True)
def nothing_kept_from_other_tests() -> None:
    """Start each test with empty caches, of Django, of the pages and of the search."""
    cache.clear()
    state.forget()
    columns.forget()
    live.forget()
