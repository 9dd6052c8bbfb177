"""What an import of speeches did, in lines a person can read and as values for a file."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from .parsed import RowProblem

MOST_LINES = 200
"""A terminal shows no more of one kind; the report file has them all."""


class Remark(NamedTuple):
    """Something to know about a text that was imported all the same, or skipped."""

    where: str
    message: str


@dataclass
class ImportReport:
    """Counts, problems (nothing of that text was saved), and remarks."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unknown: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Names that the directory does not have, by the field they stood in."""
    is_interrupted: bool = False
    saved: list[int] = field(default_factory=list)
    """Keys of the speeches written, in order."""

    def refuse(self, where: str, name: str, message: str) -> None:
        self.problems.append(RowProblem(where, name, message))

    def remark(self, where: str, message: str) -> None:
        self.remarks.append(Remark(where, message))

    def lines(self) -> Iterator[str]:
        """Write the report for people, problems last, where a terminal shows them."""
        for remark in self.remarks[:MOST_LINES]:
            yield f"{remark.where}: {remark.message}"
        yield from _left_out(len(self.remarks))
        for name, found in self.unknown.items():
            common = ", ".join(words for words, _count in found.most_common(5))
            yield _("%(field)s: %(count)d names are not in the directory, such as: %(names)s.") % {
                "field": name,
                "count": len(found),
                "names": common,
            }
        for problem in self.problems[:MOST_LINES]:
            place = f"{problem.where}, {problem.field}" if problem.field else problem.where
            yield f"{place}: {problem.message}"
        yield from _left_out(len(self.problems))
        if self.is_interrupted:
            yield _("Interrupted. What is imported stays; run the same command to go on.")
        yield _(
            "%(created)d created, %(updated)d updated, %(skipped)d skipped, %(problems)d problems."
        ) % {
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "problems": len(self.problems),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the whole report as values that JSON can hold."""
        return {
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "interrupted": self.is_interrupted,
            "problems": [
                {"where": problem.where, "field": problem.field, "message": problem.message}
                for problem in self.problems
            ],
            "remarks": [remark._asdict() for remark in self.remarks],
            "unknown": {name: dict(found) for name, found in self.unknown.items()},
        }


def _left_out(count: int) -> Iterator[str]:
    if count > MOST_LINES:
        yield _("… and %(count)d more; --report FILE writes them all.") % {
            "count": count - MOST_LINES
        }
