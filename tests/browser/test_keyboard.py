"""Everything a mouse can do, done with the keyboard, and seen where the focus is."""

import pytest
from playwright.sync_api import Page, expect

from tests.reading import Reader

pytestmark = pytest.mark.browser

MOST_STOPS = 400

STOP = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const box = element.getBoundingClientRect();
    return {
        name: element.outerHTML.slice(0, 120),
        marked: outline || style.boxShadow !== "none",
        shown: box.width > 0 && box.height > 0,
        inMain: !!element.closest("main"),
    };
}"""


def stops(page: Page) -> list[dict[str, object]]:
    """Walk through a page by the Tab key and return where the focus stopped."""
    found = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError(f"More than {MOST_STOPS} stops, or the focus is trapped.")


def test_the_first_stop_skips_to_the_content(reader: Reader) -> None:
    page = reader.open("speech")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_in_viewport()
    target = skip.get_attribute("href")
    page.keyboard.press("Enter")

    assert target
    assert page.locator(target).evaluate("element => !!element.closest('main')")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("kind", ["home", "speech", "speech list", "organization", "search"])
def test_the_focus_is_visible_wherever_it_stops(reader: Reader, kind: str) -> None:
    page = reader.open(kind)
    unmarked = [stop["name"] for stop in stops(page) if not (stop["marked"] and stop["shown"])]

    assert unmarked == []


def test_the_menu_opens_and_leads_on_by_keyboard(reader: Reader) -> None:
    page = reader.open("home")
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if "Who we are" in (focused.inner_text() or "") and focused.is_visible():
            break
    page.keyboard.press("Enter")
    link = page.get_by_role("banner").get_by_role("link", name="Who we are").first
    if "/who-we-are/" not in page.url:
        link.focus()
        page.keyboard.press("Enter")

    page.wait_for_url("**/who-we-are/")


def test_a_long_list_is_paged_by_keyboard(reader: Reader) -> None:
    page = reader.open("speech list")
    first = page.get_by_role("article").first.inner_text()
    following = page.get_by_role("link", name="Next")
    following.first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**page=2*")
    assert page.get_by_role("article").first.inner_text() != first


def test_a_paragraph_link_is_copied_by_keyboard(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("speech")
    page.locator("#p1 .passage__number").focus()
    page.keyboard.press("Enter")
    copy = page.get_by_role("button", name="Copy the link to this paragraph")
    for _ in range(5):
        page.keyboard.press("Tab")
        if copy.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("#p1")
