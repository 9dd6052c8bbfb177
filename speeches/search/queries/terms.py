"""What a query is made of: words, beginnings of words, phrases and fields.

Terms are compared by their folded forms. `typed` keeps the reader's own spelling, for the
echo and for the text in the search box; it takes no part in comparing or hashing.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.words.language import is_paired, spans

MOST_FORMS = 60
"""Words of a phrase that are searched."""

QUOTES = ('"“”„‟〝〞〟', "«»‹›", "「」『』｢｣")
"""Double quotation marks by family: whatever opens is closed by any mark of its family."""

OR_WORDS = frozenset({"OR", "OU", "ИЛИ"})
NOT_WORDS = frozenset({"NOT"})
AND_WORDS = frozenset({"AND", "NEAR"})
"""Operators are written in capitals: in lower case they are words like any other.

French `OU` and Russian `ИЛИ` harm nobody. Spanish `O` is an initial as often as an operator,
and an Arabic `أو` has no capitals to tell it from the word: both stay words.
"""

_PLAIN = re.compile(r"\w[\w'’-]*")
_CALCULUS = re.compile(r"[~^][\d.]*$")
"""What other search engines read as fuzziness or weight: `climate~2`, `climate^3`."""
_ANY_QUOTE = re.compile(f"[{''.join(QUOTES)}]")


@dataclass(frozen=True)
class Word:
    """One word, found by its stem."""

    form: str
    typed: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.typed or self.form

    def to_text(self) -> str:
        """Write the term as `parse` reads it."""
        return self.typed if _is_plain(self.typed) else self.form


@dataclass(frozen=True)
class Prefix:
    """Words that begin with a form of at least two letters (one, where it is Chinese)."""

    form: str
    typed: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.typed or self.form

    def to_text(self) -> str:
        """Write the term as `parse` reads it."""
        return f"{self.typed if _is_plain(self.typed) else self.form}*"


@dataclass(frozen=True)
class Phrase:
    """Forms that follow each other exactly, unstemmed. One alone is a word taken literally."""

    forms: tuple[str, ...]
    typed: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.typed or " ".join(self.forms)

    def to_text(self) -> str:
        """Write the term as `parse` reads it."""
        return f'"{unquoted(str(self))}"'


Term = Word | Prefix | Phrase


def read_term(text: str, quoted: bool, notices: list[str]) -> Term | None:
    """Read one piece of a query. None where it holds no letter and no digit."""
    if quoted:
        return _phrase(text, notices)
    text = _CALCULUS.sub("", text).lstrip("*")
    before, star, after = text.partition("*")
    if not star:
        return _word_or_phrase(text, notices)
    found = spans(before)
    if len(found) == 1 and (len(found[0][2]) > 1 or is_paired(found[0][2])):
        if after.strip("*"):
            notices.append(_("A star is understood at the end of a word only."))
        first, last, form = found[0]
        return Prefix(form, before[first:last])
    if found and not all(is_paired(form) for _first, _last, form in found):
        told = _("“%(word)s” was read without its star: one word of two letters has to precede it.")
        notices.append(told % {"word": text[:40]})
    return _word_or_phrase(text.replace("*", " "), notices)


def _word_or_phrase(text: str, notices: list[str]) -> Term | None:
    found = spans(text)
    if len(found) != 1:
        return _phrase(text, notices)
    first, last, form = found[0]
    # A character of a script without spaces stands in the index only as part of a pair.
    alone = len(form) == 1 and is_paired(form)
    return Prefix(form, text[first:last]) if alone else Word(form, text[first:last])


def _phrase(text: str, notices: list[str]) -> Phrase | None:
    found = spans(text)
    if not found:
        return None
    if len(found) > MOST_FORMS:
        told = ngettext(
            "A phrase was long: only its first %(count)d word was searched.",
            "A phrase was long: only its first %(count)d words were searched.",
            MOST_FORMS,
        )
        notices.append(told % {"count": MOST_FORMS})
        found = found[:MOST_FORMS]
    typed = unquoted(text[found[0][0] : found[-1][1]])
    return Phrase(tuple(form for _first, _last, form in found), typed)


@dataclass(frozen=True)
class Field:
    """A condition typed in the box: `speaker:"kofi annan"`, or `-place:geneva` to leave out.

    `value` is what was typed; the engine looks up whom or what it names.
    """

    name: str
    value: str
    excluded: bool = False

    def __str__(self) -> str:
        return self.value

    def to_text(self) -> str:
        """Write the condition as `parse` reads it."""
        value = unquoted(self.value)
        if not re.fullmatch(r"[\w-]+", value):
            value = f'"{value}"'
        return f"{'-' if self.excluded else ''}{self.name}:{value}"


def has_quotes(text: str) -> bool:
    return _ANY_QUOTE.search(text) is not None


def unquoted(text: str) -> str:
    """Return a text without any quotation mark, hence safe between two."""
    return " ".join(_ANY_QUOTE.sub(" ", text).split())


def _is_plain(typed: str) -> bool:
    return bool(_PLAIN.fullmatch(typed)) and typed not in OR_WORDS | NOT_WORDS | AND_WORDS


def terms_to_text(
    clauses: tuple[tuple[Term, ...], ...], excluded: tuple[Term, ...], fields: tuple[Field, ...]
) -> str:
    """Write the conditions of a query as one text that `parse` reads as the same conditions."""
    parts = [" OR ".join(term.to_text() for term in clause) for clause in clauses]
    parts += [f"-{term.to_text()}" for term in excluded]
    parts += [condition.to_text() for condition in fields]
    return " ".join(parts)
