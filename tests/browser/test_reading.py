"""Finding a speech, reading it, and taking away a link to one paragraph."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.reading import Reader
from tests.world import path_of

pytestmark = pytest.mark.browser


def test_a_reader_finds_a_speech_and_reads_it_to_the_end(reader: Reader) -> None:
    page = reader.open("meeting")
    page.get_by_role("link", name="The long speech").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The long speech")
    expect(page.get_by_text("Ada Example").first).to_be_visible()
    expect(page.get_by_text("The last paragraph thanks everybody.")).to_be_visible()


def test_a_speech_with_headings_has_contents_that_lead_to_them(reader: Reader) -> None:
    page = reader.open("speech")
    contents = page.get_by_role("navigation").filter(has_text="What remains")
    contents.get_by_role("link", name="What remains").click()

    heading = page.get_by_role("heading", name="What remains")
    expect(heading).to_be_in_viewport()
    assert page.url.endswith(f"#{heading.get_attribute('id')}")


def test_the_number_of_a_paragraph_copies_a_link_to_it(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("speech")
    page.locator("#p3 .passage__number").click()
    page.get_by_role("button", name="Copy the link to this paragraph").click()

    expect(page.get_by_role("status")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(reader.site) + r"/en/speeches/the-long-speech/(en/)?#p3", copied)


def test_the_number_of_a_paragraph_copies_its_words_with_their_source(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("speech")
    page.locator("#p1 .passage__number").click()
    page.get_by_role("button", name="Copy the paragraph with its source").click()

    expect(page.get_by_role("status")).to_have_text("Quotation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Mr Chairman, the first paragraph says what")
    assert "“The long speech”" in copied
    assert copied.endswith("#p1")


def test_a_copied_link_opens_the_speech_at_its_paragraph(reader: Reader) -> None:
    page = reader.page
    page.set_viewport_size({"width": 1000, "height": 300})
    page.goto(f"{reader.site}{path_of('speech')}#p11")

    expect(page.locator("#p11")).to_be_in_viewport()


def test_the_number_of_a_paragraph_leads_to_it_without_scripts(
    reader: Reader, browser: Browser
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(reader.site + path_of("speech"))
        page.locator("#p3 .passage__number").click()

        assert page.url.endswith("#p3")


def test_a_speech_can_be_read_in_its_other_language(reader: Reader) -> None:
    page = reader.open("speech")
    page.locator("main").get_by_role("link", name="العربية").first.click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("الكلمة")
    assert heading.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_the_search_box_finds_a_speech_by_its_title(reader: Reader) -> None:
    page = reader.open("home")
    # By its name in the form: the box is a combobox as soon as somebody is in it.
    box = page.locator("input[name=q]").first
    box.fill("long speech")
    box.press("Enter")

    found = page.locator("main").get_by_role("heading", name="The long speech", exact=True)
    expect(found).to_be_visible()


def test_a_list_can_be_narrowed_and_the_address_says_to_what(reader: Reader) -> None:
    page = reader.open("speech list")
    year = page.locator("main").get_by_label("From year")
    year.fill("2004")
    year.press("Enter")

    expect(page.get_by_role("link", name="Speech number 23")).to_be_visible()
    expect(page.get_by_role("link", name="Speech number 22")).to_have_count(0)
    assert "=2004" in page.url
