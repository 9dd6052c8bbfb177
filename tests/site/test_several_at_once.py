"""Several items at once: actions on lists, and what deleting leaves alone."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from initiatives.models import Organization
from iomsite.audit.models import AuditEntry
from iomsite.publishing.models import EditorialNote, Status
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.make import (
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/speeches/speech/"


def enter(client: Client, role: str = "") -> User:
    user = make_staff(role)
    client.force_login(user)
    return user


def make_draft(**values: Any) -> Speech:
    return make_speech(**{"status": Status.DRAFT, "person": make_person()} | values)


def choose(client: Client, name: str, *items: Any, **values: Any) -> Any:
    keys = [item.pk for item in items]
    return client.post(LIST, {"action": name, "_selected_action": keys} | values)


def confirm(client: Client, page: Any) -> Any:
    """Send the form of the page that asks whether to go on, as it is shown."""
    form = BeautifulSoup(page.content, "lxml").select_one("#content-main form")
    assert form is not None
    values: dict[str, list[str]] = {}
    for control in form.select("input[name]"):
        values.setdefault(control["name"], []).append(control["value"])
    return client.post(form["action"], values, follow=True)


def told(response: Any) -> str:
    page = BeautifulSoup(response.content, "lxml")
    return " ".join(message.text for message in page.select(".messagelist li"))


def statuses(*items: Any) -> list[str]:
    for item in items:
        item.refresh_from_db()
    return [item.status for item in items]


def test_drafts_are_submitted_together_after_a_look(client: Client) -> None:
    drafts = [make_draft(), make_draft()]
    enter(client, "editor")

    page = choose(client, "workflow_submit", *drafts)
    assert statuses(*drafts) == ["draft", "draft"]
    done = confirm(client, page)

    assert statuses(*drafts) == ["in_review", "in_review"]
    assert "Submit for review: 2 items." in told(done)


def test_what_cannot_be_done_is_said_for_each_item(client: Client) -> None:
    ready, mine, draft = make_draft(title="Ready"), make_draft(title="Mine"), make_draft()
    user = enter(client, "publisher")
    perform("submit", ready, make_staff("editor"))
    perform("submit", mine, user)

    page = choose(client, "workflow_publish", ready, mine, draft)
    text = BeautifulSoup(page.content, "lxml").get_text(" ", strip=True)
    assert "Mine You submitted this yourself" in text
    assert "Submit it for review first." in text
    confirm(client, page)

    assert statuses(ready, mine, draft) == ["published", "in_review", "draft"]


def test_what_the_checklist_keeps_back_is_told_and_keeps_back_no_other(client: Client) -> None:
    good, bad = make_draft(title="Good"), make_draft(title="Bad", delivered_on=None)
    for speech in (good, bad):
        perform("submit", speech, make_staff("editor"))
    enter(client, "publisher")

    done = confirm(client, choose(client, "workflow_publish", good, bad))

    assert statuses(good, bad) == ["published", "in_review"]
    assert "Bad: Say when the speech was delivered" in told(done)
    assert "Publish: 1 item." in told(done)


def test_what_was_changed_after_the_look_is_left_alone(client: Client) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    enter(client, "publisher")
    page = choose(client, "workflow_publish", speech)
    Speech.objects.filter(pk=speech.pk).update(place="Elsewhere")

    done = confirm(client, page)

    assert statuses(speech) == ["in_review"]
    assert "Somebody has changed this" in told(done)


def test_confirming_without_a_look_does_nothing(client: Client) -> None:
    speech = make_draft()
    enter(client, "editor")

    choose(client, "workflow_submit", speech, confirmed="yes")

    assert statuses(speech) == ["draft"]


def test_too_many_at_once_are_refused(client: Client) -> None:
    drafts = [make_organization(status=Status.DRAFT) for _number in range(101)]
    enter(client, "editor")

    values = {"action": "workflow_submit", "_selected_action": [d.pk for d in drafts]}
    done = client.post("/admin/initiatives/organization/", values, follow=True)

    assert "Choose 100 items at most" in told(done)


@pytest.mark.parametrize("name", ["publish", "approve", "withdraw", "remove"])
def test_an_editor_has_no_action_for_what_an_editor_may_not_do(client: Client, name: str) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    enter(client, "editor")

    choose(client, f"workflow_{name}", speech, confirmed="yes")

    assert statuses(speech) == ["in_review"]


def test_what_was_public_is_never_deleted_with_the_drafts(client: Client) -> None:
    draft = make_draft()
    kept = [
        make_speech(),
        make_speech(published_at=timezone.now() + timedelta(days=1)),
        make_speech(status=Status.WITHDRAWN),
        make_speech(status=Status.REMOVED),
    ]
    EditorialNote.objects.create(kind="speeches.speech", item=draft.pk, text="A note.")
    enter(client)

    done = choose(client, "delete_selected", draft, *kept, post="yes")
    done = client.get(LIST)

    assert set(Speech.objects.all()) == set(kept)
    assert "4 items are or were public and are not deleted." in told(done)
    assert not EditorialNote.objects.exists()
    assert AuditEntry.objects.filter(action="publishing.delete", item=draft.pk).exists()


def test_a_draft_that_goes_out_while_somebody_deletes_it_stays(client: Client) -> None:
    enter(client)
    speech = make_speech()

    assert client.post(f"{LIST}{speech.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Speech.objects.filter(pk=speech.pk).exists()


def test_a_draft_is_not_deleted_when_something_public_would_go_with_it(client: Client) -> None:
    draft = make_organization(status=Status.DRAFT)
    make_office(organization=draft)
    enter(client)

    values = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    client.post("/admin/initiatives/organization/", values)

    assert Organization.objects.filter(pk=draft.pk).exists()
