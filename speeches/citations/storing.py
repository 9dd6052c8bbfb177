"""Keeping the citations of a text, and what people decide about them."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from iomsite.audit.log import record
from iomsite.caching.revision import note_change
from speeches.citations.quoting import quotations_of
from speeches.citations.statements import CONFIDENCE, statements_of
from speeches.mentions.linking import lock
from speeches.models import Citation, Passage, SpeechText, TextLinking

Status = Citation.Status
Place = tuple[int, int, int, int]


class Changed(Exception):
    """The citation is gone, or is not as it was seen: somebody has decided about it."""


def cite(text: SpeechText) -> int:
    """Look for what a text cites and keep it as suggestions; return their number.

    What people have decided stays, and is not suggested again.
    """
    passages = list(text.passages.filter(retired_at=None).order_by("position"))
    found = {
        (one.passage.pk, one.start, one.end, one.cited_speech): one
        for one in _citations(text, passages)
    }
    with transaction.atomic():
        lock(text)
        there = Citation.objects.filter(passage__speech_text=text)
        decided = {_place(one) for one in there.exclude(status=Status.SUGGESTED)}
        there.filter(status=Status.SUGGESTED).delete()
        Citation.objects.bulk_create(
            (one for place, one in found.items() if place not in decided), ignore_conflicts=True
        )
        TextLinking.objects.filter(speech_text=text).update(cited_at=timezone.now())
    return len(found)


def _citations(text: SpeechText, passages: list[Passage]) -> list[Any]:
    quoted = [
        Citation(
            passage=one.passage, start=one.start, end=one.end, cited_speech_id=one.cited_speech,
            cited_passage_id=one.cited_passage, kind=Citation.Kind.QUOTATION, words=one.words,
            confidence=one.confidence, reason={"code": "quotation", "number": str(one.words)},
        )
        for one in quotations_of(text, passages)
    ]  # fmt: skip
    stated = statements_of(text, passages)
    first = _first_passages({one.cited_speech for one in stated})
    return [
        *quoted,
        *(
            Citation(
                passage=one.passage, start=one.start, end=one.end,
                cited_speech_id=one.cited_speech, cited_passage_id=first.get(one.cited_speech),
                kind=Citation.Kind.STATEMENT, confidence=CONFIDENCE,
                reason={"code": "statement", "meeting": one.meeting},
            )
            for one in stated
        ),
    ]  # fmt: skip


def _first_passages(speeches: set[int]) -> dict[int, int]:
    """Return the first passage of each speech's original text."""
    rows = Passage.objects.filter(
        speech_text__speech__in=speeches, speech_text__kind=SpeechText.Kind.ORIGINAL,
        retired_at=None,
    ).order_by("speech_text", "-position")  # fmt: skip
    return dict(rows.values_list("speech_text__speech", "pk"))


def _place(citation: Citation) -> Place:
    return citation.passage_id, citation.start, citation.end, citation.cited_speech_id


@transaction.atomic
def decide(citation: Citation, status: str, user: Any) -> Citation:
    """Confirm, reject or open a citation that was seen in a state. Raises Changed."""
    rows = Citation.objects.select_for_update(of=("self",)).select_related("passage__speech_text")
    row: Citation | None = rows.filter(pk=citation.pk, status=citation.status).first()
    if row is None:
        raise Changed
    is_open = status == Status.SUGGESTED
    row.status = status
    row.decided_by, row.decided_at = (None, None) if is_open else (user, timezone.now())
    row.save()
    data = {"cited": row.cited_speech_id, "passage": row.passage.anchor, "kind": row.kind}
    record(
        f"citations.{status}", actor=user, kind="speeches.speech",
        item=row.passage.speech_text.speech_id, data=data,
    )  # fmt: skip
    note_change()
    return row
