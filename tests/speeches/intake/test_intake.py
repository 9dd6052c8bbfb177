"""From a file or pasted words to a ready draft."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speeches.models import Mention, Speech
from tests.make import (
    make_appointment,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/speeches/speech/intake/"
LONG = "This paragraph is long enough to be known again when somebody brings in the same text."
WORDS = f"""Remarks on samples

17 January 2008
Statement by A. Sample, Sample Director
Check against delivery

We thank the Sample House for all that it has done in these years, and we shall go on with it.

{LONG}

The Sample Policy Index is new, and we shall hear more of it in the years that are to come.
"""


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff("editor"))
    return client


def bring(client: Client, words: str = WORDS, **values: Any) -> BeautifulSoup:
    answer = client.post(ADDRESS, {"words": words} | values)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def form_of(page: BeautifulSoup) -> dict[str, str]:
    values = {}
    for one in page.select("#content form [name]"):
        if one.name == "textarea":
            values[one["name"]] = one.get_text().removeprefix("\n")
        elif one.name == "select":
            chosen = one.select_one("option[selected]")
            values[one["name"]] = chosen["value"] if chosen else ""
        else:
            values[one["name"]] = one.get("value", "")
    return values


def words_of(page: BeautifulSoup) -> str:
    content = page.select_one("#content")
    assert content is not None
    return " ".join(content.get_text(" ").split())


def test_what_a_text_says_of_itself_is_read(editor: Client) -> None:
    person = make_person(name="A. Sample")
    office = make_office(
        name="Sample Director", organization=make_organization(name="Sample House")
    )
    make_appointment(person=person, office=office, starts_on=date(2007, 1, 1))

    page = bring(editor)
    form = form_of(page)

    assert form["title"] == "Remarks on samples"
    assert (form["delivered_on"], form["language"]) == ("2008-01-17", "en")
    assert (form["speaker"], form["person"]) == ("A. Sample", str(person.pk))
    assert form["office"] == str(office.pk)
    assert form["delivery_status"] == "check_against_delivery"
    assert "Statement by A. Sample, Sample Director" in words_of(page)
    assert "1 name of the directory was found Sample House" in words_of(page)
    assert "The directory lacks: Sample Policy Index" in words_of(page)


def test_a_draft_is_made_of_it(editor: Client) -> None:
    make_organization(name="Sample House")
    form = form_of(bring(editor))

    answer = editor.post(ADDRESS, form | {"place": "Geneva"})

    speech = Speech.objects.get()
    text = speech.texts.get()
    assert answer["Location"] == f"/admin/speeches/speech/{speech.pk}/change/"
    assert (speech.status, speech.place, speech.delivered_on) == (
        "draft", "Geneva", date(2008, 1, 17),
    )  # fmt: skip
    assert [one.name for one in speech.contributions.all()] == ["A. Sample"]
    assert text.sources.get().format == "legacy"
    assert LONG in [passage.text for passage in text.passages.all()]
    assert Mention.objects.filter(surface="Sample House").exists()


def test_nothing_is_invented(editor: Client) -> None:
    form = form_of(bring(editor, f"Some words\n\n{LONG}\n\n{LONG} Once more."))

    assert [form[name] for name in ("delivered_on", "speaker", "person", "meeting", "place")] == [
        "", "", "", "", "",
    ]  # fmt: skip


def test_the_meeting_is_told_by_the_text(editor: Client) -> None:
    series = make_meeting_series(name="Sample Forum Meeting", editions="year")
    meeting = make_meeting(name="Sample 2008", series=series, starts_on=date(2008, 1, 17))
    words = WORDS.replace(
        "We thank the Sample House", "Here at the Sample Forum Meeting in 2008, we"
    )

    assert form_of(bring(editor, words))["meeting"] == str(meeting.pk)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda words: words, "It comes from the same source."),
        (lambda words: f"{words}\nOne more.\n", "longest paragraphs are the same."),
    ],
)
def test_what_is_on_record_is_pointed_out(editor: Client, change: Any, reason: str) -> None:
    editor.post(ADDRESS, form_of(bring(editor)))

    page = bring(editor, change(WORDS))

    assert "It may be on record already" in words_of(page)
    assert reason in words_of(page)


def test_the_same_speech_in_another_language_is_pointed_out(editor: Client) -> None:
    make_speech(original_language="fr", speaker="A. Sample", delivered_on=date(2008, 1, 17))

    assert "It may be this speech in another language." in words_of(bring(editor))


def test_a_file_is_read_too(editor: Client) -> None:
    html = f"<html><body><h1>A page</h1><p>17 January 2008</p><p>{LONG}</p><p>{LONG} B.</p></body>"
    file = SimpleUploadedFile("page.html", html.encode())

    page = bring(editor, "", file=file)

    assert LONG in words_of(page)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a file or paste the text: one of the two."),
        ({"words": "   \n "}, "Choose a file or paste the text: one of the two."),
        ({"words": "x" * 4_000_001}, "longer than 4 million characters"),
        ({"file": SimpleUploadedFile("a.csv", b"title,body\na,b\n")}, "This holds many speeches."),
        ({"file": SimpleUploadedFile("a.txt", b"\x00\x01\x02" * 900)}, ""),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    editor: Client, sent: dict[str, Any], told: str
) -> None:
    page = bring(editor, **({"words": ""} | sent))

    assert page.select_one(".errorlist, .errornote") is not None
    assert told in words_of(page)
    assert not Speech.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", ""), ("delivered_on", "some day"), ("language", "xx"), ("checksum", "x"),
     ("person", "999999"), ("meeting", "abc"), ("country", "??")],
)  # fmt: skip
def test_what_is_typed_wrongly_is_refused_and_nothing_is_lost(
    editor: Client, name: str, value: str
) -> None:
    form = form_of(bring(editor)) | {name: value}

    answer = editor.post(ADDRESS, form)
    page = BeautifulSoup(answer.content, "lxml")

    assert answer.status_code == 200
    assert form_of(page)["body"] == form["body"]
    assert not Speech.objects.exists()


def test_hostile_markup_is_cleaned(editor: Client) -> None:
    form = form_of(bring(editor)) | {"body": f"<p onclick=x>{LONG}</p><script>alert(1)</script>"}

    editor.post(ADDRESS, form)

    assert Speech.objects.get().texts.get().body == f"<p>{LONG}</p>"
