"""What a search found: plain values, before any page is made of them."""

from dataclasses import dataclass, field

from speeches.search.queries.query import Query
from speeches.search.words.highlight import Matcher


@dataclass(frozen=True)
class PassageMatch:
    """One passage that answers the query."""

    speech_id: int
    passage_id: int
    anchor: str
    language: str
    text: str


@dataclass(frozen=True)
class Match:
    """One speech that answers the query, with its best passages first.

    `passages` is empty where the words stand only in the title, the speaker's name, or in
    no single passage together; `passage_count` says how many passages of the speech match.
    """

    speech_id: int
    passages: tuple[PassageMatch, ...] = ()
    passage_count: int = 0


@dataclass(frozen=True)
class Correction:
    """A word that stands nowhere in the archive, and what was searched instead.

    `replacement` is empty where the word was left out because nothing like it is known.
    """

    word: str
    replacement: str = ""


@dataclass(frozen=True)
class Found:
    """The answer to one query: the total, the facets, and one page of speeches.

    `query` is the one that was run, after corrections. `facets` gives for each dimension
    the keys (see `columns.py`) and their numbers of speeches, the most frequent first, as
    if the dimension's own choice had not been made. `years` does the same for the years,
    0 standing for an unknown one. `ranked` is None where all matching passages were ranked;
    for very common words it is the number of newest passages that were.
    """

    query: Query
    total: int = 0
    matches: tuple[Match, ...] = ()
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    ranked: int | None = None
    corrections: tuple[Correction, ...] = ()
    notices: tuple[str, ...] = ()
    matcher: Matcher = field(default_factory=Matcher)
