"""Speeches in the admin: one form for a whole speech, and who may do what with it."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iomsite.dates import Precision
from iomsite.publishing.models import Status
from speeches.models import Speech
from tests.forms import errors_of, shown_form, submit
from tests.make import (
    make_agenda_item,
    make_meeting,
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
    make_text,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/speeches/speech/"
ADD = "/admin/speeches/speech/add/"
NO_ROWS = {"attachments-TOTAL_FORMS": 0}
NEW = {
    "delivered_on": "2008-10",
    "texts-0-title": "Opening remarks",
    "texts-0-body": "<p>We meet again.</p><script>alert(1)</script>",
    "contributions-0-name": "A. Guest",
}


def change(speech: Speech) -> str:
    return reverse("admin:speeches_speech_change", args=[speech.pk])


def logged_in(role: str = "") -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


def titles(response) -> list[str]:
    return [str(speech) for speech in response.context["cl"].result_list]


def test_an_editor_writes_a_whole_speech_on_one_page():
    meeting = make_meeting()
    item = make_agenda_item(meeting=meeting)
    office = make_office()
    response = submit(
        logged_in("editor"),
        ADD,
        **NEW,
        meeting=meeting.pk,
        agenda_item=item.pk,
        organizations=[office.organization.pk],
        **{"contributions-0-office": office.pk, "contributions-0-person": make_person().pk},
    )
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    speech = Speech.objects.get()
    assert (speech.delivered_on, speech.delivered_precision) == (date(2008, 10, 1), "month")
    assert (speech.reference, speech.status) == ("IOM/SP/2008/001", Status.DRAFT)
    assert (speech.meeting, speech.agenda_item) == (meeting, item)
    assert speech.contributions.get().office == office
    assert speech.texts.get().body == "<p>We meet again.</p>"
    assert speech.texts.get().passages.count() == 1


def test_saving_a_speech_unchanged_changes_nothing():
    speech = make_speech(
        delivered_on=date(2008, 10, 1),
        delivered_precision=Precision.MONTH,
        status=Status.DRAFT,
        person=make_person(),
        office=make_office(),
    )
    make_text(speech=speech, language="ar", kind="official", title="كلمة")
    before = Speech.objects.filter(pk=speech.pk).values().get()
    response = submit(logged_in("editor"), change(speech))
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    after = Speech.objects.filter(pk=speech.pk).values().get()
    assert before | {"updated_at": None} == after | {"updated_at": None}
    assert [text.title for text in speech.texts.all()] == ["كلمة", "A speech about migration"]


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN, Status.REMOVED])
@pytest.mark.parametrize("role", ["editor", "reviewer", "publisher"])
def test_no_forged_field_changes_what_the_public_sees(role, status):
    speech = make_speech(status=Status.DRAFT)
    submit(
        logged_in(role),
        change(speech),
        status=status,
        public_notice="Forged.",
        published_at_0="2020-01-01",
        published_at_1="10:00",
    )
    speech.refresh_from_db()
    assert (speech.status, speech.published_at) == (Status.DRAFT, None)


def test_an_editor_changes_a_public_speech_in_its_working_copy_alone():
    speech = make_speech(title="As it is")
    submit(logged_in("editor"), change(speech), **{"texts-0-title": "As it will be"})
    assert speech.texts.get().title == "As it is"
    shown = shown_form(logged_in("reviewer"), change(speech))
    assert shown["texts-0-title"] == "As it will be"


@pytest.mark.parametrize(
    ("values", "changes", "message"),
    [
        ({}, {"delivered_on": "2008-13"}, "no date"),
        ({}, {"delivered_on": "0208"}, "cannot be right"),
        ({}, {"delivered_time_zone": "Geneva"}, "no IANA time zone"),
    ],
)
def test_what_cannot_be_is_refused_with_the_mend(values, changes, message):
    speech = make_speech(status=Status.DRAFT, **values)
    response = submit(logged_in("publisher"), change(speech), **changes)
    assert message in errors_of(response)


def test_a_public_speech_keeps_a_text():
    speech = make_speech()
    response = submit(logged_in("publisher"), change(speech), **{"texts-0-DELETE": "on"})
    assert "a text with a title" in errors_of(response)


def test_a_public_speech_cannot_be_deleted_and_a_draft_can():
    public, draft = make_speech(), make_speech(status=Status.DRAFT)
    client = logged_in()
    action = {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"}
    client.post(LIST, action)
    client.post(LIST, action | {"_selected_action": [draft.pk]})
    assert list(Speech.objects.all()) == [public]


def test_two_originals_in_one_form_are_refused_and_not_an_error_page():
    speech = make_speech(status=Status.DRAFT)
    second = {"language": "fr", "kind": "original", "title": "Un discours", "body": ""}
    rows = {f"texts-1-{name}": value for name, value in second.items()}
    response = submit(logged_in("editor"), change(speech), **rows, **{"texts-TOTAL_FORMS": 2})
    assert "can be the original" in errors_of(response)


def test_an_agenda_item_of_another_meeting_is_refused():
    speech = make_speech(status=Status.DRAFT, meeting=make_meeting())
    response = submit(logged_in("editor"), change(speech), agenda_item=make_agenda_item().pk)
    assert "on the agenda of another meeting" in errors_of(response)


def test_the_reference_once_minted_stays():
    speech = make_speech(status=Status.DRAFT)
    submit(logged_in(), change(speech), reference="FORGED/1")
    assert Speech.objects.get().reference == speech.reference


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", ["On harbours"]),
        ("orderly movement", ["On harbours"]),
        ("Lindqvist", ["On harbours"]),
        ("Ada harbour", ["On harbours"]),
        ("guest", ["On rivers"]),
        ("IOM/SP/2008/002", ["On rivers"]),
        ("retired words", []),
        ("harbour guest", []),
    ],
)
def test_the_list_finds_words_of_the_text_names_and_references(query, found):
    ada = make_person(name="Ada Lindqvist")
    text = "<p>An <em>orderly</em> movement of people.</p>"
    first = make_speech(title="On harbours", body=f"{text}<p>Retired words.</p>", person=ada)
    make_speech(title="On rivers", body="<p>Other words.</p>", speaker="A. Guest")
    rewritten = first.texts.get()
    rewritten.body = text
    rewritten.save()
    assert titles(logged_in("editor").get(LIST, {"q": query})) == found


def test_the_list_shows_an_embargo_and_a_date_as_far_as_it_is_known():
    make_speech(
        published_at=timezone.now() + timedelta(days=2),
        delivered_on=date(2008, 10, 1),
        delivered_precision=Precision.MONTH,
    )
    page = logged_in("editor").get(LIST, {"state": "embargoed"}).content.decode()
    assert "Embargoed until" in page
    assert "October 2008" in page
    assert "1 October 2008" not in page


@pytest.mark.parametrize(
    ("gap", "found"),
    [("text", "Empty"), ("person", "Unknown"), ("day", "Month"), ("speaker", "Mute")],
)
def test_the_list_can_be_narrowed_to_what_is_missing(gap, found):
    ada = make_person()
    make_speech(title="Empty", person=ada).texts.all().delete()
    make_speech(title="Unknown", speaker="A. Guest")
    make_speech(title="Month", person=ada, delivered_precision=Precision.MONTH)
    make_speech(title="Mute")
    shown = titles(logged_in("editor").get(LIST, {"gap": gap}))
    assert shown == (["IOM/SP/2008/001"] if found == "Empty" else [found])


def test_the_list_takes_as_many_queries_for_many_speeches_as_for_a_few(
    django_assert_num_queries,
):
    client = logged_in("editor")
    people = [make_person() for _number in range(3)]
    for person in people:
        make_speech(person=person, meeting=make_meeting(), country="CH")
    client.get(LIST)
    with django_assert_num_queries(13):
        client.get(LIST)
    for person in people * 6:
        speech = make_speech(person=person, meeting=make_meeting())
        make_text(speech=speech, language="fr", kind="official")
    with django_assert_num_queries(13):
        client.get(LIST)


def test_offices_are_offered_with_their_organization():
    office = make_office(name="Director General", organization=make_organization(name="Harbour"))
    query = {"term": "Director", "field_name": "office"}
    source = {"app_label": "speeches", "model_name": "contribution"}
    answer = logged_in("editor").get("/admin/autocomplete/", query | source).json()
    assert answer["results"] == [{"id": str(office.pk), "text": "Director General, Harbour"}]


def test_agenda_items_are_offered_of_the_chosen_meeting():
    item, _other = make_agenda_item(title="Opening"), make_agenda_item(title="Opening")
    query = {"term": "Opening", "field_name": "agenda_item", "meeting": item.meeting_id}
    source = {"app_label": "speeches", "model_name": "speech"}
    answer = logged_in("editor").get("/admin/autocomplete/", query | source).json()
    assert [result["id"] for result in answer["results"]] == [str(item.pk)]


def test_the_editor_s_inline_import_map_carries_the_nonce_of_the_policy():
    response = logged_in("editor").get(ADD)
    nonce = response["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()
    assert "onchange=" not in response.content.decode()


def test_view_on_site_opens_the_page_of_the_speech():
    speech = make_speech()
    client = logged_in("editor")
    assert speech.get_absolute_url() in client.get(change(speech)).content.decode()
