"""Inputs for the parsers, built from sentences of our own."""

import io
import os
import textwrap
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from speeches.importers import formats
from speeches.importers.parsed import ParsedSpeech, RowProblem

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("IOMSITE_SHARED", ROOT.parent / "shared"))
DATA = Path(__file__).parent / "data"

PARAGRAPHS = (
    "It is a pleasure to open this seminar on seasonal labour mobility, which our hosts have "
    "prepared with so much care. The programme before us is full.",
    "Two years ago governments asked us for evidence rather than opinion. We have since spoken "
    "with farmers, recruiters and, above all, with the workers themselves. Their answers were "
    "often uncomfortable, and for that reason useful to every inter-agency team in this room.",
    "First, contracts must be written in a language that the worker reads. Second, the costs of "
    "recruitment should never fall on those who earn least. Neither of these is new – both are "
    "still rare.",
    "I thank you for your attention and wish you a fruitful discussion.",
)


def shared_file(path: str) -> Path:
    """Give a file of the shared data, or skip the test and say why."""
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"NOT TESTED: {path} is not in {SHARED}; set IOMSITE_SHARED to its folder.")
    return file


def wrapped(paragraphs: Iterable[str] = PARAGRAPHS, width: int = 68) -> str:
    """Break paragraphs as crawled pages have them: `<p>` took three columns and is gone."""
    broken = (textwrap.fill(f"<p>{text}", width, break_on_hyphens=False) for text in paragraphs)
    return "\n".join(text.removeprefix("<p>") for text in broken)


def read(data: bytes | str, name: str, **options: object) -> list[ParsedSpeech | RowProblem]:
    """Read an input through the one entry point."""
    content = data.encode() if isinstance(data, str) else data
    return list(formats.parse(io.BytesIO(content), name, **options))  # type: ignore[arg-type]


def read_one(data: bytes | str, name: str, **options: object) -> ParsedSpeech:
    """Read an input that must hold one sound speech."""
    (speech,) = read(data, name, **options)
    assert isinstance(speech, ParsedSpeech), speech
    return speech


def problems(data: bytes | str, name: str, **options: object) -> dict[str, str]:
    """Give the problems of an input, message by field."""
    found = read(data, name, **options)
    return {each.field: each.message for each in found if isinstance(each, RowProblem)}


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>
</Types>"""


def relation(kind: str, target: str) -> str:
    """Write a part that relates a document to one other part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId9" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


_STYLES = f"""<?xml version="1.0" encoding="UTF-8"?><w:styles {_WORD}>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
</w:styles>"""


def word_paragraph(text: str, style: str = "") -> str:
    """Write one paragraph of WordprocessingML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def make_docx(
    body: str = "", parts: dict[str, bytes | str] | None = None, prologue: str = ""
) -> bytes:
    """Build a small Word document; `parts` adds or replaces files in its archive."""
    document = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document {_WORD}><w:body>'
    entries: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relation("officeDocument", "word/document.xml"),
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": relation("styles", "styles.xml"),
        "word/document.xml": f"{document}{body}</w:body></w:document>",
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def core_properties(title: str = "", language: str = "") -> str:
    """Write the properties part of a Word document."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:language>{language}</dc:language></cp:coreProperties>"
    )
