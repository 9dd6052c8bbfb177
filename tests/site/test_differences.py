"""Two texts compared: nothing is lost, nothing made up, and no input takes long."""

from hypothesis import given
from hypothesis import strategies as st

from iomsite.paragraph_diff import (
    folded,
    html_paragraphs,
    keyed,
    paragraph_diff,
)
from iomsite.word_diff import MOST_COMPARISONS, word_diff

WORDS = st.text(alphabet="ab .,_-\u0627\u064b中界\u0301🙂 \n", max_size=60)
PARAGRAPHS = st.lists(st.sampled_from(["One.", "One two.", "Three four five.", "中国"]), max_size=8)


def side(stretches, kind):
    return "".join(s.text + s.space for s in stretches if s.kind in {"same", kind})


def bare(text):
    return "".join(text.split())


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_what_differs(before, after):
    stretches = word_diff(before, after)

    assert bare(side(stretches, "deleted")) == bare(before)
    assert " ".join(side(stretches, "inserted").split()) == " ".join(after.split())


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text):
    assert {stretch.kind for stretch in word_diff(text, text)} <= {"same"}


def test_words_of_chinese_are_compared_one_by_one():
    assert word_diff("国际移民组织", "国际难民组织") == [
        ("same", "国际", ""), ("deleted", "移", ""), ("inserted", "难", ""), ("same", "民组织", ""),
    ]  # fmt: skip


def test_sentences_with_little_in_common_are_shown_as_two():
    stretches = word_diff("We thank the Chair for this.", "Nobody came, as it was raining, and so")

    assert [stretch.kind for stretch in stretches] == ["deleted", "inserted"]


def test_texts_too_long_to_compare_are_shown_as_replaced_between_their_ends():
    many = int(MOST_COMPARISONS**0.5) + 10
    before, after = ("same " + f"{word} " * many + "same" for word in ("old", "new"))

    stretches = word_diff(before, after)

    assert [stretch.kind for stretch in stretches] == ["deleted", "inserted"]


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_of_both_texts_is_told_of_once(before, after):
    found = paragraph_diff(*keyed(before, after))
    states = [one.state for one in found]

    assert len([state for state in states if state != "deleted"]) == len(after)
    assert [bare(side(one.stretches, "inserted")) for one in found if one.state != "deleted"] == [
        bare(text) for text in after
    ]
    assert sum(len(fold.paragraphs) for fold in folded(found)) == len(found)


def test_links_and_emphasis_are_spelled_out():
    body = '<h2>A</h2><ul><li>b <em>c</em><ul><li>d</li></ul></li></ul><p><a href="x">e</a></p>'

    assert html_paragraphs(body) == ["A", "b *c*", "d", "e (x)"]
