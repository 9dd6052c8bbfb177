"""Previews in the admin: of what is typed, of what is saved, and the page of links."""

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from iomsite.audit.models import AuditEntry
from iomsite.previews.models import PreviewLink
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status, WorkingCopy
from speeches.models import Speech, SpeechText
from tests.forms import shown_form
from tests.make import make_office, make_page, make_person, make_speech, make_staff

pytestmark = pytest.mark.django_db

Invite = Callable[..., tuple[PreviewLink, str]]


def admin_of(item: object, action: str) -> str:
    options = item._meta  # type: ignore[attr-defined]
    name = f"admin:{options.app_label}_{options.model_name}_{action}"
    return reverse(name, args=[item.pk])  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_what_is_typed_is_shown_and_nothing_of_it_saved(status: Status, staff: Client) -> None:
    speech = make_speech(title="As saved", status=status)
    form = shown_form(staff, admin_of(speech, "change"))
    form["texts-0-title"] = "As typed"

    response = staff.post(admin_of(speech, "preview"), form)

    page = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "As typed" in page
    assert "None of it is saved" in page
    assert "no-store" in response["Cache-Control"]
    assert SpeechText.objects.get().title == "As saved"
    assert not WorkingCopy.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_new_item_is_shown_before_it_exists(staff: Client) -> None:
    form = shown_form(staff, reverse("admin:pages_page_add"))
    form |= {"slug": "new-page", "texts-0-title": "A new page", "preview_language": "fr"}

    response = staff.post(reverse("admin:pages_page_preview_new"), form)

    assert "A new page" in response.content.decode()
    assert '<html lang="fr"' in response.content.decode()
    assert staff.get("/en/new-page/").status_code == HTTPStatus.NOT_FOUND


def test_a_form_with_errors_comes_back_and_can_still_be_saved(staff: Client) -> None:
    speech = make_speech(status=Status.DRAFT)
    change = admin_of(speech, "change")
    form = shown_form(staff, change)
    form["texts-0-title"] = ""

    response = staff.post(admin_of(speech, "preview"), form)

    page = response.content.decode()
    assert "This field is required" in page
    assert f'action="{change}"' in page
    assert form["edit_token"] in page


def test_a_file_that_is_only_previewed_is_not_kept(staff: Client, settings: LazySettings) -> None:
    speech = make_speech(status=Status.DRAFT)
    form = shown_form(staff, admin_of(speech, "change"))
    form |= {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-title": "Slides of tomorrow",
        "attachments-0-kind": "document",
        "attachments-0-position": "0",
        "attachments-0-speech": str(speech.pk),
        "attachments-0-file": SimpleUploadedFile("slides.txt", b"Words."),
    }

    response = staff.post(admin_of(speech, "preview"), form)

    assert "Slides of tomorrow" in response.content.decode()
    stored = Path(settings.PRIVATE_ROOT)
    assert not [path for path in stored.rglob("*") if path.is_file()]


def test_a_late_form_is_previewed_on_what_it_was_opened_with(staff: Client) -> None:
    speech = make_speech(title="First")
    form = shown_form(staff, admin_of(speech, "change"))
    with editing(speech, make_staff()):
        text = speech.texts.get()
        text.title = "Somebody else’s"
        text.save()
    form["place"] = "Marrakesh"

    page = staff.post(admin_of(speech, "preview"), form).content.decode()

    assert "Marrakesh" in page
    assert "First" in page


def test_the_saved_next_state_is_shown_in_every_language(staff: Client) -> None:
    speech = make_speech(title="As it was")
    with editing(speech, make_staff()):
        text = speech.texts.get()
        text.title = "As it will be"
        text.save()
    address = admin_of(speech, "preview")

    page = staff.get(address).content.decode()

    assert "As it will be" in page
    assert f'href="{address}fr/speeches/{speech.slug}/"' in page
    french = staff.get(f"{address}fr/speeches/{speech.slug}/").content.decode()
    assert '<html lang="fr"' in french
    assert "As it will be" in french
    assert staff.get(f"{address}en/about/", follow=True).status_code == HTTPStatus.NOT_FOUND


