"""When a name may be taken for its entry, beyond the words it is spelled with."""

from collections.abc import Callable, Sequence

from speeches.mentions.finding.context import Context
from speeches.mentions.finding.found import NameRow
from speeches.mentions.finding.matching import POSSESSIVES, Match
from speeches.mentions.finding.ordinals import number_of
from speeches.mentions.finding.tokens import Token
from speeches.mentions.finding.word_lists import DETERMINERS

NEAR = 8
"""Words between two acronyms of one list."""


def is_allowed(row: NameRow, match: Match, tokens: Sequence[Token], context: Context) -> bool:
    """Say whether a name stands for its entry at this place of this document."""
    if row.kind == "acronym":
        if context.is_defined_otherwise(row):
            return False
        if context.acronyms.get(row.text) == row.target:
            return True
        return _ACRONYMS.get(row.policy or "free", _never)(row, match, tokens, context)
    if row.kind == "short":
        return _is_short_form(row, match, tokens, context)
    if row.target.kind == "office":
        return _is_own_office(row, match, tokens, context)
    return True


def _never(*_what: object) -> bool:
    return False


def _always(*_what: object) -> bool:
    return True


def _when_named_in_full(row: NameRow, match: Match, tokens: object, context: Context) -> bool:
    return row.target in context.long_named


def _in_a_list(row: NameRow, match: Match, tokens: object, context: Context) -> bool:
    if row.target in context.long_named:
        return True
    others = context.acronyms_at.get(match.passage, [])
    return any(0 < abs(other - match.first) <= NEAR for other in others)


def _beside_its_parent(row: NameRow, match: Match, tokens: object, context: Context) -> bool:
    parent = context.catalogue.parent_of(row.target)
    return row.target in context.long_named or (parent is not None and context.is_named(parent))


def _before_a_number(row: NameRow, match: Match, tokens: Sequence[Token], context: Context) -> bool:
    after = tokens[match.last + 1 : match.last + 2]
    return bool(after and not after[0].is_after_break and number_of(after[0].surface))


Check = Callable[[NameRow, Match, Sequence[Token], Context], bool]
_ACRONYMS: dict[str, Check] = {
    "free": _always,
    "long": _when_named_in_full,
    "list": _in_a_list,
    "parent": _beside_its_parent,
    "num": _before_a_number,
}


def _is_short_form(row: NameRow, match: Match, tokens: Sequence[Token], context: Context) -> bool:
    """Say whether a short form stands for what was named before, or for the own house."""
    if row.policy == "home":
        parent = context.catalogue.parent_of(row.target)
        if row.target not in context.document.home and parent not in context.document.home:
            return False
    elif not context.was_named(row.target):
        return False
    text = context.document.passages[match.passage].text
    end = tokens[match.last].end
    if match.last + 1 < len(tokens) and text[end : end + 2] not in POSSESSIVES:
        after = tokens[match.last + 1]
        if not after.is_after_break and (
            after.key == "of" or (after.is_capital and not after.is_after_comma)
        ):
            return False
    before = text[: tokens[match.first].start].split()
    return bool(before) and (
        before[-1].casefold() in DETERMINERS or before[-1].endswith(POSSESSIVES)
    )


def _is_own_office(row: NameRow, match: Match, tokens: Sequence[Token], context: Context) -> bool:
    """Say whether an office named without its organization is not that of another one."""
    after = tokens[match.last + 1 : match.last + 3]
    if len(after) == 2 and after[0].key == "of" and not after[0].is_after_break:
        behind = context.starting.get((match.passage, match.last + 2))
        parent = context.catalogue.parent_of(row.target)
        if behind and parent and any(one.target == parent for one in behind.rows):
            return True
        words = {token.key for token in tokens[match.last + 1 : match.last + 8]}
        return not after[1].is_capital or bool(words & {"un", "united"})
    if match.first:
        before = tokens[match.first - 1]
        if before.is_loud and not tokens[match.first].is_after_break:
            return False
    return True
