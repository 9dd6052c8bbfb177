"""A small world with one of everything, and the address of every kind of public page."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from initiatives.models import Membership, Name, Participation, Term
from iomsite.publishing.desk import Desk
from iomsite.publishing.history import write_version
from iomsite.publishing.models import Status
from speeches.models import Attachment, Contribution, Speech
from tests.histories import change
from tests.make import (
    make_agenda_item,
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_page,
    make_person,
    make_speech,
    make_text,
    public,
)
from tests.searching import index_everything

LONG_BODY = """
<p>Mr Chairman, the first paragraph says what the second one will not repeat.</p>
<h2>What we have learned</h2>
<p>People move, and <strong>they</strong> have <em>always</em> moved, as
<a href="https://example.org/">others have said before</a>.</p>
<ul><li>First, safe routes.</li><li>Second, fair fees.</li></ul>
<h3>From the regions</h3>
<blockquote><p>We were asked to listen.</p></blockquote>
<table><thead><tr><th>Year</th><th>Offices</th></tr></thead>
<tbody><tr><td>1951</td><td>12</td></tr><tr><td>2008</td><td>430</td></tr></tbody></table>
<h2>What remains</h2>
<p>Averyveryverylongwordwithoutanybreakthatmustnotpushthepagesidewaysonasmallscreen.</p>
<p>The last paragraph thanks everybody.</p>
"""

FIRST_BODY = LONG_BODY.replace("always", "often").replace(
    "<p>The last paragraph thanks everybody.</p>", ""
)

ARABIC_BODY = "<p>السيد الرئيس، أشكركم.</p><h2>ما تعلمناه</h2><p>الناس ينتقلون دائما.</p>"

PATHS = {
    "home": ("home",),
    "search": ("search",),
    "about": ("about",),
    "speech list": ("speeches:speech_list",),
    "speech": ("speeches:speech", "the-long-speech"),
    "speech in one language": ("speeches:speech_text", "the-long-speech", "en"),
    "history": ("speeches:history", "the-long-speech"),
    "two versions compared": ("speeches:comparison", "the-long-speech"),
    "old version": ("speeches:version", "the-long-speech", 1),
    "withdrawn speech": ("speeches:speech", "the-withdrawn-speech"),
    "organization list": ("initiatives:organization_list",),
    "organization": ("initiatives:organization", "the-organization"),
    "person list": ("initiatives:person_list",),
    "person": ("initiatives:person", "the-person"),
    "initiative list": ("initiatives:initiative_list",),
    "initiative": ("initiatives:initiative", "the-initiative"),
    "meeting list": ("initiatives:meeting_list",),
    "meeting": ("initiatives:meeting", "the-meeting"),
    "meeting series list": ("initiatives:meeting_series_list",),
    "meeting series": ("initiatives:meeting_series", "the-series"),
    "country list": ("initiatives:country_list",),
    "country": ("initiatives:country", "CH"),
    "glossary": ("initiatives:glossary",),
    "section page": ("pages:page", "who-we-are"),
    "search with hits": ("search",),
    "search with filters": ("search",),
    "search without hits": ("search",),
    "speech with marked words": ("speeches:speech", "the-long-speech"),
    "not found": ("speeches:speech", "there-is-no-such-speech"),
    "gone": ("speeches:speech", "the-removed-speech"),
}
"""Every kind of public page, by the name of its address and what stands in it."""

QUERIES = {
    "search with hits": "?q=the",
    "search with filters": "?q=speech&status=check_against_delivery&from=1980&to=1989",
    "search without hits": "?q=speech&country=CH&to=1970",
    "two versions compared": "?old=1&new=2",
    "speech with marked words": "?highlight=paragraph",
}

ERRORS = {"not found": 404, "gone": 410}
"""The pages that answer with an error, as they should."""


def path_of(kind: str, language: str = "en") -> str:
    """Return the address of one kind of page in a language."""
    name, *arguments = PATHS[kind]
    with override(language):
        return reverse(name, args=arguments) + QUERIES.get(kind, "")


def make_world() -> Speech:
    """Make one of everything, related to everything, and return the longest speech."""
    parent = make_organization(name="The Parent Organization")
    organization = make_organization(
        slug="the-organization", name="The Organization", acronym="ORG", parent=parent,
        founded_on=date(1951, 12, 5), headquarters="Geneva", country="CH",
        website="https://example.org/", description="<p>It meets every year.</p>",
        uncertain_fields=["founded_on"],
    )  # fmt: skip
    Name.objects.create(organization=organization, text="المنظمة", language="ar", kind="primary")
    Membership.objects.create(member_country="CH", group=organization)
    person = make_person(
        slug="the-person", name="Ada Example", family_name="Example", nationality="CH"
    )
    office = make_office(organization=organization, name="Director General")
    make_appointment(person=person, office=office)
    initiative = make_initiative(
        slug="the-initiative", name="The Initiative", starts_on=date(2006, 1, 1)
    )
    Participation.objects.create(organization=organization, initiative=initiative, role="lead")
    series = make_meeting_series(slug="the-series", name="The Council", organizer=organization)
    meeting = make_meeting(
        slug="the-meeting", name="The ninety-sixth Council", series=series, ordinal=96,
        country="CH", place="Geneva", host=organization,
    )  # fmt: skip
    meeting.organizers.add(organization)
    item = make_agenda_item(meeting=meeting)
    Term.objects.create(
        **public(
            {"slug": "labour-migration", "name": "Labour migration", "note": "Moving for work."}
        )
    )
    section = make_page(slug="who-we-are", title="Who we are")
    make_page(slug="history", title="History", parent=section)
    speech = make_speech(
        slug="the-long-speech", title="The long speech", body=FIRST_BODY, person=person,
        office=office, meeting=meeting, agenda_item=item, country="CH", position=2,
    )  # fmt: skip
    make_text(speech=speech, language="ar", kind="official", title="الكلمة", body=ARABIC_BODY)
    Contribution.objects.create(
        speech=speech, role="represented", name="The Chair", on_behalf_of_country="CH"
    )
    Attachment.objects.create(speech=speech, title="Slides", url="https://example.org/slides")
    speech.organizations.add(organization)
    speech.initiatives.add(initiative)
    with transaction.atomic():
        write_version(Desk.locked(speech))
    change(speech, body=LONG_BODY, note="The last paragraph was missing.")
    make_speech(
        title="The neighbour", speaker="Somebody", meeting=meeting, agenda_item=item, position=1
    )
    for status in (Status.WITHDRAWN, Status.REMOVED):
        make_speech(slug=f"the-{status}-speech", title=f"The {status} speech", status=status)
    for number in range(24):
        make_speech(title=f"Speech number {number}", delivered_on=date(1981 + number, 5, 1))
    index_everything()
    return speech
