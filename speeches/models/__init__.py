"""The record: what was said, by whom, where and when."""

from speeches.models.attachments import Attachment
from speeches.models.references import ReferenceSequence
from speeches.models.speeches import Contribution, Speech
from speeches.models.texts import Passage, Source, SpeechText

__all__ = [
    "Attachment",
    "Contribution",
    "Passage",
    "ReferenceSequence",
    "Source",
    "Speech",
    "SpeechText",
]
