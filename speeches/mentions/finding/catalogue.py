"""All names of the directory, ready to be looked up by the keys of their words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        self._long_names: dict[Target, list[NameRow]] | None = None
        self.facts = facts or Facts()
        self.series: dict[Target, Series] = {one.target: one for one in self.facts.series}
        self.editions: dict[Target, list[Edition]] = defaultdict(list)
        for edition in self.facts.editions:
            if edition.series is not None:
                self.editions[edition.series].append(edition)
        self.places = _by_place(self.facts.editions)

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

    def long_names_of(self, target: Target) -> Sequence[NameRow]:
        """Return the names of an entry that are no short forms. Rarely asked, so made late."""
        if self._long_names is None:
            self._long_names = defaultdict(list)
            for rows in self.names.values():
                for row in rows:
                    if row.kind in {"primary", "other", "former"}:
                        self._long_names[row.target].append(row)
        return self._long_names.get(target, ())

    def parent_of(self, target: Target) -> Target | None:
        """Return the organization above another, or that of an office."""
        return self.facts.parents.get(target)


Places = dict[str, list[tuple[tuple[str, ...], tuple[Edition, ...]]]]


def _by_place(editions: Iterable[Edition]) -> Places:
    """Return the meetings of each town, by the first word of its name; longer names first."""
    towns: dict[tuple[str, ...], list[Edition]] = defaultdict(list)
    for edition in editions:
        if key := key_of(edition.place.partition("(")[0].partition(",")[0]):
            towns[key].append(edition)
    found: Places = defaultdict(list)
    for key in sorted(towns, key=len, reverse=True):
        found[key[0]].append((key, tuple(towns[key])))
    return found
