"""Every kind of page by the rules of axe: WCAG 2.2 A and AA, and its best practice.

In English and Arabic, so in both directions, and in the light and the dark colours. Automatic
rules find a part of what can be wrong; docs/operations.md says what a person has to look at.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.reading import Reader
from tests.world import PATHS

pytestmark = pytest.mark.accessibility

ALL_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def readable(violation: dict[str, Any]) -> str:
    """Return what is wrong and where, for the one who mends it."""
    places = "\n".join(
        f"    {node['html'][:200]}\n      {node['failureSummary']}" for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


@pytest.mark.parametrize("kind", PATHS)
def test_a_page_breaks_no_rule_of_axe(reader: Reader, kind: str) -> None:
    found = []
    for language in ("en", "ar"):
        reader.page.emulate_media(color_scheme="light")
        page = reader.open(kind, language)
        found += Axe().run(page, options=ALL_RULES).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += Axe().run(page, options=COLOURS).response["violations"]

    assert not found, "\n".join(readable(violation) for violation in found)
