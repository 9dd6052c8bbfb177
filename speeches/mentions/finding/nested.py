"""Known names inside of known longer ones: the convention that a conference is about."""

from collections.abc import Iterator, Sequence

from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.found import Document, Found, Reason
from speeches.mentions.finding.tokens import Token
from speeches.targets import Target

LEAST_WORDS = 3
OUTER = frozenset({"meeting", "meeting_series"})
INNER = frozenset({"organization", "initiative"})
LONG = frozenset({"primary", "other", "former"})


def nested_in(
    document: Document,
    catalogue: Catalogue,
    tokens: Sequence[Sequence[Token]],
    mentions: Sequence[Found],
) -> list[Found]:
    """Return the long names of organizations and initiatives inside the names of meetings."""
    return [
        inner
        for outer in mentions
        if outer.target.kind in OUTER
        for inner in _inside(document, catalogue, tokens[outer.passage], outer)
    ]


def _inside(
    document: Document, catalogue: Catalogue, tokens: Sequence[Token], outer: Found
) -> Iterator[Found]:
    words = [token for token in tokens if outer.start <= token.start and token.end <= outer.end]
    first = 0
    while first < len(words):
        length = 0
        for size in catalogue.lengths.get(words[first].key, ()):
            inner = words[first : first + size]
            if LEAST_WORDS <= size == len(inner) < len(words):
                rows = catalogue.names.get(tuple(word.key for word in inner), ())
                targets = {r.target for r in rows if r.kind in LONG and r.target.kind in INNER}
                if len(targets) == 1 and inner[0].is_capital:
                    yield _found(document, outer, inner, targets.pop())
                    length = size
                    break
        first += length or 1


def _found(document: Document, outer: Found, words: Sequence[Token], target: Target) -> Found:
    start, end = words[0].start, words[-1].end
    surface = document.passages[outer.passage].text[start:end]
    return Found(
        outer.passage, start, end, surface, target, "name", 0.9,
        Reason("nested", {"name": outer.surface}), is_nested=True,
    )  # fmt: skip
