"""What every output says of a speech that a search found, as plain values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from iomsite.dates import iso_partial_date
from iomsite.languages import current_language, nearest_text
from speeches.models import Speech, SpeechText
from speeches.search.answers.found import Found, Match, PassageMatch

_NOT_IN_XML = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x84\x86-\x9f]"
)


@dataclass(frozen=True)
class Paragraph:
    """A matching paragraph, and the permanent address that leads to it."""

    passage: PassageMatch
    address: str


@dataclass(frozen=True)
class Facts:
    """A speech, in the language whose words were found, else in that of the page.

    Addresses are absolute and permanent, so they carry no words of the search.
    """

    speech: Speech
    text: SpeechText
    address: str
    delivered_on: str
    speakers: tuple[str, ...]
    offices: tuple[str, ...]
    meeting: str
    meeting_address: str
    paragraphs: Sequence[Paragraph]
    paragraph_count: int

    @property
    def citation(self) -> str:
        return f"{self.speech.citation} {self.address}"


def facts_of(found: Found, site: str) -> list[Facts]:
    """Return the facts of each speech found, in their order, in three queries.

    A speech that the gate lets through no longer is left out, whatever the index says.
    `site` is what absolute addresses begin with: `https://example.org`.
    """
    keys = [match.speech_id for match in found.matches]
    rows = Speech.objects.published().for_listing().filter(pk__in=keys).order_by()
    speeches = {speech.pk: speech for speech in rows}
    return [
        facts
        for match in found.matches
        if (speech := speeches.get(match.speech_id)) and (facts := _facts(match, speech, site))
    ]


def _facts(match: Match, speech: Speech, site: str) -> Facts | None:
    texts: list[Any] = list(speech.texts.all())
    found_in = match.passages[0].language if match.passages else current_language()
    text = nearest_text(texts, found_in, current_language(), speech.original_language)
    if text is None:
        return None
    addresses = {one.language: f"{site}{one.address}" for one in texts}
    parts = list(speech.contributions.all())
    meeting, day = speech.public_meeting, speech.delivered_on
    return Facts(
        speech=speech,
        text=text,
        address=addresses[text.language],
        delivered_on=iso_partial_date(day, speech.delivered_precision) if day else "",
        speakers=tuple(part.name_for_public for part in parts),
        offices=tuple(part.office_for_public for part in parts),
        meeting=meeting.local_name.text if meeting else "",
        meeting_address=f"{site}{meeting.get_absolute_url()}" if meeting else "",
        paragraphs=[
            Paragraph(passage, f"{addresses[passage.language]}#{passage.anchor}")
            for passage in match.passages
            if passage.language in addresses
        ],
        paragraph_count=match.passage_count,
    )


def printable(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids or warns of, controls above all."""
    return _NOT_IN_XML.sub("", text)
