"""What the index is asked for: a small tree of tokens, whatever the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """One stem, or a common pair of words written `united_nations`."""

    text: str


@dataclass(frozen=True)
class Adjacent:
    """Stems one after the other, in one passage."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple["Expression", ...]


Expression = Token | Adjacent | All | Any

NOTHING = Any(())
"""What holds nowhere. No part of a larger expression is ever this: neither database reads it."""


def all_of(parts: Iterable[Expression]) -> Expression:
    """Join parts that must all hold, as simply as they can be said."""
    distinct = tuple(dict.fromkeys(parts))
    if NOTHING in distinct:
        return NOTHING
    return distinct[0] if len(distinct) == 1 else All(distinct)


def any_of(parts: Iterable[Expression]) -> Expression:
    """Join parts of which one must hold, as simply as they can be said."""
    distinct = tuple(part for part in dict.fromkeys(parts) if part != NOTHING)
    return distinct[0] if len(distinct) == 1 else Any(distinct)


def adjacent(tokens: Iterable[str]) -> Expression:
    """Return the stems of a phrase: a single one is no phrase."""
    sequence = tuple(tokens)
    return Token(sequence[0]) if len(sequence) == 1 else Adjacent(sequence)


def tokens_of(expression: Expression) -> Iterator[str]:
    """Yield every token that stands in an expression."""
    match expression:
        case Token(text):
            yield text
        case Adjacent(tokens):
            yield from tokens
        case All(parts) | Any(parts):
            for part in parts:
                yield from tokens_of(part)


def is_plain(expression: Expression) -> bool:
    """Say whether no part needs the places of words, which the index of documents lacks."""
    match expression:
        case Token():
            return True
        case Adjacent():
            return False
        case All(parts) | Any(parts):
            return all(is_plain(part) for part in parts)
