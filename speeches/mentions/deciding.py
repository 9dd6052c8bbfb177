"""Deciding about mentions: each decision under lock, once, with an entry in the audit log.

Two editors may look at one text at the same time. Whoever comes second learns what the first
has decided, and nothing is overwritten: a decision says which state of the mention it saw.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.caching.revision import note_change
from speeches.mentions.anchoring import context_of, place_links
from speeches.mentions.linking import lock
from speeches.models import Mention, Passage, Rejection, SpeechText
from speeches.models.mentions import LONGEST_SURFACE
from speeches.targets import Target

Status = Mention.Status


class DecidedAlready(Exception):
    """Somebody else has decided about these words meanwhile; `mention` is what they decided.

    It is None when the mention is gone: the text was edited, or the name is no longer known.
    """

    def __init__(self, mention: Mention | None) -> None:
        super().__init__(_told(mention))
        self.mention = mention


def state_of(mention: Mention) -> str:
    """Return what a form sends back to prove that it saw this state and no other."""
    moment = mention.decided_at.isoformat() if mention.decided_at else ""
    return f"{mention.status}|{mention.target.kind}|{mention.target.key}|{moment}"


@transaction.atomic
def confirm(mentions: Iterable[Mention], user: Any) -> int:
    """Confirm mentions; return how many were. They are given as the editor saw them.

    Of several, those that somebody has decided about meanwhile are left as they are. A
    single one raises DecidedAlready.
    """
    seen = list(mentions)
    confirmed = []
    for text, some in _by_text(seen).items():
        confirmed += _confirm_in(text, some, user, is_single=len(seen) == 1)
    return len(confirmed)


def _confirm_in(
    text: SpeechText, seen: list[Mention], user: Any, *, is_single: bool
) -> list[Mention]:
    chosen = []
    for one in seen:
        try:
            mention = _as_seen(one)
            _refuse_second(mention)
        except DecidedAlready:
            if is_single:
                raise
            continue
        _decide(mention, Status.CONFIRMED, user)
        mention.save()
        _drop_rivals(mention)
        chosen.append(mention)
    place_links(text, chosen)
    Mention.objects.bulk_update(chosen, ["html_start", "html_end"])
    if chosen:
        _log("mentions.confirm", text, user, chosen)
    return chosen


@transaction.atomic
def confirm_above(text: SpeechText, confidence: float, user: Any) -> int:
    """Confirm all suggestions of a text that are at least so sure; return how many."""
    locked = lock(text)
    rows = Mention.objects.open().filter(
        passage__speech_text=locked, status=Status.SUGGESTED, confidence__gte=confidence
    )
    seen = list(rows.select_related("passage__speech_text").order_by("-confidence", "pk"))
    return confirm(seen, user) if len(seen) != 1 else len(
        _confirm_in(locked, seen, user, is_single=False)
    )  # fmt: skip


@transaction.atomic
def reject(mention: Mention, user: Any, *, everywhere: bool = False) -> int:
    """Reject a mention, and the same words for the same entry in the rest of the speech.

    With `everywhere` in all speeches. Only suggestions go with it: what somebody has confirmed
    stays. Returns how many mentions are rejected now. Raises DecidedAlready.
    """
    text = lock(mention.passage.speech_text)
    found = _as_seen(mention)
    same = Mention.objects.leading_to(found.target).filter(
        surface__iexact=found.surface, status=Status.SUGGESTED
    )
    if not everywhere:
        same = same.filter(passage__speech_text__speech=text.speech_id)
    Rejection.objects.create(
        speech=None if everywhere else text.speech,
        surface=found.surface,
        rejected_by=user,
        **_target_values(found.target),
    )
    _decide(found, Status.REJECTED, user)
    found.html_start = found.html_end = None
    found.save()
    count = 1 + same.exclude(pk=found.pk).update(
        status=Status.REJECTED, decided_by=user, decided_at=found.decided_at
    )
    _log("mentions.reject", text, user, [found], everywhere=everywhere, count=count)
    return count


@transaction.atomic
def retarget(mention: Mention, target: Target, user: Any) -> Mention:
    """Confirm that these words name another entry than was suggested. Raises DecidedAlready."""
    text = lock(mention.passage.speech_text)
    found = _as_seen(mention)
    was = found.target
    _refuse_second(found)
    found.target, found.holder = target, None
    found.method, found.confidence, found.reason = Mention.Method.HAND, 1.0, {"code": "hand"}
    _decide(found, Status.CONFIRMED, user)
    place_links(text, [found])
    found.save()
    _drop_rivals(found)
    _log("mentions.retarget", text, user, [found], was=f"{was.kind}:{was.key}")
    return found


@transaction.atomic
def add_by_hand(passage: Passage, start: int, end: int, target: Target, user: Any) -> Mention:
    """Confirm that words which were not found name an entry.

    Raises ValidationError when there are no such words, DecidedAlready when they lead
    somewhere already.
    """
    text = lock(passage.speech_text)
    here = Passage.objects.filter(pk=passage.pk, retired_at=None).first()
    words = here.text[start:end] if here and 0 <= start < end else ""
    if here is None or len(words) != end - start or not words.strip():
        raise ValidationError(_("These words are not in the paragraph. Mark them again."))
    if len(words) > LONGEST_SURFACE:
        raise ValidationError(_("A name has no more than 400 characters. Mark fewer words."))
    before, after = context_of(here.text, start, end)
    mention = Mention(
        passage=here, start=start, end=end, surface=words, before=before, after=after,
        method=Mention.Method.HAND, reason={"code": "hand"},
    )  # fmt: skip
    mention.target = target
    _refuse_second(mention)
    _decide(mention, Status.CONFIRMED, user)
    place_links(text, [mention])
    mention.save()
    _drop_rivals(mention)
    _log("mentions.add", text, user, [mention])
    return mention


@transaction.atomic
def reopen(mention: Mention, user: Any) -> Mention:
    """Take a decision back, so that the mention waits for one again. Raises DecidedAlready."""
    text = lock(mention.passage.speech_text)
    found = _as_seen(mention)
    was = found.status
    if was == Status.REJECTED:
        rows = Rejection.objects.holding_for(text.speech).leading_to(found.target)
        rows.filter(surface__iexact=found.surface).delete()
    found.status, found.decided_by, found.decided_at = Status.SUGGESTED, None, None
    found.html_start = found.html_end = None
    found.save()
    _log("mentions.reopen", text, user, [found], was=was)
    return found


def _by_text(mentions: Iterable[Mention]) -> dict[SpeechText, list[Mention]]:
    """Return mentions by their texts, each of which is locked, always in the same order."""
    found: dict[int, list[Mention]] = defaultdict(list)
    texts = {}
    for mention in mentions:
        text = mention.passage.speech_text
        texts[text.pk] = text
        found[text.pk].append(mention)
    return {lock(texts[key]): found[key] for key in sorted(found)}


def _as_seen(seen: Mention) -> Mention:
    """Return a mention as it is now. Raises DecidedAlready when it is not what was seen."""
    rows = Mention.objects.select_related("passage__speech_text", "decided_by")
    mention: Mention | None = rows.filter(pk=seen.pk).first()
    if mention is None or state_of(mention) != state_of(seen):
        raise DecidedAlready(mention)
    return mention


def _refuse_second(mention: Mention) -> None:
    """Raise DecidedAlready when the same words lead to an entry by somebody's decision."""
    other = (
        Mention.objects.filter(
            passage=mention.passage_id,
            start=mention.start,
            end=mention.end,
            status=Status.CONFIRMED,
        )
        .exclude(pk=mention.pk)
        .select_related("decided_by")
        .first()
    )
    if other is not None:
        raise DecidedAlready(other)


