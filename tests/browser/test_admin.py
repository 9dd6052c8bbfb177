"""Editing in a real browser: the editor's scripts run under the strict policy of the site."""

import pytest
from playwright.sync_api import Page

from initiatives.models import Person
from speeches.models import Speech
from tests.make import make_agenda_item, make_staff
from tests.reading import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The editor's link extension is set up once for each editor on the page, and says so.
HARMLESS = "linkifyjs: already initialized"


def log_in(reader: Reader, address: str, role: str = "editor") -> Page:
    user = make_staff(role)
    reader.page.goto(f"{reader.site}/admin/login/?next={address}")
    reader.page.fill("#id_login", user.username)
    reader.page.fill("#id_password", "a long test password")
    reader.page.click("main button[type=submit]")
    reader.page.wait_for_url(f"**{address}")
    reader.complaints.clear()
    return reader.page


def complaints(reader: Reader) -> list[str]:
    return [complaint for complaint in reader.complaints if HARMLESS not in complaint]


def test_an_editor_types_a_speech_with_a_translation_and_a_new_person(reader: Reader) -> None:
    page = log_in(reader, "/admin/speeches/speech/add/")
    page.fill("#id_texts-0-title", "Typed in the browser")
    page.get_by_role("textbox", name="Text", exact=True).click()
    page.keyboard.type("We meet again.")
    page.get_by_text("Add another Text").click()
    page.select_option("#id_texts-1-language", "ar")
    page.select_option("#id_texts-1-kind", "official")
    page.fill("#id_texts-1-title", "عنوان")
    second = page.locator("#texts-1 .tiptap")
    second.click()
    page.keyboard.type("نلتقي")
    assert second.get_attribute("lang") == "ar"
    with page.expect_popup() as popup:
        page.click("#add_id_contributions-0-person")
    popup.value.locator("#id_name").press_sequentially("Mira Solberg")
    popup.value.locator("input[name=_save]").first.click()
    page.locator("#id_contributions-0-person option:checked", has_text="Mira").wait_for(
        state="attached"
    )
    page.locator("input[name=_save]").first.click()
    page.locator(".messagelist .success").wait_for()

    speech = Speech.objects.get(texts__title="Typed in the browser")
    bodies = {text.language: text.body for text in speech.texts.all()}
    assert bodies == {"en": "<p>We meet again.</p>", "ar": "<p>نلتقي</p>"}
    assert speech.contributions.get().person == Person.objects.get(slug="mira-solberg")
    assert complaints(reader) == []


def test_opening_a_speech_leaves_its_agenda_item_chosen(reader: Reader) -> None:
    item = make_agenda_item()
    speech = Speech.objects.create(meeting=item.meeting, agenda_item=item)
    page = log_in(reader, f"/admin/speeches/speech/{speech.pk}/change/")
    page.locator("#id_agenda_item + .select2").wait_for()
    assert page.input_value("#id_agenda_item") == str(item.pk)


def test_all_columns_of_an_export_are_chosen_with_one_tick(reader: Reader) -> None:
    page = log_in(reader, "/admin/initiatives/organization/export/")
    ticked = page.locator(".column-choice__list input:checked")
    every = ticked.count()
    page.uncheck("#all-columns")
    assert ticked.count() == 0
    page.check("#all-columns")
    assert ticked.count() == every > 10
    assert complaints(reader) == []
