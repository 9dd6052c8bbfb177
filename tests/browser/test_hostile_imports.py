"""Files for import that hold scripts, in every format: what comes in runs nowhere."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from docx import Document

from speeches.importers.formats import parse
from speeches.importers.save import SpeechWriter
from speeches.models import SpeechText
from tests.browser.listening import Listener, shown
from tests.browser.payloads import PAYLOADS
from tests.make import make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AT_ONCE = 5
SETS = [PAYLOADS[start : start + AT_ONCE] for start in range(0, len(PAYLOADS), AT_ONCE)]
"""The payloads of one speech: one in its title and fields, all of them in its text."""


def row(payloads: list[str]) -> dict[str, str]:
    first = payloads[0].replace("\x00", "")
    return {
        "title": first[:200], "language": "en", "speaker": first[:190], "office": first[:190],
        "place": first[:110], "summary": first[:500],
        "delivered_on": "2008-01-17", "html": "".join(f"<p>Words {p}</p>{p}" for p in payloads),
    }  # fmt: skip


def json_lines() -> list[bytes]:
    return ["\n".join(json.dumps(row(payloads)) for payloads in SETS).encode()]


def table() -> list[bytes]:
    content = io.StringIO()
    writer = csv.DictWriter(content, fieldnames=list(row(SETS[0])))
    writer.writeheader()
    writer.writerows({name: words.replace("\x00", "") for name, words in row(payloads).items()}
                     for payloads in SETS)  # fmt: skip
    return [content.getvalue().encode()]


def web_pages() -> list[bytes]:
    form = (
        '<!doctype html><html><head><title>{0}</title><meta name=description content="{0}">'
        "</head><body><h1>A speech</h1><p>17 January 2008</p><p>Words enough for a paragraph of"
        " a speech, as one finds them.</p><div>{1}</div><p>The end of it.</p></body></html>"
    )
    return [form.format(payloads[0], "".join(f"<p>Words {p}</p>{p}" for p in payloads)).encode()
            for payloads in SETS]  # fmt: skip


def old_pages() -> list[bytes]:
    return [
        "\n\n".join(
            ["A speech of long ago", payloads[0], "17 January 2008",
             *(f"Words in a row {p} and some more of them." for p in payloads)]
        ).replace("\x00", "").encode()
        for payloads in SETS
    ]  # fmt: skip


def word_files() -> list[bytes]:
    """Return fewer and longer ones: reading an archive takes its time."""
    files = []
    for start in range(0, len(PAYLOADS), 60):
        payloads = PAYLOADS[start : start + 60]
        document = Document()
        clean = [p.translate({0: None, 1: None, 12: None}) for p in payloads]
        document.add_heading(clean[0], 1)
        for payload in clean:
            document.add_paragraph(f"Words {payload} and more.")
        content = io.BytesIO()
        document.save(content)
        files.append(content.getvalue())
    return files


FORMATS: dict[str, Callable[[], list[bytes]]] = {
    "jsonl": json_lines, "csv": table, "html": web_pages, "txt": old_pages, "docx": word_files,
}  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_that_is_imported_runs(client, browser, format):
    writer = SpeechWriter()
    files = FORMATS[format]()
    for number, content in enumerate(files):
        name = f"{number}.{format}"
        writer.write_all(parse(io.BytesIO(content), name), name)
    texts = list(SpeechText.objects.select_related("speech"))
    expected = len(SETS) if len(files) == 1 else len(files)
    assert len(texts) >= expected * 0.9, [str(problem) for problem in writer.report.problems[:3]]
    client.force_login(make_staff())
    listener = Listener.start(browser)

    bodies = [(f"text {text.pk}", text.html) for text in texts]
    pages = [(f"page {text.pk}", text.get_absolute_url()) for text in texts[::7]]

    assert listener.find(bodies) == []
    assert listener.find(shown(client, pages)) == []
