"""A raw HTML page: its main text, and what the page says about it."""

import hashlib
import re

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from . import encodings, limits
from .front_matter import FrontMatter
from .html_body import BodyBlock, lift_headings, read_blocks
from .html_facts import heading_lines, page_date, page_title
from .html_main import main_content, refuse_depth, remove_furniture
from .language_guess import guess_language, told_by_words
from .language_tags import language_tag
from .parsed import ParsedSource, ParsedSpeech, ParsedText, UnreadableInput

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD_BYTES = 8192
_FRONT_BLOCKS = 6
_LONGEST_FACT = 160


def parse(data: bytes, uri: str) -> ParsedSpeech:
    """Read one page; `uri` says where it came from, and completes its links."""
    limits.check_document(data)
    page = encodings.decode(data, _declared_charset(data))
    limits.check_tags(page)
    soup = BeautifulSoup(page, "lxml")
    refuse_depth(soup)
    title, facts = page_title(soup), FrontMatter()
    around = heading_lines(soup)
    published = page_date(soup)
    remove_furniture(soup)
    base_url = uri if uri.startswith(("http://", "https://")) else ""
    blocks = read_blocks(main_content(soup), base_url)
    blocks = without_facts(without_title(blocks, title), facts)
    facts.take_lines(around)
    facts.take_title(title)
    if published:
        facts.set_date(published.day, published.precision, publication=True)
    return speech_from(blocks, title, facts, ParsedSource(uri, "html", _sha256(data)), _lang(soup))


def speech_from(
    blocks: list[BodyBlock], title: str, facts: FrontMatter, source: ParsedSource, declared: str
) -> ParsedSpeech:
    """Put a speech together from the blocks and facts of a document."""
    blocks = lift_headings(blocks)
    html = encodings.clean("\n".join(block.html for block in blocks))
    text = "\n\n".join(block.text for block in blocks)
    if not text.strip():
        raise UnreadableInput(_("No running text was found. Give the page that holds the speech."))
    limits.check_text(text)
    warnings = list(facts.warnings)
    guessed = guess_language(text)
    if declared and guessed and declared != guessed:
        warnings.append(
            _("The document says its language is %(declared)s, its words look like %(guessed)s.")
            % {"declared": declared, "guessed": guessed}
        )
    elif guessed and not declared:
        warnings.append(told_by_words(guessed))
    if not title:
        warnings.append(_("No title was found; write one."))
    return ParsedSpeech(
        source=source,
        texts=(ParsedText(encodings.clean(title), html, declared or guessed),),
        delivered_on=facts.delivered_on,
        delivered_precision=facts.precision,
        place=facts.place,
        country=facts.country,
        delivery_status=facts.status,
        contributions=facts.contributions(),
        warnings=tuple(warnings),
    )


def without_title(blocks: list[BodyBlock], title: str) -> list[BodyBlock]:
    """Leave out the first block that repeats the title."""
    for index, block in enumerate(blocks[:_FRONT_BLOCKS]):
        if title and block.text.casefold() == title.casefold():
            return blocks[:index] + blocks[index + 1 :]
    return blocks


def without_facts(blocks: list[BodyBlock], facts: FrontMatter) -> list[BodyBlock]:
    """Learn from the short blocks on top and leave out those that were only facts."""
    top = 0
    while top < min(_FRONT_BLOCKS, len(blocks)) and len(blocks[top].text) <= _LONGEST_FACT:
        top += 1
    taken = facts.take_lines([block.text for block in blocks[:top]])
    return [block for index, block in enumerate(blocks) if index not in taken]


def _declared_charset(data: bytes) -> str:
    head = data[:_HEAD_BYTES]
    found = _XML_ENCODING.search(head) or _CHARSET.search(head)
    return found[1].decode("ascii", "replace") if found else ""


def _lang(soup: BeautifulSoup) -> str:
    return language_tag(str(soup.html.get("lang", ""))) if soup.html else ""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
