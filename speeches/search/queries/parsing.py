"""The query language: from the pieces of what was typed to conditions. Never raises.

    migration climate        both words          “safe and orderly”   exactly this phrase
    climate OR weather       one of the two      migr*                words that begin so
    -war, NOT war            without the word    speaker:annan        by, in, from whom: see
    year:2006-2009           in these years                           `scanning.FIELDS`

OR binds its neighbours: `a b OR c d` asks for a, for b or c, and for d. Brackets are passed
over, but a minus before one holds for all that is in it. Words that a hyphen or a slash
joins, or that are written without spaces, are a phrase.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from speeches.search.queries import periods
from speeches.search.queries.scanning import Piece, cleaned, pieces
from speeches.search.queries.terms import Field, Term, read_term, unquoted

MOST_CHARACTERS = 500
MOST_TERMS = 20
LONGEST_VALUE = 200

DATES = ("year", "from", "to")
"""The fields that limit the period."""


@dataclass(frozen=True)
class Typed:
    """What was understood of one text; see `Query` for its parts."""

    text: str = ""
    clauses: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    fields: tuple[Field, ...] = ()
    days: periods.Days = periods.OPEN
    notices: tuple[str, ...] = ()


def parse(text: str) -> Typed:
    """Read what was typed in the box."""
    reader = _Reader()
    line = cleaned(text, MOST_CHARACTERS * 4)
    if len(line) > MOST_CHARACTERS:
        line = line[:MOST_CHARACTERS].strip()
        told = ngettext(
            "The query was long: only its first %(count)d character was read.",
            "The query was long: only its first %(count)d characters were read.",
            MOST_CHARACTERS,
        )
        reader.notices.append(told % {"count": MOST_CHARACTERS})
    reader.read(list(pieces(line)))
    if line and not reader.notices and not reader.understood:
        reader.notices.append(_("There is no word to search for in what was typed."))
    return Typed(
        text=line,
        clauses=tuple(dict.fromkeys(tuple(clause) for clause in reader.clauses)),
        excluded=tuple(dict.fromkeys(reader.excluded)),
        fields=tuple(dict.fromkeys(reader.fields)),
        days=periods.between(reader.periods),
        notices=tuple(dict.fromkeys(reader.notices)),
    )


class _Reader:
    """The conditions so far, and what the pieces before mean for the next one."""

    def __init__(self) -> None:
        self.clauses: list[list[Term]] = []
        self.excluded: list[Term] = []
        self.fields: list[Field] = []
        self.periods: dict[str, periods.Days] = {}
        self.notices: list[str] = []
        self._seen: set[Term | Field] = set()
        self._left_over: list[str] = []
        self._before = ""  # wanted, excluded or field: what an OR would join
        self._closed = False  # a bracket was closed just before
        self._joins = False  # an OR stands before the next piece
        self._denies = False  # so does a NOT
        self._denies_group = False  # one stands before the bracket that is open

    @property
    def understood(self) -> bool:
        return bool(self.clauses or self.excluded or self.fields or self.periods)

    def read(self, found: list[Piece]) -> None:
        """Take in the pieces of a text."""
        if not any(piece.kind in ("word", "phrase", "field") for piece in found):
            # Operators alone are words after all.
            found = [Piece("word", piece.text) for piece in found if piece.text]
        for piece in found:
            match piece.kind:
                case "word" | "phrase":
                    self._read_term(piece)
                case "field":
                    self._read_field(piece)
                case "opens" | "closes":
                    self._read_bracket(piece)
                case _:
                    self._read_operator(piece)
        self._look_back()

    def _read_operator(self, piece: Piece) -> None:
        if piece.kind == "not":
            self._denies = True
        elif piece.kind == "or":
            self._joins = self._before == "wanted"
            if self._before and not self._joins:
                self._tell_or()
            elif self._closed:
                self._tell_brackets()
        elif piece.text.startswith("NEAR"):
            self.notices.append(_("NEAR was read as AND: the words may stand apart."))

    def _read_bracket(self, piece: Piece) -> None:
        self._closed = piece.kind == "closes"
        if self._closed:
            self._denies_group = False
            return
        if self._joins:
            self._tell_brackets()
        self._denies_group = self._denies_group or self._denies or piece.excluded
        self._denies = False

    def _read_term(self, piece: Piece) -> None:
        term = read_term(piece.text, piece.kind == "phrase", self.notices)
        if term is None:
            return
        excluded = self._denies or self._denies_group or piece.excluded
        joins = self._joins
        self._go_on("excluded" if excluded else "wanted")
        if not self._has_room(term):
            return
        if excluded:
            self.excluded.append(term)
        elif joins and self.clauses:
            if term not in self.clauses[-1]:
                self.clauses[-1].append(term)
        else:
            self.clauses.append([term])
        if excluded and joins:
            self._tell_or()

    def _read_field(self, piece: Piece) -> None:
        excluded = self._denies or self._denies_group or piece.excluded
        if self._joins:
            self._tell_or()
        self._go_on("field")
        value = unquoted(piece.text).strip(" ,:")
        if piece.name not in DATES:
            value = value.strip(". ")
        named = {"name": piece.name, "value": value[:40]}
        if not value:
            self.notices.append(_("Nothing follows “%(name)s:”, so it was left out.") % named)
        elif len(value) > LONGEST_VALUE:
            told = _("What follows “%(name)s:” is too long for a name, so it was left out.")
            self.notices.append(told % named)
        elif piece.name not in DATES:
            condition = Field(piece.name, value, excluded)
            if self._has_room(condition):
                self.fields.append(condition)
        elif excluded:
            told = _("Years can be chosen, not left out, so “-%(name)s:%(value)s” was passed over.")
            self.notices.append(told % named)
        elif days := periods.read(piece.name, value, self.notices):
            if self.periods.get(piece.name, days) != days:
                told = _("“%(name)s:” was given more than once: the last one holds.")
                self.notices.append(told % named)
            self.periods[piece.name] = days

    def _go_on(self, before: str) -> None:
        self._before = before
        self._joins = self._denies = self._closed = False

    def _has_room(self, condition: Term | Field) -> bool:
        """Say whether one more condition can be held; if not, remember what was left out."""
        if condition not in self._seen and len(self._seen) >= MOST_TERMS:
            self._left_over.append(str(condition)[:40])
            return False
        self._seen.add(condition)
        return True

    def _look_back(self) -> None:
        if self._left_over:
            told = ngettext(
                "A query can have %(count)d condition. Left out: %(words)s",
                "A query can have %(count)d conditions. Left out: %(words)s",
                MOST_TERMS,
            )
            few = [*self._left_over[:5], *["…"][: len(self._left_over) > 5]]
            self.notices.append(told % {"count": MOST_TERMS, "words": ", ".join(few)})
        for term in [term for term in self.excluded if [term] in self.clauses]:
            told = _("“%(word)s” was both asked for and left out: it was asked for.")
            self.notices.append(told % {"word": term})
            self.excluded.remove(term)

    def _tell_or(self) -> None:
        self.notices.append(
            _("OR joins words and phrases only: a field, or what is left out, always holds.")
        )

    def _tell_brackets(self) -> None:
        self.notices.append(
            _("Brackets were passed over: OR joins only the two words or phrases beside it.")
        )
