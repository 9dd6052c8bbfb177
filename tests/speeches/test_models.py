"""What the record refuses, mints and keeps."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from speeches.models import Attachment, Contribution, Speech, SpeechText
from tests.make import (
    make_agenda_item,
    make_meeting,
    make_organization,
    make_person,
    make_speech,
    make_text,
)

pytestmark = pytest.mark.django_db


def test_a_reference_is_minted_once_in_the_year_of_delivery():
    first = make_speech(delivered_on=date(2008, 1, 17))
    second = make_speech(delivered_on=date(2008, 6, 1))

    second.delivered_on = date(2009, 6, 1)
    second.save()

    assert first.reference == "IOM/SP/2008/001"
    assert second.reference == "IOM/SP/2008/002"


def test_the_prefix_of_references_is_a_setting(settings):
    settings.REFERENCE_PREFIX = "OSWS/ST"

    assert make_speech(delivered_on=date(2020, 1, 1)).reference == "OSWS/ST/2020/001"


def test_the_reference_of_a_deleted_speech_is_never_given_again():
    make_speech(delivered_on=date(2008, 1, 17)).delete()

    assert make_speech(delivered_on=date(2008, 1, 17)).reference == "IOM/SP/2008/002"


@pytest.mark.parametrize("field", ["slug", "reference"])
def test_two_speeches_cannot_share_an_address_or_reference(field):
    speech = make_speech()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_speech(**{field: getattr(speech, field)})


def test_a_speech_without_a_date_cannot_be_published():
    with pytest.raises(IntegrityError):
        make_speech(delivered_on=None)


def test_an_agenda_item_must_be_of_the_same_meeting():
    speech = make_speech(meeting=make_meeting())
    speech.agenda_item = make_agenda_item()

    with pytest.raises(ValidationError, match="another meeting"):
        speech.full_clean()


def test_an_agenda_item_without_a_meeting_is_refused_by_the_database():
    with pytest.raises(IntegrityError):
        make_speech(agenda_item=make_agenda_item())


def test_an_unknown_time_zone_is_refused():
    speech = make_speech()
    speech.delivered_time_zone = "Europe/Atlantis"

    with pytest.raises(ValidationError, match="IANA"):
        speech.full_clean()


def test_a_speech_may_have_a_speaker_nobody_knows():
    speech = make_speech()

    part = Contribution.objects.create(speech=speech)

    assert part.name_for_public == "Unknown speaker"


def test_a_contribution_is_on_behalf_of_a_body_or_a_state_not_both():
    with pytest.raises(IntegrityError):
        Contribution.objects.create(
            speech=make_speech(), on_behalf_of=make_organization(), on_behalf_of_country="CH"
        )


def test_an_unknown_country_is_refused_on_every_write():
    with pytest.raises(ValueError, match="ISO 3166"):
        Contribution.objects.create(speech=make_speech(), on_behalf_of_country="QQ")


def test_a_person_has_a_role_in_a_speech_once():
    person = make_person()
    speech = make_speech(person=person)

    with pytest.raises(IntegrityError):
        Contribution.objects.create(speech=speech, person=person)


def test_a_speech_has_one_text_a_language_and_one_original():
    speech = make_speech()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_text(speech=speech, language="en", kind="official")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_text(speech=speech, language="fr", kind="original")


def test_scripts_are_taken_out_of_a_text_on_every_write():
    payload = '<p onclick="run()">Words<script>alert(1)</script> <a href="javascript:x()">l</a></p>'
    saved = make_text(speech=Speech.objects.create(), body=payload)
    bulk = SpeechText(speech=Speech.objects.create(), title="T", body=payload)
    SpeechText.objects.bulk_create([bulk])

    for text in SpeechText.objects.filter(pk__in=[saved.pk, bulk.pk]):
        assert text.body == "<p>Words <a>l</a></p>"
    assert "alert" not in saved.html


def test_an_edit_keeps_the_anchors_of_what_it_left_alone():
    text = make_speech(body="<p>First of all, thanks.</p><p>Second, the matter.</p>").texts.get()

    text.body = "<p>A word before everything.</p>" + text.body
    text.save()

    assert list(text.passages.values_list("anchor", "text")) == [
        ("p3", "A word before everything."),
        ("p1", "First of all, thanks."),
        ("p2", "Second, the matter."),
    ]


def test_a_passage_taken_out_is_retired_and_its_anchor_never_reused():
    text = make_speech(body="<p>First of all, thanks.</p><p>Second, the matter.</p>").texts.get()

    text.body = "<p>First of all, thanks.</p>"
    text.save()
    text.body = "<p>First of all, thanks.</p><p>Brand new words, unlike any before.</p>"
    text.save()

    assert text.passages.get(anchor="p2").retired_at is not None
    assert text.passages.filter(retired_at=None).values_list("anchor", flat=True)[1] == "p3"
    assert text.retired_anchors == ["p2"]


def test_saving_a_text_again_changes_nothing():
    text = make_speech().texts.get()
    before = list(text.passages.values()), text.html

    text.save()

    assert (list(text.passages.values()), text.html) == before


def test_a_text_over_the_limit_is_refused_with_the_mend():
    text = SpeechText(speech=Speech.objects.create(), title="Long", body="<p>" + "x" * 4_000_001)

    with pytest.raises(ValidationError, match="Split it"):
        text.full_clean()


def test_an_attachment_is_a_file_or_a_link():
    with pytest.raises(IntegrityError):
        Attachment.objects.create(speech=make_speech(), title="Nothing")


def test_only_a_recording_has_a_transcript_language():
    with pytest.raises(IntegrityError):
        Attachment.objects.create(
            speech=make_speech(), title="Slides", url="https://example.org/", kind="slides",
            transcript_language="en",
        )  # fmt: skip


def test_every_delivery_status_explains_itself():
    for status in Speech.DeliveryStatus:
        assert status.explanation.endswith(".")
