import gzip
import hashlib
import io

import pytest

from speeches.importers import formats, limits
from speeches.importers.parsed import UnreadableInput
from tests.speeches.importers.material import make_docx, read, read_one, word_paragraph, wrapped

PAGE = b"<!DOCTYPE html><html><head></head><body><p>Hello to all.</p></body></html>"
JSON = b'{"title": "A", "text": "words"}\n'
CSV = b"title,text\nA,words\n"
TEXT = f"Remarks on Seasonal Work\n{wrapped()}".encode()
DOCX = make_docx(word_paragraph("Hello to all."))


@pytest.mark.parametrize(
    ("name", "head", "found"),
    [
        ("a.html", PAGE, "html"),
        ("a.htm", b"<?xml version='1.0'?>\n<!-- saved -->\n" + PAGE, "html"),
        ("download", PAGE, "html"),
        ("a.docx", DOCX, "docx"),
        ("download", DOCX, "docx"),
        ("a.jsonl", JSON, "jsonl"),
        ("a.json", b"\xef\xbb\xbf" + JSON, "jsonl"),
        ("a.jsonl.gz", gzip.compress(JSON, mtime=0), "jsonl"),
        ("a.csv", CSV, "csv"),
        ("a.csv", b"no;who\n7;X\n", "csv"),
        ("download", CSV, "csv"),
        ("a.txt", TEXT, "legacy"),
        ("download", TEXT, "legacy"),
    ],
)
def test_a_format_is_told_by_content_and_then_by_name(name, head, found):
    assert formats.detect(name, head) == found


@pytest.mark.parametrize(
    ("name", "head", "message"),
    [
        ("a.docx", PAGE, "web page"),
        ("a.docx", JSON, "JSON Lines"),
        ("a.html", JSON, "JSON Lines"),
        ("a.html", TEXT, "plain text"),
        ("a.txt", PAGE, "web page"),
        ("a.txt", DOCX, "Word document"),
        ("a.csv", PAGE, "web page"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
        ("a.txt", b"\x89PNG\r\n", "picture"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name, head, message):
    with pytest.raises(UnreadableInput, match=message):
        formats.detect(name, head)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.jsonl", "a.csv", "a"])
@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused_under_any_name(name, data):
    with pytest.raises(UnreadableInput):
        read(data, name)


@pytest.mark.parametrize("format", ["legacy", "html", "docx"])
def test_a_document_of_fifty_megabytes_is_refused(format):
    data = b"word " * (10 * 1024 * 1024)

    with pytest.raises(UnreadableInput, match="larger than 10 MB"):
        read(data, "large", format=format)


def test_a_document_with_too_many_characters_is_refused():
    data = ("word " * 30 + "\n") * 14_000

    assert len(data) > limits.MAX_TEXT_CHARACTERS
    with pytest.raises(UnreadableInput, match="at most 2000000"):
        read(data, "large.txt")


def test_json_spread_over_lines_is_refused_as_a_whole():
    with pytest.raises(UnreadableInput, match="one whole object on each line"):
        read('{\n "title": "A"\n}', "a.json")


def test_a_json_list_is_refused_as_a_whole():
    with pytest.raises(UnreadableInput):
        read('[\n{"title": "A"}\n]', "a.json")


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(UnreadableInput, match="legacy, html, docx, jsonl, csv"):
        read(TEXT, "a.txt", format="odt")


def test_a_mapping_for_a_document_is_refused():
    with pytest.raises(UnreadableInput, match="mapping"):
        read(TEXT, "a.txt", mapping={"title": "{x}"})


def test_a_source_knows_its_address_and_the_hash_of_its_bytes():
    speech = read_one(TEXT, "a.txt", source_url="https://example.org/a")

    assert speech.source.uri == "https://example.org/a"
    assert speech.source.checksum == hashlib.sha256(TEXT).hexdigest()
    assert speech.source.format == "legacy"


def test_without_an_address_the_name_is_the_source():
    assert read_one(TEXT, "a.txt").source.uri == "a.txt"
    assert read_one(JSON, "a.jsonl", source_url="https://example.org/a").source.uri == (
        "https://example.org/a#1"
    )


def test_a_stream_that_cannot_seek_and_gives_few_bytes_at_a_time_is_read():
    class Slow(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.data = data

        def read(self, size: int = -1) -> bytes:
            piece, self.data = self.data[:7], self.data[7:]
            return piece

    (speech,) = formats.parse(Slow(TEXT), "a.txt")

    assert speech.texts[0].title == "Remarks on Seasonal Work"


def test_a_compressed_file_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1024 * 1024)
    content = gzip.compress(JSON + b"\n" * (50 * 1024 * 1024))

    with pytest.raises(UnreadableInput, match="unpacks to more"):
        read(content, "speeches.jsonl.gz")
