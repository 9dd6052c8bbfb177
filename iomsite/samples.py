"""Sample values of every component, for the style guide. No row of the database is read."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string

from initiatives.details import Detail
from initiatives.models import Office, Organization, Person
from initiatives.models.entities import LocalName
from initiatives.relations import RelatedEntry
from iomsite.forms import FilterForm
from iomsite.pages.menu import MenuItem
from iomsite.publishing.models import Status
from speeches.models import Contribution, Speech, SpeechText


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
        "site_footer": {},
        "site_header": {},
        "speech_card": {"speech": speech},
        "speech_header": {"speech": speech, "text": speech.text},
        "speech_list": {"page": page, "heading": "Speeches", "id": "sample-speeches"},
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
