"""Looking for names in the record's texts, and keeping what was found for people to decide."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from speeches.mentions.anchoring import context_of
from speeches.mentions.catalogue_store import versioned_catalogue
from speeches.mentions.documents import document_of
from speeches.mentions.finding.finder import find
from speeches.mentions.finding.found import Findings, Found
from speeches.mentions.name_keys import known_version, take_in_changes
from speeches.mentions.proposing import keep_proposals
from speeches.models import Mention, Passage, Rejection, SpeechText, TextLinking
from speeches.targets import Target

BATCH = 200

text_linked = Signal()
"""Sent when a text was looked through: `text`, and `is_new` when its words are new."""

Place = tuple[int, int, int, Target]
"""The key of a passage, the first character, that after the last, and what is named."""


def link(text: SpeechText) -> Findings:
    """Look for the names of a text and keep them as suggestions; return all that was found.

    Doing it twice changes nothing. What people have decided stays, and what they have
    rejected is not suggested again. Raises `SpeechText.DoesNotExist` when the text is gone.
    """
    catalogue, version = versioned_catalogue()
    with transaction.atomic():
        locked = lock(text)
        document, passages = document_of(locked)
        findings = find(document, catalogue)
        _keep_mentions(locked, passages, findings.mentions)
        keep_proposals(locked, passages, findings.proposals)
        linking, _made = TextLinking.objects.update_or_create(
            speech_text=locked, defaults={"version": version}
        )
    text_linked.send(SpeechText, text=locked, is_new=linking.cited_at is None)
    return findings


def lock(text: SpeechText) -> SpeechText:
    """Keep others from a text's mentions until the transaction ends; return it as it is now."""
    rows = SpeechText.objects.select_for_update(of=("self",)).select_related("speech")
    locked: SpeechText = rows.get(pk=text.pk)
    return locked


def link_if_waiting(text: SpeechText) -> bool:
    """Link a text now if its words, or the directory's names, have changed since it was."""
    if TextLinking.objects.filter(speech_text=text, version=take_in_changes()).exists():
        return False
    link(text)
    return True


def waiting_texts() -> QuerySet:
    """Return the texts that were not looked through with the names there are now."""
    version = known_version()
    rows = SpeechText.objects.order_by("pk")
    if version is None:
        return rows
    return rows.filter(Q(linking=None) | ~Q(linking__version=version))


def progress() -> tuple[int, int]:
    """Return how many texts are done, of how many."""
    total = SpeechText.objects.count()
    return total - waiting_texts().count(), total


def link_waiting(done: Callable[[int], Any] = lambda count: None) -> int:
    """Link all texts that wait, each in a transaction of its own; return their number.

    Broken off, it goes on where it was the next time. `done` is told after each text.
    """
    take_in_changes()
    count, last = 0, 0
    while batch := list(waiting_texts().filter(pk__gt=last).select_related("speech")[:BATCH]):
        for text in batch:
            last = text.pk
            try:
                link(text)
            except SpeechText.DoesNotExist:
                continue
            count += 1
            done(1)
    return count


def _keep_mentions(
    text: SpeechText, passages: Sequence[Passage], mentions: Sequence[Found]
) -> None:
    """Write the suggestions of a text so that they are what was found, and no others."""
    there = list(Mention.objects.filter(passage__speech_text=text, passage__retired_at=None))
    wanted = _wanted(text, passages, mentions, there)
    gone, changed = [], []
    for mention in there:
        if mention.status != Mention.Status.SUGGESTED or mention.method == Mention.Method.HAND:
            continue
        found = wanted.pop(_place(mention), None)
        if found is None:
            gone.append(mention.pk)
        elif _fill(mention, found):
            changed.append(mention)
    Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_update(
        changed, ["method", "confidence", "reason", "is_nested", "holder"], batch_size=200
    )
    Mention.objects.bulk_create(_new(passages, wanted.values()), batch_size=500)


def _wanted(
    text: SpeechText,
    passages: Sequence[Passage],
    mentions: Sequence[Found],
    there: Sequence[Mention],
) -> dict[Place, Found]:
    """Return what may be suggested, by its place."""
    rejected = {
        (row.surface.casefold(), row.target) for row in Rejection.objects.holding_for(text.speech)
    }
    decided: dict[int, list[Mention]] = defaultdict(list)
    for mention in there:
        if mention.status != Mention.Status.SUGGESTED:
            decided[mention.passage_id].append(mention)
    return {
        (passages[found.passage].pk, found.start, found.end, found.target): found
        for found in mentions
        if (found.surface.casefold(), found.target) not in rejected
        and not any(_settles(one, found) for one in decided[passages[found.passage].pk])
    }


def _settles(decided: Mention, found: Found) -> bool:
    """Say whether a decision leaves nothing to suggest here."""
    if (decided.start, decided.end) == (found.start, found.end):
        is_confirmed = decided.status == Mention.Status.CONFIRMED
        return is_confirmed or decided.target == found.target
    if decided.status != Mention.Status.CONFIRMED:
        return False
    overlaps = decided.start < found.end and found.start < decided.end
    is_inside = decided.start <= found.start and found.end <= decided.end
    return overlaps and not (is_inside and found.is_nested)


def _place(mention: Mention) -> Place:
    return (mention.passage_id, mention.start, mention.end, mention.target)


def _fill(mention: Mention, found: Found) -> bool:
    """Write onto a mention why it was found; say whether that changed anything."""
    values = {
        "method": found.method,
        "confidence": found.confidence,
        "reason": {"code": found.reason.code, **found.reason.words},
        "is_nested": found.is_nested,
        "holder_id": found.holder.key if found.holder else None,
    }
    before = {name: getattr(mention, name) for name in values}
    for name, value in values.items():
        setattr(mention, name, value)
    return before != values


def _new(passages: Sequence[Passage], mentions: Any) -> Iterator[Mention]:
    for found in mentions:
        passage = passages[found.passage]
        before, after = context_of(passage.text, found.start, found.end)
        mention = Mention(
            passage=passage,
            start=found.start,
            end=found.end,
            surface=found.surface,
            before=before,
            after=after,
        )
        mention.target = found.target
        _fill(mention, found)
        yield mention
