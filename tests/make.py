"""Make one row of the thing a test is about; every value has a default that works.

Rows are published unless a test says otherwise: most tests ask what the public sees.
"""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from initiatives.models import (
    AgendaItem,
    Appointment,
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
)
from iomsite.pages.models import Page, PageText
from iomsite.publishing.models import Status
from speeches.models import Contribution, Speech, SpeechText

_numbers = count(1)


def public(values: dict[str, Any]) -> dict[str, Any]:
    """Return values that publish an item since yesterday, unless they say otherwise."""
    published = {"status": Status.PUBLISHED, "published_at": timezone.now() - timedelta(days=1)}
    if values.get("status") in {Status.DRAFT, Status.IN_REVIEW}:
        published["published_at"] = None  # type: ignore[assignment]
    if values.get("status") in {Status.WITHDRAWN, Status.REMOVED}:
        published["public_notice"] = "Taken back for a test."
    return published | values


def _entity(model: Any, kind: str, values: dict[str, Any]) -> Any:
    number = next(_numbers)
    defaults = {"slug": f"{kind}-{number}", "name": f"{kind.title()} {number}"}
    return model.objects.create(**defaults | public(values))


def make_organization(**values: Any) -> Organization:
    return _entity(Organization, "organization", values)


def make_person(**values: Any) -> Person:
    return _entity(Person, "person", values)


def make_office(**values: Any) -> Office:
    values.setdefault("organization", values.get("organization") or make_organization())
    return _entity(Office, "office", values)


def make_appointment(**values: Any) -> Appointment:
    defaults = {"starts_on": date(2008, 10, 1), "ends_on": date(2018, 9, 30)}
    values.setdefault("person", values.get("person") or make_person())
    values.setdefault("office", values.get("office") or make_office())
    return Appointment.objects.create(**defaults | values)


def make_initiative(**values: Any) -> Initiative:
    return _entity(Initiative, "initiative", values)


def make_meeting_series(**values: Any) -> MeetingSeries:
    return _entity(MeetingSeries, "series", values)


def make_meeting(**values: Any) -> Meeting:
    defaults = {"starts_on": date(2008, 10, 27), "ends_on": date(2008, 10, 30)}
    return _entity(Meeting, "meeting", defaults | values)


def make_agenda_item(**values: Any) -> AgendaItem:
    number = next(_numbers)
    values.setdefault("meeting", values.get("meeting") or make_meeting())
    defaults = {"number": str(number), "position": number, "title": f"Agenda item {number}"}
    return AgendaItem.objects.create(**defaults | values)


def make_speech(
    *,
    title: str = "A speech about migration",
    body: str = "<p>The first paragraph.</p><p>The second paragraph.</p>",
    person: Person | None = None,
    speaker: str = "",
    office: Office | None = None,
    **values: Any,
) -> Speech:
    """Make a speech with one text in its language and, if asked, one speaker."""
    language = values.setdefault("original_language", "en")
    speech = Speech.objects.create(**{"delivered_on": date(2008, 1, 17)} | public(values))
    make_text(speech=speech, language=language, title=title, body=body)
    if person or speaker or office:
        Contribution.objects.create(speech=speech, person=person, name=speaker, office=office)
    return speech


def make_text(**values: Any) -> SpeechText:
    defaults = {"language": "en", "title": "A speech about migration", "body": "<p>Words.</p>"}
    return SpeechText.objects.create(**defaults | values)


def make_page(*, title: str = "Who we are", **values: Any) -> Page:
    """Make a section page with an English text."""
    number = next(_numbers)
    introduction = values.pop("introduction", "An introduction.")
    body = values.pop("body", "<p>The body of the page.</p>")
    page = Page.objects.create(**{"slug": f"page-{number}"} | public(values))
    PageText.objects.create(page=page, title=title, introduction=introduction, body=body)
    return page


def make_staff(role: str = "", **values: Any) -> User:
    """Make an account that may enter the admin: in a role's group, or as superuser."""
    number = next(_numbers)
    user = User.objects.create_user(
        **{"username": f"staff-{number}", "password": "a long test password", "is_staff": True}
        | values
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    else:
        user.is_superuser = True
        user.save()
    return user
