"""From a query to what the index is asked: stems, phrases, corrections, synonyms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from speeches.search.answers.found import Correction
from speeches.search.answers.phrases import find_phrase
from speeches.search.answers.ranking import Scorer
from speeches.search.answers.synonyms import Meant, said_otherwise, with_synonyms
from speeches.search.answers.vocabulary import (
    Stems,
    nearest,
    said_forms,
    stems_beginning,
    stems_of,
    words_of_names,
)
from speeches.search.index.backends.base import Numbers
from speeches.search.index.expressions import NOTHING, Expression, Token, adjacent, any_of
from speeches.search.index.live import Live
from speeches.search.queries.query import Phrase, Prefix, Query, Term, Word
from speeches.search.words.highlight import Matcher

EVERYWHERE = 0.5
RARE, MORE_OFTEN = 5, 20
"""A word in at most so many passages may be a slip for one that stands in so many times more."""

BIG_ARCHIVE = 5000
"""In an archive of so many passages, a word that stands in half of them ranks nothing."""


@dataclass(frozen=True)
class Clause:
    """One condition on the words: what the index is asked, and what ranks by it.

    `numbers` lists the passages where only they will do: those that say a phrase exactly.
    `likely` is in how many passages it may hold.
    """

    expression: Expression
    scorer: Scorer
    likely: int
    numbers: Numbers | None = None


@dataclass(frozen=True)
class Plan:
    """What a query asks of the index, after corrections."""

    query: Query
    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    corrections: tuple[Correction, ...] = ()
    matcher: Matcher = field(default_factory=Matcher)


def plan(live: Live, query: Query, correct: bool = True) -> Plan:
    """Make the plan of a query. A word that nobody said is corrected, or else left out."""
    terms = [term for clause in query.clauses for term in clause] + list(query.excluded)
    known = stems_of(live, [term.form for term in terms if isinstance(term, Word)])
    corrections: list[Correction] = []
    if correct:
        query, corrections = _corrected(live, query, known)
    merged = with_synonyms(live, query, known)
    clauses = [_clause(live, terms, known) for terms in merged]
    matched = [term for terms in merged for term in terms]
    return Plan(
        query,
        tuple(clauses),
        tuple(_clause(live, [term], known) for term in query.excluded),
        tuple(corrections),
        _matcher(matched, known),
    )


def _corrected(live: Live, query: Query, known: dict[str, Stems]) -> tuple[Query, list[Correction]]:
    """Replace words that nobody said, and that are in no name, by the nearest known.

    Where there is none they are left out; where that would leave none, they stay and find
    nothing. Another form of a word that was said stays too, but not beside one that was
    said far more often: `generaly` has the stem of hardly anything.
    """
    terms = [term for clause in query.clauses for term in clause if isinstance(term, Word)]
    doubted = {
        term.form for term in terms if sum(known.get(term.form, {}).values()) <= RARE * MORE_OFTEN
    }
    doubted -= said_forms(live, doubted)
    unknown = doubted - words_of_names(live, doubted)
    corrections: dict[str, Correction] = {}
    clauses: list[tuple[Term, ...]] = []
    meant_so = said_otherwise(live, query)
    for at, clause in enumerate(query.clauses):
        kept: list[Term] = []
        for term in clause:
            if not isinstance(term, Word) or term.form not in unknown or at in meant_so:
                kept.append(term)
                continue
            meant = _meant(live, term.form, known)
            if meant == term.form:
                kept.append(term)
                continue
            corrections[term.form] = Correction(str(term), meant or "")
            if meant:
                kept.append(Word(meant))
                known |= stems_of(live, [meant])
        if kept:
            clauses.append(tuple(kept))
    if not corrections or not clauses:
        return query, []
    return _rewritten(query, clauses), list(corrections.values())


def _meant(live: Live, form: str, known: dict[str, Stems]) -> str | None:
    """Return the word meant by one that nobody said: itself, if its stem is well enough known."""
    often = sum(known.get(form, {}).values())
    near = nearest(live, form)
    if often and (near is None or sum(stems_of(live, [near])[near].values()) < often * MORE_OFTEN):
        return form
    return near


def _rewritten(query: Query, clauses: Sequence[tuple[Term, ...]]) -> Query:
    changed = replace(query, clauses=tuple(clauses), text="")
    return replace(changed, text=changed.to_text())


def second_guess(live: Live, query: Query) -> tuple[Query, list[Correction]]:
    """Replace words that the archive hardly knows by near ones that it knows well.

    Archives hold slips, too: a wrong word may stand somewhere, and be no help for it.
    """
    forms = {form for clause in query.clauses for term in clause for form in _forms(term)}
    known = stems_of(live, forms)
    instead: dict[str, str] = {}
    for form in sorted(forms - words_of_names(live, forms)):
        often = sum(known.get(form, {}).values())
        meant = nearest(live, form) if often <= RARE else None
        if meant and sum(stems_of(live, [meant])[meant].values()) >= max(1, often) * MORE_OFTEN:
            instead[form] = meant
    if not instead:
        return query, []
    clauses = [tuple(_respelt(term, instead) for term in clause) for clause in query.clauses]
    return _rewritten(query, clauses), [Correction(*pair) for pair in instead.items()]


def _forms(term: Term) -> tuple[str, ...]:
    match term:
        case Word(form):
            return (form,)
        case Phrase(forms):
            return forms
    return ()


def _respelt(term: Term, instead: dict[str, str]) -> Term:
    match term:
        case Word(form) if form in instead:
            return Word(instead[form])
        case Phrase(forms) if instead.keys() & set(forms):
            return Phrase(tuple(instead.get(form, form) for form in forms))
    return term


def _clause(live: Live, terms: Sequence[Meant], known: dict[str, Stems]) -> Clause:
    found = [_term(live, term, known) for term in terms]
    if len(found) == 1:
        return found[0]
    # A phrase among alternatives is matched by its stems: alternatives loosen anyway.
    return Clause(
        any_of(clause.expression for clause in found),
        Scorer(
            tuple(token for clause in found for token in clause.scorer.tokens),
            sum(clause.scorer.passages for clause in found),
            tuple(form for clause in found for form in clause.scorer.forms),
        ),
        sum(clause.likely for clause in found),
    )


def _term(live: Live, term: Meant, known: dict[str, Stems]) -> Clause:
    match term:
        case Word(form):
            return _one_of(known.get(form, {}), (form,))
        case Prefix(form):
            return _one_of(stems_beginning(live, form), ())
        case Phrase(forms):
            hits = find_phrase(live, forms)
            stems = stems_of(live, forms)
            tokens = min(
                (some for form in forms if (some := stems.get(form))),
                key=lambda some: sum(some.values()),
                default={},
            )
            scorer = Scorer(tuple(tokens), max(hits.likely, 1))
            return Clause(hits.expression, scorer, hits.likely, hits.numbers)
    return _meaning(term, known)


def _one_of(stems: Stems, forms: tuple[str, ...]) -> Clause:
    expression = any_of(map(Token, stems)) if stems else NOTHING
    passages = sum(stems.values())
    return Clause(expression, Scorer(tuple(stems), passages, forms), passages)


def _meaning(said: tuple[Word, ...], known: dict[str, Stems]) -> Clause:
    """Return the clause of several words that mean one thing: their stems side by side."""
    stems = [known.get(word.form, {}) for word in said]
    if not all(stems):
        return _one_of({}, ())
    rarest = min(stems, key=lambda some: sum(some.values()))
    likely = sum(rarest.values())
    spoken = adjacent(max(some, key=lambda stem: some[stem]) for some in stems)
    return Clause(spoken, Scorer(tuple(rarest), likely), likely)


def _matcher(terms: Sequence[Meant], known: dict[str, Stems]) -> Matcher:
    stems: set[str] = set()
    prefixes, phrases = [], []
    for term in terms:
        match term:
            case Word(form):
                stems |= known.get(form, {}).keys()
            case Prefix(form):
                prefixes.append(form)
            case Phrase(forms):
                phrases.append(tuple(forms))
            case _:
                stems |= {stem for word in term for stem in known.get(word.form, {})}
    return Matcher(frozenset(stems), tuple(prefixes), tuple(phrases))
