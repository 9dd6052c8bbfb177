"""Finding a quotation and reading a trend, with a mouse, a keyboard, a narrow screen, no script."""

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.accessibility.test_axe import ALL_RULES, COLOURS, readable
from tests.browser.test_small_screen import TOO_WIDE
from tests.make import make_meeting, make_speech
from tests.searching import index_everything

pytestmark = pytest.mark.browser

SAID = "the rivers of our region know no border and no country can keep them clean alone"
ALTERED = "the rivers of our region know no limit and no country can keep them clean"
TREND = "/trend/?phrase=rivers&phrase=no+country+can"
ANSWERS = (
    f"/quote/?text={SAID}",
    f"/quote/?text={ALTERED}",
    "/quote/?text=these words were certainly never said by anybody",
    "/quote/",
    "/trend/",
    TREND,
)


@pytest.fixture
def site(live_server: Any) -> str:
    for year in (2001, 2002, 2004, 2007):
        make_speech(
            title=f"Rivers in {year}", speaker="Ada Example", delivered_on=date(year, 6, 1),
            body=f"<p>In {year} we said:</p><p>That {SAID}, is known.</p>",
            meeting=make_meeting(name="The Water Assembly"),
        )  # fmt: skip
    index_everything()
    return str(live_server.url)


def test_a_reader_pastes_a_quotation_and_opens_its_paragraph(page: Page, site: str) -> None:
    page.goto(f"{site}/en/quote/")
    page.get_by_label("Quotation").fill(f"“{SAID.upper()}!”")
    page.get_by_role("button", name="Find the quotation").click()

    expect(page.get_by_role("heading", name="Word for word")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("4 speeches")
    page.get_by_role("link", name="Rivers in 2007").click()
    expect(page.locator("#p2")).to_be_in_viewport()


def test_a_click_on_the_citation_takes_all_of_it(page: Page, site: str) -> None:
    page.goto(f"{site}/en/quote/?text={SAID}")
    page.locator(".quote-hit__citation").first.click()

    taken = page.evaluate("getSelection().toString()")
    assert taken.strip().startswith("Ada Example.")
    assert taken.strip().endswith("#p2")


def test_an_altered_word_is_told_apart_without_colours(page: Page, site: str) -> None:
    page.goto(f"{site}/en/quote/?text={ALTERED}")
    struck = page.locator(".word-diff__text del").first
    put_in = page.locator(".word-diff__text ins").first

    expect(struck).to_have_text("limit")
    expect(put_in).to_have_text("border")
    decoration = "element => getComputedStyle(element).textDecorationLine"
    assert struck.evaluate(decoration) == "line-through"
    assert put_in.evaluate(decoration) == "underline"


def test_a_point_of_the_chart_leads_to_the_speeches_of_its_year(page: Page, site: str) -> None:
    page.goto(site + "/en" + TREND)
    page.locator(".trend-chart__points a").last.click()

    assert "from=2007" in page.url
    expect(page.get_by_role("link", name="Rivers in 2007").first).to_be_visible()
    expect(page.get_by_role("link", name="Rivers in 2001")).to_have_count(0)


def test_the_table_of_a_trend_is_reached_with_the_keyboard(page: Page, site: str) -> None:
    page.goto(site + "/en" + TREND)
    page.get_by_text("All values as a table").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".trend-table__frame")).to_be_focused()
    page.keyboard.press("Tab")

    expect(page.get_by_role("cell", name="1 (").first.get_by_role("link")).to_be_focused()


def test_lines_differ_by_more_than_their_colour(page: Page, site: str) -> None:
    page.goto(site + "/en" + TREND)
    dashes = page.locator(".trend-chart__drawing--wide .trend-line__path").evaluate_all(
        "lines => lines.map(line => getComputedStyle(line).strokeDasharray)"
    )

    assert len(set(dashes)) == len(dashes) == 2


def test_both_work_without_scripts(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/en/trend/")
    page.get_by_label("Phrase 1").fill("rivers")
    page.get_by_role("button", name="Show the trend").click()
    expect(page.get_by_role("img")).to_be_visible()
    page.goto(f"{site}/en/quote/")
    page.get_by_label("Quotation").fill(SAID)
    page.get_by_role("button", name="Find the quotation").click()

    expect(page.get_by_role("heading", name="Word for word")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_scrolls_sideways_on_a_narrow_screen(page: Page, site: str, language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for address in ANSWERS:
        page.goto(f"{site}/{language}{address}")
        for summary in page.locator("main summary").all():
            summary.click()
        if found := page.evaluate(TOO_WIDE):
            too_wide[address] = found

    assert too_wide == {}


@pytest.mark.accessibility
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_rule_of_axe_is_broken(page: Page, site: str, language: str) -> None:
    found = []
    for address in ANSWERS:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(f"{site}/{language}{address}")
        for summary in page.locator("main summary").all():
            summary.click()
        found += Axe().run(page, options=ALL_RULES).response["violations"]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += Axe().run(page, options=COLOURS).response["violations"]

    assert not found, "\n".join(readable(violation) for violation in found)
