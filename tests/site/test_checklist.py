"""The checklist: what keeps an item back, what had better be mended, and where."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from iomsite.dates import Precision
from iomsite.publishing.checklist import Finding, findings
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Status
from iomsite.publishing.text_checks import link_findings
from iomsite.publishing.workflow import NotReady, perform
from iomsite.publishing.writing import is_written_otherwise
from speeches.models import Contribution, Speech, SpeechText
from tests.make import (
    make_appointment,
    make_meeting,
    make_office,
    make_organization,
    make_page,
    make_person,
    make_speech,
    make_staff,
    make_text,
)

pytestmark = pytest.mark.django_db


def said_of(item: Any) -> list[Finding]:
    return findings(Desk(item))


def fields(item: Any, *, blocking: bool | None = None) -> set[str]:
    return {f.field for f in said_of(item) if blocking is None or f.blocks == blocking}


def make_good_speech(**values: Any) -> Speech:
    """Make a speech of which the checklist has nothing to say."""
    appointment = make_appointment()
    return make_speech(
        **{
            "status": Status.DRAFT,
            "delivery_status": Speech.DeliveryStatus.AS_DELIVERED,
            "delivered_on": date(2010, 5, 4),
            "person": appointment.person,
            "office": appointment.office,
        }
        | values
    )


def text_of(speech: Speech) -> SpeechText:
    return speech.texts.get()


def test_nothing_is_said_of_a_speech_that_is_right() -> None:
    assert said_of(make_good_speech()) == []


def test_a_speech_without_a_text_is_kept_back() -> None:
    speech = make_good_speech()
    speech.texts.all().delete()

    assert fields(speech, blocking=True) == {"texts/"}


def test_a_speech_without_a_day_is_kept_back() -> None:
    assert fields(make_good_speech(delivered_on=None), blocking=True) == {"delivered_on"}


def test_what_is_kept_back_is_not_published_and_says_why() -> None:
    speech = make_good_speech(delivered_on=None)
    perform("submit", speech)

    with pytest.raises(NotReady, match="Say when the speech was delivered"):
        perform("publish", speech, make_staff())
    speech.refresh_from_db()
    assert speech.status == Status.IN_REVIEW


def test_a_speech_to_come_was_not_delivered_yet() -> None:
    speech = make_good_speech(delivered_on=timezone.localdate() + timedelta(days=3))

    assert "delivery_status" in fields(speech, blocking=True)
    assert "delivered_on" in fields(speech, blocking=False)


def test_an_old_speech_should_have_been_checked_against_delivery() -> None:
    speech = make_good_speech(delivery_status=Speech.DeliveryStatus.CHECK_AGAINST_DELIVERY)

    assert fields(speech) == {"delivery_status"}


def test_an_office_has_to_be_held_on_the_day_of_the_speech() -> None:
    speech = make_good_speech(delivered_on=date(2019, 1, 1))
    row = speech.contributions.get()

    assert fields(speech) == {f"contributions/{row.pk}/office"}


@pytest.mark.parametrize(
    ("day", "precision", "is_held"),
    [
        (date(2018, 1, 1), Precision.YEAR, True),
        (date(2018, 9, 1), Precision.MONTH, True),
        (date(2018, 10, 1), Precision.MONTH, False),
        (date(2019, 1, 1), Precision.YEAR, False),
        (date(2008, 1, 1), Precision.YEAR, True),
        (date(2008, 9, 30), Precision.DAY, False),
        (date(2008, 10, 1), Precision.DAY, True),
    ],
)
def test_a_partial_date_is_compared_as_far_as_it_is_known(
    day: date, precision: Precision, is_held: bool
) -> None:
    speech = make_good_speech(delivered_on=day, delivered_precision=precision)

    assert (said_of(speech) == []) == is_held


def test_an_office_that_ended_some_time_in_a_year_may_be_held_in_it() -> None:
    appointment = make_appointment(ends_on=date(2018, 1, 1), ends_precision=Precision.YEAR)
    speech = make_good_speech(
        person=appointment.person, office=appointment.office, delivered_on=date(2018, 5, 1)
    )

    assert said_of(speech) == []


def test_a_speaker_the_public_cannot_see_is_named() -> None:
    speech = make_good_speech(person=None, office=None)
    person = make_person(status=Status.DRAFT)
    row = Contribution.objects.create(speech=speech, person=person, office_name="Chair")

    assert f"contributions/{row.pk}/person" in fields(speech, blocking=False)


def test_a_speech_without_a_speaker_is_let_through_with_a_warning() -> None:
    assert fields(make_good_speech(person=None, office=None)) == {"contributions/"}


def test_the_language_of_the_text_is_the_language_spoken() -> None:
    speech = make_good_speech(original_language="en")
    Speech.objects.filter(pk=speech.pk).update(original_language="fr")

    assert {"original_language", f"texts/{text_of(speech).pk}/language"} == fields(speech)


def test_a_text_in_another_script_than_that_of_its_language_is_noticed() -> None:
    speech = make_good_speech()
    arabic = "<p>" + "السيد الرئيس أشكركم على هذه الكلمة " * 5 + "</p>"
    text = make_text(speech=speech, language="fr", kind="official", title="الكلمة", body=arabic)

    assert fields(speech) == {f"texts/{text.pk}/language"}


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Short", "ar", False),
        ("A long text in English that goes on for a while, and on.", "ar", True),
        ("A long text in English that goes on for a while, and on.", "es", False),
        ("Длинный русский текст, который всё ещё продолжается дальше и дальше.", "ru", False),
        ("Длинный русский текст, который всё ещё продолжается дальше и дальше.", "en", True),
        ("移民是人类历史上最古老的现象之一" * 4, "zh-hans", False),
        ("1951 2008 430 – 12/34 " * 20, "ru", False),
    ],
)
def test_scripts_are_told_apart(words: str, language: str, expected: bool) -> None:
    assert is_written_otherwise(f"<p>{words}</p>", language) is expected


@pytest.mark.parametrize(
    ("html", "part"),
    [
        ('<a href="">Rules</a>', "leads nowhere"),
        ("<a>Rules</a>", "leads nowhere"),
        ('<a href="/speeches/">Rules</a>', "no whole web address"),
        ('<a href="file.pdf">Rules</a>', "no whole web address"),
        ('<a href="https:///x">Rules</a>', "no whole web address"),
        ('<a href="http://[x">Rules</a>', "no whole web address"),
        ('<a href="#">Rules</a>', "no whole web address"),
        ('<a href="mailto:nobody">Rules</a>', "no whole web address"),
        ('<a href="https://example.org/"> </a>', "no words"),
        ('<a href="https://example.org/">Click here</a>', "does not say where"),
        ('<a href="https://example.org/">here…</a>', "does not say where"),
        ('<a href="https://example.org/">Cliquez ici</a>', "does not say where"),
    ],
)
def test_a_bad_link_is_found(html: str, part: str) -> None:
    (finding,) = link_findings(f"<p>See {html}.</p>", "body")

    assert part in finding.message
    assert not finding.blocks


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://example.org/">the rules of procedure</a>',
        '<a href="mailto:press@example.org">the press office</a>',
        '<a href="#p12">paragraph 12</a>',
        "No link at all, but a < b",
        "",
    ],
)
def test_nothing_is_said_of_a_good_link(html: str) -> None:
    assert list(link_findings(f"<p>{html}</p>", "body")) == []


def test_a_hundred_bad_links_are_a_handful_of_findings() -> None:
    assert len(list(link_findings('<p><a href="x">Rules</a></p>' * 100, "body"))) == 5


def test_the_day_of_a_speech_lies_within_its_meeting() -> None:
    meeting = make_meeting(starts_on=date(2010, 5, 3), ends_on=date(2010, 5, 5))
    assert said_of(make_good_speech(meeting=meeting)) == []

    later = make_good_speech(meeting=meeting, delivered_on=date(2010, 5, 6))
    assert fields(later) == {"delivered_on"}


def test_a_hidden_meeting_is_noticed() -> None:
    meeting = make_meeting(starts_on=None, ends_on=None, status=Status.DRAFT)

    assert fields(make_good_speech(meeting=meeting)) == {"meeting"}


def test_a_page_needs_a_title_and_its_links() -> None:
    page = make_page(body='<p><a href="x">Rules</a></p>', status=Status.DRAFT)
    assert fields(page) == {f"texts/{page.texts.get().pk}/body"}

    page.texts.all().delete()
    assert fields(page, blocking=True) == {"texts/"}


def test_a_page_below_a_hidden_one_is_noticed() -> None:
    page = make_page(parent=make_page(status=Status.DRAFT), status=Status.DRAFT)

    assert fields(page) == {"parent"}


def test_an_entry_of_the_directory_is_looked_at_too() -> None:
    hidden = make_organization(status=Status.DRAFT)
    office = make_office(organization=hidden, description='<p><a href="x">Rules</a></p>')
    assert fields(office) == {"organization", "description"}

    organization = make_organization(website="http://example.org/", uncertain_fields=["country"])
    assert fields(organization) == {"website", "uncertain_fields"}
    assert fields(make_meeting(starts_on=None, ends_on=None)) == {"starts_on"}


def test_each_finding_leads_to_the_control_where_it_is_mended(client: Client) -> None:
    speech = make_good_speech(delivered_on=None)
    SpeechText.objects.filter(speech=speech).update(title=" ")
    client.force_login(make_staff())

    page = BeautifulSoup(client.get(f"/admin/speeches/speech/{speech.pk}/change/").content, "lxml")

    links = [link["href"] for link in page.select(".checklist a")]
    assert {"#id_delivered_on", "#id_texts-0-title"} <= set(links)
    for link in links:
        assert page.select_one(f"[id='{link[1:]}']"), link


def test_the_checklist_asks_a_bounded_number_of_questions(
    django_assert_max_num_queries: Any,
) -> None:
    speech = make_good_speech()
    for _number in range(10):
        appointment = make_appointment()
        Contribution.objects.create(
            speech=speech, person=appointment.person, office=appointment.office
        )

    with django_assert_max_num_queries(14):
        assert findings(Desk(speech)) == []
