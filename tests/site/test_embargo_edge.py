"""The edge of an embargo: a moment before, nothing; a moment after, everything, everywhere.

The database's clock cannot be stopped, so these tests set an embargo a few seconds ahead,
ask for everything, and wait. If asking took until the embargo was over, they ask again with
a later one.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from initiatives.models import Appointment, Participation, Term
from iomsite.audit.log import record
from iomsite.caching import state
from iomsite.caching.revision import note_change
from iomsite.publishing.models import Publishable, Status, WorkingCopy
from iomsite.publishing.snapshot import content_hash, snapshot
from speeches.models import Attachment
from tests.make import (
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_page,
    make_person,
    make_speech,
)
from tests.searching import index_everything
from tests.site.test_publishing import small_picture

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "xanthocanary"
QUOTED = f"we all shall hear that the {WORD} sings at night"

OWN = {
    "speech": "/en/speeches/canary/",
    "speech in one language": "/en/speeches/canary/en/",
    "organization": "/en/organizations/canary/",
    "person": "/en/people/canary/",
    "initiative": "/en/initiatives/canary/",
    "series": "/en/meetings/series/canary/",
    "meeting": "/en/meetings/canary/",
    "section": "/en/canary/",
}
"""Pages of what is under the embargo: before, an unknown address each."""

OTHER = {
    "home": "/en/",
    "menu": "/en/about/",
    "speeches": "/en/speeches/",
    "organizations": "/en/organizations/",
    "people": "/en/people/",
    "initiatives": "/en/initiatives/",
    "meetings": "/en/meetings/",
    "all series": "/en/meetings/series/",
    "country": "/en/countries/TV/",
    "glossary": "/en/glossary/",
    "open speech": "/en/speeches/open/",
    "open body": "/en/organizations/open/",
    "search": "/en/search/?q=sings",
    "facets": "/en/search/?q=river",
    "marked": "/fr/search/?q=sings+night",
    "suggestions": "/en/search/suggestions/?q=xan",
    "feed": "/en/search/feed/?q=sings",
    "newest": "/en/search/feed/",
    "json": "/en/search/results.json?q=sings",
    "csv": "/en/search/results.csv",
    "raw": "/en/search/results.csv?raw=1",
    "quote": "/en/quote/?text=all+shall+hear+that+the+canary+sings+at+night",
}
"""Pages that show it when it is public: before, they answer without it."""

TRENDS = {
    "trend": "/en/trend/?phrase=sings",
    "trend as a table": "/en/trend/table.csv?phrase=sings",
}
"""Pages that count it: before, their numbers are others."""


@pytest.fixture(params=["with caches", "without caches"])
def caches(request, settings):
    if request.param == "without caches":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return request.param


@pytest.fixture
def hidden():
    """Make one of everything under an embargo, related to each other and to something public."""
    values = {"name": WORD.title(), "slug": "canary"}
    body = make_organization(
        **values, logo=ContentFile(small_picture(), name="x.png"), logo_alternative="x"
    )
    series = make_meeting_series(**values)
    meeting = make_meeting(**values, series=series)
    person, initiative = make_person(**values), make_initiative(**values)
    office = make_office(slug="office", name=f"Chair of {WORD}", organization=body)
    term = Term.objects.create(slug="canary", name=WORD, note="A bird.", status=Status.DRAFT)
    page = make_page(slug="canary", title=WORD.title())
    speech = make_speech(
        slug="canary", title=f"On the {WORD}", body=f"<p>Listen: {QUOTED}.</p>",
        person=person, office=office, meeting=meeting, country="TV",
    )  # fmt: skip
    Attachment.objects.create(
        speech=speech, title=WORD, file=ContentFile(b"%PDF-1.7 canary", name=f"{WORD}.pdf")
    )
    public_speech = make_speech(slug="open", title="Open", body="<p>A river.</p>", meeting=meeting)
    public_body = make_organization(slug="open", name="Open", parent=body)
    Participation.objects.create(organization=public_body, initiative=initiative, role="lead")
    make_appointment(person=person, office=office)
    assert Appointment.objects.exists()
    for related in (speech, public_speech):
        related.organizations.add(body)
        related.initiatives.add(initiative)
    return [body, series, meeting, person, initiative, office, term, page, speech]


def clock() -> datetime:
    return state.read().now


def embargo(items: list[Publishable], seconds: float) -> datetime:
    """Publish items in the future, saved as staff save them."""
    until = clock() + timedelta(seconds=seconds)
    for item in items:
        item.status, item.published_at = Status.PUBLISHED, until
        item.save()
    index_everything()
    return until


def addresses(items: list[Publishable]) -> dict[str, str]:
    files = {
        "file": items[-1].attachments.get().get_absolute_url(),
        "picture": items[0].logo.url,
    }
    return OWN | files | OTHER | TRENDS


def ask(client, asked: dict[str, str]) -> dict[str, tuple[int, bytes]]:
    answers = {}
    for name, address in asked.items():
        response = client.get(address)
        streamed = getattr(response, "streaming_content", None)
        content = b"".join(streamed) if streamed else response.content
        answers[name] = response.status_code, content
    return answers


def ask_before(client, items):
    """Ask for everything during an embargo, twice, so that what can be kept is kept."""
    asked = addresses(items)
    for seconds in (3, 8, 20, 60):
        until = embargo(items, seconds)
        first, second = ask(client, asked), ask(client, asked)
        if clock() < until - timedelta(milliseconds=100):
            return asked, first, second, until
    raise AssertionError("This machine is too slow to tell before from after.")


def wait_for(moment: datetime) -> None:
    while clock() <= moment:
        time.sleep(0.05)


def test_a_second_before_there_is_nothing_and_a_second_after_everything(client, caches, hidden):
    asked, *before, until = ask_before(client, hidden)

    unknown = client.get("/en/speeches/there-is-none/")
    for answered in before:
        for name in (*OWN, "file", "picture"):
            assert answered[name][0] == 404, name
            assert WORD.encode() not in answered[name][1].lower(), name
        for name in OTHER:
            assert answered[name][0] == 200, name
            assert WORD.encode() not in answered[name][1].lower(), name
        own_address = answered["speech"][1].replace(b"canary", b"there-is-none")
        assert own_address == unknown.content

    wait_for(until)

    after = ask(client, asked)
    assert {name for name, (status, _page) in after.items() if status != 200} == set()
    silent = {name for name in (*OWN, *OTHER) if WORD.encode() not in after[name][1].lower()}
    assert silent == set()
    assert after["file"][1] == b"%PDF-1.7 canary"
    for name in TRENDS:
        assert after[name] != before[0][name], name


def test_the_numbers_on_the_home_page_count_it_from_that_moment(client, caches, hidden):
    asked = {"home": "/en/", "about": "/en/about/"}
    for item in hidden:
        item.status, item.published_at = Status.DRAFT, None
        item.save()
    without = ask(client, asked)
    for seconds in (3, 10, 30):
        until = embargo(hidden, seconds)
        during = ask(client, asked)
        if clock() < until:
            break

    wait_for(until)

    assert during == without
    assert all(page != without[name] for name, page in ask(client, asked).items())


def test_the_tests_above_would_notice_a_page_that_is_kept_too_long(client, monkeypatch, hidden):
    """Keep pages as if nothing changed by itself: the edge must then be missed."""
    monkeypatch.setattr(state, "_state", without_boundaries)
    _asked, _first, second, until = ask_before(client, hidden)
    assert b"Xanthocanary" not in second["home"][1]

    wait_for(until)

    assert ask(client, {"home": "/en/"})["home"] == second["home"]
    monkeypatch.undo()
    assert b"Xanthocanary" in ask(client, {"home": "/en/"})["home"][1]


def without_boundaries(held, now):
    return state.State(f"{held.revision}{held.own}", now, now + timedelta(days=1), held.frame)


def test_the_tests_above_would_notice_what_gets_out_early(client, hidden):
    """Lift the embargo of one item behind its back: it must be found before the time."""
    _asked, _first, _second, until = ask_before(client, hidden)
    assert until > clock()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE initiatives_person SET published_at = created_at")
    note_change()

    assert WORD.encode() in ask(client, {"people": "/en/people/"})["people"][1].lower()


def test_a_scheduled_working_copy_is_swapped_in_by_the_first_who_asks_after_its_time(
    client, caches
):
    page = make_page(slug="canary", title="As it was")
    content = snapshot(page, internal=True)
    content["parts"]["texts"][0]["fields"]["title"] = WORD.title()
    due = clock() + timedelta(seconds=2)
    WorkingCopy.objects.create(
        kind="pages.page", item=page.pk, content=content, stage="scheduled", due_at=due,
        base_hash=content_hash(snapshot(page)),
    )  # fmt: skip
    record("publishing.schedule", actor=None, kind="pages.page", item=page.pk)
    asked = {"page": "/en/canary/", "home": "/en/"}
    for _time in range(2):
        assert all(b"As it was" in content for _status, content in ask(client, asked).values())

    wait_without_asking_until(due)

    assert all(WORD.title().encode() in content for _status, content in ask(client, asked).values())
    assert not WorkingCopy.objects.exists()


def wait_without_asking_until(moment: datetime) -> None:
    time.sleep(max(0, (moment - datetime.now(UTC)).total_seconds()) + 0.1)
