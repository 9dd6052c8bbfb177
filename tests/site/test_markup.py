"""What the sanitizer lets through, and that it changes nothing the second time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iomsite.markup import sanitize
from tests.browser.payloads import PAYLOADS


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>Words</p>", "<p>Words</p>"),
        ("<h1>Title</h1>", "<h2>Title</h2>"),
        ("<b>bold</b> <i>slanted</i>", "<strong>bold</strong> <em>slanted</em>"),
        ("one<br>two", "one two"),
        ("<script>alert(1)</script>", ""),
        ("<style>p{}</style>", ""),
        ('<p style="color:red" class="x" id="y">w</p>', "<p>w</p>"),
        ('<a href="javascript:alert(1)">l</a>', "<a>l</a>"),
        ('<a href="https://example.org/">l</a>', '<a href="https://example.org/">l</a>'),
        ('<p lang="ar" dir="rtl">ن</p>', '<p lang="ar" dir="rtl">ن</p>'),
        ("<img src=x onerror=alert(1)>", ""),
        ("<svg><script>alert(1)</script></svg>", ""),
        ("<div><p>kept</p></div>", "<p>kept</p>"),
        ("a\x00b\x07c", "abc"),
        ("<p></p>", ""),
        ("“curly” – dashes", "“curly” – dashes"),
    ],
)
def test_only_the_tags_of_a_text_pass(html, clean):
    assert sanitize(html) == clean


fragments = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<i", ">", "<script>", "</script>", "<a href=", '"x"',
         "javascript:", "<br>", "<table>", "<td>", "&lt;", "&", "<h1>", "</h1>", "text", "'",
         "<svg>", "<!--", "-->", "<li>", "<blockquote>", "\x00", "ن", "<math>", "<style>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(fragments)
def test_sanitizing_twice_changes_nothing_more(html):
    once = sanitize(html)

    assert sanitize(once) == once
    assert "<script" not in once.lower()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PAYLOADS), min_size=1, max_size=4), fragments)
def test_no_mixture_of_attacks_needs_a_second_cleaning(payloads, between):
    once = sanitize(between.join(payloads))

    assert sanitize(once) == once
    assert "<script" not in once.lower()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_attack_is_cleaned_once_and_for_all(payload):
    once = sanitize(f"<p>{payload}</p>{payload}")

    assert sanitize(once) == once
