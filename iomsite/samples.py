"""Sample values of every component, for the style guide. No row of the database is read."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from initiatives.details import Detail
from initiatives.models import Office, Organization, Person
from initiatives.models.entities import LocalName
from initiatives.relations import RelatedEntry
from iomsite.forms import FilterForm
from iomsite.pages.menu import MenuItem
from iomsite.pages.site_notices import ShownNotice
from iomsite.paragraph_diff import folded, keyed, paragraph_diff
from iomsite.publishing.comparing import Change
from iomsite.publishing.models import Status, Version
from iomsite.word_diff import word_diff as compared_words
from speeches.citations.showing import Citations, Cited
from speeches.history.timeline import Entry
from speeches.mentions.chart import chart_of
from speeches.mentions.entries import Entry as NamedEntry
from speeches.mentions.reading import Hit as MentionHit
from speeches.mentions.reading import Year, snippet
from speeches.mentions.showing import Group, Named, Place
from speeches.models import Contribution, Speech, SpeechText
from speeches.search.answers.found import Found
from speeches.search.queries.query import Word, parse
from speeches.search.quoting.quote_answers import QuoteAnswer, QuoteHit, ShownPassage
from speeches.search.quoting.word_diff import word_diff
from speeches.search.results import controls
from speeches.search.results.entries import EntityCard
from speeches.search.results.facets import facets_of
from speeches.search.results.hits import Hit, PassageHit
from speeches.search.results.tags import tags_of
from speeches.search.results.year_chart import year_chart
from speeches.search.trends.trend import Series, Trend
from speeches.search.trends.trend_page import TrendPage
from speeches.targets import Target


def component_samples(request: HttpRequest) -> list[tuple[str, str]]:
    """Return each component's name with its HTML, made from sample values."""
    return [
        (name, render_to_string(f"components/{name}.html", values, request))
        for name, values in sorted(_values(request).items())
    ]


def _entry(**values: Any) -> RelatedEntry:
    defaults: dict[str, Any] = {
        "relation": "sample", "kind": "organization", "detail": "lead", "slug": "sample",
        "name": "Organization of Samples", "name_language": "en",
        "translated_names": {"fr": "Organisation des exemples"},
        "starts_on": date(2007, 7, 9), "starts_precision": "day", "ends_on": date(2007, 7, 11),
        "uncertain_fields": ["starts_on"],
    }  # fmt: skip
    return RelatedEntry(**defaults | values)


def _contribution() -> Contribution:
    part = Contribution(name="A. Sample", office_name="Director General")
    part.on_behalf_of_country = "CH"
    return part


def _text(language: str = "en", title: str = "Remarks on the use of samples") -> SpeechText:
    speech = Speech(slug="sample", reference="IOM/SP/2008/014")
    return SpeechText(
        speech=speech,
        language=language,
        title=title,
        summary="A short summary of what was said, in one or two sentences.",
        contents=[
            {"level": 1, "text": "A first heading", "anchor": "p2"},
            {"level": 2, "text": "A heading below it", "anchor": "p5"},
        ],
        word_count=1200,
    )


def _all(*rows: Any) -> SimpleNamespace:
    return SimpleNamespace(all=list(rows))


def _speech() -> SimpleNamespace:
    return SimpleNamespace(
        text=_text(),
        texts=_all(_text("ar", "كلمة نموذجية"), _text()),
        contributions=_all(_contribution()),
        delivered_on=date(2008, 1, 17),
        delivered_precision="day",
        get_delivery_status_display="As delivered",
        delivery_explanation=Speech.DeliveryStatus.AS_DELIVERED.explanation,
        public_meeting=_entry(kind="meeting", name="Sample meeting, Geneva 2007"),
        reference="IOM/SP/2008/014",
        original_language="en",
        place="Geneva",
        country="CH",
        is_sample=True,
        get_absolute_url="#sample",
        citation="A. Sample. “Remarks on the use of samples”. Geneva, 17 January 2008.",
    )


