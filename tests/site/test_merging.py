"""Bringing two people's changes together: nothing of either is lost, and no clash is hidden."""

from collections import Counter
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from iomsite.markup import sanitize
from iomsite.publishing import blocks
from iomsite.publishing.merging import Merged, is_same, merge

WORDS = st.sampled_from(["people", "move", "across", "borders", "and", "we", "count", "them"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = SENTENCES.map(lambda words: f"<p>{words}</p>")
ITEMS = st.lists(SENTENCES, min_size=1, max_size=3).map(
    lambda found: "<ul>" + "".join(f"<li>{words}</li>" for words in found) + "</ul>"
)
BODIES = st.lists(PARAGRAPHS | ITEMS, max_size=6).map("".join)
LINES = st.lists(SENTENCES, max_size=4).map("\n".join)

FIELDS = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["", "Geneva", "Bern", "Tunis"]),
        "meeting": st.none() | st.integers(1, 3),
        "initiatives": st.lists(st.integers(1, 5), unique=True).map(sorted),
        "doubts": st.lists(st.sampled_from(["founded", "place", "name"]), unique=True),
        "summary": LINES,
        "body": BODIES,
        "is_sample": st.booleans(),
    }
)
SOURCES = st.dictionaries(
    st.integers(20, 23), st.fixed_dictionaries({"url": WORDS}), max_size=3
).map(lambda rows: [{"key": key, "fields": rows[key]} for key in sorted(rows)])
ROWS = st.dictionaries(st.integers(1, 5), st.tuples(FIELDS, SOURCES), max_size=3).map(
    lambda rows: [
        {"key": key, "fields": fields, "parts": {"sources": sources}}
        for key, (fields, sources) in sorted(rows.items())
    ]
)
CONTENTS = st.builds(
    lambda fields, texts: {
        "kind": "speeches.speech",
        "item": 7,
        "fields": fields,
        "parts": {"texts": texts},
    },
    FIELDS,
    ROWS,
)


