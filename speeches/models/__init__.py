"""The record: what was said, by whom, where and when."""

from speeches.models.attachments import Attachment
from speeches.models.contributions import Contribution
from speeches.models.references import ReferenceSequence
from speeches.models.search import SearchChange, SearchIndex, Synonym
from speeches.models.speeches import Speech
from speeches.models.texts import Passage, Source, SpeechText

__all__ = [
    "Attachment",
    "Contribution",
    "Passage",
    "ReferenceSequence",
    "SearchChange",
    "SearchIndex",
    "Source",
    "Speech",
    "SpeechText",
    "Synonym",
]
