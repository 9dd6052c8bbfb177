"""Where the words of a passage stand in its HTML."""

import pytest

from speeches.mentions.slots import slots, starts
from speeches.passages import split
from speeches.rendering import render


def linked(body: str, words: str) -> str | None:
    """Return the piece of the rendered body at which a link around some words is drawn."""
    blocks = split(body)
    html = render(body, [f"p{number}" for number, _ in enumerate(blocks, 1)], "en")
    number, plain = next((n, b.text) for n, b in enumerate(blocks, 1) if words in b.text)
    at = starts(html)[f"p{number}"]
    start = plain.index(words)
    slot = slots(html, at, plain, [(start, start + len(words))])[0]
    return html[at:][slot[0] : slot[1]] if slot else None


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("<p>We thank IOM.</p>", "IOM", "IOM"),
        ("<p>A &amp; B thank R&amp;D.</p>", "R&D", "R&amp;D"),
        ("<p>1 of 1: <em>IOM</em> and IOM.</p>", "IOM", "IOM"),
        ("<p>The <em>Global</em> Forum met.</p>", "Forum", "Forum"),
        ("<p>The <em>Global</em> Forum met.</p>", "e Global Forum", "e <em>Global</em> Forum"),
        ("<p>The\n   Global \n Forum met.</p>", "Global Forum", "Global \n Forum"),
        ("<ul><li>IOM<ul><li>its Council</li></ul></li></ul>", "Council", "Council"),
        ("<table><tr><td>IOM</td><td>UN</td></tr></table>", "UN", "UN"),
        ("<blockquote><p>Said IOM.</p></blockquote>", "IOM", "IOM"),
        ("<p>المنظمة الدولية للهجرة</p>", "الدولية", "الدولية"),
    ],
)
def test_a_link_is_drawn_around_the_words(body: str, words: str, expected: str) -> None:
    assert linked(body, words) == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>See <a href='https://example.org/'>the IOM page</a>.</p>", "IOM"),
        ("<p>The <em>Global For</em>um met.</p>", "Forum"),
        ("<p>The <a href='https://example.org/'>Global</a> Forum met.</p>", "Global Forum"),
    ],
)
def test_no_link_is_drawn_across_other_markup(body: str, words: str) -> None:
    assert linked(body, words) is None
