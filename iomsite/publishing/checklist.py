"""What must be right before an item goes out, and what had better be.

Each kind of item brings its own checks (`checked_by`, called in the app's `ready`). A check
looks at the rows as they would be public.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from iomsite.publishing.desk import Desk
from iomsite.publishing.overlay import overlaid


class Finding(NamedTuple):
    """Something the checklist has to say: it blocks, or it warns; `field` is where to mend it."""

    blocks: bool
    message: str
    field: str = ""
    """A control of the form, as `place`; the rows of a part, as `texts/`; or a control in the
    row with a key, as `texts/17/title`."""


Check = Callable[[Any], Iterable[Finding]]

_checks: dict[str, list[Check]] = {}


def checked_by(kind: str, *checks: Check) -> None:
    """Add checks for a kind of item, such as `speeches.speech`."""
    known = _checks.setdefault(kind, [])
    known += [check for check in checks if check not in known]


def findings(desk: Desk) -> list[Finding]:
    """Return what there is to say about the next state of an item, what blocks first."""
    with overlaid(desk.item, desk.copy.content if desk.copy else None):
        row = type(desk.item)._base_manager.get(pk=desk.item.pk)
        found = list(_all_of(desk.kind, row))
    return sorted(found, key=lambda finding: not finding.blocks)


def _all_of(kind: str, row: Any) -> Iterator[Finding]:
    for check in _checks.get(kind, []):
        yield from check(row)
