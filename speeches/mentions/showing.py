"""The confirmed mentions of a text as its page shows them: links in the words, and a list.

The words are cut where linking has noted them: nothing is parsed but the edges of tags.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from speeches.mentions.entries import Entry
from speeches.mentions.finding.symbols import address_of, symbols_in
from speeches.mentions.slots import OPENING, starts
from speeches.models import SpeechText
from speeches.targets import KINDS, Target


class Placed(NamedTuple):
    """A public mention with its place in the words and in the HTML of its passage."""

    anchor: str
    position: int
    start: int
    end: int
    html_start: int | None
    html_end: int | None
    surface: str
    target: Target


class Place(NamedTuple):
    """One paragraph that names an entry."""

    anchor: str
    number: str


class Named(NamedTuple):
    """An entry with the paragraphs of a text that name it."""

    entry: Entry
    times: int
    places: Sequence[Place]


class Group(NamedTuple):
    """The entries of one kind that a text names, most often named first."""

    label: str
    named: Sequence[Named]


class Shown(NamedTuple):
    """A text with its links, and what it names."""

    html: SafeString
    groups: Sequence[Group]


def shown(text: SpeechText, mentions: Sequence[Placed], entries: Mapping[Target, Entry]) -> Shown:
    """Return a text with its public mentions, given in reading order."""
    html = with_symbols(linked(text.html, mentions, entries))
    return Shown(mark_safe(html), groups_of(mentions, entries))


def linked(html: str, mentions: Sequence[Placed], entries: Mapping[Target, Entry]) -> str:
    """Return the HTML of a text with a link around each mention; the outer one of two.

    A mention whose words are not where they were noted, as in a preview of other words, is
    left as it is.
    """
    at = starts(html) if mentions else {}
    pieces, done = [], 0
    placed = [(at[one.anchor], one) for one in mentions if one.anchor in at]
    for start, end, mention in _in_order(placed):
        entry = entries.get(mention.target)
        words = html[start:end]
        if entry is None or start < done or _plain(words) != _plain(escape(mention.surface)):
            continue
        card = " · ".join(filter(None, (entry.name.text, entry.kind_label, entry.years)))
        opening = format_html('<a class="mention" href="{}" data-card="{}">', entry.url, card)
        pieces += [html[done:start], opening, words, "</a>"]
        done = end
    return "".join([*pieces, html[done:]])


def _in_order(placed: Sequence[tuple[int, Placed]]) -> list[tuple[int, int, Placed]]:
    spans = [
        (at + m.html_start, at + m.html_end, m)
        for at, m in placed
        if m.html_start is not None and m.html_end is not None
    ]
    return sorted(spans, key=lambda one: (one[0], -one[1]))


def _plain(html: str) -> str:
    return "".join(unescape(OPENING.sub("", html)).split())


def with_symbols(html: str) -> str:
    """Return HTML with a link around each symbol of a document of the United Nations."""
    if "/" not in html and "esol" not in html:
        return html
    pieces, done, links = [], 0, 0
    for match in OPENING.finditer(html):
        if match.start() > done:
            words = html[done : match.start()]
            pieces.append(words if links else _symbols_linked(words))
        tag = match.group()
        links += tag.startswith(("<a ", "<a>"))
        links -= tag == "</a>"
        pieces.append(tag)
        done = match.end()
    return "".join([*pieces, html[done:]])


def _symbols_linked(words: str) -> str:
    pieces, done = [], 0
    for symbol in symbols_in(words):
        if symbol.start >= done:
            opening = format_html(
                '<a class="symbol" href="{}" rel="external">', address_of(symbol.symbol)
            )
            shown_words = words[symbol.start : symbol.end]
            pieces += [words[done : symbol.start], opening, shown_words, "</a>"]
            done = symbol.end
    return "".join([*pieces, words[done:]])


def groups_of(mentions: Sequence[Placed], entries: Mapping[Target, Entry]) -> list[Group]:
    """Return what a text names, by kind."""
    counts: dict[Target, int] = defaultdict(int)
    places: dict[Target, dict[str, Place]] = defaultdict(dict)
    for mention in mentions:
        if mention.target in entries:
            anchor = mention.anchor
            counts[mention.target] += 1
            places[mention.target][anchor] = Place(anchor, anchor.removeprefix("p"))
    return list(_groups(counts, places, entries))


def _groups(
    counts: Mapping[Target, int],
    places: Mapping[Target, Mapping[str, Place]],
    entries: Mapping[Target, Entry],
) -> Iterator[Group]:
    labels = {
        "organization": _("Organizations"), "person": _("People"), "office": _("Offices"),
        "initiative": _("Initiatives"), "meeting_series": _("Meeting series"),
        "meeting": _("Meetings"), "term": _("Terms"), "country": _("Countries"),
    }  # fmt: skip
    for kind in KINDS:
        named = [
            Named(entries[target], count, tuple(places[target].values()))
            for target, count in counts.items()
            if target.kind == kind
        ]
        if named:
            named.sort(key=lambda one: (-one.times, one.entry.name.text))
            yield Group(labels[kind], named)
