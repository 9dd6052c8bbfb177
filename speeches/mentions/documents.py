"""A text of the record as the finder takes it."""

from typing import Any

from iomsite.dates import Precision
from speeches.mentions.finding.found import Document
from speeches.mentions.finding.found import Passage as Words
from speeches.models import Passage, SpeechText
from speeches.targets import Target


def document_of(text: SpeechText) -> tuple[Document, list[Passage]]:
    """Return a text with what is known of its speech, and its passages in the same order.

    Three queries; none for the speech when the caller has it.
    """
    speech: Any = text.speech
    passages = list(text.passages.filter(retired_at=None).order_by("position"))
    is_to_the_day = speech.delivered_on and speech.delivered_precision == Precision.DAY
    document = Document(
        passages=[Words(passage.text, passage.kind) for passage in passages],
        language=text.language,
        title=text.title,
        delivered_on=speech.delivered_on if is_to_the_day else None,
        place=speech.place,
        country=speech.country,
        home=frozenset(_home(speech)),
        meeting=Target("meeting", speech.meeting_id) if speech.meeting_id else None,
    )
    return document, passages


def _home(speech: Any) -> set[Target]:
    rows = speech.contributions.values_list("on_behalf_of", "office__organization")
    return {Target("organization", key) for row in rows for key in row if key}
