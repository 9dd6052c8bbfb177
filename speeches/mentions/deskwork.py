"""A text as the desk shows it: its words in pieces, some of which are names to decide about."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from speeches.mentions.catalogue_store import current_catalogue
from speeches.mentions.deciding import state_of
from speeches.mentions.documents import document_of
from speeches.mentions.entries import Entry, entries_of
from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Interval
from speeches.mentions.name_keys import known_version
from speeches.mentions.reasons import sentence_of
from speeches.models import Mention, NameKey, Passage, SpeechText
from speeches.targets import Target

MOST_CANDIDATES = 20
MOST_NAMES = 2000
"""Shown at once. Those that are decided make room for others."""
LONGEST_QUERY = 100
STEPS = (0.95, 0.9, 0.8, 0.5)


class Name(NamedTuple):
    """A mention with what the desk says of it."""

    mention: Mention
    entry: Entry | None
    reason: str
    state: str

    @property
    def percent(self) -> int:
        return round(self.mention.confidence * 100)

    @property
    def is_open(self) -> bool:
        return self.mention.status in Mention.OPEN


class Piece(NamedTuple):
    """Some words of a passage, and the name that they are."""

    words: str
    name: Name | None


class Row(NamedTuple):
    """A passage in pieces, and the names inside of longer ones."""

    passage: Passage
    pieces: Sequence[Piece]
    inner: Sequence[Name]


class Desk(NamedTuple):
    """All that the desk of one text shows."""

    rows: Sequence[Row]
    names: Sequence[Name]

    @property
    def open(self) -> Sequence[Name]:
        return [name for name in self.names if name.is_open]

    @property
    def confirmed(self) -> int:
        return sum(name.mention.status == Mention.Status.CONFIRMED for name in self.names)

    @property
    def rejected(self) -> int:
        return sum(name.mention.status == Mention.Status.REJECTED for name in self.names)

    @property
    def steps(self) -> Sequence[tuple[int, int]]:
        """How many suggestions are at least so sure, in per cent."""
        sure = [
            name.mention.confidence
            for name in self.names
            if name.mention.status == Mention.Status.SUGGESTED
        ]
        return [(round(step * 100), sum(one >= step for one in sure)) for step in STEPS]

    def current(self, chosen: str) -> Name | None:
        """Return the name with a key, else the first that is open."""
        named = next((name for name in self.names if str(name.mention.pk) == chosen), None)
        return named or next(iter(self.open), None)

    def after(self, name: Name | None) -> Name | None:
        """Return the next open name behind another, from the beginning again at the end."""
        if name is None or name not in self.names:
            return next(iter(self.open), None)
        place = self.names.index(name)
        return next((one for one in [*self.names[place + 1 :], *self.names] if one.is_open), None)


def desk_of(text: SpeechText) -> Desk:
    """Return the desk of a text: three queries, one more where it has very many names."""
    mentions = _bounded(Mention.objects.filter(passage__speech_text=text))
    entries = entries_of({mention.target for mention in mentions})
    names = [
        Name(one, entries.get(one.target), sentence_of(one.reason), state_of(one))
        for one in mentions
    ]
    by_passage: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        by_passage[name.mention.passage_id].append(name)
    passages = text.passages.filter(retired_at=None).order_by("position")
    return Desk([_row(passage, by_passage[passage.pk]) for passage in passages], names)


def _bounded(rows: Any) -> list[Mention]:
    """Return the names of a text; of very many only the first that are open."""
    ordered = rows.select_related("passage", "decided_by").in_reading_order()
    found = list(ordered[: MOST_NAMES + 1])
    if len(found) > MOST_NAMES:
        found = list(ordered.filter(status__in=Mention.OPEN)[:MOST_NAMES])
    return found


def _row(passage: Passage, names: Sequence[Name]) -> Row:
    pieces, inner, done = [], [], 0
    for name in names:
        start, end = name.mention.start, name.mention.end
        if start < done or name.mention.status == Mention.Status.STALE:
            inner.append(name)
            continue
        pieces += [Piece(passage.text[done:start], None), Piece(passage.text[start:end], name)]
        done = end
    pieces.append(Piece(passage.text[done:], None))
    return Row(passage, [piece for piece in pieces if piece.words], inner)


def candidates(asked: str) -> list[Entry]:
    """Return the entries and countries that have some letters in one of their names."""
    asked = asked.replace("\x00", "").strip()[:LONGEST_QUERY]
    if not asked:
        return []
    rows = NameKey.objects.filter(text__icontains=asked).order_by("name_kind", "text")
    targets: dict[Target, None] = {}
    for kind, owner in rows.values_list("kind", "owner")[: MOST_CANDIDATES * 10]:
        targets[Target(kind, owner if kind == "country" else int(owner))] = None
    entries = entries_of(list(targets)[:MOST_CANDIDATES])
    return [entries[target] for target in targets if target in entries]


def interval_of(text: SpeechText) -> tuple[Interval, list[str]] | None:
    """Return the days on which an undated text was spoken, as far as its words say, and why."""
    if text.speech.delivered_on is not None or known_version() is None:
        return None
    found = find(document_of(text)[0], current_catalogue()).interval
    if found is None:
        return None
    return found, [sentence_of({"code": one.code, **one.words}) for one in found.reasons]
