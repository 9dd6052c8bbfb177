"""Editing in a real browser: the way of a speech by buttons, and words that survive."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page

from iomsite.publishing.models import Status, WorkingCopy
from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.make import make_person, make_speech, make_staff, make_text
from tests.reading import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The editor's link extension is set up once for each editor on the page, and says so.
HARMLESS = "linkifyjs: already initialized"


def sign_in(reader: Reader, user: User) -> Page:
    """Give the browser a session, as the door would."""
    client = Client()
    client.force_login(user)
    name, morsel = next((n, m) for n, m in client.cookies.items() if "session" in n)
    reader.page.context.add_cookies([{"name": name, "value": morsel.value, "url": reader.site}])
    return reader.page


def open_form(reader: Reader, speech: Speech) -> Page:
    reader.page.goto(f"{reader.site}/admin/speeches/speech/{speech.pk}/change/")
    reader.page.locator("#texts-0 .tiptap").wait_for()
    return reader.page


def body_of(page: Page) -> str:
    return page.locator("#texts-0 .tiptap").inner_text()


def type_into_body(page: Page, words: str) -> None:
    page.locator("#texts-0 .tiptap").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def kept(page: Page) -> int:
    """Return how many forms the browser keeps."""
    return int(
        page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('recover:')).length")
    )


def wait_until_kept(page: Page) -> None:
    page.wait_for_function(
        "() => Object.entries(localStorage).some(([k, v]) => k.startsWith('recover:')"
        " && v.includes('Unsaved'))"
    )


def complaints(reader: Reader) -> list[str]:
    return [complaint for complaint in reader.complaints if HARMLESS not in complaint]


def make_draft(**values: Any) -> Speech:
    return make_speech(**{"status": Status.DRAFT, "person": make_person()} | values)


def test_a_speech_goes_its_way_by_buttons(reader: Reader) -> None:
    speech = make_draft(title="On its way")
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.fill("#id_place", "Nairobi")
    page.get_by_role("button", name="Save and submit for review").first.click()
    page.get_by_role("button", name="Submit for review").click()
    page.locator(".messagelist .success", has_text="Submitted for review.").wait_for()

    sign_in(reader, make_staff("publisher"))
    page.goto(f"{reader.site}/admin/")
    page.get_by_role("link", name="On its way").first.click()
    page.get_by_role("button", name="Save and publish", exact=True).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.locator(".messagelist .success", has_text="Published.").wait_for()

    speech.refresh_from_db()
    assert (speech.status, speech.place) == (Status.PUBLISHED, "Nairobi")
    assert complaints(reader) == []


def test_words_survive_the_loss_of_the_session(reader: Reader) -> None:
    speech, user = make_draft(), make_staff("editor")
    page = sign_in(reader, user)
    open_form(reader, speech)
    page.fill("#id_place", "Unsaved place")
    type_into_body(page, " Unsaved words.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url("**/accounts/login/**")

    sign_in(reader, user)
    open_form(reader, speech)
    page.get_by_role("button", name="Put it back").click()

    assert page.input_value("#id_place") == "Unsaved place"
    assert body_of(page).endswith("The second paragraph. Unsaved words.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.locator(".messagelist .success").wait_for()
    speech.refresh_from_db()
    assert speech.place == "Unsaved place"
    assert "Unsaved words." in speech.texts.get().body
    assert kept(page) == 0
    assert complaints(reader) == []


def test_words_survive_a_crash_with_rows_that_were_added(reader: Reader) -> None:
    speech = make_draft()
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.get_by_text("Add another Text").click()
    page.select_option("#id_texts-1-language", "fr")
    page.fill("#id_texts-1-title", "Unsaved title")
    wait_until_kept(page)

    # A crash tells the page nothing; a new one opens where the old one was.
    crashed, reader.page = reader.page, page.context.new_page()
    crashed.close(run_before_unload=False)
    page = open_form(reader, speech)
    page.get_by_role("button", name="Put it back").click()

    assert page.input_value("#id_texts-1-title") == "Unsaved title"
    assert page.input_value("#id_texts-1-language") == "fr"


def test_what_was_saved_is_not_offered_again(reader: Reader) -> None:
    speech = make_speech(person=make_person())
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.fill("#id_place", "Unsaved place")
    wait_until_kept(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.locator(".messagelist .success").wait_for()

    assert kept(page) == 0
    open_form(reader, speech)
    assert page.locator("#recover").is_hidden()
    assert WorkingCopy.objects.get().content["fields"]["place"] == "Unsaved place"


def test_a_form_with_an_error_is_kept_and_not_offered_twice(reader: Reader) -> None:
    speech = make_draft()
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.fill("#id_place", "Unsaved place")
    page.fill("#id_delivered_on", "nonsense")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.locator(".errornote").wait_for()

    assert page.locator("#recover").is_hidden()
    assert kept(page) == 1


def test_words_are_not_put_over_what_somebody_else_wrote_meanwhile(reader: Reader) -> None:
    speech = make_draft()
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.fill("#id_place", "Unsaved place")
    wait_until_kept(page)
    page.goto("about:blank")
    make_text(speech=speech, language="fr", kind="official", title="Une autre main")

    open_form(reader, speech)

    assert page.get_by_role("button", name="Put it back").is_hidden()
    assert page.locator(".recover__texts textarea").input_value() == "Unsaved place"
    assert page.input_value("#id_place") == ""


def test_another_person_at_the_same_browser_is_offered_nothing(reader: Reader) -> None:
    speech = make_draft()
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    page.fill("#id_place", "Unsaved place")
    wait_until_kept(page)

    sign_in(reader, make_staff("editor"))
    open_form(reader, speech)
    assert page.locator("#recover").is_hidden()

    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()
    assert kept(page) == 0


def test_looking_at_a_form_keeps_nothing(reader: Reader) -> None:
    page = sign_in(reader, make_staff("editor"))
    open_form(reader, make_draft())
    page.locator("#texts-0 .tiptap").click()
    page.wait_for_timeout(2500)

    assert kept(page) == 0


def test_a_double_click_publishes_once(reader: Reader) -> None:
    speech = make_draft()
    perform("submit", speech, make_staff("editor"))
    page = sign_in(reader, make_staff("publisher"))
    page.goto(f"{reader.site}/admin/speeches/speech/{speech.pk}/workflow/publish/")
    page.get_by_role("button", name="Publish", exact=True).dblclick()
    page.locator(".state--published").wait_for()

    assert page.locator(".errornote").count() == 0
