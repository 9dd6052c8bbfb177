"""Where an entry is named, for the directory's pages, whose Python never says "mention"."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django import template

from speeches.mentions.chart import MentionChart, chart_of
from speeches.mentions.entries import mentions_url, target_for
from speeches.mentions.lines import HITS, NEWEST, YEARS, hits_in, years_in
from speeches.mentions.reading import Hit, Year, newest_hits, years_of
from speeches.targets import Target

register = template.Library()


class Mentioned(NamedTuple):
    """How often an entry is named, between which days, and where last."""

    total: int
    first: date | None
    last: date | None
    chart: MentionChart | None
    hits: Sequence[Hit]
    url: str


@register.simple_tag
def mentioned_in(entry: Any, details: dict[str, list[Any]] | None = None) -> Mentioned:
    """Return where an entry is named, from the lines of its page; of a country by its code."""
    if isinstance(entry, str):
        target = Target("country", entry)
        years = years_of(target)
        hits = newest_hits(target, NEWEST) if years else []
        return _mentioned(years, hits, mentions_url("country", entry.lower()))
    lines = details or {}
    years = years_in(lines.get(YEARS, ()))
    return _mentioned(
        years, hits_in(lines.get(HITS, ())), mentions_url(target_for(entry).kind, entry.slug)
    )


def _mentioned(years: Sequence[Year], hits: Sequence[Hit], url: str) -> Mentioned:
    return Mentioned(
        total=sum(year.paragraphs for year in years),
        first=min((year.first for year in years if year.first), default=None),
        last=max((year.last for year in years if year.last), default=None),
        chart=chart_of(years),
        hits=hits,
        url=url,
    )
