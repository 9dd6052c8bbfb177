"""A page crawled as plain text: menu, title, then lines broken at a fixed width."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from . import encodings, limits
from .blocks import Block, blocks_to_html
from .front_matter import FrontMatter, is_fact
from .hard_wraps import is_greeting, rejoin
from .language_guess import guess_language, told_by_words
from .navigation import PROSE_COLUMNS, Layout, columns, find_layout
from .parsed import ParsedSource, ParsedSpeech, ParsedText, UnreadableInput

_FRONT_LINES = 6
"""How many lines after the title may still tell a date or a speaker."""


@dataclass(frozen=True)
class LegacyPage:
    """A page taken apart, its body in blocks that know their line numbers."""

    title: str
    blocks: list[Block]
    facts: FrontMatter
    layout: Layout
    warnings: list[str]


def parse(data: bytes, uri: str) -> ParsedSpeech:
    """Read one crawled page; `uri` says where it came from."""
    limits.check_document(data)
    text = encodings.decode(data)
    limits.check_text(text)
    page = read_page(text)
    if not page.blocks:
        raise UnreadableInput(
            _("No running text was found, only menu lines. Give the page that holds the speech.")
        )
    facts = page.facts
    language = guess_language(" ".join(block.text for block in page.blocks))
    if language:
        page.warnings.append(told_by_words(language))
    return ParsedSpeech(
        source=ParsedSource(uri, "legacy", hashlib.sha256(data).hexdigest()),
        texts=(ParsedText(page.title, blocks_to_html(page.blocks), language),),
        delivered_on=facts.delivered_on,
        delivered_precision=facts.precision,
        place=facts.place,
        country=facts.country,
        delivery_status=facts.status,
        contributions=facts.contributions(),
        warnings=(*facts.warnings, *page.warnings),
    )


def read_page(text: str) -> LegacyPage:
    """Part a page into menu, title, facts and blocks."""
    lines = [line.strip() for line in text.split("\n")]
    layout = find_layout(lines, is_fact)
    facts, warnings = FrontMatter(), []
    title = lines[layout.title] if layout.title >= 0 else ""
    above = [line for line in lines[layout.navigation : max(layout.title, 0)] if line]
    taken = facts.take_lines(above)
    labels = [line for index, line in enumerate(above) if index not in taken]
    blocks = _body(lines, layout, facts)
    facts.take_title(title)
    if layout.navigation:
        warnings.append(
            _("%(count)d lines of site navigation were left out.") % {"count": layout.navigation}
        )
    if labels:
        warnings.append(
            _("Lines above the title were left out: %(lines)s.") % {"lines": " / ".join(labels)}
        )
    if foot := [line for line in lines[layout.end :] if line]:
        warnings.append(
            _("Lines at the foot of the page were left out: %(lines)s.")
            % {"lines": " / ".join(foot)[:300]}
        )
    if not title:
        warnings.append(_("No title was found; write one."))
    return LegacyPage(title, blocks, facts, layout, warnings)


def _body(lines: list[str], layout: Layout, facts: FrontMatter) -> list[Block]:
    """Learn the facts from the lines under the title and rejoin the rest.

    The lines are rejoined in the stretches between facts: a line taken out must neither
    count as a blank line nor let its neighbours run together.
    """
    near: list[int] = []
    for index in range(layout.body, layout.end):
        line = lines[index]
        prose = is_greeting(line) or (columns(line) >= PROSE_COLUMNS and not is_fact(line))
        if prose or len(near) == _FRONT_LINES:
            break
        if line:
            near.append(index)
    taken = facts.take_lines([lines[index] for index in near])
    cuts = [layout.body - 1, *(near[position] for position in sorted(taken)), layout.end]
    blocks: list[Block] = []
    for before, after in pairwise(cuts):
        blocks.extend(rejoin(lines[before + 1 : after], before + 2))
    return blocks
