"""Previews in a real browser: typing and looking, reading as a guest, at any size."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from iomsite.previews.links import make_link
from iomsite.previews.models import PreviewVisit
from iomsite.publishing.models import EditorialNote, Status
from iomsite.publishing.workflow import perform
from speeches.models import Speech, SpeechText
from tests.accessibility.test_axe import ALL_RULES, COLOURS, readable
from tests.make import make_speech, make_staff
from tests.reading import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HARMLESS = "linkifyjs: already initialized"


def at_work(reader: Reader) -> Page:
    """Give the browser the session of an administrator."""
    client = Client()
    client.force_login(make_staff())
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    reader.page.context.add_cookies([{"name": name, "value": value, "url": reader.site}])
    return reader.page


def draft_in_review() -> tuple[Speech, str]:
    """Make a speech in review and a link for a guest who may decide."""
    speech = make_speech(title="Words for tomorrow", status=Status.DRAFT)
    perform("submit", speech, make_staff("editor"))
    _link, token = make_link(speech, make_staff(), guest_name="Jane Doe", may_decide=True)
    return speech, reverse("previews:preview", args=[token])


def complaints(reader: Reader) -> list[str]:
    return [each for each in reader.complaints if HARMLESS not in each]


def check(page: Page) -> None:
    """Check a page by the rules of axe, in light and dark, and that a phone need not scroll."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = Axe().run(page, options=ALL_RULES).response["violations"]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += Axe().run(page, options=COLOURS).response["violations"]
    found = [each for each in found if each["id"] != "empty-table-header"]
    assert not found, "\n".join(readable(violation) for violation in found)
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    assert wide is not None
    page.set_viewport_size(wide)


def test_an_editor_looks_at_what_is_typed_and_goes_on_typing(reader: Reader) -> None:
    speech = make_speech(title="As saved", status=Status.DRAFT)
    page = at_work(reader)
    page.goto(f"{reader.site}/admin/speeches/speech/{speech.pk}/change/")
    page.fill("#id_texts-0-title", "As typed")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview what is typed").click()
    shown = opened.value
    shown.wait_for_load_state()

    assert shown.locator("h1").inner_text() == "As typed"
    assert "None of it is saved" in shown.locator(".preview-bar").inner_text()
    check(shown)
    assert page.input_value("#id_texts-0-title") == "As typed"
    assert SpeechText.objects.get(speech=speech).title == "As saved"
    assert not complaints(reader)


def test_a_form_that_cannot_be_previewed_can_be_mended_and_saved_there(reader: Reader) -> None:
    speech = make_speech(title="As saved", status=Status.DRAFT)
    page = at_work(reader)
    page.goto(f"{reader.site}/admin/speeches/speech/{speech.pk}/change/")
    page.fill("#id_texts-0-title", "")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview what is typed").click()
    shown = opened.value
    shown.wait_for_load_state()

    shown.fill("#id_texts-0-title", "As mended")
    shown.get_by_role("button", name="Save", exact=True).first.click()
    shown.wait_for_load_state()

    assert SpeechText.objects.get(speech=speech).title == "As mended"


def test_a_guest_reads_comments_and_approves_without_an_account(reader: Reader) -> None:
    speech, address = draft_in_review()
    page = reader.page
    page.goto(reader.site + address)
    assert page.locator("h1").inner_text() == "Words for tomorrow"
    check(page)

    page.get_by_role("link", name="Comment and decide").click()
    check(page)
    page.locator("#paragraph-2").get_by_role("link").click()
    page.fill("#comment-text", "Say it shorter.")
    page.get_by_role("button", name="Send the comment").click()
    assert "Say it shorter." in page.locator("#paragraph-2").inner_text()
    page.get_by_role("button", name="Approve this text").click()
    assert "You have approved this text." in page.locator("#decision").inner_text()

    assert EditorialNote.objects.of(speech).get().anchor == "en/p2"
    assert PreviewVisit.objects.exists()
    assert page.context.cookies() == []
    assert not complaints(reader)


def test_the_address_of_a_preview_is_not_told_to_the_next_page(reader: Reader) -> None:
    _speech, address = draft_in_review()
    page = reader.page
    page.goto(reader.site + address)

    page.locator(".brand").click()
    page.wait_for_load_state()

    assert page.evaluate("document.referrer") == ""


def test_staff_make_a_link_and_see_who_came(reader: Reader) -> None:
    speech, address = draft_in_review()
    page = at_work(reader)
    reader.page.goto(reader.site + address)
    page.goto(f"{reader.site}/admin/speeches/speech/{speech.pk}/links/")
    check(page)
    page.fill("#id_guest_name", "Another guest")
    page.get_by_role("button", name="Make the link").click()

    assert "/preview/" in page.input_value("#new-link")
    assert "Another guest" in page.locator(".preview-links").inner_text()
    check(page)
    assert not complaints(reader)
