"""From the words of a text to suggestions, and what becomes of them when things change."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Name, Organization
from iomsite.publishing.workflow import perform
from speeches.mentions.deciding import confirm, reject
from speeches.mentions.linking import link, link_if_waiting, progress, waiting_texts
from speeches.models import Mention, Rejection, SpeechText
from speeches.targets import Target
from tests.make import (
    make_appointment,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
    make_text,
)

pytestmark = pytest.mark.django_db

FORUM = "Global Forum on Sample Matters"


def text_with(*paragraphs: str, **values: Any) -> SpeechText:
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    found: SpeechText = make_speech(body=body, **values).texts.get()
    return found


def suggested(text: SpeechText) -> list[tuple[str, str, Target]]:
    return [
        (mention.surface, mention.status, mention.target)
        for mention in Mention.objects.filter(passage__speech_text=text).in_reading_order()
    ]


def test_every_name_becomes_a_suggestion_with_its_reason() -> None:
    forum = make_organization(name=FORUM, acronym="GFSM")
    text = text_with(f"We thank the {FORUM} (GFSM).", "The GFSM met in France.")

    link(text)

    assert suggested(text) == [
        (f"{FORUM} (GFSM)", "suggested", Target("organization", forum.pk)),
        ("GFSM", "suggested", Target("organization", forum.pk)),
        ("France", "suggested", Target("country", "FR")),
    ]
    assert all(mention.reason["code"] for mention in Mention.objects.all())


def test_linking_twice_changes_nothing() -> None:
    make_organization(name=FORUM)
    text = text_with(f"We thank the {FORUM}.")
    link(text)
    before = list(Mention.objects.values())

    link(text)

    assert list(Mention.objects.values()) == before


def test_decisions_outlive_linking() -> None:
    make_organization(name=FORUM)
    text = text_with(f"We thank the {FORUM}.", "We thank France.")
    link(text)
    forum, france = Mention.objects.in_reading_order().select_related("passage__speech_text")
    confirm([forum], make_staff())
    reject(france, make_staff())

    link(text)

    assert [(m.surface, m.status) for m in Mention.objects.in_reading_order()] == [
        (FORUM, "confirmed"),
        ("France", "rejected"),
    ]


def test_a_rejection_for_all_speeches_holds_for_a_new_one() -> None:
    text = text_with("We thank Georgia.")
    link(text)
    reject(Mention.objects.select_related("passage__speech_text").get(), make_staff(),
           everywhere=True)  # fmt: skip

    other = text_with("We thank Georgia again.")
    link(other)

    assert suggested(other) == []


def test_a_rejection_in_one_speech_leaves_the_others() -> None:
    text, other = text_with("We thank Georgia."), text_with("We thank Georgia again.")
    for one in (text, other):
        link(one)
    first = Mention.objects.filter(passage__speech_text=text).select_related("passage__speech_text")
    reject(first.get(), make_staff())

    link(other)

    assert [status for _, status, _ in suggested(other)] == ["suggested"]


def test_an_office_leads_to_its_holder_on_the_day() -> None:
    office = make_office(name="Sample Director", organization=make_organization(name=FORUM))
    holder = make_person(name="A. Sample")
    make_appointment(office=office, person=holder, starts_on=date(2007, 1, 1))
    text = text_with(f"I thank the Sample Director of the {FORUM}.", delivered_on=date(2008, 1, 7))

    link(text)

    assert Mention.objects.get(office=office).holder == holder


def test_a_meeting_is_told_by_its_year() -> None:
    series = make_meeting_series(name="Sample Forum Meeting", editions="year")
    meeting = make_meeting(name="Second Sample Forum Meeting", series=series, ordinal=2,
                           starts_on=date(2008, 10, 27))  # fmt: skip
    text = text_with("The Sample Forum Meeting in 2008 decided it.")

    link(text)

    assert Target("meeting", meeting.pk) in [target for _, _, target in suggested(text)]


def test_a_new_name_lets_the_texts_wait() -> None:
    organization = make_organization(name=FORUM)
    text = text_with("The Sample Undertaking met.")
    link(text)
    assert not waiting_texts().exists()

    Name.objects.create(organization=organization, text="Sample Undertaking", language="en")

    assert list(waiting_texts()) == [text]
    assert link_if_waiting(text)
    assert [surface for surface, *_ in suggested(text)] == ["Sample Undertaking"]
    assert not link_if_waiting(text)


def test_a_name_that_is_gone_is_suggested_no_more() -> None:
    organization = make_organization(name=FORUM)
    text = text_with(f"The {FORUM} met.")
    link(text)

    Organization.objects.get(pk=organization.pk).delete()
    link(text)

    assert suggested(text) == []


def test_a_removed_entry_is_suggested_no_more() -> None:
    organization = make_organization(name=FORUM)
    text = text_with(f"The {FORUM} met.")
    perform("remove", organization, None, notice="A mistake.")

    link(text)

    assert suggested(text) == []


def test_the_command_links_what_waits_and_says_how_many(capsys: Any) -> None:
    for _number in range(3):
        text_with("We thank France.")

    call_command("link_mentions")
    call_command("link_mentions")
    call_command("link_mentions", "--all")

    assert capsys.readouterr().out.split("\n")[:3] == [
        "3 texts looked through.", "0 texts looked through.", "3 texts looked through.",
    ]  # fmt: skip
    assert progress() == (3, 3)


def test_each_language_has_its_names() -> None:
    speech = make_speech()
    text = make_text(
        speech=speech,
        language="fr",
        kind="official",
        title="Discours",
        body="<p>La Suède agit.</p>",
    )

    link(text)

    assert suggested(text) == [("Suède", "suggested", Target("country", "SE"))]


def test_linking_asks_the_same_however_many_names_it_finds() -> None:
    one = text_with("We thank France.")
    many = text_with(*["We thank France, Chile, Kenya and Japan."] * 2)
    link(one)
    link(many)
    counts = []
    for text in (one, many):
        Mention.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            link(text)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_rejections_count_once() -> None:
    text = text_with("Georgia and Georgia.")
    link(text)
    first = Mention.objects.select_related("passage__speech_text").first()
    assert first is not None

    assert reject(first, make_staff()) == 2
    assert Rejection.objects.count() == 1
