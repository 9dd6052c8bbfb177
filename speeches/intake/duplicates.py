"""Speeches on record that a text which is brought in may be: the same, nearly, or translated."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from speeches.importers.parsed import ParsedSpeech
from speeches.models import Passage, Speech
from speeches.passages import Block

LEAST_SIGNS = 60
"""Shorter paragraphs, such as greetings, stand in many speeches."""
MOST_COMPARED = 12
LEAST_SHARED = 0.3
MOST_SHOWN = 5


class Twin(NamedTuple):
    """A speech on record, and why it may be the same one."""

    speech: Speech
    reason: str


def twins_of(parsed: ParsedSpeech, blocks: Sequence[Block], person: str = "") -> list[Twin]:
    """Return the speeches that a text may be already, the surest first, each once."""
    found: dict[int, Twin] = {}
    for twin in (
        *_same_source(parsed),
        *_same_words(blocks),
        *_same_occasion(parsed, person),
    ):
        found.setdefault(twin.speech.pk, twin)
    return list(found.values())[:MOST_SHOWN]


def _same_source(parsed: ParsedSpeech) -> list[Twin]:
    source = parsed.source
    same = Q(texts__sources__uri=source.uri) | Q(texts__sources__checksum=source.checksum)
    reason = _("It comes from the same source.")
    return [Twin(one, reason) for one in Speech.objects.filter(same).distinct()[:MOST_SHOWN]]


def _same_words(blocks: Sequence[Block]) -> list[Twin]:
    long = sorted({b.text for b in blocks if len(b.text) >= LEAST_SIGNS}, key=len, reverse=True)
    sample = long[:MOST_COMPARED]
    if not sample:
        return []
    rows = Passage.objects.filter(text__in=sample, retired_at=None)
    shared = Counter(rows.values_list("speech_text__speech", flat=True))
    near = {key: count for key, count in shared.items() if count / len(sample) >= LEAST_SHARED}
    speeches = Speech.objects.in_bulk(near)
    return [
        Twin(
            speeches[key],
            _("%(count)s of its %(all)s longest paragraphs are the same.")
            % {"count": count, "all": len(sample)},
        )
        for key, count in sorted(near.items(), key=lambda one: -one[1])
    ]


def _same_occasion(parsed: ParsedSpeech, person: str) -> list[Twin]:
    """Return what the same person said on the same day, in whatever language."""
    day = parsed.delivered_on
    if day is None or parsed.delivered_precision != "day":
        return []
    speaker = Q(contributions__person=person) if person else Q(pk=None)
    names = [part.name for part in parsed.contributions if part.name]
    rows = Speech.objects.filter(speaker | Q(contributions__name__in=names), delivered_on=day)
    language = parsed.texts[0].language
    found = []
    for speech in rows.distinct().prefetch_related("texts")[:MOST_SHOWN]:
        spoken = {text.language for text in speech.texts.all()}
        reason = _("The same person spoke on the same day.")
        if language and language not in spoken:
            reason = _("It may be this speech in another language.")
        found.append(Twin(speech, reason))
    return found
