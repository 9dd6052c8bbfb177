"""Marks around what answers a query, and the part of a text that shows most of it."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iomsite.markup import sanitize
from speeches.passages import split
from speeches.rendering import render
from speeches.search.words.highlight import Matcher, mark, mark_html, snippet
from speeches.search.words.language import stem, words

MARKS = re.compile(r"</?mark>")


def matcher_for(text, language="en"):
    """Return a matcher for the words of a text, as a query of these words has."""
    return Matcher(stems=frozenset(stem(form, language) for form in words(text)))


def phrase(text):
    return Matcher(phrases=(tuple(words(text)),))


def marked(html):
    """Return what stands between marks, in order."""
    return [unescape(part) for part in re.findall(r"<mark>(.*?)</mark>", html, re.S)]


MARKED = [
    ("en", "migrants", "A migrant, migrants; migration.", ["migrant", "migrants"]),
    ("en", "women", "Women’s rights are women's.", ["Women", "women"]),
    ("fr", "refugies", "La réfugiée et les réfugiés.", ["réfugiée", "réfugiés"]),
    ("fr", "accord", "l’accord, d'accords", ["accord", "accords"]),
    ("es", "migraciones", "La MIGRACIÓN segura.", ["MIGRACIÓN"]),
    ("ru", "беженец", "Беженцы, беженцев", ["Беженцы", "беженцев"]),
    ("ar", "هجرة", "والهجرة، هِجْرَته", ["والهجرة", "هِجْرَته"]),
    ("zh-hans", "移民组织", "国际移民组织。移民和组织", ["移民组织", "移民", "组织"]),
    ("th", "ผู้ลี้ภัย", "ช่วยผู้ลี้ภัย", ["ผู้ลี้ภัย"]),
    ("de", "strasse", "Die Straße", ["Straße"]),
    ("en", "finance", "ﬁnance & <b>", ["ﬁnance"]),
]


@pytest.mark.parametrize(("language", "query", "text", "expected"), MARKED)
def test_words_are_marked_as_their_language_counts_them_the_same(language, query, text, expected):
    html = mark(text, language, matcher_for(query, language))

    assert marked(html) == expected
    assert plain(html) == text


def test_a_phrase_is_marked_as_one_and_only_in_its_order_and_forms():
    text = "United Nations, nations united, the united nation, and the “United, Nations”."

    html = mark(text, "en", phrase("united nations"))

    assert marked(html) == ["United Nations", "United, Nations"]


def test_a_phrase_that_repeats_its_first_word_is_found():
    assert marked(mark("no no, never no never", "en", phrase("no never"))) == [
        "no, never",
        "no never",
    ]


def test_a_beginning_marks_the_words_that_begin_so():
    html = mark("Migrants and emigration", "en", Matcher(prefixes=("migr", "and")))

    assert marked(html) == ["Migrants", "and"]


def test_one_chinese_character_is_marked_by_itself_wherever_it_stands():
    html = mark("人口迁移与移民", "zh-hans", Matcher(prefixes=("移",)))

    assert marked(html) == ["移", "移"]


def test_marks_that_touch_or_overlap_are_one():
    matcher = Matcher(stems=frozenset({"unit"}), phrases=(("united", "nations"),))

    assert matcher.spans("The United Nations", "en") == [(4, 18)]


def test_what_is_shown_is_escaped():
    html = mark("<script>peace</script> & 'peace'", "en", matcher_for("peace"))

    assert html == (
        "&lt;script&gt;<mark>peace</mark>&lt;/script&gt; &amp; &#x27;<mark>peace</mark>&#x27;"
    )


def test_without_a_query_nothing_is_marked():
    assert not Matcher()
    assert mark("peace", "en", Matcher()) == "peace"
    assert mark_html("<p>peace</p>", "en", Matcher()) == "<p>peace</p>"


LONG = "Of this we said much. " * 30 + "Climate moves people. " + "And more was said of it. " * 30


def test_a_snippet_shows_the_words_asked_for_and_begins_with_a_sentence_if_it_can():
    html = snippet(LONG, "en", matcher_for("climate people"), length=120)

    assert marked(html) == ["Climate", "people"]
    assert re.match("…(Of this|Climate)", html)
    assert html.endswith("…")


def test_a_snippet_prefers_more_of_the_query_to_the_first_of_it():
    text = f"Climate. {'Words between. ' * 40} Climate moves people across borders. {'End. ' * 60}"

    html = snippet(text, "en", matcher_for("climate people borders"), length=100)

    assert marked(html) == ["Climate", "people", "borders"]


def test_a_snippet_prefers_a_phrase_to_one_of_its_words():
    text = f"Nations. {'Words between. ' * 40} The United Nations. {'End. ' * 60}"
    matcher = Matcher(stems=frozenset({"nation"}), phrases=(("united", "nations"),))

    assert marked(snippet(text, "en", matcher, length=60)) == ["United Nations"]


def test_a_short_text_is_shown_whole():
    assert snippet("All of it.", "en", matcher_for("it")) == "All of <mark>it</mark>."


def test_without_a_match_the_beginning_is_shown():
    assert snippet("one two three four", "en", Matcher(), length=10) == "one two…"


def test_a_text_without_spaces_is_cut_around_the_match():
    text = "我们在这里讨论许多问题" * 30 + "国际移民组织" + "并继续努力合作下去" * 30

    html = snippet(text, "zh-hans", phrase("移民组织"), length=40)

    assert marked(html) == ["移民组织"]
    assert len(MARKS.sub("", html)) <= 42
    assert html.startswith("…")
    assert html.endswith("…")


def test_an_arabic_text_is_cut_between_words():
    text = "نحن هنا من أجل السلام " * 30 + "حقوق اللاجئين " + "في كل مكان من العالم " * 30

    html = snippet(text, "ar", matcher_for("لاجئ", "ar"), length=60)

    assert marked(html) == ["اللاجئين"]
    assert set(words(MARKS.sub("", html))) <= set(words(text))


def test_a_phrase_longer_than_the_snippet_shows_its_beginning():
    text = "before it " * 20 + "one two three four five six seven eight nine ten" + " after" * 20

    html = snippet(text, "en", phrase("one two three four five six seven eight nine ten"), 20)

    assert marked(html) == ["one two three four"]


texts = st.text(max_size=300) | st.text(alphabet="ab é<>&\"'移民ﬁß\u0301\u200f.ا ", max_size=300)
matchers = st.builds(
    Matcher,
    stems=st.frozensets(st.sampled_from(["a", "b", "ab", "移民", "e", "ss"])),
    prefixes=st.lists(st.sampled_from(["a", "移", "f", ""]), max_size=2).map(tuple),
    phrases=st.lists(st.sampled_from([("a", "b"), ("移民", "民移"), ("a",), ()]), max_size=2).map(
        tuple
    ),
)
languages = st.sampled_from(["en", "ar", "ru", "zh-hans", "pt", ""])


ESCAPED = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")]


def plain(html):
    """Return the text that was escaped and marked: not more than that is undone."""
    html = MARKS.sub("", html)
    for entity, sign in ESCAPED:
        html = html.replace(entity, sign)
    return html


def assert_marks_nest(html):
    assert "".join(MARKS.findall(html)) == "<mark></mark>" * html.count("<mark>")
    assert "<mark></mark>" not in html


@settings(max_examples=400, deadline=None)
@given(texts, languages, matchers)
def test_any_text_without_its_marks_is_the_text(text, language, matcher):
    html = mark(text, language, matcher)

    assert_marks_nest(html)
    assert not set(MARKS.sub("", html)) & set("<>\"'")
    assert plain(html) == text


@settings(max_examples=400, deadline=None)
@given(texts, languages, matchers, st.integers(1, 80))
def test_any_snippet_is_a_part_of_the_text_and_not_too_long(text, language, matcher, length):
    html = snippet(text, language, matcher, length)
    shown = plain(html)

    assert_marks_nest(html)
    assert shown in text or shown.removeprefix("…") in text or shown.strip("…") in text
    assert len(shown) <= length + 2


BODY = (
    "<p>The <em>United</em> Nations &amp; peace.</p>"
    '<p>See <a href="https://example.org/peace">peace</a> of 12 peo<strong>ple</strong>.</p>'
    "<ul><li>peace</li></ul><table><tbody><tr><th>peace</th><td>12</td></tr></tbody></table>"
)


def rendered(body):
    clean = sanitize(body)
    return render(clean, [f"p{number + 12}" for number, _ in enumerate(split(clean))], "en")


def test_marks_stand_in_words_only_never_in_tags_or_numbers_of_the_margin():
    html = rendered(BODY)

    found = mark_html(html, "en", matcher_for("peace 12 people passage"))

    assert marked(found) == ["peace", "peace", "12", "peo", "ple", "peace", "peace", "12"]
    assert MARKS.sub("", found) == html
    assert 'href="https://example.org/peace"' in found


def test_a_phrase_runs_over_emphasis_and_a_tag_is_never_inside_a_mark():
    found = mark_html(rendered(BODY), "en", phrase("united nations"))

    assert marked(found) == ["United", " Nations"]


def test_a_phrase_does_not_run_from_one_passage_into_the_next():
    html = rendered("<p>the united</p><p>nations</p>")

    assert mark_html(html, "en", phrase("united nations")) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>R&eacute;fugi&#233;s</p>", "<p><mark>R&eacute;fugi&#233;s</mark></p>"),
        ("<p>a&nbsp;refugies</p>", "<p>a&nbsp;<mark>refugies</mark></p>"),
        ("<p>&lt;refugies&gt;</p>", "<p>&lt;<mark>refugies</mark>&gt;</p>"),
        ("<p>&mdash; refugies &</p>", "<p>&mdash; <mark>refugies</mark> &</p>"),
        ('<a href="?a>refugies">refugies', '<a href="?a>refugies"><mark>refugies</mark>'),
        ("refugies < 3 refugies", "<mark>refugies</mark> < 3 <mark>refugies</mark>"),
    ],
)
def test_entities_and_signs_are_kept_as_they_were_written(html, expected):
    assert mark_html(html, "fr", matcher_for("refugies", "fr")) == expected


pieces = st.sampled_from(
    ["<p>", "</p>", "<em>", "</em>", '<a href="/a?b&amp;c">', "</a>", "&amp;", "&eacute;", "&",
     "<", ">", '"', "a", "b ", "ab", "é", "移民", '<a class="passage__number" href="#p1">', "<!--"]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join), languages, matchers)
def test_any_html_without_its_marks_is_the_html(html, language, matcher):
    found = mark_html(html, language, matcher)

    assert MARKS.sub("", found) == html
    assert_marks_nest(found)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join), matchers)
def test_sanitized_html_with_marks_shows_the_same_words(body, matcher):
    html = sanitize(body)

    found = mark_html(html, "en", matcher)

    assert not re.search(r"<[^>]*<mark>", found)
    assert [block.text for block in split(MARKS.sub("", found))] == [
        block.text for block in split(html)
    ]
