"""A screen 320 pixels wide: what WCAG 2.2 asks for as reflow, and what an old telephone has."""

import pytest

from tests.reading import Reader
from tests.world import PATHS

pytestmark = pytest.mark.browser

TOO_WIDE = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const isOut = element => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    };
    return [...document.querySelectorAll("body *")]
        .filter(element => isOut(element) && ![...element.children].some(isOut))
        .map(element => element.outerHTML.slice(0, 100))
        .concat([`the page is ${root.scrollWidth} pixels wide`]);
}"""
"""The innermost elements that push a page sideways; none if it does not scroll."""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_scrolls_sideways_on_a_narrow_screen(reader: Reader, language: str) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 640})
    too_wide = {}
    for kind in PATHS:
        if found := reader.open(kind, language).evaluate(TOO_WIDE):
            too_wide[kind] = found

    assert too_wide == {}


def test_text_enlarged_to_twice_its_size_is_not_cut_off(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 640, "height": 800})
    page = reader.open("speech")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")

    assert page.evaluate(TOO_WIDE) == []
