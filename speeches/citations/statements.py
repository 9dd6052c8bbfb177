"""Which speech a text speaks of: "my statement to the Council" at a meeting on record."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q

from speeches.models import Contribution, Mention, Passage, Speech, SpeechText

NEAR = 90
"""Characters between the word for a speech and the meeting."""
CONFIDENCE = 0.7

_SPEECH = re.compile(
    r"\b(?:statements?|speech(?:es)?|address|remarks|intervention|keynote|opening|"
    r"déclaration|discours|allocution|discurso|declaración|intervención)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:my|mon|ma|mi|I)\b")
_SENTENCE_END = re.compile(r"[.!?؟。]\s")


class Stated(NamedTuple):
    """Words of a passage that name a speech by its meeting."""

    passage: Passage
    start: int
    end: int
    cited_speech: int
    meeting: str


def statements_of(text: SpeechText, passages: Sequence[Passage]) -> list[Stated]:
    """Return the speeches at other meetings that a text names, where only one can be meant."""
    mentions = list(
        Mention.objects.filter(passage__in=[one.pk for one in passages], meeting__isnull=False)
        .exclude(status__in=[Mention.Status.REJECTED, Mention.Status.STALE])
        .exclude(meeting=text.speech.meeting_id)
        .select_related("passage", "meeting")
        .in_reading_order()
    )
    people = set(
        Contribution.objects.filter(speech=text.speech, role=Contribution.Role.SPEAKER)
        .exclude(person=None)
        .values_list("person", flat=True)
    )
    return [found for mention in mentions for found in _stated(text, mention, people)]


def _stated(text: SpeechText, mention: Mention, people: set[int]) -> Iterator[Stated]:
    words = mention.passage.text
    begin, finish = _sentence(words, mention.start, mention.end)
    near = words[max(begin, mention.start - NEAR) : min(finish, mention.end + NEAR)]
    if not _SPEECH.search(near):
        return
    named = set(
        Mention.objects.filter(
            passage=mention.passage, start__gte=begin, end__lte=finish, person__isnull=False
        ).values_list("person", flat=True)
    )
    speakers = people if _OWN.search(near) and not named else named
    speeches = Speech.objects.published().filter(
        Q(contributions__person__in=speakers), meeting=mention.meeting_id
    )
    keys = set(speeches.exclude(pk=text.speech_id).values_list("pk", flat=True)[:2])
    if len(keys) == 1 and mention.meeting is not None:
        yield Stated(mention.passage, mention.start, mention.end, keys.pop(), mention.meeting.name)


def _sentence(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around some words begins and ends."""
    begin = max((found.end() for found in _SENTENCE_END.finditer(words, 0, start)), default=0)
    after = _SENTENCE_END.search(words, end)
    return begin, after.start() if after else len(words)
