"""The controls around the search box: what limits a search, orders it, and explains it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from iomsite.languages import language_name, site_languages
from speeches.models import Speech
from speeches.search.queries import periods
from speeches.search.queries.query import NEWEST, OLDEST, RELEVANCE, Query

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Order:
    """One way to order the speeches that were found."""

    name: str
    label: str
    url: str
    is_current: bool


def orders_of(query: Query) -> list[Order]:
    """Return the orders that a search can have; without words, none is more relevant."""
    labels = {RELEVANCE: _("Relevance"), NEWEST: _("Newest first"), OLDEST: _("Oldest first")}
    if not query.has_words:
        del labels[RELEVANCE]
    return [
        Order(name, label, f"?{query.with_sort(name).urlencode()}", name == query.order)
        for name, label in labels.items()
    ]


def options_of(query: Query) -> forms.Form:
    """Return the fields below the search box, showing what is chosen now."""
    form = forms.Form(auto_id="option-%s", label_suffix="", use_required_attribute=False)
    languages = {
        code: language_name(code) for code in (*site_languages(), *_first(query, "language"))
    }
    form.fields["language"] = forms.ChoiceField(
        label=_("Text in"),
        choices=[("", _("Any language")), *languages.items()],
        initial="".join(_first(query, "language")),
    )
    form.fields["status"] = forms.ChoiceField(
        label=_("Delivery status"),
        choices=[("", _("Any")), *Speech.DeliveryStatus.choices],
        initial="".join(_first(query, "status")),
    )
    first, last = dates_of(query)
    form.fields["from"] = _day_field(_("From year or day"), first)
    form.fields["to"] = _day_field(_("To year or day"), last)
    return form


def _first(query: Query, name: str) -> tuple[str, ...]:
    return query.chosen.get(name, ())[:1]


def _day_field(label: str, initial: str) -> forms.CharField:
    attributes = {"inputmode": "numeric", "placeholder": "2008", "autocomplete": "off"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, initial=initial, max_length=10, widget=widget)


def dates_of(query: Query) -> tuple[str, str]:
    """Return the first and last day of a search as its fields show them, empty where open."""
    return (
        periods.first_to_text(query.first_day) if query.first_day else "",
        periods.last_to_text(query.last_day) if query.last_day else "",
    )


def kept_by_the_box(query: Query) -> Pairs:
    """Return what a new search of the box goes on with: the choices it has no fields for."""
    rest = query
    for name in ("language", "status"):
        for value in _first(query, name):
            rest = rest.without_choice(name, value)
    return _pairs(rest, {"q", "from", "to"})


def kept_by_the_years(query: Query) -> Pairs:
    """Return what a choice of years goes on with: everything else."""
    return _pairs(query.without_years(), {"from", "to"})


def _pairs(query: Query, without: Iterable[str]) -> Pairs:
    return [
        (name, value)
        for name, values in query.parameters().lists()
        if name not in without
        for value in values
    ]


def examples() -> list[tuple[str, str]]:
    """Return what can be typed, with what it finds."""
    return [
        (_("labour migration"), _("Both words, in any order and form: labours, migrations.")),
        (_('"safe and orderly"'), _("These words exactly, one after the other.")),
        (_("refugees OR displaced"), _("Either of the two words.")),
        (_("migration -trafficking"), _("The first word, in speeches without the second.")),
        (_("migra*"), _("Every word that begins so.")),
        (
            _('speaker:"kofi annan"'),
            _(
                "Speeches by somebody. In the same way: organization, initiative, meeting,"
                " place, country, language, status."
            ),
        ),
        (_("climate year:2006-2009"), _("From these years. In the same way: from, to.")),
    ]
