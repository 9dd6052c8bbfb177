"""What a page does in a visitor's browser besides showing itself: nothing."""

import pytest

from tests.reading import Reader
from tests.world import PATHS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_makes_the_browser_complain(reader: Reader, language: str) -> None:
    for kind in PATHS:
        page = reader.open(kind, language)
        page.evaluate("new Promise(requestAnimationFrame)")

        assert reader.complaints == [], kind


def test_no_page_sets_a_cookie_or_asks_another_host(reader: Reader) -> None:
    for kind in PATHS:
        page = reader.open(kind)
        page.evaluate("new Promise(requestAnimationFrame)")

        assert page.context.cookies() == [], kind
        assert [url for url in reader.requests if not url.startswith(reader.site)] == [], kind


def test_the_policy_refuses_a_script_that_was_smuggled_in(reader: Reader) -> None:
    page = reader.open("speech")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.smuggled = true";
            document.body.append(script);
        }"""
    )

    assert page.evaluate("window.smuggled === undefined")
    assert any("Content Security Policy" in complaint for complaint in reader.complaints)
