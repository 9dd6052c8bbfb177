import io
import zipfile

import pytest

from speeches.importers.parsed import ParsedContribution, UnreadableInput
from tests.speeches.importers.material import (
    PARAGRAPHS,
    core_properties,
    make_docx,
    read_one,
    word_paragraph,
)

BODY = "".join(map(word_paragraph, PARAGRAPHS))
LINK = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def test_a_document_gives_title_facts_headings_and_paragraphs():
    body = (
        word_paragraph("Remarks on Seasonal Work", "Title")
        + word_paragraph("Ana Beltrán Ruiz, Regional Director")
        + word_paragraph("San José, 4 March 2010")
        + word_paragraph("As prepared for delivery")
        + word_paragraph("What we have learned", "Heading1")
        + BODY
    )

    speech = read_one(make_docx(body), "remarks.docx")

    text = speech.texts[0]
    assert text.title == "Remarks on Seasonal Work"
    assert (str(speech.delivered_on), speech.delivery_status) == ("2010-03-04", "as_prepared")
    assert speech.contributions == (ParsedContribution("Ana Beltrán Ruiz", "Regional Director"),)
    assert text.html.startswith("<h2>What we have learned</h2>\n<p>It is a pleasure")
    assert speech.source.format == "docx"


def test_the_first_heading_is_the_title_where_no_title_is_styled():
    body = word_paragraph("Remarks", "Heading1") + word_paragraph("Part one", "Heading2") + BODY

    text = read_one(make_docx(body), "remarks.docx").texts[0]

    assert text.title == "Remarks"
    assert text.html.startswith("<h2>Part one</h2>")


def test_title_and_language_come_from_the_properties_when_the_text_has_none():
    parts = {"docProps/core.xml": core_properties("Remarks on Work", "en-GB")}

    text = read_one(make_docx(BODY, parts), "remarks.docx").texts[0]

    assert (text.title, text.language) == ("Remarks on Work", "en")


def test_pictures_are_left_out_and_counted():
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
        f'picture"><pic:blipFill><a:blip {LINK} r:link="rId9"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org'
        '/package/2006/relationships"><Relationship Id="rId9" TargetMode="External" Type="image" '
        'Target="file:///etc/hostname"/></Relationships>'
    )

    speech = read_one(
        make_docx(drawing + BODY, {"word/_rels/document.xml.rels": relations}), "remarks.docx"
    )

    assert "img" not in speech.texts[0].html
    assert any("1 pictures" in warning for warning in speech.warnings)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Word file"),
        (b"%PDF-1.7\n%rest", "PDF"),
        (b"<!doctype html><html><body><p>Hello</p></body></html>", "web page"),
        (b"{\\rtf1 Hello}", "rich text"),
        (b"Just some words", "plain text"),
    ],
    ids=["doc", "pdf", "html", "rtf", "text"],
)
def test_a_file_that_is_only_named_docx_is_refused_by_its_real_kind(data, what):
    with pytest.raises(UnreadableInput, match=what):
        read_one(data, "remarks.docx")


def test_an_archive_that_is_no_word_document_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    with pytest.raises(UnreadableInput, match="no Word document"):
        read_one(buffer.getvalue(), "remarks.docx")


def test_a_zip_bomb_is_refused_before_it_unpacks():
    bomb = make_docx(BODY, {"word/media/bomb.xml": b" " * (30 * 1024 * 1024)})

    with pytest.raises(UnreadableInput, match="unpacks to more"):
        read_one(bomb, "remarks.docx")


def test_many_large_parts_together_are_refused():
    noise = bytes(range(256)) * 4096 * 8
    parts = {f"word/media/{n}.bin": noise for n in range(13)}
    crowded = make_docx(BODY, parts)

    with pytest.raises(UnreadableInput, match=r"unpacks to more|larger than"):
        read_one(crowded, "remarks.docx")


def test_a_document_of_thousands_of_parts_is_refused():
    crowded = make_docx(BODY, {f"word/media/{n}.txt": b"x" for n in range(2500)})

    with pytest.raises(UnreadableInput, match="parts, more than any speech"):
        read_one(crowded, "remarks.docx")


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/outside.xml", "a\\..\\..\\outside.xml"])
def test_parts_that_lead_outside_are_refused(name):
    with pytest.raises(UnreadableInput, match="forbidden names"):
        read_one(make_docx(BODY, {name: "<x/>"}), "remarks.docx")


def test_external_entities_are_refused():
    prologue = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'

    with pytest.raises(UnreadableInput, match="entities"):
        read_one(make_docx(BODY + word_paragraph("&secret;"), prologue=prologue), "remarks.docx")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-7"])
def test_entities_hidden_by_another_encoding_are_refused(encoding):
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x []><x/>'.encode(encoding)

    with pytest.raises(UnreadableInput, match="not UTF-8"):
        read_one(make_docx(BODY, {"docProps/core.xml": hidden}), "remarks.docx")


def test_an_encrypted_part_is_refused():
    data = bytearray(make_docx(BODY))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1

    with pytest.raises(UnreadableInput, match="encrypted"):
        read_one(bytes(data), "remarks.docx")


def test_a_damaged_document_is_refused():
    data = make_docx(BODY)

    with pytest.raises(UnreadableInput, match="damaged"):
        read_one(data[: len(data) // 2], "remarks.docx")


def test_a_document_whose_xml_is_broken_is_refused():
    broken = make_docx(BODY, {"word/document.xml": '<?xml version="1.0"?><w:document>'})

    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_one(broken, "remarks.docx")


def test_footnotes_become_numbers_with_their_notes_at_the_end():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {word}><w:footnote w:id="2">'
        f"{word_paragraph('A source.')}</w:footnote></w:footnotes>"
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org'
        '/package/2006/relationships"><Relationship Id="rId8" Target="footnotes.xml" Type="http://'
        'schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
    )
    cited = '<w:p><w:r><w:t>As we know.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'

    speech = read_one(
        make_docx(
            BODY + cited,
            {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relations},
        ),
        "remarks.docx",
    )

    assert "<p>As we know.<sup>[1]</sup></p>" in speech.texts[0].html
    assert speech.texts[0].html.endswith("<ol><li>A source.</li></ol>")