def _values(request: HttpRequest) -> dict[str, dict[str, Any]]:
    speech, entry = _speech(), _entry()
    names = [Detail("names", "former", "Committee of Samples", "", "en")]
    page = Paginator([speech] * 40, 2).page(3)
    return {
        "about_speech": {"speech": speech, "text": speech.text, "subjects": [entry]},
        "agenda": {"lines": [Detail("agenda", "1", "Opening of the session", "", "en")]},
        "breadcrumbs": {"url": "#", "title": "Speeches", "url2": "#", "title2": "Sample meeting"},
        "byline": {"contributions": [_contribution()]},
        "contents": {"contents": speech.text.contents, "language": "en"},
        "door": {"url": "#", "title": "Speeches", "text": "Full texts", "count": 1204},
        "door_links": {},
        "entry_row": {"entry": Organization(name="Organization of Samples", slug="sample")},
        "facts": {"details": {"names": names}},
        "filter_form": {"form": FilterForm()},
        "language_switch": {"languages": ["ar", "en", "fr"]},
        "menu_section": {"section": MenuItem("our-work", "Our work", "en", "What we do.")},
        "neighbours": {"neighbours": {"previous": speech.text, "next": speech.text}},
        "notice": {"item": SimpleNamespace(status=Status.WITHDRAWN, public_notice="Superseded.")},
        "office": {"office": _office()},
        "pagination": {"page": page},
        "related": {"title": "Related entries", "entries": [entry], "id": "sample-related"},
        "related_item": {"entry": entry, "dated": True},
        "search_box": {"id": "sample-search", "words": "partnership", "size": "large"},
        **_search_values(speech, entry),
        **_tool_values(speech, request),
        "site_footer": {},
        "site_header": {},
        "site_notices": {
            "notices": [
                ShownNotice("warning", "The list of offices is being corrected.", "en"),
                ShownNotice("information", "Le site sera fermé dimanche matin.", "fr"),
            ]
        },
        "speech_card": {"speech": speech},
        "speech_header": {"speech": speech, "text": speech.text},
        "speech_list": {"page": page, "heading": "Speeches", "id": "sample-speeches"},
    }


def _search_values(speech: SimpleNamespace, entry: RelatedEntry) -> dict[str, dict[str, Any]]:
    """Return the values of what stands on the results page."""
    query = parse('samples speaker:"a. sample" year:2006-2009')
    words = mark_safe("It is in the <mark>samples</mark> that we see what may go wrong, …")
    passages = [PassageHit(f"#p{number}", f"p{number}", words, "en") for number in (4, 12, 31)]
    title = mark_safe("Remarks on the use of <mark>samples</mark>")
    languages = [("en", 1024), *((code, 12) for code in ("fr", "es", "ar", "ru"))]
    years = {1984: 12, 1993: 40, 2006: 100, 2012: 64, 0: 3}
    found = Found(query, total=1050, facets={"language": languages}, years=years)
    [facet] = facets_of(found)
    return {
        "entity_card": {
            "card": EntityCard("Meeting", entry, "A fact.", "#", "12 of these speeches", True)
        },
        "facet": {"facet": facet},
        "filter_tags": {"tags": tags_of(query, {}), "clear_url": "#"},
        "hit": {"hit": Hit(speech, speech.text, title, "#", passages, 7)},  # type: ignore[arg-type]
        "highlighting": {"sought": "samples", "url": "#"},
        "passage_hit": {"passage": passages[0]},
        "search_help": {"examples": controls.examples()},
        "search_options": {"form": controls.options_of(query)},
        "year_chart": {"chart": year_chart(found)},
    }


