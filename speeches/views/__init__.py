"""The public pages of the record, by subject: reading speeches, searching them."""

from speeches.views.reading import attachment, speech, speech_list
from speeches.views.search import search
from speeches.views.suggestions import search_suggestions

__all__ = ["attachment", "search", "search_suggestions", "speech", "speech_list"]
