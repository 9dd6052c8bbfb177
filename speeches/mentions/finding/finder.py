"""Finding the names of a document: what each stands for, and why."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from speeches.mentions.finding.acceptance import is_loud_line
from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.context import Context
from speeches.mentions.finding.editions import latest, resolve
from speeches.mentions.finding.events import described
from speeches.mentions.finding.found import (
    Document,
    Findings,
    Found,
    NameRow,
    Proposed,
    Reason,
)
from speeches.mentions.finding.interval import clues_in, interval_from
from speeches.mentions.finding.matching import Match, matches_in
from speeches.mentions.finding.nested import nested_in
from speeches.mentions.finding.new_names import propose
from speeches.mentions.finding.policies import is_allowed
from speeches.mentions.finding.symbols import symbols_in
from speeches.mentions.finding.tokens import Token, tokenize
from speeches.targets import Target

METHODS = {"acronym": "acronym", "short": "short"}
CONFIDENCE = {"primary": 0.98, "other": 0.97, "former": 0.95, "acronym": 0.95, "short": 0.8}


def find(document: Document, catalogue: Catalogue) -> Findings:
    """Return all names of a document, each with what it stands for and why.

    A text means the same to every reader of one catalogue: the answer depends on nothing else.
    """
    tokens = [tokenize(passage.text) for passage in document.passages]
    matches = [
        match
        for number, passage in enumerate(document.passages)
        for match in matches_in(
            number, passage.text, tokens[number], catalogue, is_loud=is_loud_line(tokens[number])
        )
    ]
    context = Context.read(document, catalogue, tokens, matches)
    reader = _Reader(document, catalogue, tokens, context)
    mentions = [found for match in matches for found in reader.read(match)]
    mentions += nested_in(document, catalogue, tokens, mentions)
    proposals = propose(document, tokens, mentions, context)
    mentions = _without_inner(mentions, proposals)
    clues = clues_in(document, catalogue, tokens, mentions)
    interval = interval_from(clues)
    mentions += described(document, catalogue, tokens, mentions, interval)
    return Findings(
        mentions=tuple(sorted(mentions, key=lambda one: (one.passage, one.start, -one.end))),
        proposals=proposals,
        interval=interval,
        symbols=tuple(
            symbol
            for number, passage in enumerate(document.passages)
            for symbol in symbols_in(passage.text, number)
        ),
    )


def _without_inner(mentions: Sequence[Found], proposals: Sequence[Proposed]) -> list[Found]:
    """Take back known names that are only a part of a longer one, which is not known."""
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for proposal in proposals:
        if proposal.kind not in {"alias", "person"}:
            for passage, start, end in proposal.spans:
                spans[passage].append((start, end))
    return [
        found
        for found in mentions
        if not any(start <= found.start and found.end <= end for start, end in spans[found.passage])
    ]


class _Reader:
    """Reads the matches of one document in order, and remembers what was named."""

    def __init__(
        self,
        document: Document,
        catalogue: Catalogue,
        tokens: Sequence[Sequence[Token]],
        context: Context,
    ) -> None:
        self.document, self.catalogue, self.context = document, catalogue, context
        self.tokens = tokens
        self.editions_named: dict[Target, Target] = {}
        self.read_up_to = (0, 0)

    def read(self, match: Match) -> Iterator[Found]:
        """Yield the mention that a match is, if it is one."""
        start = self.tokens[match.passage][match.first].start
        row = self._chosen(match) if (match.passage, start) >= self.read_up_to else None
        if row is None:
            return
        self.context.note(row, match)
        first, last = match.first, match.last
        target, reason = row.target, self._reason(row, match)
        method = METHODS.get(row.kind, "country" if row.target.kind == "country" else "name")
        confidence = CONFIDENCE.get(row.kind, 0.9)
        if row.target.kind == "meeting_series":
            meeting = self._meeting(row, match)
            if meeting is not None:
                target, first, last, reason, confidence = meeting
                method = "edition"
        if row.target.kind == "office":
            method = "office"
        found = self._found(match.passage, first, last, target, method, confidence, reason)
        self.read_up_to = (match.passage, found.end)
        yield found

    def _found(
        self,
        passage: int,
        first: int,
        last: int,
        target: Target,
        method: str,
        confidence: float,
        reason: Reason,
    ) -> Found:
        tokens = self.tokens[passage]
        start, end = tokens[first].start, tokens[last].end
        end = self.context.bracket_after(passage, last) or end
        surface = self.document.passages[passage].text[start:end]
        holder = self._holder(target) if target.kind == "office" else None
        return Found(
            passage, start, end, surface, target, method, confidence, reason, holder=holder
        )

    def _chosen(self, match: Match) -> NameRow | None:
        """Return the one name that is meant; none where two entries could be."""
        allowed = [
            row
            for row in match.rows
            if is_allowed(row, match, self.tokens[match.passage], self.context)
        ]
        targets = {row.target for row in allowed}
        if len(targets) > 1:
            named = {target for target in targets if self.context.is_named(target)}
            targets = named if len(named) == 1 else self.context.last_named(targets)
        chosen = [row for row in allowed if row.target in targets]
        return chosen[0] if len(targets) == 1 and chosen else None

    def _reason(self, row: NameRow, match: Match) -> Reason:
        if self.context.defined(match) == row.target:
            return Reason("defined", {"name": row.text})
        code = f"{row.kind}-{row.policy}" if row.policy else row.kind
        return Reason(code if code in KNOWN_REASONS else row.kind, {"name": row.text})

    def _meeting(self, row: NameRow, match: Match) -> tuple[Target, int, int, Reason, float] | None:
        """Return the meeting that the name of a series stands for at this place."""
        editions = self.catalogue.editions.get(row.target, [])
        tokens, series = self.tokens[match.passage], self.catalogue.series.get(row.target)
        day = self.document.delivered_on
        found = resolve(editions, tokens, match.first, match.last, day)
        if found:
            self.editions_named[row.target] = found.edition.target
            return (
                found.edition.target,
                found.first,
                found.last,
                found.reason,
                found.confidence,
            )
        if series is None or not series.bare_name_is_latest:
            return None
        if named := self.editions_named.get(row.target):
            return named, match.first, match.last, Reason("edition-named-before"), 0.9
        if edition := latest(editions, day):
            self.editions_named[row.target] = edition.target
            return edition.target, match.first, match.last, Reason("edition-latest"), 0.85
        return None

    def _holder(self, office: Target) -> Target | None:
        """Return who held an office on the day of the speech, where one person surely did."""
        day = self.document.delivered_on
        if day is None:
            return None
        held = {
            one.person
            for one in self.catalogue.facts.appointments
            if one.office == office
            and (one.first is None or one.first <= day)
            and (one.last is None or day <= one.last)
        }
        return held.pop() if len(held) == 1 else None


KNOWN_REASONS = frozenset({
    "primary", "other", "former", "acronym", "acronym-long", "acronym-list", "acronym-parent",
    "acronym-num", "short", "short-home", "defined",
})  # fmt: skip