def _tool_values(speech: SimpleNamespace, request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return the values of the components of the quote finder and the trend."""
    marked = mark_safe("Water knows <mark>no borders</mark>, and neither do fish.")
    parts = [word_diff("Water has no borders", "Water knows no borders")]
    shown = [ShownPassage("#p12", "12", marked)]
    hit = QuoteHit(speech, speech.text, shown, parts)  # type: ignore[arg-type]
    counts = {2001: 3, 2002: 9, 2004: 5, 2005: 12}
    series = [Series("borders", Word("borders"), counts), Series("fish", Word("fish"), {2002: 4})]
    trend = TrendPage(Trend(series, dict.fromkeys(counts, 9000)), "sample-trend")
    return {
        "quote_answer": {"answer": QuoteAnswer("missing", hints=["borders", "fish"])},
        "quote_form": {"typed": "Water has no borders, and neither do fish.", "most": 2000},
        "quote_hit": {"hit": hit, "number": 1, "request": request},
        "trend_chart": {"trend": trend},
        "trend_form": {"fields": ["borders", "fish", "", ""], "longest": 100},
        "trend_table": {"trend": trend, "csv_url": "#"},
        "word_diff": {"parts": parts, "language": "en"},
        **_history_values(),
        **_mention_values(_text()),
    }


def _history_values() -> dict[str, dict[str, Any]]:
    """Return the values of what the history of a speech is shown with."""
    version = Version(
        kind="speeches.speech", item=1, number=2, change_note="A name was misspelt.",
        made_at=datetime(2008, 1, 18, 9, tzinfo=UTC), hash="5d" * 32,
    )  # fmt: skip
    speech = Speech(slug="sample")
    speech.last_version_number, speech.last_version_note = 2, version.change_note
    speech.published_at = datetime(2008, 1, 17, 9, tzinfo=UTC)
    speech.last_version_made_at = version.made_at
    before, after = "Water has no borders.", "Water knows no borders."
    texts = keyed(["The first.", "The second.", before], ["The first.", "The second.", after])
    facts = [Change("", "Place", "place", "Genf", "Geneva", [], [])]
    return {
        "changed_note": {"speech": speech},
        "fact_changes": {"changes": facts},
        "history_entry": {"entry": Entry(version, "revised", version.made_at, 1), "speech": speech},
        "paragraph_changes": {"folds": folded(paragraph_diff(*texts)), "language": "en"},
        "stretches": {"stretches": compared_words(before, after)},
    }


def _mention_values(text: SpeechText) -> dict[str, dict[str, Any]]:
    """Return the values of what shows where an entry is named."""
    name = LocalName("Organization of Samples", "en")
    target = Target("organization", 1)
    entry = NamedEntry(target, name, "Programme", "#", "", "2006–2018", "sample", True)
    places = [Place("p2", "2"), Place("p7", "7")]
    passage = SimpleNamespace(
        speech_text=SimpleNamespace(speech=_speech(), address="#", title=text.title, language="en")
    )
    words = "We thank the Organization of Samples for what it has done."
    hit = MentionHit(passage, snippet(words, [(13, 36)]), "#p2", "2", "en")  # type: ignore[arg-type]
    passage.anchor, passage.text = "p2", words
    cited = Cited(passage, passage, snippet(words, [(13, 36)]), is_quotation=True)  # type: ignore[arg-type]
    first, last = date(2006, 5, 1), date(2018, 3, 1)
    years = [Year(2006, 4, first, first), Year(2011, 9, last, last), Year(2018, 2, last, last)]
    chart = chart_of(years)
    mentioned = {
        "total": 15,
        "first": first,
        "last": last,
        "chart": chart,
        "hits": [hit],
        "url": "#",
    }
    return {
        "citations": {"citations": Citations([cited], [cited])},
        "mention_chart": {"chart": chart, "url": "#"},
        "mention_hit": {"text": passage.speech_text, "hits": [hit], "speakers": True},
        "mentioned_in": {"mentioned": {**mentioned, "url": "#"}},
        "mentions_here": {"groups": [Group("Organizations", [Named(entry, 2, places)])]},
    }


def _office() -> Office:
    office = Office(name="Director General", slug="sample-office")
    holders: list[Any] = [
        SimpleNamespace(
            holder=SimpleNamespace(
                get_absolute_url="#", local_name=LocalName(Person(name="A. Sample").name, "en")
            ),
            holder_starts_on=date(2008, 10, 1),
            holder_starts_precision="month",
            holder_ends_on=None,
            holder_ends_precision="",
            holder_uncertain=[],
        )
    ]
    office.holders = holders
    return office
