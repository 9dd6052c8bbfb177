"""Versions in the admin: listed, compared in every field, restored without being published."""

import pytest

from iomsite.audit.models import AuditEntry
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import WorkingCopy
from iomsite.publishing.workflow import perform
from tests.histories import change, in_days, make_public, publish, verify
from tests.make import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech():
    speech = make_public(body="<p>The first words.</p>", place="Geneva")
    change(speech, body="<p>The second words.</p>", place="Vienna", note="Corrected.")
    return speech


def address_of(speech, rest=""):
    return f"/admin/speeches/speech/{speech.pk}/versions/{rest}"


def test_the_list_has_every_version_and_the_form_leads_to_it(client, speech):
    client.force_login(make_staff())
    form = client.get(f"/admin/speeches/speech/{speech.pk}/change/").content.decode()
    page = client.get(address_of(speech)).content.decode()

    assert address_of(speech) in form
    assert "Corrected." in page
    assert page.count("/restore/") == 2


def test_a_comparison_shows_fields_and_words(client, speech):
    client.force_login(make_staff())

    page = client.get(address_of(speech, "compare/?old=2&new=1")).content.decode()

    assert "<del>Geneva</del>" in page
    assert "<ins>Vienna</ins>" in page
    assert "<del>first</del>" in page
    assert "<ins>second</ins>" in page


def test_a_version_is_restored_as_a_working_copy_and_not_published(client, speech):
    client.force_login(make_staff("editor"))
    address = address_of(speech, "1/restore/")
    token = client.get(address).context["desk"].token

    client.post(address, {"token": token})

    speech.refresh_from_db()
    assert speech.place == "Vienna"
    copy = WorkingCopy.objects.of(speech).get()
    assert copy.content["fields"]["place"] == "Geneva"
    perform("publish_unreviewed", speech, reason="As it was.")
    assert speech.texts.get().body == "<p>The first words.</p>"
    assert verify() == ""
    assert AuditEntry.objects.filter(action="publishing.restore").count() == 1


def test_what_was_changed_meanwhile_is_not_replaced(client, speech):
    client.force_login(make_staff("editor"))
    address = address_of(speech, "1/restore/")
    token = client.get(address).context["desk"].token
    change(speech, place="Paris")

    answer = client.post(address, {"token": token})

    assert "Somebody has changed it" in answer.content.decode()
    assert not WorkingCopy.objects.of(speech).exists()


def test_before_another_working_copy_is_replaced_the_page_shows_what_would_be_lost(client, speech):
    with editing(speech, None) as desk:
        desk.item.place = "Paris"
        desk.item.save()
    client.force_login(make_staff("editor"))

    page = client.get(address_of(speech, "1/restore/")).content.decode()

    assert "There is a working copy with other words" in page
    assert "<del>Paris</del> <ins>Geneva</ins>" in page


def test_a_scheduled_copy_is_not_replaced(client, speech):
    with editing(speech, None) as desk:
        desk.item.place = "Paris"
        desk.item.save()
    publish(speech, at=in_days(2))
    client.force_login(make_staff())
    address = address_of(speech, "1/restore/")
    shown = client.get(address)

    client.post(address, {"token": shown.context["desk"].token})

    assert "Take it off the schedule first" in shown.content.decode()
    assert WorkingCopy.objects.of(speech).get().content["fields"]["place"] == "Paris"


def test_a_part_deleted_since_comes_back(client):
    speech = make_public(speaker="The speaker")
    with_nobody = speech.contributions.get()
    with editing(speech, None) as desk:
        desk.item.contributions.all().delete()
    publish(speech)
    assert not speech.contributions.exists()
    client.force_login(make_staff())
    address = address_of(speech, "1/restore/")

    client.post(address, {"token": client.get(address).context["desk"].token})
    publish(speech)

    assert speech.contributions.get().name == with_nobody.name


@pytest.mark.parametrize("rest", ["", "compare/?old=1&new=2", "1/restore/"])
def test_who_may_not_see_the_speech_sees_no_version(client, speech, rest):
    assert client.get(address_of(speech, rest)).status_code == 302
    nobody = make_staff("editor")
    nobody.groups.clear()
    client.force_login(nobody)

    assert client.get(address_of(speech, rest)).status_code == 403


@pytest.mark.parametrize(
    "rest", ["compare/?old=1&new=9", "compare/?old=x", "compare/", "7/restore/"]
)
def test_a_version_that_is_none_is_not_found(client, speech, rest):
    client.force_login(make_staff())

    assert client.get(address_of(speech, rest), follow=True).status_code == 404
