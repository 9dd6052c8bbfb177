"""Forged forms: ids of other things, fields that no form shows, counts that are not so."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from iomsite.publishing.desk import Desk
from iomsite.publishing.models import EditorialNote, Status, Version, WorkingCopy
from iomsite.publishing.snapshot import snapshot
from iomsite.publishing.workflow import perform
from speeches.models import Speech, SpeechText
from tests.forms import shown_form
from tests.make import make_organization, make_speech, make_staff

pytestmark = pytest.mark.django_db


def of(item: Any, page: str = "change/") -> str:
    options = item._meta
    return f"/admin/{options.app_label}/{options.model_name}/{item.pk}/{page}"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff("editor"))
    return client


@pytest.fixture
def mine() -> Speech:
    return make_speech(title="Mine", speaker="Somebody", status=Status.DRAFT)


@pytest.fixture
def other() -> Speech:
    return make_speech(title="Another", speaker="Somebody else", status=Status.DRAFT)


Forge = Callable[[Speech, Speech], dict[str, Any]]
PARTS: dict[str, Forge] = {
    "a text of another speech": lambda mine, other: {"texts-0-id": other.texts.get().pk},
    "a person of another speech": lambda mine, other: {
        "contributions-0-id": other.contributions.get().pk,
        "contributions-0-name": "Forged",
        "texts-0-title": "Mine",
    },
    "a text that is not there": lambda mine, other: {"texts-0-id": 999_999},
    "a text by a word": lambda mine, other: {"texts-0-id": "1 OR 1=1"},
    "a text by a provisional key": lambda mine, other: {"texts-0-id": 2**62},
    "no count": lambda mine, other: {"texts-TOTAL_FORMS": ""},
    "a count below nothing": lambda mine, other: {"texts-TOTAL_FORMS": "-1"},
    "more rows stored than there are": lambda mine, other: {
        "texts-TOTAL_FORMS": "3", "texts-INITIAL_FORMS": "3",
    },
    "an absurd count": lambda mine, other: {"texts-TOTAL_FORMS": "1000000000"},
}  # fmt: skip


@pytest.mark.parametrize("forged", PARTS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_a_form_with_parts_that_are_not_the_item_s_changes_nothing_elsewhere(
    forged: str, status: Status, editor: Client, other: Speech
) -> None:
    mine = make_speech(title="Mine", speaker="Somebody", status=status)
    before = snapshot(other, internal=True), snapshot(mine, internal=True)
    form = shown_form(editor, of(mine)) | {"texts-0-title": "Forged"}

    editor.post(of(mine), form | PARTS[forged](mine, other))

    assert snapshot(other, internal=True) == before[0]
    assert snapshot(mine, internal=True) == before[1]
    assert not WorkingCopy.objects.exists()


def test_a_form_that_claims_too_many_parts_is_refused_with_a_reason(
    editor: Client, mine: Speech
) -> None:
    claimed = shown_form(editor, of(mine)) | {"texts-TOTAL_FORMS": "1000000000"}

    answer = editor.post(of(mine), claimed).content.decode()

    assert "Please submit at most 60 forms." in answer
    assert answer.count('class="inline-related') < 200


def test_the_same_form_without_the_forgery_is_saved(editor: Client, mine: Speech) -> None:
    editor.post(of(mine), shown_form(editor, of(mine)) | {"texts-0-title": "Not forged"})

    assert mine.texts.get().title == "Not forged"


def test_fields_that_no_form_shows_are_not_read(
    editor: Client, mine: Speech, other: Speech
) -> None:
    form = shown_form(editor, of(mine)) | {
        "status": "published", "published_at": "2020-01-01", "published_at_0": "2020-01-01",
        "published_at_1": "00:00", "public_notice": "Forged", "id": other.pk, "pk": other.pk,
        "_saveasnew": "1", "_to_field": "staff_note", "created_at": "1999-01-01",
        "texts-0-speech": other.pk, "speech": other.pk,
    }  # fmt: skip

    editor.post(of(mine), form)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.status, mine.published_at, mine.public_notice) == (Status.DRAFT, None, "")
    assert other.texts.get().title == "Another"
    assert Speech.objects.count() == len((mine, other))
    assert SpeechText.objects.filter(speech=mine).count() == 1


def test_a_popup_cannot_ask_for_another_column(editor: Client) -> None:
    answer = editor.get("/admin/speeches/speech/add/?_popup=1&_to_field=staff_note")

    assert answer.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("name", ["submit", "publish", "publish_unreviewed", "withdraw"])
def test_a_token_of_another_item_opens_nothing(
    name: str, client: Client, mine: Speech, other: Speech
) -> None:
    client.force_login(make_staff())
    data = {"token": Desk(other).token, "reason": "Forged", "notice": "Forged"}

    client.post(of(mine, f"workflow/{name}/"), data)

    mine.refresh_from_db()
    assert mine.status == Status.DRAFT


def test_an_editor_publishes_by_no_button_of_others(editor: Client, mine: Speech) -> None:
    perform("submit", mine, make_staff("editor"))
    token = Desk(mine).token
    several = {"_selected_action": mine.pk, "confirmed": "1", f"token-{mine.pk}": token}
    row = f"speeches.speech:{mine.pk}"

    editor.post(of(mine, "workflow/publish/"), {"token": token})
    editor.post("/admin/speeches/speech/", several | {"action": "workflow_publish"})
    editor.post("/admin/speeches/speech/", several | {"action": "workflow_release"})
    editor.post("/admin/embargoes/", {"do": "release", "item": row})

    mine.refresh_from_db()
    assert mine.status == Status.IN_REVIEW
    assert not Version.objects.exists()


def test_what_was_public_is_deleted_by_no_list(client: Client) -> None:
    client.force_login(make_staff())
    public = make_speech()
    data = {"action": "delete_selected", "_selected_action": public.pk, "post": "yes"}

    client.post("/admin/speeches/speech/", data | {"select_across": "1"})

    assert Speech.objects.filter(pk=public.pk).exists()


def test_a_note_stays_with_the_item_of_its_page(
    editor: Client, mine: Speech, other: Speech
) -> None:
    forged = {"kind": "pages.page", "item": other.pk, "author_name": "The Director", "author": 1}

    editor.post(of(mine, "workflow/"), {"form": "note", "text": "A note"} | forged)

    note = EditorialNote.objects.get()
    assert (note.kind, note.item) == ("speeches.speech", mine.pk)
    assert note.author_name != "The Director"


def test_a_version_of_another_item_or_kind_is_not_restored(editor: Client, mine: Speech) -> None:
    body = make_organization(pk=mine.pk, status=Status.DRAFT)
    perform("submit", body, make_staff("editor"))
    perform("publish", body)

    answer = editor.post(of(mine, "versions/1/restore/"), {"token": Desk(mine).token})

    assert answer.url.startswith("/en/admin/"), "unknown, and looked for below a language"
    assert mine.texts.get().title == "Mine"


def test_a_merge_takes_no_words_that_were_kept_for_another_item(
    editor: Client, mine: Speech, other: Speech
) -> None:
    kept = shown_form(editor, of(other))["edit_base"]
    data = {"mine": kept, "base": kept, "token": Desk(mine).token}

    editor.post(of(mine, "merge/"), data | {"choice-0": "mine"})

    assert mine.texts.get().title == "Mine"


def test_staff_do_not_raise_themselves(editor: Client) -> None:
    user = make_staff("editor")
    editor.force_login(user)
    for page in (f"/admin/auth/user/{user.pk}/change/", "/admin/auth/user/add/"):
        assert editor.post(page, {"is_superuser": "on"}).status_code == HTTPStatus.FORBIDDEN


def test_suggestions_are_given_for_the_forms_there_are(editor: Client) -> None:
    for asked in (
        "app_label=auth&model_name=user&field_name=groups",
        "app_label=audit&model_name=auditentry&field_name=kind",
        "app_label=sessions&model_name=session&field_name=x",
    ):
        address = f"/admin/autocomplete/?{asked}&term=a"
        assert editor.get(address).status_code == HTTPStatus.FORBIDDEN
