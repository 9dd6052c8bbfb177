"""Names that the directory lacks: kept as proposals, entered, taken as names, or declined."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import Name
from initiatives.models.entities import Entity
from iomsite.audit.log import record
from iomsite.publishing.keeping import editing
from speeches.mentions.entries import MODELS, target_for
from speeches.mentions.finding.found import Proposed
from speeches.models import Passage, Proposal, ProposalOccurrence, SpeechText
from speeches.targets import Target

Status = Proposal.Status


def keep_proposals(
    text: SpeechText, passages: Sequence[Passage], proposed: Sequence[Proposed]
) -> None:
    """Write where a text has names that the directory lacks, instead of what was there.

    About a name that somebody has decided on nothing is written again.
    """
    before = ProposalOccurrence.objects.filter(passage__speech_text=text)
    touched = set(before.values_list("proposal", flat=True))
    if not touched and not proposed:
        return
    before.delete()
    known = Proposal.objects.in_bulk([one.key[:400] for one in proposed], field_name="key")
    for one in proposed:
        proposal = known.get(one.key[:400]) or _new(one)
        known[proposal.key] = proposal
        if proposal.status == Status.OPEN:
            touched.discard(proposal.pk)
            _place(proposal, one, passages)
    Proposal.objects.filter(pk__in=touched, status=Status.OPEN, occurrences=None).delete()


def _new(one: Proposed) -> Proposal:
    proposal, _created = Proposal.objects.get_or_create(
        key=one.key[:400],
        defaults={
            "name": one.name[:300],
            "acronym": one.acronym[:40],
            "kind": one.kind,
            "role": one.role[:200],
            "near": [[target.kind, target.key] for target in one.near],
        },
    )
    return proposal


def _place(proposal: Proposal, one: Proposed, passages: Sequence[Passage]) -> None:
    ProposalOccurrence.objects.bulk_create(
        (
            ProposalOccurrence(
                proposal=proposal,
                passage=passages[number],
                start=start,
                end=end,
                confidence=one.confidence,
                reason={"code": one.reason.code, **one.reason.words},
            )
            for number, start, end in one.spans
        ),
        ignore_conflicts=True,
        batch_size=500,
    )


@transaction.atomic
def accept(proposal: Proposal, entry: Entity, user: Any) -> Proposal:
    """Note that a proposed name was entered in the directory. Raises Proposal.DoesNotExist."""
    return _decide(proposal, Status.ACCEPTED, user, target_for(entry))


@transaction.atomic
def accept_as_name(proposal: Proposal, target: Target, user: Any) -> Proposal:
    """Add a proposed name to an entry that has it; to a public one in its working copy.

    Raises DoesNotFit when that waits for its time, DoesNotExist when either is gone.
    """
    entry = MODELS[target.kind].objects.get(pk=target.key)
    with editing(entry, user):
        names = [(proposal.name, Name.Kind.OTHER)]
        if proposal.acronym:
            names.append((proposal.acronym, Name.Kind.ACRONYM))
        for text, kind in names:
            Name.objects.get_or_create(
                **{target.kind: entry}, text=text, language=entry.name_language, kind=kind
            )
    return _decide(proposal, Status.ALIAS, user, target)


@transaction.atomic
def decline(proposal: Proposal, user: Any) -> Proposal:
    """Reject a proposed name, for all speeches."""
    return _decide(proposal, Status.REJECTED, user, None)


@transaction.atomic
def reopen_proposal(proposal: Proposal, user: Any) -> Proposal:
    """Let a name be proposed again; its places come back when the texts are linked again."""
    return _decide(proposal, Status.OPEN, user, None)


def _decide(proposal: Proposal, status: str, user: Any, target: Target | None) -> Proposal:
    row: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    row.status, row.decided_by, row.decided_at = status, user, timezone.now()
    row.save()
    if status not in {Status.OPEN, Status.REJECTED}:
        row.occurrences.all().delete()
    data = {"name": row.name, "target": f"{target.kind}:{target.key}" if target else ""}
    record(
        f"mentions.proposal_{status}", actor=user, kind="speeches.proposal", item=row.pk, data=data
    )
    return row
