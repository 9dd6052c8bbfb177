"""Reading the chain of the audit log again, link by link, and naming the first broken one."""

from collections.abc import Iterable
from typing import NamedTuple

from iomsite.audit.models import FIRST, AuditEntry


class Problem(NamedTuple):
    """The first entry that is not as it was written, and what is wrong with it."""

    sequence: int
    reason: str


def verify(entries: Iterable[AuditEntry], *, end: tuple[int, str] | None = None) -> Problem | None:
    """Return what is wrong with a chain from its first entry on, or None.

    `end` is the number and hash that the last entry must have (`log.head()`, or a pair kept
    elsewhere): without it nobody can tell that entries are missing at the end.
    """
    number, last = 0, FIRST
    for entry in entries:
        number += 1
        if entry.sequence != number:
            return Problem(number, f"Entry {number} is missing: entry {entry.sequence} follows.")
        if entry.previous_hash != last:
            return Problem(number, f"Entry {number} does not follow from the entry before it.")
        if entry.computed_hash() != entry.hash:
            return Problem(
                number, f"Entry {number} was changed: its hash is that of other contents."
            )
        last = entry.hash
        if end is not None and number == end[0] and last != end[1]:
            return Problem(number, f"Entry {number} is another one than the one that was kept.")
    if end is not None and number < end[0]:
        return Problem(
            number + 1, f"Entry {number + 1} is missing: the chain had {end[0]} entries."
        )
    return None


def verify_all(*, end: tuple[int, str] | None = None) -> Problem | None:
    """Check the whole log as it stands, entry by entry, in little memory."""
    return verify(AuditEntry.objects.order_by("sequence").iterator(), end=end)
