"""All names of the directory, ready to be looked up by the keys of their words."""

from collections import defaultdict
from collections.abc import Iterable
from sys import intern

from speeches.mentions.finding.found import Edition, Facts, NameRow, Series
from speeches.mentions.finding.tokens import key_of
from speeches.targets import Target


class Catalogue:
    """Names by their keys, and what is known of series, meetings and offices.

    Looking up costs the same however many names there are: one dictionary, asked for each
    length that a name beginning with a word has.
    """

    def __init__(self, facts: Facts | None = None) -> None:
        self.names: dict[tuple[str, ...], list[NameRow]] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.facts = facts or Facts()
        self.series: dict[Target, Series] = {one.target: one for one in self.facts.series}
        self.editions: dict[Target, list[Edition]] = defaultdict(list)
        for edition in self.facts.editions:
            if edition.series is not None:
                self.editions[edition.series].append(edition)

    @classmethod
    def build(cls, rows: Iterable[NameRow], facts: Facts | None = None) -> "Catalogue":
        """Return a catalogue of all rows. Rows with a key are not looked at word by word."""
        catalogue = cls(facts)
        for row in rows:
            catalogue.add(row)
        return catalogue

    def add(self, row: NameRow) -> None:
        """Take in one name."""
        key = row.key if row.key is not None else key_of(row.text)
        if not key:
            return
        key = tuple(map(intern, key))
        self.names.setdefault(key, []).append(row._replace(key=key))
        known = self.lengths.get(key[0], ())
        if len(key) not in known:
            self.lengths[key[0]] = tuple(sorted({*known, len(key)}, reverse=True))

    def parent_of(self, target: Target) -> Target | None:
        """Return the organization above another, or that of an office."""
        return self.facts.parents.get(target)
