"""Loading much once for all tests of a class, instead of once for each."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction


@contextlib.contextmanager
def loaded_for_a_class(blocker: Any) -> Iterator[None]:
    """Open the database for a fixture of class scope and roll back what it wrote in the end.

    Each test runs in a transaction of its own inside this one, so tests stay independent.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
