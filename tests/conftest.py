"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings, settings


def pytest_configure() -> None:
    # Tests serve files as they are: hashed names exist only after collectstatic.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def files_of_its_own(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """Give each test an empty folder for uploads."""
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
