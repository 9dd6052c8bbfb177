"""Searching in a browser: with a script and without, by keyboard, and back again."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.make import make_meeting_series, make_person, make_speech
from tests.reading import Reader
from tests.searching import index_everything

pytestmark = pytest.mark.browser

PARAGRAPHS = "<p>The river gives water.</p><p>Nobody owns it.</p><p>Water is shared.</p>"


@pytest.fixture
def searcher(reader: Reader) -> Reader:
    """Give a visitor before a site with speeches on water over forty years."""
    make_meeting_series(slug="river-forum", name="River Forum", acronym="RVF")
    people = [make_person(slug=f"person-{n}", name=f"Person {name}") for n, name in enumerate("AB")]
    for number in range(24):
        make_speech(
            slug=f"on-water-{number}",
            title=f"On water, part {number}",
            body=PARAGRAPHS,
            person=people[number % 2],
            delivered_on=date(1985 + number, 5, 17),
        )
    index_everything()
    return reader


@pytest.fixture
def plain_page(searcher: Reader, browser: Browser) -> Iterator[Page]:
    """Give a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{searcher.site}/en/")
    yield page
    context.close()


def search(reader: Reader, query: str, language: str = "en") -> Page:
    reader.page.goto(f"{reader.site}/{language}/search/?{query}")
    return reader.page


def box(page: Page) -> Locator:
    return page.get_by_role("main").get_by_label("Search speeches, people and meetings")


def count_on(page: Page) -> Locator:
    return page.get_by_role("heading", level=2).get_by_role("status")


def test_everything_works_without_a_script(plain_page: Page) -> None:
    page = plain_page
    page.get_by_label("Search speeches, people and meetings").fill("water")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("24 speeches")

    page.get_by_role("link", name="Person A, 12 speeches, add filter").click()
    expect(page.get_by_role("status")).to_have_text("12 speeches")
    page.get_by_role("link", name="1990s: 5 speeches").click()
    expect(page.get_by_role("status")).to_have_text("5 speeches")
    page.get_by_label("From", exact=True).fill("1999")
    page.get_by_role("button", name="Apply these years").click()
    expect(page.get_by_role("status")).to_have_text("1 speech")
    page.get_by_role("link", name="Clear all filters").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("article")).to_have_count(4)
    page.get_by_role("link", name="Oldest first").click()
    page.get_by_role("article").first.get_by_role("link", name="Paragraph").click()

    expect(page.locator(":target mark")).to_have_text("Water")
    page.get_by_role("link", name="Remove highlighting").click()
    expect(page.locator("mark")).to_have_count(0)


def test_a_filter_changes_the_results_and_not_the_page(searcher: Reader) -> None:
    page = search(searcher, "q=water")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Person A, 12 speeches, add filter").click()

    expect(count_on(page)).to_have_text("12 speeches")
    expect(page).to_have_url(f"{searcher.site}/en/search/?q=water&speaker=person-0")
    expect(page).to_have_title("Speeches with the word “water”; by Person A (12 speeches)"
                               " – Public record")  # fmt: skip
    assert page.evaluate("window.same") is True
    assert searcher.complaints == []


def test_the_focus_stays_where_the_visitor_is_or_goes_to_the_count(searcher: Reader) -> None:
    page = search(searcher, "q=water")
    page.get_by_role("link", name="Person A, 12 speeches, add filter").focus()
    page.keyboard.press("Enter")
    expect(count_on(page)).to_have_text("12 speeches")
    expect(page.locator(":focus")).to_have_accessible_name("Person A, 12 speeches, remove filter")

    page.get_by_role("link", name="by Person A").focus()
    page.keyboard.press("Enter")
    expect(count_on(page)).to_have_text("24 speeches")
    expect(page.locator(":focus")).to_have_text("24 speeches")


def test_the_number_of_hits_is_told_in_an_element_that_stays(searcher: Reader) -> None:
    page = search(searcher, "q=water")
    told = page.locator("#search-count").element_handle()
    page.get_by_role("link", name="Person A, 12 speeches, add filter").click()
    expect(count_on(page)).to_have_text("12 speeches")

    assert told
    assert told.evaluate("element => element.isConnected && element.textContent") == "12 speeches"


def test_going_back_brings_the_search_before(searcher: Reader) -> None:
    page = search(searcher, "q=water")
    page.get_by_role("link", name="Person A, 12 speeches, add filter").click()
    expect(count_on(page)).to_have_text("12 speeches")
    page.get_by_role("link", name="Oldest first").click()
    expect(page).to_have_url(f"{searcher.site}/en/search/?q=water&speaker=person-0&sort=oldest")

    page.go_back()
    page.go_back()
    expect(count_on(page)).to_have_text("24 speeches")
    expect(page).to_have_url(f"{searcher.site}/en/search/?q=water")
    page.go_forward()
    expect(count_on(page)).to_have_text("12 speeches")


def test_a_new_search_leaves_out_of_the_address_what_was_left_empty(searcher: Reader) -> None:
    page = search(searcher, "q=water")
    box(page).fill("river")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{searcher.site}/en/search/?q=river")
    expect(count_on(page)).to_have_text("24 speeches")


def test_suggestions_come_while_typing_and_are_told(searcher: Reader) -> None:
    page = search(searcher, "")
    box(page).press_sequentially("rive", delay=20)
    field = page.get_by_role("combobox").and_(page.locator("#search"))

    expect(page.get_by_role("listbox")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option").first).to_have_text("Search for “rive”")
    expect(page.get_by_role("option", name="River Forum")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 suggestion")).to_have_count(1)
    assert searcher.complaints == []


def test_a_suggestion_is_chosen_by_keyboard(searcher: Reader) -> None:
    page = search(searcher, "")
    box(page).press_sequentially("rive", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#search").get_attribute("aria-activedescendant")

    expect(page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    expect(page.locator(":focus")).to_have_id("search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/series/river-forum/")


def test_escape_closes_the_suggestions_and_keeps_the_words(searcher: Reader) -> None:
    page = search(searcher, "")
    box(page).press_sequentially("rive", delay=20)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#search")).to_have_value("rive")
    page.keyboard.press("Enter")
    expect(count_on(page)).to_have_text("24 speeches")


def test_the_box_in_the_header_of_every_page_suggests_too(searcher: Reader) -> None:
    page = searcher.open("about")
    page.get_by_role("banner").get_by_label("Search speeches").press_sequentially("rive", delay=20)

    page.get_by_role("option", name="River Forum").click()
    page.wait_for_url("**/meetings/series/river-forum/")


def test_on_a_telephone_the_filters_are_folded(searcher: Reader) -> None:
    searcher.page.set_viewport_size({"width": 390, "height": 800})
    page = search(searcher, "q=water")
    value = page.get_by_role("link", name="Person A, 12 speeches, add filter")
    expect(value).to_be_hidden()
    page.get_by_text("Narrow the results").first.click()
    value.click()

    expect(count_on(page)).to_have_text("12 speeches")


def test_a_bar_is_wide_enough_for_a_finger(searcher: Reader) -> None:
    page = search(searcher, "q=water&from=1990&to=1999")
    bars = page.locator(".year-chart__target")

    assert bars.count() == 10
    assert all(bar.bounding_box()["width"] >= 24 for bar in bars.all())  # type: ignore[index]


def test_a_visit_to_the_results_is_light(searcher: Reader) -> None:
    search(searcher, "q=water").wait_for_load_state("networkidle")

    assert len([url for url in searcher.requests if url.startswith(searcher.site)]) <= 7
