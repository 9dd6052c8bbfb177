"""A Word document (.docx): its text by mammoth, its title from the text or the properties."""

import hashlib
import io
from collections.abc import Mapping

import mammoth
from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from lxml import etree

from . import limits
from .encodings import clean
from .front_matter import FrontMatter
from .html import speech_from, without_facts
from .html_body import BodyBlock, read_blocks
from .language_tags import language_tag
from .magic import describe, magic
from .parsed import ParsedSource, ParsedSpeech, UnreadableInput
from .word_archive import check_archive

_PROPERTIES = "docProps/core.xml"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TITLE_CLASS = "document-title"
_STYLES = f"""
p[style-name='Title'] => p.{_TITLE_CLASS}:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
# Word writes these itself when nobody typed a title.
_EMPTY_TITLES = frozenset(("", "document", "document1", "word document", "untitled"))


def parse(data: bytes, uri: str) -> ParsedSpeech:
    """Read one Word document; `uri` says where it came from."""
    limits.check_document(data)
    kind = magic(data[:16])
    if kind != "zip":
        raise UnreadableInput(
            _("The file is no Word document (.docx) but %(what)s.") % {"what": describe(kind)}
        )
    parts = check_archive(data)
    soup, pictures = _converted(data)
    for backlink in soup.select('li a[href^="#footnote-ref"], li a[href^="#endnote-ref"]'):
        backlink.decompose()
    facts = FrontMatter()
    title, blocks = _title_and_blocks(soup, _properties(parts))
    blocks = without_facts(blocks, facts)
    facts.take_title(title)
    if pictures:
        facts.warnings.append(
            _("%(count)d pictures were left out; only the text was read.") % {"count": pictures}
        )
    source = ParsedSource(uri, "docx", hashlib.sha256(data).hexdigest())
    language = language_tag(_properties(parts).get("language", ""))
    return speech_from(blocks, title, facts, source, language)


def _converted(data: bytes) -> tuple[BeautifulSoup, int]:
    """Convert to HTML, counting pictures without opening them."""
    pictures: list[object] = []

    def leave_out(picture: object) -> list[object]:
        pictures.append(picture)
        return []

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=leave_out,
            ignore_empty_paragraphs=True,
        )
    except Exception as error:  # mammoth raises what its many parts raise on a malformed file
        raise UnreadableInput(
            _("The Word file cannot be read. Open it in Word and save it again as .docx.")
        ) from error
    limits.check_tags(result.value)
    return BeautifulSoup(result.value, "lxml"), len(pictures)


def _title_and_blocks(
    soup: BeautifulSoup, properties: Mapping[str, str]
) -> tuple[str, list[BodyBlock]]:
    """Take the title from the first Title or Heading 1, else from the properties."""
    heading = soup.find(class_=_TITLE_CLASS) or soup.find("h1")
    title = ""
    if isinstance(heading, Tag):
        words = " ".join(heading.get_text(" ", strip=True).split())
        if len(words) <= limits.MAX_TITLE_CHARACTERS:
            title = words
            heading.decompose()
    blocks = read_blocks(soup)
    if title:
        return clean(title), blocks
    title = clean(properties.get("title", ""))[: limits.MAX_TITLE_CHARACTERS]
    return ("" if title.casefold() in _EMPTY_TITLES else title), blocks


def _properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Read the document's properties, the words of Dublin Core."""
    content = parts.get(_PROPERTIES)
    if content is None:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return {}
    return {
        str(node.tag).removeprefix(_DUBLIN_CORE): " ".join((node.text or "").split())
        for node in root
        if isinstance(node.tag, str) and node.tag.startswith(_DUBLIN_CORE)
    }