def _drop_rivals(mention: Mention) -> None:
    """Suggest nothing else for words that are decided."""
    Mention.objects.filter(
        passage=mention.passage_id,
        start=mention.start,
        end=mention.end,
        status=Status.SUGGESTED,
    ).delete()


def _decide(mention: Mention, status: str, user: Any) -> None:
    mention.status, mention.decided_by, mention.decided_at = status, user, timezone.now()


def _target_values(target: Target) -> dict[str, Any]:
    return {"country" if target.kind == "country" else f"{target.kind}_id": target.key}


def _log(action: str, text: SpeechText, user: Any, mentions: list[Mention], **more: Any) -> None:
    named = [f"{one.surface} → {one.target.kind}:{one.target.key}" for one in mentions[:50]]
    data = {"language": text.language, "count": len(mentions), "mentions": named, **more}
    record(action, actor=user, kind="speeches.speech", item=text.speech_id, data=data)
    note_change()


def _told(mention: Mention | None) -> str:
    if mention is None:
        return _("These words were edited meanwhile. Look at the text again.")
    who = mention.decided_by.get_username() if mention.decided_by else ""
    if not who:
        return _("“%(words)s” was changed meanwhile. Look at it again.") % {
            "words": mention.surface
        }
    return _("%(who)s has decided about “%(words)s” meanwhile: %(status)s.") % {
        "who": who,
        "words": mention.surface,
        "status": mention.get_status_display().lower(),
    }
