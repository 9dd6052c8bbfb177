"""Staff accounts of the demonstration: made once, with passwords nobody else has."""

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.models import Group, User

ROLES = ("editor", "reviewer", "publisher")
SUPERUSER = "admin"


class Account(NamedTuple):
    """A name and password, printed for whoever set the demonstration up."""

    username: str
    password: str


def ensure_accounts(file: Path) -> list[Account]:
    """Make the accounts that do not exist, and return all whose passwords `file` holds.

    The file is readable by its owner only. An account that exists is left as it is, for
    somebody may have changed its password.
    """
    accounts = _read(file)
    for username in (SUPERUSER, *ROLES):
        if User.objects.filter(username=username).exists():
            continue
        password = accounts.setdefault(username, secrets.token_urlsafe(12))
        _create(username, password)
    _write(file, accounts)
    return [Account(username, password) for username, password in accounts.items()]


def _create(username: str, password: str) -> None:
    if username == SUPERUSER:
        User.objects.create_superuser(username, password=password)
        return
    user = User.objects.create_user(username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=username))


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    pairs = (line.partition(" ") for line in file.read_text("utf-8").splitlines())
    return {username: password for username, _space, password in pairs if password}


def _write(file: Path, accounts: dict[str, str]) -> None:
    if accounts == _read(file):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Opened with its mode: between writing and a later chmod others could read it.
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.writelines(f"{username} {password}\n" for username, password in accounts.items())
    file.chmod(0o600)
