"""Splitting a text into passages, and anchors that survive what editors do."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iomsite.markup import sanitize
from speeches.passages import align, split
from speeches.rendering import contents, count_words, reading_minutes, render, teaser


def mint_from(number):
    numbers = count(number)
    return lambda: f"p{next(numbers)}"


def kinds(body):
    return [(block.kind, block.text) for block in split(body)]


def test_each_kind_of_block_is_a_passage_in_reading_order():
    body = (
        "<h2>Opening</h2><p>First <em>words</em>.</p><ul><li>one</li><li>two</li></ul>"
        "<blockquote><p>Quoted.</p></blockquote>"
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )

    assert kinds(body) == [
        ("heading", "Opening"),
        ("paragraph", "First words."),
        ("item", "one"),
        ("item", "two"),
        ("quote", "Quoted."),
        ("table", "a | b"),
    ]


def test_an_item_with_a_list_inside_is_a_passage_of_its_own_words_only():
    assert kinds("<ul><li>one<ol><li>inner</li></ol></li></ul>") == [
        ("item", "one"),
        ("item", "inner"),
    ]


def test_loose_text_becomes_a_paragraph_and_nothing_is_lost():
    assert kinds("before<p>inside</p>after <em>it</em>") == [
        ("paragraph", "before"),
        ("paragraph", "inside"),
        ("paragraph", "after it"),
    ]


def test_empty_paragraphs_are_no_passages():
    assert kinds("<p> </p><p>Words.</p><p></p>") == [("paragraph", "Words.")]


OLD = [("p1", "The first paragraph of the speech."), ("p2", "Now the second one, on labour."),
       ("p3", "In closing, a third paragraph.")]  # fmt: skip


def test_equal_passages_keep_their_anchors_when_they_change_places():
    new = [OLD[2][1], OLD[0][1], OLD[1][1]]

    assert align(OLD, new, mint_from(4)) == ["p3", "p1", "p2"]


def test_an_inserted_passage_gets_a_new_anchor_and_moves_no_other():
    new = [OLD[0][1], "Something entirely different, put between.", OLD[1][1], OLD[2][1]]

    assert align(OLD, new, mint_from(4)) == ["p1", "p4", "p2", "p3"]


def test_a_corrected_passage_keeps_its_anchor():
    new = [OLD[0][1], "Now the second one, on labor mobility.", OLD[2][1]]

    assert align(OLD, new, mint_from(4)) == ["p1", "p2", "p3"]


def test_a_rewritten_passage_gets_a_new_anchor():
    new = [OLD[0][1], "Zebras!", OLD[2][1]]

    assert align(OLD, new, mint_from(4)) == ["p1", "p4", "p3"]


def test_of_two_equal_passages_each_keeps_its_own_anchor():
    old = [("p1", "Thank you."), ("p2", "Words between."), ("p3", "Thank you.")]

    assert align(old, [text for _, text in old], mint_from(4)) == ["p1", "p2", "p3"]


words = st.text(alphabet="abcdefgh ", min_size=1, max_size=60).map(str.strip).filter(bool)


@settings(max_examples=200, deadline=None)
@given(st.lists(words, max_size=12), st.lists(words, max_size=12))
def test_no_anchor_is_ever_given_twice(before, after):
    old = [(f"p{number}", text) for number, text in enumerate(before, start=1)]

    anchors = align(old, after, mint_from(len(old) + 1))

    assert len(anchors) == len(after)
    assert len(set(anchors)) == len(anchors)


@settings(max_examples=200, deadline=None)
@given(st.lists(words, min_size=1, max_size=12, unique=True), st.randoms())
def test_unchanged_passages_keep_their_anchors_through_any_reordering(texts, random):
    old = [(f"p{number}", text) for number, text in enumerate(texts, start=1)]
    shuffled = list(old)
    random.shuffle(shuffled)

    anchors = align(old, [text for _, text in shuffled], mint_from(len(old) + 1))

    assert anchors == [anchor for anchor, _ in shuffled]


def test_three_thousand_rewritten_passages_are_aligned_within_a_bound():
    old = [(f"p{n}", f"Old paragraph number {n} about one thing {n * 7}") for n in range(3000)]
    new = [f"Paragraph {n} is now about quite another matter {n * 13}" for n in range(3000)]

    anchors = align(old, new, mint_from(3001))

    assert len(set(anchors)) == 3000


@settings(max_examples=200, deadline=None)
@given(st.lists(words, min_size=1, max_size=8))
def test_the_rendered_text_carries_every_anchor_once(texts):
    body = sanitize("".join(f"<p>{text}</p>" for text in texts))
    anchors = [f"p{number}" for number in range(1, len(split(body)) + 1)]

    html = render(body, anchors, "en")

    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * len(anchors)


def test_a_wide_table_scrolls_in_a_frame_that_the_keyboard_reaches():
    html = render("<table><tbody><tr><td>1</td></tr></tbody></table>", ["p1"], "en")

    assert html.startswith('<div class="passage passage--table" id="p1" tabindex="0">')


def test_headings_make_the_list_of_contents():
    blocks = split("<h2>One</h2><p>Words.</p><h3>Two</h3>")

    assert contents(blocks, ["p1", "p2", "p3"]) == [
        {"level": 1, "text": "One", "anchor": "p1"},
        {"level": 2, "text": "Two", "anchor": "p3"},
    ]


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("one two three", 3), ("移民与发展", 3), ("IOM 移民", 3)]
)
def test_words_are_counted_in_scripts_with_and_without_spaces(text, expected):
    assert count_words(text) == expected


def test_a_short_text_takes_a_minute_to_read():
    assert reading_minutes(12) == 1


def test_a_teaser_ends_with_a_sentence_where_it_can():
    blocks = split(f"<p>{'A sentence of words. ' * 30}</p>")

    assert teaser(blocks).endswith("words.")
    assert len(teaser(blocks)) <= 241


def test_a_teaser_without_a_sentence_end_stops_at_a_word():
    assert teaser(split(f"<p>{'word ' * 100}</p>")).endswith("word…")
