"""Answering for an address where nothing stands any more: where it has gone, or why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from iomsite.addresses.ledger import follow_moves
from iomsite.addresses.models import PublicAddress, model_of
from iomsite.addresses.paths import LONGEST_PATH, paths_of


@dataclass(frozen=True)
class MovedTo:
    """The path, without a language, at which the item is now."""

    path: str


@dataclass(frozen=True)
class GoneFor:
    """There is nothing to lead to; `notice` says why."""

    notice: str


Resolution = MovedTo | GoneFor | None


def resolve_address(path: str) -> Resolution:
    """Say what became of a path that was public once.

    None means what it means for an address that never was: there is nothing, or nothing that
    the public may know of.
    """
    if len(path) > LONGEST_PATH or "\x00" in path:
        return None
    line, rest = _line_for(path)
    if line is None:
        return None
    chain = follow_moves((line.kind, line.item))
    model: Any = model_of(chain[-1][0])
    rows = model._default_manager.filter(pk=chain[-1][1]) if model else None
    if rows is None or not rows.exists():
        return GoneFor(_("It was deleted. Nothing else is known about it."))
    item = rows.ever_public().first()
    if item is None:
        return None
    if item.is_removed:
        return GoneFor(item.public_notice)
    return _below(line, item, rest) if rest else _where(line, item, has_moved=len(chain) > 1)


def _line_for(path: str) -> tuple[PublicAddress | None, str]:
    """Return the line of a path, or of the nearest page above it and what follows there.

    What stands below the page of an item, an old version of a speech for one, goes with it.
    """
    lines = PublicAddress.objects.public()
    line = lines.filter(path=path).order_by("-pk").first()
    if line is not None:
        return line, ""
    steps = path.split("/")
    above = ["/".join(steps[:count]) + "/" for count in range(3, len(steps))]
    main = lines.filter(path__in=above, part="").order_by("-pk")
    nearest = max(main, key=lambda found: len(found.path), default=None)
    return nearest, path.removeprefix(nearest.path) if nearest else ""


def _below(line: PublicAddress, item: Any, rest: str) -> Resolution:
    main = next(iter(paths_of(item)), "")
    return MovedTo(f"{main}{rest}") if main and main != line.path else None


def _where(line: PublicAddress, item: Any, *, has_moved: bool) -> Resolution:
    """Lead to what stands for the same part of the item today, else to its main page."""
    paths = paths_of(item)
    is_file = line.part.startswith("/")
    if line.path in paths and not has_moved:
        return None
    if is_file:
        target = _same_file(line.path, paths)
    else:
        target = next((path for path in paths if path == f"{paths[0]}{line.part}"), "")
        target = target or next(iter(paths), "")
    if target == line.path:
        return None
    if not target:
        return GoneFor(_("It was a part of a page that does not have it any more."))
    return MovedTo(target)


def _same_file(path: str, paths: list[str]) -> str:
    """Return where a file is now: its row's number stays when the file is replaced."""
    root = "/".join(path.split("/")[:3]) + "/"
    return next((other for other in paths if other.startswith(root)), "")
