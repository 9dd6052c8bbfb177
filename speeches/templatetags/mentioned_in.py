"""Where an entry is named, for the directory's pages, whose Python never says "mention"."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django import template

from speeches.mentions.chart import MentionChart, chart_of
from speeches.mentions.entries import mentions_url, target_for
from speeches.mentions.reading import Hit, newest_hits, years_of
from speeches.targets import Target

register = template.Library()

NEWEST = 3


class Mentioned(NamedTuple):
    """How often an entry is named, between which days, and where last."""

    total: int
    first: date | None
    last: date | None
    chart: MentionChart | None
    hits: Sequence[Hit]
    url: str


@register.simple_tag
def mentioned_in(entry: Any) -> Mentioned:
    """Return where an entry or, given by its code, a country is named. Two queries or one."""
    is_country = isinstance(entry, str)
    target = Target("country", entry) if is_country else target_for(entry)
    years = years_of(target)
    hits = newest_hits(target, NEWEST) if years else []
    return Mentioned(
        total=sum(year.paragraphs for year in years),
        first=min((year.first for year in years if year.first), default=None),
        last=max((year.last for year in years if year.last), default=None),
        chart=chart_of(years),
        hits=hits,
        url=mentions_url(target.kind, entry.lower() if is_country else entry.slug),
    )
