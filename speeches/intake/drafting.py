"""Making a draft of what was brought in and looked over."""

from typing import Any

from django.db import transaction

from speeches.mentions.linking import link
from speeches.models import Contribution, Source, Speech, SpeechText


def make_draft(values: dict[str, Any]) -> Speech:
    """Write a draft from the values of a `ReviewForm`, with its source, and look for names.

    Raises ValidationError, by field, for what the record does not take; nothing is written
    then.
    """
    day, precision = values["delivered_on"]
    with transaction.atomic():
        speech = Speech(
            delivered_on=day, delivered_precision=precision, place=values["place"],
            country=values["country"], meeting=values["meeting"],
            delivery_status=values["delivery_status"], original_language=values["language"],
        )  # fmt: skip
        speech.full_clean(exclude=["slug", "reference"])
        speech.save()
        text = SpeechText(
            speech=speech, language=values["language"], title=values["title"], body=values["body"]
        )
        text.full_clean()
        text.save()
        if values["speaker"] or values["person"] or values["office"]:
            part = Contribution(
                speech=speech, name=values["speaker"], person=values["person"],
                office=values["office"],
            )  # fmt: skip
            part.full_clean()
            part.save()
        source = Source(
            speech_text=text, uri=values["source_uri"], format=values["source_format"],
            checksum=values["checksum"],
        )  # fmt: skip
        source.full_clean()
        source.save()
        # The address is made from the title, which is known only now.
        speech.save()
    link(text)
    return speech
