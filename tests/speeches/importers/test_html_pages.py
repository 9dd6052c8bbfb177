import pytest

from speeches.importers.parsed import ParsedContribution, UnreadableInput
from tests.speeches.importers.material import DATA, PARAGRAPHS, read_one

ADDRESS = "https://example.org/speeches/1"
PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture
def speech():
    return read_one((DATA / "page.html").read_bytes(), "page.html", source_url=ADDRESS)


def test_a_page_gives_title_date_place_speaker_language_and_status(speech):
    text = speech.texts[0]

    assert (text.title, text.language) == ("Seasonal work: evidence before opinion", "en")
    assert (str(speech.delivered_on), speech.place) == ("2010-03-04", "San José")
    assert speech.contributions == (ParsedContribution("Ana Beltrán Ruiz", "Regional Director"),)
    assert speech.delivery_status == "check_against_delivery"
    assert speech.source.uri == ADDRESS


def test_only_the_running_text_is_kept(speech):
    html = speech.texts[0].html

    assert html.startswith("<p>It is a pleasure")
    for noise in (
        "script",
        "alert",
        "tracked",
        "color",
        "Share",
        "Related",
        "Copyright",
        "img",
        "photograph",
        "About us",
        "Home",
        "onclick",
        "javascript",
        "Beltrán",
    ):
        assert noise not in html


def test_tags_are_the_few_that_a_speech_has(speech):
    html = speech.texts[0].html

    assert "our <strong>hosts</strong> have prepared with care and with <em>very</em> few" in html
    assert "<h2>What we have learned</h2>" in html
    assert '<ol start="2"><li>Costs must not fall on workers.</li><li>Towns' in html
    assert '<a href="https://example.org/numbers">the numbers</a>' in html
    assert "<blockquote><p>Nobody asked me before.</p></blockquote>" in html
    assert "See this and note<sup>1</sup>." in html
    assert "<thead><tr><th>Year</th><th>Workers</th></tr></thead><tbody><tr><td>2009</td>" in html


def test_two_line_breaks_part_paragraphs_and_one_is_a_space(speech):
    html = speech.texts[0].html

    assert "<p>Two years ago governments asked for evidence. We have listened since.</p>" in html
    assert "<p>First, contracts must be written in a language that the worker reads.</p>" in html


def test_emphasis_across_a_paragraph_break_is_closed_and_opened_again():
    words = "<em>First thought.<br><br>Second thought.</em>"
    body = f"<article><h1>Remarks</h1><div>{words}</div></article>"

    html = read_one(page(body), "page.html").texts[0].html

    assert html == "<p><em>First thought.</em></p>\n<p><em>Second thought.</em></p>"


def test_a_page_without_marked_content_gives_its_largest_text_block():
    menu = "<div>" + "<a href='/x'>A menu entry that is rather long</a> " * 40 + "</div>"
    body = f"<h1>Remarks</h1>{menu}<table><tr><td><div>{PROSE}</div></td></tr></table>"

    html = read_one(page(body), "page.html").texts[0].html

    assert html.count("<p>") == len(PARAGRAPHS)
    assert "menu entry" not in html


def test_a_date_of_publication_is_kept_with_a_remark():
    head = '<meta property="article:published_time" content="2010-03-06T09:00:00Z">'

    speech = read_one(page(f"<h1>Remarks</h1>{PROSE}", head), "page.html")

    assert str(speech.delivered_on) == "2010-03-06"
    assert any("published" in warning for warning in speech.warnings)


def test_a_date_in_linked_data_is_read():
    head = '<script type="application/ld+json">{"@graph":[{"datePublished":"2011-01-02"}]}</script>'

    speech = read_one(page(f"<h1>Remarks</h1>{PROSE}", head), "page.html")

    assert str(speech.delivered_on) == "2011-01-02"


def test_a_web_editor_is_no_speaker():
    head = '<meta name="author" content="Maria Keller">'

    speech = read_one(page(f"<h1>Remarks</h1>{PROSE}", head), "page.html")

    assert speech.contributions == ()


def test_the_title_of_the_window_loses_the_name_of_the_site():
    head = "<title>Remarks on seasonal work | Example Office</title>"

    speech = read_one(page(PROSE, head), "page.html")

    assert speech.texts[0].title == "Remarks on seasonal work"


def test_the_declared_encoding_is_obeyed():
    body = page(f"<h1>Café</h1>{PROSE}", '<meta charset="iso-8859-1">').encode("cp1252")

    assert read_one(body, "page.html").texts[0].title == "Café"


def test_a_page_that_is_utf8_is_read_as_such_whatever_it_declares():
    body = page(f"<h1>Café</h1>{PROSE}", '<meta charset="iso-8859-1">').encode()

    assert read_one(body, "page.html").texts[0].title == "Café"


def test_a_declaration_that_the_bytes_do_not_fit_is_refused():
    body = page("<h1>Café</h1>" + PROSE, '<meta charset="utf-8">').encode("cp1252")

    with pytest.raises(UnreadableInput, match="save it as UTF-8"):
        read_one(body, "page.html")


def test_a_declaration_cannot_call_a_codec_that_is_no_encoding():
    body = page("<h1>Café</h1>" + PROSE, '<meta charset="unicode_escape">').encode("cp1252")

    with pytest.raises(UnreadableInput, match="unicode_escape"):
        read_one(body, "page.html")


def test_garbled_words_hidden_in_entities_are_refused():
    body = page(f"<h1>Remarks</h1>{PROSE}<p>Today&acirc;&euro;&trade;s meeting</p>")

    with pytest.raises(UnreadableInput, match="wrong encoding"):
        read_one(body, "page.html")


def test_a_page_nested_beyond_all_reason_is_read_or_refused_but_never_breaks():
    body = page("<div>" * 50_000 + PROSE)

    try:
        speech = read_one(body, "page.html")
    except UnreadableInput:
        return
    assert speech.texts[0].html


def test_a_page_without_text_is_refused():
    with pytest.raises(UnreadableInput, match="No running text"):
        read_one(page("<nav>Home</nav>"), "page.html")
