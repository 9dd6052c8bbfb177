"""The record: what was said, by whom, where and when."""

from speeches.models.attachments import Attachment
from speeches.models.citations import Citation
from speeches.models.contributions import Contribution
from speeches.models.linking import CatalogueState, NameChange, NameKey, TextLinking
from speeches.models.mentions import Mention, Rejection
from speeches.models.proposals import Proposal, ProposalOccurrence
from speeches.models.references import ReferenceSequence
from speeches.models.search import SearchChange, SearchIndex, Synonym
from speeches.models.speeches import Speech
from speeches.models.texts import Passage, Source, SpeechText

__all__ = [
    "Attachment",
    "CatalogueState",
    "Citation",
    "Contribution",
    "Mention",
    "NameChange",
    "NameKey",
    "Passage",
    "Proposal",
    "ProposalOccurrence",
    "ReferenceSequence",
    "Rejection",
    "SearchChange",
    "SearchIndex",
    "Source",
    "Speech",
    "SpeechText",
    "Synonym",
    "TextLinking",
]
