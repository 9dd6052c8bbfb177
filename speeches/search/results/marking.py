"""The words of a search, marked on the page of a speech that it led to."""

from django.utils.safestring import SafeString

from speeches.models import SpeechText
from speeches.search.answers.plan import plan
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import TooSlow
from speeches.search.index.live import live
from speeches.search.queries.query import parse
from speeches.search.words.highlight import Matcher
from speeches.search.words.marked_html import mark_html


def marked(text: SpeechText, html: str, words: str) -> SafeString | None:
    """Return the HTML of a text with the words of a search marked, None if it has none of them.

    `html` is the text as its page shows it. `words` is what was typed in the search box; only its
    words count, not its conditions.
    """
    matcher = _matcher(words)
    if not matcher:
        return None
    found = mark_html(html, text.language, matcher)
    return found if "<mark>" in found else None


def _matcher(words: str) -> Matcher | None:
    try:
        with backend().bounded():
            index = live()
            return plan(index, parse(words), correct=False).matcher if index else None
    except TooSlow:  # Marks are a help: the speech is read without them, too.
        return None
