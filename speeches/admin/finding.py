"""Searching the list of speeches: in titles, words, names and references.

Each word of the query may stand in another place; all of them must stand somewhere. One scan
of the passages takes a second for ten thousand speeches, and the list asks four times (rows,
count, first and last day), so what a word finds is fetched once and each further word is
looked for only there.
"""

from django.db.models import Q, QuerySet
from django.utils.text import smart_split, unescape_string_literal

from initiatives.models import Name
from speeches.models import Contribution, Passage, SpeechText

SHORTEST_WORD_IN_BODIES = 3
MOST_WORDS = 6
MOST_KEYS = 20_000
"""As many keys a query may carry, below SQLite's limit of 32,766. More stay a subquery."""


def find(speeches: QuerySet, query: str) -> QuerySet:
    """Keep the speeches in which every word of a query is found."""
    words = [_unquoted(word) for word in smart_split(query)][:MOST_WORDS]
    narrowed = speeches
    among: list[int] | None = None
    # The longest word is likely the rarest.
    for word in sorted(words, key=len, reverse=True):
        candidates = narrowed.filter(_holds(word, among))
        found = list(candidates.order_by().values_list("pk", flat=True)[: MOST_KEYS + 1])
        if len(found) > MOST_KEYS:
            narrowed = candidates
        else:
            narrowed, among = speeches.filter(pk__in=found), found
    return narrowed


def _unquoted(word: str) -> str:
    is_quoted = len(word) > 1 and word[0] == word[-1] and word[0] in "\"'"
    return unescape_string_literal(word) if is_quoted else word


def _holds(word: str, among: list[int] | None) -> Q:
    texts = SpeechText.objects.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    named = Name.objects.filter(text__icontains=word, person__isnull=False).values("person")
    parts = Contribution.objects.filter(
        Q(name__icontains=word) | Q(person__name__icontains=word) | Q(person__in=named)
    )
    found = (
        Q(reference__icontains=word)
        | Q(pk__in=texts.order_by().values("speech"))
        | Q(pk__in=parts.order_by().values("speech"))
    )
    if len(word) < SHORTEST_WORD_IN_BODIES:
        return found
    passages = Passage.objects.filter(text__icontains=word, retired_at=None)
    if among is not None:
        passages = passages.filter(speech_text__speech__in=among)
    return found | Q(pk__in=passages.order_by().values("speech_text__speech"))
