"""What an import of the directory did, entry by entry, in lines a person can read."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.importing.entries import Problem


@dataclass
class DirectoryReport:
    """Counts by type, the facts left as staff have them, and the problems."""

    file: str = ""
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: list[Problem] = field(default_factory=list)
    """Where the file says something else than the entry, which was left as it is."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Say whether the whole file was refused, and nothing saved."""
        return bool(self.problems)

    def lines(self) -> Iterator[str]:
        """Write the report for people, problems last, where a terminal shows them."""
        for kept in self.kept:
            yield _("Kept as it is: %(key)s, %(field)s: %(message)s") % kept._asdict()
        for problem in self.problems:
            yield f"{self.file}: {problem.key}, {problem.field}: {problem.message}"
        if self.is_refused:
            yield _("Nothing was saved: %(count)d problems. Mend the file and import it again.") % {
                "count": len(self.problems)
            }
            return
        yield _("%(created)d created, %(updated)d updated, %(unchanged)d unchanged.") % {
            "created": self.created.total(),
            "updated": self.updated.total(),
            "unchanged": self.unchanged.total(),
        }
        if self.created:
            yield ", ".join(f"{kind}: {count}" for kind, count in sorted(self.created.items()))
