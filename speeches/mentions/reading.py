"""The paragraphs that name an entry: which they are, from which years, what stands beside it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from initiatives.models import Person
from iomsite.publishing.models import published_flag
from speeches.mentions.entries import Entry, public_entries_of
from speeches.models import Contribution, Mention, Passage
from speeches.targets import ENTRIES, Target

TOGETHER = 8
SPEAKERS = 50
LONGEST_SHOWN = 700
AROUND = 300
MOST_MARKS = 8
JOINED = ("person", "office", "on_behalf_of")
DAY = "passage__speech_text__speech__delivered_on"


class Year(NamedTuple):
    """How many paragraphs of a year name the entry. Without a year: those of unknown days."""

    year: int | None
    paragraphs: int
    first: date | None
    last: date | None


class Beside(NamedTuple):
    """An entry that stands in the same paragraphs, and in how many."""

    entry: Entry
    paragraphs: int


def about(target: Target) -> Q:
    """Return the condition that a mention counts for a target.

    A meeting's counts for its series too, and an office's for the person who held it.
    """
    column = "country" if target.kind == "country" else f"{target.kind}_id"
    condition = Q(**{column: target.key})
    if target.kind == "meeting_series":
        condition |= Q(meeting__series=target.key)
    elif target.kind == "person":
        condition |= Q(holder=target.key)
    return condition


def mentions_about(target: Target) -> QuerySet:
    """Return the public mentions that count for a target."""
    return Mention.objects.published().filter(about(target))


def passages_about(target: Target, year: int | None = None, speaker: str = "") -> QuerySet:
    """Return the paragraphs that name a target, newest speech first."""
    mentions = mentions_about(target)
    if year is not None:
        mentions = mentions.filter(**{f"{DAY}__year": year})
    if speaker:
        spoken = Contribution.objects.filter(
            person__in=Person.objects.published().filter(slug=speaker),
            role=Contribution.Role.SPEAKER,
        )
        mentions = mentions.filter(passage__speech_text__speech__in=spoken.values("speech"))
    return (
        Passage.objects.filter(pk__in=mentions.order_by().values("passage"))
        .select_related("speech_text__speech")
        .order_by(
            F("speech_text__speech__delivered_on").desc(nulls_last=True),
            "-speech_text__speech",
            "speech_text",
            "position",
        )
    )


def with_speakers(passages: QuerySet) -> QuerySet:
    """Let paragraphs bring along who spoke, in one more query."""
    people = Contribution.objects.select_related(*JOINED).annotate(
        **{f"{name}_is_public": published_flag(name) for name in JOINED}
    )
    return passages.prefetch_related(Prefetch("speech_text__speech__contributions", people))


def years_of(target: Target) -> list[Year]:
    """Return the years in which a target was named, in order; unknown days at the end."""
    rows = (
        mentions_about(target)
        .order_by()
        .annotate(year=ExtractYear(DAY))
        .values_list("year")
        .annotate(n=Count("passage", distinct=True), first=Min(DAY), last=Max(DAY))
        .values_list("year", "n", "first", "last")
    )
    return sorted((Year(*row) for row in rows), key=lambda one: (one.year is None, one.year or 0))


def speakers_of(target: Target) -> list[tuple[Person, int]]:
    """Return who named a target, with the number of their speeches that do, most first."""
    speeches = mentions_about(target).order_by().values("passage__speech_text__speech")
    rows = (
        Person.objects.published()
        .filter(contributions__speech__in=speeches, contributions__role=Contribution.Role.SPEAKER)
        .annotate(speeches_count=Count("contributions__speech", distinct=True))
        .order_by("-speeches_count", "family_name", "name")[:SPEAKERS]
    )
    return [(person, person.speeches_count) for person in rows]


def together_with(target: Target) -> list[Beside]:
    """Return what is most often named in the same paragraphs, in two queries."""
    columns = [f"{entry}_id" for entry in ENTRIES]
    rows = (
        Mention.objects.published()
        .filter(passage__in=mentions_about(target).order_by().values("passage"))
        .exclude(about(target))
        .order_by()
        .values_list(*columns, "country")
        .annotate(n=Count("passage", distinct=True))
        .order_by("-n", *columns, "country")[:TOGETHER]
    )
    counted = [(_target(row[:-1]), row[-1]) for row in rows]
    entries = public_entries_of({target for target, _count in counted})
    return [Beside(entries[one], count) for one, count in counted if one in entries]


def _target(values: Sequence[Any]) -> Target:
    *keys, country = values
    for kind, key in zip(ENTRIES, keys, strict=True):
        if key is not None:
            return Target(kind, key)
    return Target("country", country)


class Hit(NamedTuple):
    """A paragraph as a list shows it."""

    passage: Passage
    snippet: SafeString
    url: str
    number: str
    language: str


def hits_of(passages: Iterable[Passage], target: Target) -> list[Hit]:
    """Return paragraphs with the words marked that name a target, in one query."""
    passages = list(passages)
    spans: dict[int, list[tuple[int, int]]] = {}
    rows = mentions_about(target).filter(passage__in=[passage.pk for passage in passages])
    for key, start, end in rows.order_by("start").values_list("passage", "start", "end"):
        spans.setdefault(key, []).append((start, end))
    return [hit_of(passage, spans.get(passage.pk, [])) for passage in passages]


def newest_hits(target: Target, count: int) -> list[Hit]:
    """Return the newest paragraphs that name a target, with the words marked, in one query."""
    rows = (
        mentions_about(target)
        .select_related("passage__speech_text__speech")
        .order_by(
            F(DAY).desc(nulls_last=True),
            "-passage__speech_text__speech",
            "passage__speech_text",
            "passage__position",
            "start",
        )[: count * MOST_MARKS]
    )
    spans: dict[Passage, list[tuple[int, int]]] = {}
    for mention in rows:
        spans.setdefault(mention.passage, []).append((mention.start, mention.end))
    return [hit_of(passage, marks) for passage, marks in list(spans.items())[:count]]


def hit_of(passage: Passage, spans: Sequence[tuple[int, int]]) -> Hit:
    return Hit(
        passage,
        snippet(passage.text, spans),
        f"{passage.speech_text.address}#{passage.anchor}",
        passage.anchor.removeprefix("p"),
        passage.speech_text.language,
    )


def snippet(words: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    """Return the words of a paragraph, of a long one those around the first mark, as HTML."""
    begin, finish = 0, len(words)
    if len(words) > LONGEST_SHOWN:
        middle = spans[0][0] if spans else 0
        begin = _at_blank(words, middle - AROUND) if middle > AROUND else 0
        finish = min(len(words), _at_blank(words, begin + LONGEST_SHOWN))
    pieces, done = ["… " if begin else ""], begin
    for start, end in spans:
        if start >= done and end <= finish:
            pieces += [escape(words[done:start]), "<mark>", escape(words[start:end]), "</mark>"]
            done = end
    pieces += [escape(words[done:finish]), " …" if finish < len(words) else ""]
    return mark_safe("".join(pieces))


def excerpt(words: str, start: int, end: int, around: int = 100) -> SafeString:
    """Return the words around a stretch of a paragraph, cut between words, with it marked."""
    begin = words.find(" ", start - around, start) + 1 if start > around else 0
    finish = words.rfind(" ", end, end + around) if end + around < len(words) else len(words)
    if finish < end:
        finish = min(len(words), end + around)
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "… " if begin else "",
        words[begin:start],
        words[start:end],
        words[end:finish],
        " …" if finish < len(words) else "",
    )


def _at_blank(words: str, place: int) -> int:
    """Return the place of the next blank, if one is near."""
    blank = words.find(" ", place, place + 40)
    return blank if blank >= 0 else place
