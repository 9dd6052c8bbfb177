"""Keeping mentions at their words when a text is edited, and their links at the HTML's places."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from speeches.mentions.slots import slots, starts
from speeches.models import Mention, Passage, SpeechText
from speeches.models.mentions import CONTEXT

KEPT = (Mention.Status.CONFIRMED, Mention.Status.STALE)
PLACE = ["passage", "start", "end", "before", "after", "status", "html_start", "html_end"]


def context_of(words: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after some words of a passage."""
    return words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]


def reanchor(text: SpeechText) -> None:
    """Find the mentions of an edited text again.

    Whose words are gone from the text: a suggestion goes, a confirmed mention becomes stale and
    waits for somebody to decide, until its words come back. What was rejected is remembered
    without its place.
    """
    mentions = list(
        Mention.objects.filter(passage__speech_text=text).select_related("passage").order_by("pk")
    )
    if not mentions:
        return
    passages = {row.pk: row for row in text.passages.filter(retired_at=None).order_by("position")}
    taken: set[tuple[int, int, int]] = set()
    lost = []
    for mention in mentions:
        if not _move(mention, passages, taken):
            if mention.status in KEPT:
                mention.status = Mention.Status.STALE
                mention.html_start = mention.html_end = None
            else:
                lost.append(mention.pk)
    Mention.objects.filter(pk__in=lost).delete()
    kept = [mention for mention in mentions if mention.pk not in set(lost)]
    place_links(text, kept)
    # A confirmed mention may take the place that another one leaves in the same edit.
    Mention.objects.filter(pk__in=[m.pk for m in kept], status=Mention.Status.CONFIRMED).update(
        status=Mention.Status.STALE
    )
    Mention.objects.bulk_update(kept, PLACE, batch_size=200)


def place_links(text: SpeechText, mentions: Iterable[Mention]) -> None:
    """Set where in the text's HTML the links of confirmed mentions are drawn."""
    by_passage: dict[str, list[Mention]] = {}
    for mention in mentions:
        mention.html_start = mention.html_end = None
        if mention.status == Mention.Status.CONFIRMED:
            by_passage.setdefault(mention.passage.anchor, []).append(mention)
    if not by_passage:
        return
    places = starts(text.html)
    for anchor, some in by_passage.items():
        if anchor not in places:
            continue
        spans = [(mention.start, mention.end) for mention in some]
        found = slots(text.html, places[anchor], some[0].passage.text, spans)
        for mention, slot in zip(some, found, strict=True):
            if slot is not None:
                mention.html_start, mention.html_end = slot


def _move(
    mention: Mention, passages: Mapping[int, Passage], taken: set[tuple[int, int, int]]
) -> bool:
    """Put a mention where its words are now; say whether they are anywhere."""
    for passage in _nearest_first(mention, passages):
        is_own = passage.pk == mention.passage_id
        start = _found_again(mention, passage.text, is_own=is_own)
        if start is None:
            continue
        place = (passage.pk, start, start + len(mention.surface))
        if mention.status in KEPT:
            if place in taken:
                continue
            taken.add(place)
            mention.status = Mention.Status.CONFIRMED
        mention.passage = passage
        mention.start, mention.end = place[1:]
        mention.before, mention.after = context_of(passage.text, *place[1:])
        return True
    return False


def _nearest_first(mention: Mention, passages: Mapping[int, Passage]) -> Iterator[Passage]:
    """Yield the mention's own passage, and for what was confirmed the others by nearness."""
    if mention.passage_id in passages:
        yield passages[mention.passage_id]
    if mention.status in KEPT:
        position = mention.passage.position
        others = (row for key, row in passages.items() if key != mention.passage_id)
        yield from sorted(others, key=lambda row: abs(row.position - position))


def _found_again(mention: Mention, words: str, *, is_own: bool) -> int | None:
    """Return where the words of a mention are; in another passage, only in their context."""
    if is_own and words[mention.start : mention.end] == mention.surface:
        here = context_of(words, mention.start, mention.end)
        if here == (mention.before, mention.after):
            return mention.start
    places = list(_places(words, mention.surface))
    scored = [(_likeness(mention, words, start), -start) for start in places]
    if not scored:
        return None
    likeness, start = max(scored)
    if is_own and len(places) == 1:
        return -start
    around = context_of(words, -start, -start + len(mention.surface))
    known = max(len("".join(around)), len(mention.before) + len(mention.after))
    least = 1 if is_own else min(CONTEXT // 2, known)
    return -start if likeness >= least else None


def _places(words: str, surface: str) -> Iterator[int]:
    start = words.find(surface)
    while start >= 0:
        end = start + len(surface)
        edges = (words[start - 1 : start] if start else "", words[end : end + 1])
        if not any(_joins(edge, sign) for edge, sign in zip(edges, (surface[0], surface[-1]),
                                                            strict=True)):  # fmt: skip
            yield start
        start = words.find(surface, start + 1)


def _joins(one: str, other: str) -> bool:
    """Say whether two signs belong to one word. Scripts without blanks have no such edge."""
    return one.isalnum() and other.isalnum() and one.isascii() and other.isascii()


def _likeness(mention: Mention, words: str, start: int) -> int:
    """Return how many characters around some words are those around the mention before."""
    before, after = context_of(words, start, start + len(mention.surface))
    return _shared(after, mention.after) + _shared(before[::-1], mention.before[::-1])


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