def test_what_stands_on_a_hidden_page_says_why_there_is_no_preview(staff: Client) -> None:
    office = make_office(status=Status.DRAFT)
    office.organization.status = Status.DRAFT
    office.organization.save()

    response = staff.get(admin_of(office, "preview"))

    assert "Readers could not open its page" in response.content.decode()


@pytest.mark.parametrize("action", ["preview", "links"])
def test_previews_are_for_who_may_see_the_item(action: str, client: Client) -> None:
    speech = make_speech(status=Status.DRAFT)
    assert client.get(admin_of(speech, action)).status_code == HTTPStatus.FOUND

    client.force_login(make_staff("", username="nobody"))
    nobody = make_staff("editor")
    nobody.groups.clear()
    client.force_login(nobody)

    assert client.get(admin_of(speech, action)).status_code == HTTPStatus.FORBIDDEN
    assert client.post(admin_of(speech, action)).status_code == HTTPStatus.FORBIDDEN


def test_a_link_is_made_shown_once_and_taken_back(staff: Client) -> None:
    speech = make_speech(title="Not yet said", status=Status.DRAFT)
    page = admin_of(speech, "links")

    made = staff.post(page, {"guest_name": "Jane Doe", "days": "2", "may_comment": "on"})
    found = re.search(r'value="(https?://[^"]+/preview/[^"]+)"', made.content.decode())

    assert found
    guest = Client()
    assert "Not yet said" in guest.get(found[1]).content.decode()
    listed = staff.get(page).content.decode()
    assert found[1].split("/")[-2] not in listed
    assert "Jane Doe" in listed
    assert "1 visit" in listed

    link = PreviewLink.objects.get()
    revoke = reverse("admin:speeches_speech_revoke", args=[speech.pk, link.pk])
    assert staff.get(revoke).status_code == HTTPStatus.FOUND
    assert guest.get(found[1]).status_code == HTTPStatus.OK
    staff.post(revoke)
    assert guest.get(found[1]).status_code == HTTPStatus.NOT_FOUND
    actions = AuditEntry.objects.filter(action__startswith="previews.")
    assert set(actions.values_list("action", flat=True)) == {
        "previews.link_made",
        "previews.link_revoked",
    }


def test_a_refused_link_says_why_and_keeps_what_was_typed(staff: Client) -> None:
    speech = make_speech(status=Status.DRAFT)

    response = staff.post(
        admin_of(speech, "links"), {"guest_name": "Jane", "guest_email": "no", "days": "9"}
    )

    page = response.content.decode()
    assert "Enter a valid email address." in page
    assert 'value="Jane"' in page
    assert not PreviewLink.objects.exists()


def test_the_link_of_another_item_is_not_taken_back(staff: Client, invite: Invite) -> None:
    link, _address = invite(make_speech(status=Status.DRAFT))
    other = make_speech(status=Status.DRAFT)

    address = reverse("admin:speeches_speech_revoke", args=[other.pk, link.pk])
    response = staff.post(address, follow=True)

    assert response.status_code == HTTPStatus.NOT_FOUND
    link.refresh_from_db()
    assert not link.is_revoked


def test_who_may_not_change_an_item_makes_no_link(client: Client, invite: Invite) -> None:
    speech = make_speech(status=Status.DRAFT)
    reader = make_staff("editor")
    reader.groups.clear()
    reader.user_permissions.add(Permission.objects.get(codename="view_speech"))
    client.force_login(reader)

    assert client.get(admin_of(speech, "links")).status_code == HTTPStatus.OK
    response = client.post(admin_of(speech, "links"), {"guest_name": "A", "days": "1"})
    assert response.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("make", [make_page, make_person, make_speech])
def test_every_form_offers_its_previews(make: Callable[..., Speech], staff: Client) -> None:
    item = make(status=Status.DRAFT)

    page = staff.get(admin_of(item, "change")).content.decode()

    assert f'formaction="{admin_of(item, "preview")}"' in page
    assert f'href="{admin_of(item, "links")}"' in page


def test_the_page_of_links_takes_as_many_queries_for_one_as_for_many(
    staff: Client, invite: Invite, django_assert_max_num_queries: Callable[..., object]
) -> None:
    speech = make_speech(status=Status.DRAFT)
    for _number in range(4):
        invite(speech)

    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        staff.get(admin_of(speech, "links"))
