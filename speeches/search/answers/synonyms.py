"""What means the same: the list that staff keep of acronyms and other ways to say a thing.

Used both ways, and by the stems of the entry's language: “internally displaced persons”
finds what says IDP, though the list has the singular.
"""

from collections.abc import Sequence

from speeches.search.answers.vocabulary import Stems, stems_of
from speeches.search.index.live import Live
from speeches.search.queries.query import Phrase, Prefix, Query, Term, Word
from speeches.search.words.language import stem_all

LONGEST = 8
"""Words of an expression that are looked at."""

Meant = Term | tuple[Word, ...]
"""A term, or words that mean one thing when they follow each other."""

Partners = dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]]
"""For each language the stems of an expression, with the words of its meanings."""


def with_synonyms(live: Live, query: Query, known: dict[str, Stems]) -> list[tuple[Meant, ...]]:
    """Return the clauses with what means the same added to a word, a phrase, or some words."""
    partners = _partners(live)
    if not partners:
        return list(query.clauses)
    merged: list[tuple[Meant, ...]] = []
    clauses, at = query.clauses, 0
    while at < len(clauses):
        length, meanings = _longest_expression(clauses[at:], partners)
        if not length:
            merged.append(clauses[at])
            at += 1
            continue
        said = tuple(clause[0] for clause in clauses[at : at + length])
        itself = said[0] if length == 1 else said
        others = [tuple(Word(form) for form in meaning) for meaning in meanings]
        known |= stems_of(live, [word.form for some in others for word in some])
        merged.append((itself, *others))  # type: ignore[arg-type]  # words only
        at += length
    return merged


def said_otherwise(live: Live, query: Query) -> set[int]:
    """Return the places of clauses that the list of synonyms has other words for."""
    partners, at, found = _partners(live), 0, set[int]()
    while partners and at < len(query.clauses):
        length, _meanings = _longest_expression(query.clauses[at:], partners)
        found.update(range(at, at + length))
        at += max(length, 1)
    return found


def _partners(live: Live) -> Partners:
    partners: Partners = {}
    for language, *both in live.synonyms:
        for one, other in (both, both[::-1]):
            of_language = partners.setdefault(language, {})
            of_language.setdefault(tuple(stem_all(one, language)), []).append(other)
    return partners


def _longest_expression(
    clauses: Sequence[tuple[Term, ...]], partners: Partners
) -> tuple[int, list[tuple[str, ...]]]:
    """Return how many clauses at the start are an expression of the list, and its meanings."""
    forms: list[str] = []
    best: tuple[int, list[tuple[str, ...]]] = (0, [])
    for clause in clauses[:LONGEST]:
        term = clause[0]
        if len(clause) > 1 or isinstance(term, Prefix) or (isinstance(term, Phrase) and forms):
            break
        forms += term.forms if isinstance(term, Phrase) else [term.form]
        meanings = [
            meaning
            for language, of_language in partners.items()
            for meaning in of_language.get(tuple(stem_all(forms, language)), ())
        ]
        if meanings:
            best = (1 if isinstance(term, Phrase) else len(forms), list(dict.fromkeys(meanings)))
        if isinstance(term, Phrase):
            break
    return best
