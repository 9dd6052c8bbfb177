"""Writing parsed speeches: who is recognized and what becomes of the words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from initiatives.models import Meeting, Name
from iomsite.dates import Precision
from iomsite.publishing.models import Status
from speeches.importers.parsed import (
    ParsedText,
)
from speeches.importers.resolve import english_ordinal
from speeches.models import Contribution, Passage, Source, Speech, SpeechText
from tests.make import (
    make_agenda_item,
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
)
from tests.speeches.parsed import TEXT, a_source, messages, parsed, problems, spoken_by, write

pytestmark = pytest.mark.django_db


class TestANewSpeech:
    def test_is_a_draft_with_its_text_passages_and_source(self) -> None:
        report = write(parsed(place="Oslo", country="NO", delivery_status="as_delivered"))
        speech = Speech.objects.get()
        assert (report.created, report.problems) == (1, [])
        assert (speech.status, speech.published_at) == (Status.DRAFT, None)
        assert (speech.place, speech.country, speech.delivery_status) == (
            "Oslo",
            "NO",
            "as_delivered",
        )
        assert speech.texts.get().title == "On shared waters"
        assert [passage.text for passage in Passage.objects.all()] == [
            "First words.",
            "Second words.",
        ]
        source = Source.objects.get()
        assert (source.uri, source.checksum) == ("speeches.csv#1", "a" * 64)

    def test_is_published_when_asked(self) -> None:
        write(parsed(), publish=True)
        assert Speech.objects.published().count() == 1

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"delivered_on": None}, "date of delivery"),
            ({"delivered_on": timezone.localdate() + timedelta(days=9)}, "not delivered yet"),
            ({"texts": (replace(TEXT, title=" "),)}, "no title"),
        ],
    )
    def test_stays_a_draft_when_it_may_not_be_public(
        self, change: dict[str, Any], reason: str
    ) -> None:
        report = write(parsed(**change), publish=True)
        assert Speech.objects.get().status == Status.DRAFT
        assert reason in messages(report)

    def test_of_unknown_language_is_taken_for_english_with_a_remark(self) -> None:
        report = write(parsed(texts=(replace(TEXT, language=""),)))
        assert SpeechText.objects.get().language == "en"
        assert "language is not known" in messages(report)
        assert "language is not known" in Speech.objects.get().staff_note

    def test_may_have_texts_in_several_languages(self) -> None:
        french = ParsedText("Les eaux partagées", "<p>Des mots.</p>", "fr", "official")
        write(parsed(texts=(french, TEXT)))
        speech = Speech.objects.get()
        assert speech.original_language == "en"
        assert set(speech.texts.values_list("language", "kind")) == {
            ("en", "original"),
            ("fr", "official"),
        }

    def test_loses_any_script_on_the_way(self) -> None:
        html = '<p onclick="run()">Words<script>alert(1)</script></p><iframe src="x"></iframe>'
        note = "Summary\x00 of it"
        write(parsed(texts=(replace(TEXT, html=html, summary=note, title="A\x07 title"),)))
        text = SpeechText.objects.get()
        assert text.body == "<p>Words</p>"
        assert "script" not in text.html
        assert (text.title, text.summary) == ("A title", "Summary of it")


class TestNames:
    def test_a_person_is_recognized_by_an_exact_name_with_or_without_titles(self) -> None:
        person = make_person(name="Ada Sample")
        for number, name in enumerate(("Ada Sample", "H.E. Ms. Ada  Sample", "Dr. ADA SAMPLE")):
            source = a_source(f"x#{number}", str(number) * 64)
            write(parsed(source=source, contributions=spoken_by(name)))
        assert set(Contribution.objects.values_list("person", flat=True)) == {person.pk}
        assert Contribution.objects.filter(name="H.E. Ms. Ada  Sample").exists()

    def test_a_person_is_recognized_by_another_name_or_the_slug(self) -> None:
        person = make_person(name="Ada Sample", slug="ada")
        Name.objects.create(person=person, text="Ada Example", kind=Name.Kind.FORMER)
        people = (*spoken_by("Ada Example"), *spoken_by(person="ada", role="moderator"))
        write(parsed(contributions=people))
        assert set(Contribution.objects.values_list("person", flat=True)) == {person.pk}

    def test_a_name_that_two_people_have_is_nobodys(self) -> None:
        make_person(name="Ada Sample")
        make_person(name="Ada Sample")
        write(parsed(contributions=spoken_by("Ada Sample")))
        contribution = Contribution.objects.get()
        assert (contribution.person, contribution.name) == (None, "Ada Sample")

    def test_an_unknown_name_is_kept_as_delivered_and_reported(self) -> None:
        report = write(parsed(contributions=spoken_by("Mr. Arce", office="Delegate")))
        contribution = Contribution.objects.get()
        assert (contribution.name, contribution.office_name) == ("Mr. Arce", "Delegate")
        assert report.unknown["speaker"]["Mr. Arce"] == 1
        assert "Mr. Arce" in messages(report)

    def test_the_office_is_the_one_held_on_the_day(self) -> None:
        office = make_office(name="Director General of the Body")
        person = make_person(name="Ada Sample")
        make_appointment(person=person, office=office)
        on_time = parsed(contributions=spoken_by("Ada Sample", office="Director General"))
        too_late = parsed(
            source=a_source("x#2", "b" * 64),
            delivered_on=date(2019, 1, 1),
            contributions=spoken_by("Ada Sample", office="Director General"),
        )
        write(on_time, too_late)
        held = Contribution.objects.order_by("pk").values_list("office", "office_name")
        assert list(held) == [(office.pk, "Director General"), (None, "Director General")]

    def test_an_office_of_another_name_is_not_taken_for_it(self) -> None:
        person = make_person(name="Ada Sample")
        make_appointment(person=person, office=make_office(name="Deputy Director General"))
        write(parsed(contributions=spoken_by("Ada Sample", office="Director General")))
        assert Contribution.objects.get().office is None

    def test_organizations_and_initiatives_are_found_by_slug_name_or_acronym(self) -> None:
        body = make_organization(name="Body of Bodies", acronym="BOB")
        fund = make_initiative(slug="fund", name="The Fund")
        report = write(
            parsed(
                organizations=("BOB", "Body of Bodies", "Nobody"),
                initiatives=("fund",),
                contributions=spoken_by("A", on_behalf_of_organization="bob"),
            )
        )
        speech = Speech.objects.get()
        assert list(speech.organizations.all()) == [body]
        assert list(speech.initiatives.all()) == [fund]
        assert Contribution.objects.get().on_behalf_of == body
        assert report.unknown["organizations"]["Nobody"] == 1
        assert "“Nobody” is not in the directory" in speech.staff_note


class TestMeetings:
    def test_a_meeting_and_its_agenda_item_are_found(self) -> None:
        meeting = make_meeting(slug="council-2010")
        item = make_agenda_item(meeting=meeting, number="4(a)", title="Budget")
        write(parsed(meeting="council-2010", agenda_item="4(A)"))
        write(parsed(source=a_source("x", "b" * 64), meeting=meeting.name, agenda_item="budget"))
        assert set(Speech.objects.values_list("meeting", "agenda_item")) == {(meeting.pk, item.pk)}

    def test_a_meeting_is_found_by_its_number_in_the_series(self) -> None:
        series = make_meeting_series(slug="forum")
        meeting = make_meeting(series=series, ordinal=3)
        write(parsed(meeting_series="forum", meeting_ordinal=3))
        assert Speech.objects.get().meeting == meeting

    def test_a_session_that_the_series_has_a_rule_for_is_recorded_once(self) -> None:
        assembly = make_organization(name="United Nations General Assembly")
        make_meeting_series(slug="session", organizer=assembly, base_year=1945)
        session = {"meeting_series": "session", "meeting_ordinal": 62}
        write(parsed(**session), parsed(source=a_source("x", "b" * 64), **session), publish=True)
        meeting = Meeting.objects.get()
        assert meeting.name == "United Nations General Assembly, 62nd session"
        assert (meeting.slug, meeting.starts_on) == ("session-62", date(2007, 1, 1))
        assert (meeting.starts_precision, meeting.status) == (Precision.YEAR, Status.PUBLISHED)
        assert meeting.speeches.count() == 2

    def test_a_session_before_the_rule_holds_is_not_invented(self) -> None:
        make_meeting_series(slug="session", base_year=1967, first_ordinal=27)
        report = write(parsed(meeting_series="session", meeting_ordinal=26))
        assert not Meeting.objects.exists()
        assert "“session 26” is not in the directory" in messages(report)

    def test_a_session_is_not_left_behind_by_a_speech_that_failed(self) -> None:
        make_meeting_series(slug="session", base_year=1945)
        session = {"meeting_series": "session", "meeting_ordinal": 1}
        empty = parsed(source=a_source("x", "b" * 64), texts=(replace(TEXT, html=""),), **session)
        report = write(empty, parsed(**session))
        assert problems(report) == [("x", "text")]
        assert Speech.objects.get().meeting == Meeting.objects.get()

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (62, "62nd"),
            (113, "113th"),
        ],
    )
    def test_an_ordinal_reads_as_in_english(self, number: int, words: str) -> None:
        assert english_ordinal(number) == words
