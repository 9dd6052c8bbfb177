"""One of everything, with a payload in every text field, many times over.

Which payload stands in which field moves on from one to the next, so that each stands in many
fields of many kinds, and each field holds many.
"""

import zlib
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from initiatives.models import (
    AgendaItem,
    Initiative,
    Meeting,
    MeetingDocument,
    MeetingSeries,
    Name,
    Office,
    Organization,
    Person,
    Term,
)
from iomsite.markup import SanitizedHTMLField
from iomsite.pages.models import Page, PageText
from speeches.models import Attachment, Contribution, Speech, SpeechText
from tests.browser.payloads import PAYLOADS
from tests.make import make_appointment, public

WORD = "lighthouse"
"""Stands in every text, so that a search finds them all."""

STEP = 25
TIMES = len(PAYLOADS) // STEP
"""So often is everything made: each field then holds so many payloads, spread over the list."""

# What a form offers as a choice or checks by a rule of its own takes no free words.
_NO_WORDS = {"slug", "path", "reference", "delivered_time_zone", "status", "checksum", "file_name"}


def text_fields(model: type[models.Model]) -> list[Any]:
    """Return the fields of a model into which somebody may write words."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and field.editable
        and not field.choices
        and field.name not in _NO_WORDS
        and not field.name.endswith(("language", "country", "nationality"))
    ]


def words_for(field: Any, payload: str) -> str:
    """Return a payload in the form in which a field takes it."""
    if isinstance(field, SanitizedHTMLField):
        return f"<p>The {WORD} one.</p>{payload}<p>{payload} the {WORD}.</p>"
    plain = payload.replace("\x00", "")
    if isinstance(field, models.URLField):
        try:
            URLValidator()(plain)
        except ValidationError:
            plain = f"https://x.example/?{plain}"
    return plain[: field.max_length] if field.max_length else f"{plain} {WORD} {plain}"


def payload_for(place: str, number: int) -> str:
    """Return the payload that stands in one place of the items of a number."""
    return PAYLOADS[(zlib.crc32(place.encode()) + number * STEP) % len(PAYLOADS)]


def filled(model: type[models.Model], number: int, **values: Any) -> dict[str, Any]:
    return {
        field.name: words_for(field, payload_for(str(field), number))
        for field in text_fields(model)
    } | values


def make_everything(number: int) -> dict[str, Any]:
    """Make an item of every kind, related to each other, and return them by kind."""
    slug = f"x-{number}"

    def entry(model: Any, **values: Any) -> Any:
        return model.objects.create(**filled(model, number, slug=slug, **public(values)))

    body = entry(Organization, country="CH", uncertain_fields=["founded_on"])
    Name.objects.create(**filled(Name, number, organization=body, language="fr"))
    person = entry(Person, nationality="CH")
    office = entry(Office, organization=body)
    make_appointment(person=person, office=office)
    series = entry(MeetingSeries, organizer=body)
    initiative = entry(Initiative, country="CH", series=series)
    initiative.participations.create(organization=body, role="lead")
    meeting = entry(Meeting, series=series, ordinal=1, starts_on=date(2008, 10, 27), country="CH")
    item = AgendaItem.objects.create(**filled(AgendaItem, number, meeting=meeting, position=1))
    MeetingDocument.objects.create(**filled(MeetingDocument, number, meeting=meeting))
    term = entry(Term)
    page = Page.objects.create(**filled(Page, number, slug=slug, **public({})))
    PageText.objects.create(**filled(PageText, number, page=page, language="en"))
    speech = entry(
        Speech, delivered_on=date(2008, 1, 17), country="CH", meeting=meeting, agenda_item=item
    )
    text = SpeechText.objects.create(
        **filled(SpeechText, number, speech=speech, language="en", kind="original")
    )
    source = payload_for("source", number).replace("\x00", "")
    text.sources.create(uri=f"https://x.example/{source}", checksum="a")
    Contribution.objects.create(**filled(Contribution, number, speech=speech, position=1))
    Contribution.objects.create(speech=speech, person=person, office=office, role="represented")
    Attachment.objects.create(**filled(Attachment, number, speech=speech))
    speech.organizations.add(body)
    speech.initiatives.add(initiative)
    return {
        "organization": body, "person": person, "office": office, "series": series,
        "initiative": initiative, "meeting": meeting, "term": term, "page": page,
        "speech": speech,
    }  # fmt: skip
