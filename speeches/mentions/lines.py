"""Where an entry is named, as lines that its page asks for together with its other small rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Max, Min, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, ExtractYear

from initiatives.models.entities import Entity
from speeches.mentions.entries import target_for
from speeches.mentions.reading import DAY, MOST_MARKS, Hit, Year, hit_of, mentions_about
from speeches.models import Passage, Speech, SpeechText

YEARS, HITS = "mentions", "mention_hits"
NEWEST = 3
SPEECH = "passage__speech_text__speech"
TEXT = "passage__speech_text"


def mention_lines(entry: Entity) -> list[QuerySet]:
    """Return the years in which an entry was named, and its newest paragraphs, as branches."""
    rows = mentions_about(target_for(entry)).order_by()
    newest = rows.order_by(
        F(DAY).desc(nulls_last=True), f"-{SPEECH}", TEXT, "passage__position", "start"
    )
    chosen = rows.filter(pk__in=newest.values("pk")[: NEWEST * MOST_MARKS])
    none = Value("", CharField())
    years = (
        rows.annotate(year=Coalesce(Cast(ExtractYear(DAY), CharField()), none))
        .values("year")
        .annotate(
            paragraphs=Cast(Count("passage", distinct=True), TextField()),
            first=Coalesce(Cast(Min(DAY), CharField()), none),
            last=Coalesce(Cast(Max(DAY), CharField()), none),
        )
        .values_list(Value(0), Value(YEARS, CharField()), "year", "paragraphs", "first", "last")
    )
    place = Concat(
        Coalesce(Cast(DAY, CharField()), none), Value("|"), f"{SPEECH}__delivered_precision",
        Value("|"), f"{SPEECH}__slug", Value("|"), "passage__anchor", Value("|"),
        Cast("start", CharField()), Value("|"), Cast("end", CharField()), Value("|"),
        Cast("passage__position", CharField()), output_field=CharField(),
    )  # fmt: skip
    hits = chosen.values_list(
        Value(0), Value(HITS, CharField()), place, "passage__text", f"{TEXT}__title",
        f"{TEXT}__language",
    )  # fmt: skip
    return [years, hits]


def years_in(lines: Iterable[Any]) -> list[Year]:
    """Return the years that lines tell."""
    found = [
        Year(int(one.sort) if one.sort else None, int(one.text), _day(one.url), _day(one.language))
        for one in lines
    ]
    return sorted(found, key=lambda one: (one.year is None, one.year or 0))


def hits_in(lines: Iterable[Any]) -> list[Hit]:
    """Return the newest paragraphs that lines tell, with the words marked."""
    texts: dict[tuple[str, str], SpeechText] = {}
    passages: dict[tuple[str, str, str], Passage] = {}
    spans: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    order: dict[tuple[str, str, str], tuple[str, str, int]] = {}
    for one in lines:
        day, precision, slug, anchor, start, end, position = one.sort.split("|")
        if (slug, one.language) not in texts:
            speech = Speech(slug=slug, delivered_on=_day(day), delivered_precision=precision)
            texts[slug, one.language] = SpeechText(
                speech=speech, language=one.language, title=one.url
            )
        key = (slug, one.language, anchor)
        passages[key] = Passage(speech_text=texts[slug, one.language], anchor=anchor, text=one.text)
        spans.setdefault(key, []).append((int(start), int(end)))
        order[key] = (day, slug, -int(position))
    newest = sorted(passages, key=lambda key: order[key], reverse=True)[:NEWEST]
    return [hit_of(passages[key], sorted(spans[key])) for key in newest]


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
