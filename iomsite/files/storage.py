"""Where attached files lie: a folder that no web server serves by itself."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

from .kinds import ending_of


class PrivateStorage(FileSystemStorage):
    """Files for the server's own account and group, with no address of their own."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o640, directory_permissions_mode=0o750)

    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        return str(Path(settings.PRIVATE_ROOT).absolute())

    def url(self, name: str | None) -> str:
        """There is none: a file goes out through the gate only."""
        raise ValueError("A private file has no address. Ask its row for get_absolute_url().")


def private_storage() -> Storage:
    """Return the storage of attached files; a function, so that settings may choose it."""
    return storages["private"]


def random_name(folder: str, name: str) -> str:
    """Return a path of 128 random bits; a file's own name is kept in its row only."""
    return f"{folder}/{secrets.token_hex(16)}{ending_of(name)[:8]}"