def content(texts: dict[int, dict[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a content with some fields, and texts by their keys."""
    rows = [{"key": key, "fields": values} for key, values in sorted((texts or {}).items())]
    return {"kind": "speeches.speech", "item": 7, "fields": fields, "parts": {"texts": rows}}


def merged_body(base: str, mine: str, theirs: str) -> Merged:
    return merge(content(body=base), content(body=mine), content(body=theirs))


@given(BODIES | LINES | st.text(max_size=60))
def test_a_text_split_into_blocks_loses_nothing(text: str) -> None:
    assert "".join(blocks.split(text)) == text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "</li>", "x", "\n", "<a b=", ">"])))
def test_even_broken_html_is_split_without_loss(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert "".join(blocks.split(text)) == text
    assert "".join(blocks.split(sanitize(text))) == sanitize(text)


@given(CONTENTS, CONTENTS)
def test_what_only_one_changed_is_taken_as_it_is(base: Any, changed: Any) -> None:
    for mine, theirs in ((changed, base), (base, changed), (changed, changed)):
        merged = merge(base, mine, theirs)

        assert merged.content == changed
        assert merged.clashes == []


@given(CONTENTS, CONTENTS)
def test_two_contents_are_the_same_only_when_they_are_equal(one: Any, other: Any) -> None:
    assert is_same(one, other) == (one == other)


def test_a_row_that_both_took_out_makes_a_difference() -> None:
    assert not is_same(content({1: {"title": "English"}}), content())


@given(CONTENTS)
def test_where_nothing_was_changed_there_is_nothing_to_tell(base: Any) -> None:
    assert merge(base, base, base) == Merged(base, [])


@given(CONTENTS, CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_it_does_not_matter_who_came_first(base: Any, one: Any, other: Any) -> None:
    forth, back = merge(base, one, other), merge(base, other, one)

    assert bool(forth.clashes) == bool(back.clashes)
    if not forth.clashes:
        assert without_order(forth.content) == without_order(back.content)


@given(CONTENTS, CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_whoever_is_preferred_has_all_clashes(base: Any, mine: Any, theirs: Any) -> None:
    clashes = merge(base, mine, theirs).clashes
    chosen = merge(base, mine, theirs, {clash.number: "mine" for clash in clashes})

    assert [clash.number for clash in clashes] == list(range(len(clashes)))
    assert chosen.clashes == clashes
    assert merge(mine, chosen.content, mine).clashes == []


@given(BODIES, BODIES, BODIES)
@settings(max_examples=500)
def test_no_block_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    merged = merged_body(base, mine, theirs)
    asked = "".join(f"{clash.mine}{clash.theirs}" for clash in merged.clashes)
    kept = Counter(words_of(merged.content["fields"]["body"] + asked))
    before = Counter(words_of(base))

    for side in (mine, theirs):
        added = Counter(words_of(side)) - before
        assert added - kept == Counter()


@given(BODIES, BODIES, BODIES)
@example("<p>people</p><p>people</p>", "<p>people</p>", "<p>people people</p><p>people</p>")
@settings(max_examples=300)
def test_what_both_left_alone_stands_and_what_both_took_out_is_gone(
    base: str, mine: str, theirs: str
) -> None:
    merged = merged_body(base, mine, theirs)
    before, by_me, by_them, result = (
        Counter(words_of(body)) for body in (base, mine, theirs, merged.content["fields"]["body"])
    )

    assert set(result) <= set(by_me) | set(by_them)
    if not merged.clashes:
        # Of two paragraphs that are the same, each of them may have taken out another one.
        left_alone = before - (before - by_me) - (before - by_them)
        assert left_alone <= result


@given(CONTENTS, CONTENTS)
@settings(max_examples=200)
def test_without_a_base_nothing_is_decided_for_anybody(mine: Any, theirs: Any) -> None:
    merged = merge(None, mine, theirs)
    all_mine = merge(None, mine, theirs, {clash.number: "mine" for clash in merged.clashes})

    assert merged.content == theirs
    assert all_mine.content == mine
    assert all(difference.is_clash for difference in merged.differences)


def test_two_paragraphs_side_by_side_are_merged() -> None:
    merged = merged_body(
        "<p>The first paragraph.</p><p>The second paragraph.</p>",
        "<p>The first paragraph, mended.</p><p>The second paragraph.</p>",
        "<p>The first paragraph.</p><p>The second paragraph, longer.</p>",
    )

    assert merged.clashes == []
    assert merged.content["fields"]["body"] == (
        "<p>The first paragraph, mended.</p><p>The second paragraph, longer.</p>"
    )


def test_items_of_one_list_are_merged() -> None:
    merged = merged_body(
        "<ul><li>Safe routes</li><li>Fair fees</li></ul>",
        "<ul><li>Safe routes for all</li><li>Fair fees</li></ul>",
        "<ul><li>Safe routes</li><li>Fair fees</li><li>Good data</li></ul>",
    )

    assert merged.clashes == []
    assert merged.content["fields"]["body"] == (
        "<ul><li>Safe routes for all</li><li>Fair fees</li><li>Good data</li></ul>"
    )


def test_one_paragraph_changed_by_both_is_a_clash_and_both_can_stay() -> None:
    texts = [f"<p>{words}</p>" for words in ("We count.", "We count them.", "We all count.")]
    clash = merged_body(*texts).clashes[0]

    assert (clash.base, clash.mine, clash.theirs) == tuple(texts)
    both = merge(*(content(body=text) for text in texts), {clash.number: "both"})
    assert both.content["fields"]["body"] == "<p>We all count.</p><p>We count them.</p>"


def test_a_paragraph_that_one_took_out_and_the_other_changed_is_a_clash() -> None:
    merged = merged_body(
        "<p>One.</p><p>Two.</p>", "<p>One.</p>", "<p>One.</p><p>Two and a half.</p>"
    )

    assert [(clash.mine, clash.theirs) for clash in merged.clashes] == [
        ("", "<p>Two and a half.</p>")
    ]


def test_a_row_that_one_took_out_and_the_other_changed_is_a_clash() -> None:
    base = content({1: {"title": "English"}, 2: {"title": "French"}})
    mine, theirs = (
        content({1: {"title": "English"}}),
        content({1: {"title": "English"}, 2: {"title": "Français"}}),
    )
    merged = merge(base, mine, theirs)

    assert [clash.path for clash in merged.clashes] == [("texts", 2)]
    assert merge(base, mine, theirs, {0: "mine"}).content == mine
    assert merged.content == theirs


def test_lists_of_keys_are_merged_as_sets() -> None:
    merged = merge(
        content(initiatives=[1, 2, 3]),
        content(initiatives=[2, 3, 9]),
        content(initiatives=[1, 2, 4]),
    )

    assert merged.content["fields"]["initiatives"] == [2, 4, 9]
    assert merged.clashes == []


def test_deep_and_long_texts_take_bounded_time() -> None:
    deep = "<ul><li>" * 400 + "{}" + "</li></ul>" * 400
    merged = merged_body(deep.format("a"), deep.format("b"), deep.format("c"))
    assert len(merged.clashes) == 1

    base = "".join(f"<p>Paragraph {number} of many.</p>" for number in range(3_000))
    mine = base.replace("many", "very many")
    theirs = base.replace("Paragraph", "A paragraph")
    assert len(merged_body(base, mine, theirs).clashes) == 3_000


def words_of(body: str) -> list[str]:
    """Return the paragraphs and items of a body, without what is around them."""
    plain = body.replace("<ul>", "").replace("</ul>", "")
    return [text for text in plain.replace("</li>", "</p>").split("</p>") if text]


def without_order(value: Any) -> Any:
    """Return a content in which the order of what both added does not count."""
    if isinstance(value, dict):
        return {name: without_order(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return sorted((without_order(inner) for inner in value), key=str)
    return value
