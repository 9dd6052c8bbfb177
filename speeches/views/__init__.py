"""The public pages of the record, by subject: reading speeches, searching them."""

from speeches.views.files import attachment, stored_file
from speeches.views.reading import speech, speech_list
from speeches.views.search import search
from speeches.views.suggestions import search_suggestions

__all__ = ["attachment", "search", "search_suggestions", "speech", "speech_list", "stored_file"]
