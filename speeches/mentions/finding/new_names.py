"""Names that the directory lacks: defined by the text, headed by a telling word, or people.

What is proposed has to be a name beyond doubt: somebody looks at each one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from speeches.mentions.finding.acceptance import is_loud_line
from speeches.mentions.finding.context import Context
from speeches.mentions.finding.definitions import definitions_in
from speeches.mentions.finding.found import Document, Found, Proposed, Reason
from speeches.mentions.finding.people import people_in
from speeches.mentions.finding.runs import Run, runs_in
from speeches.mentions.finding.tokens import Token, key_of
from speeches.mentions.finding.word_lists import CUE_KINDS, EVENTS, LEFT_OUT
from speeches.targets import Target

DEFINED, HEADED, IN_A_TITLE, ALIAS = 0.93, 0.8, 0.6, 0.85
LONGEST_NAME = 200
LEAST_CAPITALS = 0.6


class Candidate(NamedTuple):
    """One place at which a new name may stand."""

    name: str
    kind: str
    span: tuple[int, int, int]
    confidence: float
    reason: Reason
    acronym: str = ""
    role: str = ""
    near: tuple[Target, ...] = ()


def propose(
    document: Document,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[Found],
    context: Context,
) -> tuple[Proposed, ...]:
    """Return the names that the directory lacks, each once, with all its places."""
    known: dict[int, list[Found]] = defaultdict(list)
    for mention in mentions:
        known[mention.passage].append(mention)
    candidates: list[Candidate] = []
    for number, passage in enumerate(document.passages):
        here = tokens[number]
        if is_loud_line(here):
            continue
        defined = list(_defined(number, passage.text, here, known[number], context))
        taken = [one.span for one in defined]
        candidates += defined
        runs = _headed(number, passage.text, here, known[number], context.catalogue.places)
        is_title = passage.kind == "heading" or (number == 0 and passage.text[-1:] not in ".!?")
        for one in runs:
            confidence = IN_A_TITLE if is_title else one.confidence
            if not any(_overlap(one.span, span) for span in taken):
                candidates.append(one._replace(confidence=confidence))
        for person in people_in(passage.text):
            span = (number, person.start, person.end)
            if not any(_overlap(span, _span(mention)) for mention in known[number]):
                reason = Reason("new-person", {"title": person.title})
                candidates.append(
                    Candidate(person.name, "person", span, person.confidence, reason,
                              role=person.role)
                )  # fmt: skip
    return _gathered(candidates)


def _span(mention: Found) -> tuple[int, int, int]:
    return mention.passage, mention.start, mention.end


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _defined(
    number: int,
    text: str,
    tokens: Sequence[Token],
    known: Sequence[Found],
    context: Context,
) -> Iterator[Candidate]:
    """Yield what the text defines: a long name with its short form in brackets."""
    for one in definitions_in(text, tokens):
        if one.first < 0:
            continue
        start, end = tokens[one.first].start, tokens[one.last].end
        if any(m.start <= start and end <= m.end for m in known) or end - start > LONGEST_NAME:
            continue
        if not _is_capital(tokens[one.first : one.last + 1]) or one.last == one.first:
            continue
        name = " ".join(text[start:end].split())
        rows = context.catalogue.names.get(key_of(one.acronym), ())
        near = {row.target for row in rows if row.kind == "acronym" and row.text == one.acronym}
        span = (number, start, end)
        if len(near) == 1 and _shares_a_word(name, near, context):
            words = {"acronym": one.acronym}
            yield Candidate(name, "alias", span, ALIAS, Reason("new-alias", words),
                            near=tuple(near))  # fmt: skip
        else:
            words = {"acronym": one.acronym}
            yield Candidate(name, kind_of(name), span, DEFINED, Reason("new-defined", words),
                            acronym=one.acronym)  # fmt: skip


def _shares_a_word(name: str, near: Iterable[Target], context: Context) -> bool:
    """Say whether a name has a word in common with the entry whose short form it takes."""
    words = set(key_of(name)) - LEFT_OUT
    return any(
        words & set(row.key or ())
        for target in near
        for row in context.catalogue.long_names_of(target)
    )


def _is_capital(tokens: Sequence[Token]) -> bool:
    counted = [t for t in tokens if t.surface.casefold() not in LEFT_OUT]
    capitals = sum(t.surface[0].isupper() or t.surface[0].isdigit() for t in counted)
    return bool(counted) and capitals >= LEAST_CAPITALS * len(counted)


def _headed(
    number: int,
    text: str,
    tokens: Sequence[Token],
    known: Sequence[Found],
    towns: Mapping[str, object],
) -> Iterator[Candidate]:
    """Yield what a telling word makes a name: Index, Handbook, Board of …"""
    for run in runs_in(tokens, known):
        start, end = tokens[run.first].start, tokens[run.last].end
        if end - start > LONGEST_NAME or _is_known(run, start, end, known):
            continue
        if _is_described(tokens, run, towns):
            continue
        name = " ".join(text[start:end].split())
        reason = Reason("new-headed", {"word": tokens[run.cue].surface})
        kind = _kind(tokens, run)
        yield Candidate(name, kind, (number, start, end), HEADED, reason)


def _is_described(tokens: Sequence[Token], run: Run, towns: Mapping[str, object]) -> bool:
    """Say whether it is no name but an event by its town: the Brussels Forum."""
    is_short = run.last - run.first < 3
    return is_short and tokens[run.first].key in towns and tokens[run.last].key in EVENTS


def _is_known(run: Run, start: int, end: int, known: Sequence[Found]) -> bool:
    """Say whether a known name covers the run, or reaches over one of its edges."""
    for mention in known:
        if mention.start < end and start < mention.end:
            is_inside = start <= mention.start and mention.end <= end
            if not is_inside or (mention.start, mention.end) == (start, end):
                return True
    return False


def _kind(tokens: Sequence[Token], run: Run) -> str:
    kind = CUE_KINDS[tokens[run.cue].key]
    return "meeting" if kind == "meeting_series" and run.is_counted else kind


def kind_of(name: str) -> str:
    """Return what a name is most probably a name of, by its last telling word."""
    for key in reversed(key_of(name)):
        if key in CUE_KINDS:
            return CUE_KINDS[key]
    return "initiative"


def _gathered(candidates: Iterable[Candidate]) -> tuple[Proposed, ...]:
    """Return each name once, by its key, with the surest of its reasons."""
    by_key: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        group = "person" if one.kind == "person" else "thing"
        by_key[group, " ".join(key_of(one.name))].append(one)
    found = []
    for (group, key), some in by_key.items():
        best = max(some, key=lambda one: one.confidence)
        found.append(
            Proposed(
                best.name, best.kind, f"{group}:{key}", tuple(dict.fromkeys(o.span for o in some)),
                best.confidence, best.reason, best.acronym, best.role, best.near,
            )
        )  # fmt: skip
    return tuple(found)
