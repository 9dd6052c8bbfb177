"""Saying in words what a query was understood as, whole and part by part.

Translators: every phrase here completes “Speeches …” and also stands alone, on a button that
takes it away. A language that cannot go on after “Speeches” may begin its phrases anew, as
in “Speeches: speaker Kofi Annan; without the word “war””.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from iomsite.dates import Precision, show_partial_date
from speeches.search.queries.query import Field, Phrase, Prefix, Query, Term, Word

Labels = Mapping[tuple[str, str], str]
"""What readers call a value of a field or a control, by the two of them."""

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """One condition of a query, in words, and the query without it.

    `kind` is word, prefix, phrase, any (of several), excluded, period, or the name of a
    field or control.
    """

    kind: str
    text: str
    without: Query


def describe(query: Query, labels: Labels) -> list[Part]:
    """Return every condition of a query, in the order of its text, its controls, its period.

    Values that `labels` does not know are shown as they are.
    """
    parts = [
        Part(_kind(clause), _any_of(clause), query.without_clause(index))
        for index, clause in enumerate(query.clauses)
    ]
    parts += [
        Part("excluded", _without(term), query.without_excluded(index))
        for index, term in enumerate(query.excluded)
    ]
    parts += [
        Part(condition.name, _field(condition, labels), query.without_field(index))
        for index, condition in enumerate(query.fields)
    ]
    parts += [
        Part(name, _named(name, [_label(labels, name, value)]), query.without_choice(name, value))
        for name, values in query.chosen.items()
        for value in values
    ]
    if query.has_dates:
        parts.append(Part("period", _period(query), query.without_years()))
    return parts


def sentence(query: Query, labels: Labels) -> str:
    """Return what a query asks for as one sentence, without a full stop."""
    conditions = list(_conditions(query, labels))
    if not conditions:
        return _("All speeches")
    # Translators: what stands between two conditions of a search.
    return _("Speeches %(conditions)s") % {"conditions": pgettext("search", "; ").join(conditions)}


def _conditions(query: Query, labels: Labels) -> Iterator[str]:
    plain = [clause for clause in query.clauses if _kind(clause) == "word"]
    if len(plain) > 1:
        words = get_text_list([_quoted(term) for (term,) in plain], _("and"))
        yield _("with all of the words %(words)s") % {"words": words}
    yield from (
        _any_of(clause) for clause in query.clauses if len(plain) < 2 or clause not in plain
    )
    yield from (_without(term) for term in query.excluded)
    yield from (_field(condition, labels) for condition in query.fields)
    for name, values in query.chosen.items():
        yield _named(name, [_label(labels, name, value) for value in values])
    if query.has_dates:
        yield _period(query)


def _kind(clause: Sequence[Term]) -> str:
    if len(clause) > 1:
        return "any"
    return type(clause[0]).__name__.lower()


def _quoted(term: Term) -> str:
    return _("“%(words)s”") % {"words": f"{term}*" if isinstance(term, Prefix) else term}


def _any_of(clause: Sequence[Term]) -> str:
    if len(clause) > 1:
        words = get_text_list([_quoted(term) for term in clause], _("or"))
        return _("with %(words)s") % {"words": words}
    match clause[0]:
        case Word() as word:
            return _("with the word “%(word)s”") % {"word": word}
        case Prefix() as beginning:
            return _("with a word that begins with “%(letters)s”") % {"letters": beginning}
        case Phrase() as phrase:
            return ngettext(
                "with exactly the word “%(words)s”",
                "with the exact phrase “%(words)s”",
                len(phrase.forms),
            ) % {"words": phrase}


def _without(term: Term) -> str:
    match term:
        case Word() as word:
            return _("without the word “%(word)s”") % {"word": word}
        case Prefix() as beginning:
            return _("without any word that begins with “%(letters)s”") % {"letters": beginning}
        case Phrase() as phrase:
            return _("without the exact words “%(words)s”") % {"words": phrase}


def _field(condition: Field, labels: Labels) -> str:
    label = _label(labels, condition.name, condition.value)
    return (
        _not_named(condition.name, label) if condition.excluded else _named(condition.name, [label])
    )


def _label(labels: Labels, name: str, value: str) -> str:
    return labels.get((name, value), value)


def _named(name: str, labels: Sequence[str]) -> str:
    """Return the phrase for one of some values, called by their labels."""
    phrases = {
        "speaker": _("by %(names)s"),
        "organization": _("about %(names)s"),
        "initiative": _("about %(names)s"),
        "meeting": _("at the meeting %(names)s"),
        "series": _("at meetings of %(names)s"),
        "place": _("given in %(names)s"),
        "country": _("on behalf of %(names)s"),
        "language": _("with a text in %(names)s"),
        "status": _("with the delivery status “%(names)s”"),
    }
    return phrases[name] % {"names": get_text_list(list(labels), _("or"))}


def _not_named(name: str, label: str) -> str:
    """Return the phrase for everything but a value, called by its label."""
    phrases = {
        "speaker": _("not by %(name)s"),
        "organization": _("not about %(name)s"),
        "initiative": _("not about %(name)s"),
        "meeting": _("not at the meeting %(name)s"),
        "series": _("not at meetings of %(name)s"),
        "place": _("not given in %(name)s"),
        "country": _("not on behalf of %(name)s"),
        "language": _("without a text in %(name)s"),
        "status": _("without the delivery status “%(name)s”"),
    }
    return phrases[name] % {"name": label}


def _period(query: Query) -> str:
    first, last = query.first_day, query.last_day
    precision = _precision(first, last)
    days = {
        "first": show_partial_date(first, precision) if first else "",
        "last": show_partial_date(last, precision) if last else "",
    }
    if not last:
        return _("from %(first)s on") % days
    if not first:
        return _("until %(last)s") % days
    if days["first"] != days["last"]:
        return _("from %(first)s to %(last)s") % days
    return _("on %(first)s") % days if precision == Precision.DAY else _("in %(first)s") % days


def _precision(first: date | None, last: date | None) -> Precision:
    """Return how exactly a period has to be told: by years or months where it fills them."""
    starts = first or date(1, 1, 1)
    after = last + DAY if last else date(1, 1, 1)
    if starts.day != 1 or after.day != 1:
        return Precision.DAY
    return Precision.YEAR if starts.month == after.month == 1 else Precision.MONTH
