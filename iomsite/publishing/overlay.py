"""Looking at an item as it would be: its content is written, used, and taken back.

Everything inside happens in a transaction that is always rolled back. Django's own forms,
the site's own templates and the models' own rules work on real rows there, and nobody else
ever sees them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from iomsite.publishing.restoring import restore
from iomsite.publishing.snapshot import Content


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo at the end whatever is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def overlaid(item: Any, content: Content | None) -> Iterator[list[str]]:
    """Let an item be what a content says, inside. Yields what had to be left out.

    Without a content, the item is what it is; what is written inside is taken back anyway.
    Raises DoesNotFit when the content cannot be written any more.
    """
    with taken_back():
        yield restore(item, content, provisional=True) if content is not None else []
