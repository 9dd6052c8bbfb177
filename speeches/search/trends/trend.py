"""How often a word or a phrase was said, year by year, in proportion to all that was said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse

from initiatives.models import Term
from iomsite.markup import strip_controls
from speeches.search.answers.passages import occurrences_by_year, words_by_year
from speeches.search.index.live import live
from speeches.search.queries.terms import Phrase, Word
from speeches.search.words.language import words

MOST_PHRASES = 4
MOST_TRIED = 12
LONGEST_PHRASE = 100
MOST_WORDS = 6
KEPT_FOR = 300
"""Seconds that counts are kept: an embargo that ends meanwhile shows in them so much later."""
PER = 10_000
"""Occurrences are given for so many words."""


@dataclass(frozen=True)
class Counted:
    """One phrase in one year: how many times, and how many times in 10,000 words."""

    count: int
    rate: float
    url: str
    """The search for the phrase in the speeches of that year."""


@dataclass(frozen=True)
class Series:
    """One phrase over all years."""

    phrase: str
    term: Word | Phrase
    counts: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def query(self) -> str:
        """What is typed to search for it."""
        return self.term.to_text()

    @property
    def url(self) -> str:
        return f"{reverse('search')}?{urlencode({'q': self.query})}"

    def url_of(self, year: int) -> str:
        return f"{reverse('search')}?{urlencode({'q': self.query, 'from': year, 'to': year})}"


@dataclass(frozen=True)
class Row:
    """One year: all its words, and each phrase; no phrases where there are no words."""

    year: int
    words: int
    phrases: Sequence[Counted]


@dataclass(frozen=True)
class Trend:
    """Some phrases compared."""

    series: Sequence[Series]
    words: dict[int, int]

    @cached_property
    def years(self) -> range:
        """All years from the first with a word on record to the last."""
        known = [year for year, count in self.words.items() if count and year]
        return range(min(known), max(known) + 1) if known else range(0)

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(year, self.words.get(year, 0), list(self._counted(year))) for year in self.years
        ]

    @property
    def is_empty(self) -> bool:
        """Whether none of the phrases was ever said in a year that is known."""
        return not any(counted.count for row in self.rows for counted in row.phrases)

    @property
    def rates(self) -> list[list[float | None]]:
        """For each phrase its rate in each year, None where there is no text."""
        return [
            [row.phrases[index].rate if row.phrases else None for row in self.rows]
            for index in range(len(self.series))
        ]

    def _counted(self, year: int) -> Iterator[Counted]:
        said = self.words.get(year, 0)
        for one in self.series if said else ():
            count = one.counts.get(year, 0)
            yield Counted(count, count * PER / said, one.url_of(year))


def count_phrases(phrases: Iterable[str]) -> Trend:
    """Return how often some phrases were said; each must be one that `read_phrase` gave."""
    series = []
    for phrase in phrases:
        forms = tuple(words(phrase))
        term = Word(forms[0], phrase) if len(forms) == 1 else Phrase(forms, phrase)
        series.append(Series(phrase, term, _counts(term)))
    return Trend(series, words_by_year())


def _counts(term: Word | Phrase) -> dict[int, int]:
    """Return how often a term was said in each year, kept for a while: counting is dear.

    What is kept belongs to one state of the index, and to what waits to be written to it, so
    a speech that is taken back is out of it at once.
    """
    now = live()
    if now is None:
        return {}
    state = (now.tables.generation, now.columns.revision, now.pending, term.to_text())
    key = f"trend:{sha256(repr(state).encode()).hexdigest()}"
    counts: dict[int, int] | None = cache.get(key)
    if counts is None:
        counts = occurrences_by_year(term)
        cache.set(key, counts, KEPT_FOR)
    return counts


def read_phrase(typed: str) -> str:
    """Return a phrase as it is shown, without what would be read as part of a query.

    Raises ValueError when it is too long, or has too many words or none.
    """
    phrase = " ".join(strip_controls(typed).replace('"', " ").split())
    forms = words(phrase[: LONGEST_PHRASE + 1])
    if len(phrase) > LONGEST_PHRASE or not 1 <= len(forms) <= MOST_WORDS:
        raise ValueError(phrase)
    return phrase


def example_phrases() -> list[str]:
    """Return two terms of the glossary that were said, to show what can be asked."""
    found: list[str] = []
    for term in Term.objects.published()[:MOST_TRIED]:
        try:
            phrase = read_phrase(term.local_name.text)
        except ValueError:
            continue
        if not count_phrases([phrase]).is_empty:
            found.append(phrase)
        if len(found) == 2:
            break
    return found
