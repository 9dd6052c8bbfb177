"""A speech on paper: its words and where they come from, without what only a screen can use."""

import pytest
from playwright.sync_api import expect

from tests.reading import Reader

pytestmark = pytest.mark.browser


def test_a_printed_speech_has_its_words_and_no_navigation(reader: Reader) -> None:
    page = reader.open("speech")
    page.emulate_media(media="print")

    expect(page.get_by_text("The last paragraph thanks everybody.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Ada Example").first).to_be_visible()
    for navigation in page.locator("nav").all():
        expect(navigation).to_be_hidden()
    for box in page.locator("form").all():
        expect(box).to_be_hidden()


def test_a_printed_speech_is_dark_on_white_in_the_dark_too(reader: Reader) -> None:
    page = reader.open("speech")
    page.emulate_media(media="print", color_scheme="dark")
    background, ink = page.locator("#p1").evaluate(
        "element => [getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(element).color]"
    )

    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert sum(int(part) for part in ink.strip("rgb()").split(",")[:3]) < 200
