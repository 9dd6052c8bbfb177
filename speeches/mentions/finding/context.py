"""What a document says elsewhere: what it has named so far, and what it defines itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.definitions import Definition, definitions_in
from speeches.mentions.finding.found import Document, NameRow
from speeches.mentions.finding.matching import Match
from speeches.mentions.finding.tokens import Token
from speeches.targets import Target

LONG = frozenset({"primary", "other", "former"})
Brackets = dict[tuple[int, int], int]


@dataclass
class Context:
    """What is known of a document while it is read from its beginning to its end."""

    document: Document
    catalogue: Catalogue
    acronyms: dict[str, Target | None] = field(default_factory=dict)
    """What the text's own short forms stand for; None for something unknown."""
    brackets: Brackets = field(default_factory=dict)
    """Where the bracket ends that follows a word of a passage."""
    starting: dict[tuple[int, int], Match] = field(default_factory=dict)
    """What is spelled from a word of a passage on."""
    long_named: set[Target] = field(default_factory=set)
    """Everything that is named in full anywhere in the document."""
    acronyms_at: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    named: dict[Target, int] = field(default_factory=dict)
    """What was named so far, with a number that grows."""

    @classmethod
    def read(
        cls,
        document: Document,
        catalogue: Catalogue,
        tokens: Sequence[Sequence[Token]],
        matches: Sequence[Match],
    ) -> "Context":
        """Return what the whole document says of its names."""
        context = cls(document, catalogue)
        context.starting = {(match.passage, match.first): match for match in matches}
        ending = {(match.passage, match.last): match for match in matches}
        for match in matches:
            kinds = {row.kind for row in match.rows}
            if kinds & LONG:
                context.long_named.update(r.target for r in match.rows if r.kind in LONG)
            elif "acronym" in kinds:
                context.acronyms_at[match.passage].append(match.first)
        for number, passage in enumerate(document.passages):
            for one in definitions_in(passage.text, tokens[number]):
                long = ending.get((number, one.last))
                context._define(number, one, long)
        return context

    def _define(self, passage: int, one: Definition, match: Match | None) -> None:
        long = [row for row in match.rows if row.kind in LONG] if match else []
        if long and (one.first < 0 or match is None or one.first >= match.first - 1):
            self.acronyms.setdefault(one.acronym, long[0].target)
            self.brackets[passage, one.last] = one.bracket_end
        elif one.first >= 0:
            # Something that the directory lacks: its short form is nobody else's here.
            self.acronyms.setdefault(one.acronym, None)

    def defined(self, match: Match) -> Target | None:
        """Return what the text says that a short form stands for."""
        return self.acronyms.get(match.rows[0].text) if match.rows[0].kind == "acronym" else None

    def is_defined_otherwise(self, row: NameRow) -> bool:
        """Say whether the text uses a short form for something else."""
        return row.text in self.acronyms and self.acronyms[row.text] != row.target

    def bracket_after(self, passage: int, last: int) -> int | None:
        """Return the end of the bracket with its short form behind a name, if one follows."""
        return self.brackets.get((passage, last))

    def note(self, row: NameRow, match: Match) -> None:
        """Remember that an entry was named."""
        self.named[row.target] = len(self.named) + match.passage * 10_000 + match.first

    def is_named(self, target: Target) -> bool:
        """Say whether an entry was named before this place, or in full anywhere."""
        return target in self.named or target in self.long_named

    def was_named(self, target: Target) -> bool:
        """Say whether an entry was named before this place."""
        return target in self.named

    def last_named(self, targets: Iterable[Target]) -> set[Target]:
        """Return the one of some entries that was named last, if any was."""
        named = [target for target in targets if target in self.named]
        return {max(named, key=lambda target: self.named[target])} if named else set()
