"""What the checklist asks of a speech before it goes out.

What would make the page wrong or empty blocks; what may be right all the same warns.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Appointment
from iomsite.dates import Precision, latest_day
from iomsite.publishing.checklist import Finding, checked_by
from iomsite.publishing.models import Status
from iomsite.publishing.text_checks import link_findings
from iomsite.publishing.writing import is_written_otherwise
from speeches.models import Contribution, Speech, SpeechText

LATE = timedelta(days=14)
"""After which “check against delivery” should have been followed by the checked text."""

BEFORE_DELIVERY = {Speech.DeliveryStatus.AS_PREPARED, Speech.DeliveryStatus.CHECK_AGAINST_DELIVERY}
AFTER_DELIVERY = {Speech.DeliveryStatus.AS_DELIVERED, Speech.DeliveryStatus.TRANSCRIPT}


def connect() -> None:
    """Bring these checks to the checklist; called once, when the apps are ready."""
    checked_by("speeches.speech", texts, delivery, speakers, meeting, attachments)


def texts(speech: Speech) -> Iterator[Finding]:
    """There is a text with a title, in the language spoken, and its links lead somewhere."""
    rows = list(speech.texts.all())
    if not rows:
        yield Finding(True, _("Give the speech a text with a title."), "texts/")
        return
    if not any(row.language == speech.original_language for row in rows):
        message = _("No text is in the language spoken. Correct the one or add the other.")
        yield Finding(False, message, "original_language")
    for row in rows:
        yield from _text(speech, row)


def _text(speech: Speech, row: SpeechText) -> Iterator[Finding]:
    place = f"texts/{row.pk}"
    if not row.title.strip():
        yield Finding(True, _("A text has no title."), f"{place}/title")
    is_original = row.kind == SpeechText.Kind.ORIGINAL
    if is_original and row.language != speech.original_language:
        message = _("The original text is in another language than the one spoken.")
        yield Finding(False, message, f"{place}/language")
    if not is_original and row.language == speech.original_language:
        message = _("A text in the language spoken is called a translation.")
        yield Finding(False, message, f"{place}/kind")
    if not row.word_count:
        yield Finding(
            False, _("The text “%(title)s” is empty.") % {"title": row.title}, f"{place}/body"
        )
    if is_written_otherwise(f"{row.title} {row.body}", row.language):
        message = _("The text “%(title)s” is not written in the script of its language.")
        yield Finding(False, message % {"title": row.title}, f"{place}/language")
    yield from link_findings(row.body, f"{place}/body")


def delivery(speech: Speech) -> Iterator[Finding]:
    """The day is known, and what is said of the delivery agrees with it."""
    if speech.delivered_on is None:
        message = _("Say when the speech was delivered, at least the year.")
        yield Finding(True, message, "delivered_on")
        return
    today = timezone.localdate()
    last = latest_day(speech.delivered_on, speech.delivered_precision)
    # East of the date line it is tomorrow already.
    is_to_come = speech.delivered_on > today + timedelta(days=1)
    if is_to_come and speech.delivery_status in AFTER_DELIVERY:
        message = _("The status says that the speech was given, and the day is still to come.")
        yield Finding(True, message, "delivery_status")
    elif last < today - LATE and speech.delivery_status in BEFORE_DELIVERY:
        message = _("The speech was given, and the status is still “%(status)s”.")
        label = Speech.DeliveryStatus(speech.delivery_status).label
        yield Finding(False, message % {"status": label}, "delivery_status")
    earliest = speech.earliest_publication()
    if earliest is not None and earliest > timezone.now():
        message = _("It is delivered on %(day)s. To publish it before needs a reason.")
        yield Finding(False, message % {"day": speech.delivered_on.isoformat()}, "delivered_on")
    if speech.is_sample:
        yield Finding(False, _("It is marked as a sample: the page says so."), "is_sample")


def speakers(speech: Speech) -> Iterator[Finding]:
    """Somebody spoke, under a name the public sees, in an office held on that day."""
    rows = list(speech.contributions.select_related("person", "office", "on_behalf_of"))
    if not any(row.role == Contribution.Role.SPEAKER for row in rows):
        yield Finding(False, _("Nobody is named as the speaker."), "contributions/")
    held = _appointments(speech, rows)
    for row in rows:
        place = f"contributions/{row.pk}"
        if row.person and row.person.status != Status.PUBLISHED and not row.name:
            message = _("%(name)s is not published: the public reads “unknown speaker”.")
            yield Finding(False, message % {"name": row.person.name}, f"{place}/person")
        if row.role == Contribution.Role.SPEAKER and not (row.office or row.office_name):
            message = _("It does not say in which office %(name)s spoke.")
            yield Finding(False, message % {"name": row.shown_name}, f"{place}/office")
        if row.person and row.office and (row.person_id, row.office_id) not in held:
            message = _("The directory does not know that %(name)s was %(office)s on that day.")
            values = {"name": row.person.name, "office": row.office.name}
            yield Finding(False, message % values, f"{place}/office")


def _appointments(speech: Speech, rows: list[Contribution]) -> set[tuple[int, int]]:
    """Return who held which office at the time of a speech, of those it names; one query."""
    condition = Q(pk__in=[])
    for row in rows:
        if row.person_id and row.office_id:
            condition |= Q(person=row.person_id, office=row.office_id)
    found = Appointment.objects.filter(condition)
    if speech.delivered_on is not None:
        found = _held_within(found, speech.delivered_on, speech.delivered_precision)
    return set(found.values_list("person", "office"))


def _held_within(rows: Any, first: date, precision: str) -> Any:
    """Keep the appointments in force on a day, or at some time of a month or a year."""
    began = Q(starts_on=None) | Q(starts_on__lte=latest_day(first, precision))
    # An end in 2018 is kept as its first day, and may be any other.
    some_time_that_year = Q(ends_on__year=first.year) & ~Q(ends_precision=Precision.DAY)
    return rows.filter(began, Q(ends_on=None) | Q(ends_on__gte=first) | some_time_that_year)


def meeting(speech: Speech) -> Iterator[Finding]:
    """The day lies within the meeting, and the public can see the meeting."""
    held = speech.meeting
    if held is None:
        return
    if held.status != Status.PUBLISHED:
        message = _("The meeting “%(name)s” is not published: the page does not name it.")
        yield Finding(False, message % {"name": held.name}, "meeting")
    day = speech.delivered_on
    if day is None or held.starts_on is None:
        return
    ends_on, precision = held.ends_on or held.starts_on, held.ends_precision
    if held.ends_on is None:
        precision = held.starts_precision
    is_before = latest_day(day, speech.delivered_precision) < held.starts_on
    if is_before or day > latest_day(ends_on, precision):
        message = _("The day of the speech is none of the days of “%(name)s”.")
        yield Finding(False, message % {"name": held.name}, "delivered_on")


def attachments(speech: Speech) -> Iterator[Finding]:
    """What is attached says in words what it is."""
    for row in speech.attachments.all():
        if not row.title.strip():
            message = _("An attachment has no title.")
            yield Finding(False, message, f"attachments/{row.pk}/title")
