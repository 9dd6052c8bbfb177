"""Parting a crawled page into site navigation, title and body.

A menu has a look of its own: labels that stand twice, bullets, an introduction glued to its
label, names of languages, the words every site uses. The last line that shows such a sign
before the prose begins ends the menu; short lines among such lines belong to it too.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from .hard_wraps import ends_sentence, is_greeting

_BULLET = re.compile(r"^[-*•·|>»+]+(?:\s|$)")
_MENU_WORDS = re.compile(
    r"(?:skip to (?:main )?(?:content|navigation)|(?:main )?menu|navigation|home(?:page)?|search"
    r"|site map|sitemap|contact(?: us)?|about(?: us)?|who we are|what we do|where we work|our work"
    r"|news(?:room)?|press room|media(?: centre| center)?|login|log in|sign in|subscribe|share"
    r"|print|english|français|español|العربية|русский|中文|en|fr|es|ar|ru|zh|accueil|rechercher"
    r"|inicio|buscar|contacto|you are here|breadcrumb|toggle navigation|languages?|back)"
    r"(?:\s*[>»:|/]\s*.{0,40})?",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"©|copyright\b|all rights reserved|share (?:this|on)\b|share$|print(?: this page)?$"
    r"|back to top|top of page|related (?:news|content|links|documents)|privacy(?: policy)?$"
    r"|terms of use|follow us|facebook$|twitter$|linkedin$|youtube$|instagram$|subscribe\b|tags?:"
    r"|retour en haut|tous droits réservés|todos los derechos reservados",
    re.IGNORECASE,
)
_SPEECH_WORD = re.compile(
    r"\b(?:remarks|statement|address|speech|message|keynote|lecture|opening|closing|conference"
    r"|session|meeting|forum|dialogue|summit|council|seminar|workshop|panel|debate|discours"
    r"|allocution|déclaration|conférence|réunion|discurso|declaración|palabras|conferencia"
    r"|reunión|sesión)\b",
    re.IGNORECASE,
)
_SECTION_LABEL = re.compile(
    r"(?:speeches|statements|speeches and (?:talks|statements)|news|press releases?|talks|remarks"
    r"|speech|statement|discours|discursos|press room|newsroom)",
    re.IGNORECASE,
)
_TITLE_START = re.compile(r"[\w\"“«‘'¿¡(]")
_LONGEST_TITLE = 300
PROSE_COLUMNS = 45
_SHORT_SENTENCE = 15
_LABEL_WORDS = 6
_TITLE_CANDIDATES = 6
_TITLE_LINES = 40
"""How far above the running text a title is looked for."""


class Layout(NamedTuple):
    """Line indexes: the menu is `[:navigation]`, the body `[body:end]`; no title is -1."""

    navigation: int
    title: int
    body: int
    end: int


def find_layout(lines: list[str], is_fact: Callable[[str], bool]) -> Layout:
    """Find where the menu ends, which line is the title and where the text begins and ends.

    `is_fact` tells whether a line only gives a date, a speaker or a status; such lines are
    no titles. Lines must be stripped.
    """
    end = _footer_start(lines)
    prose = _prose_start(lines, end)
    navigation = _navigation_end(lines, prose)
    if prose == end:
        # Labels without any sentence: choosing among them would only lose the others.
        return Layout(navigation, -1, end, end)
    # Labels above the title look like the title's own short lines; only the last few compete.
    near = range(min(prose, end - 1), max(navigation, prose - _TITLE_LINES) - 1, -1)
    candidates = [
        index
        for index in near
        if lines[index] and not is_fact(lines[index]) and not is_greeting(lines[index])
    ][:_TITLE_CANDIDATES]
    title = max(candidates, key=lambda i: (_title_score(lines, i, prose), -i), default=-1)
    if title < 0 or _title_score(lines, title, prose) <= 0:
        body = next((i for i in range(navigation, end) if lines[i]), end)
        return Layout(navigation, -1, body, end)
    return Layout(navigation, title, title + 1, end)


def _title_score(lines: list[str], index: int, prose: int) -> int:
    """Rate a line as title: 0 is none, 1 a last resort, more for words that titles have."""
    line = lines[index]
    if line[-1] in ",;:" or len(line) > _LONGEST_TITLE or not _TITLE_START.match(line):
        return 0
    if ends_sentence(line) and line[-1] not in "?!\"'”’»)" and not _SPEECH_WORD.search(line):
        return 0
    if index == prose:
        after = next((text for text in lines[index + 1 :] if text), "")
        if not after or after[0].islower() or line[-1] == ".":
            return 0
        if not _stands_out(lines, index):
            return 1
    if _SECTION_LABEL.fullmatch(line):
        return 1
    words = len(line.split())
    return 2 + 2 * bool(_SPEECH_WORD.search(line)) + (words >= 3) + (words >= 6)


def _stands_out(lines: list[str], index: int) -> bool:
    """Tell whether a long line is unlike the prose under it: longer, apart, or capitalized."""
    line, below = lines[index], lines[index + 1 : index + 12]
    if below and (not below[0] or len(line) > max(map(len, below)) + 3):
        return True
    words: list[str] = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    capitalized = sum(word[0].isupper() for word in words)
    return capitalized >= len(words) * 0.6


def _navigation_end(lines: list[str], prose: int) -> int:
    """Give the index after the last line that shows a sign of a menu, before the prose."""
    last = -1
    for index in range(min(prose, len(lines))):
        if lines[index] and _is_menu(lines, index, last):
            last = index
    return last + 1


def _is_menu(lines: list[str], index: int, last: int) -> bool:
    line = lines[index]
    before = _before(lines, index)
    if _BULLET.match(line) or _MENU_WORDS.fullmatch(line):
        return True
    short = len(line.split()) <= _LABEL_WORDS
    if short and line.casefold() == before.casefold():
        return True
    return _is_glued(before, line)


def columns(line: str) -> int:
    """Measure a line, an ideograph counting for the word it mostly is."""
    return len(line) + 2 * sum("\u2e80" <= sign <= "\u9fff" for sign in line)


def _before(lines: list[str], index: int) -> str:
    """Give the last filled line before an index."""
    while index > 0:
        index -= 1
        if lines[index]:
            return lines[index]
    return ""


def _is_glued(label: str, line: str) -> bool:
    """Tell whether an introduction follows its label without a space (“Our WorkAs the …”)."""
    if not label or len(label.split()) > _LABEL_WORDS or len(line) <= len(label):
        return False
    starts = line.casefold().startswith(label.casefold())
    return starts and line[len(label)].isalnum()


def _prose_start(lines: list[str], end: int) -> int:
    """Find the first line of running text: a greeting, or long lines in a row."""
    filled = [index for index in range(end) if lines[index]]
    for here, following in pairwise(filled):
        if is_greeting(lines[here]):
            return here
        if _is_prose(lines, here) and _is_prose(lines, following):
            return here
    for least in (PROSE_COLUMNS, _SHORT_SENTENCE):
        for here in filled:
            if ends_sentence(lines[here]) and _is_prose(lines, here, least):
                return here
    return end


def _is_prose(lines: list[str], index: int, least: int = PROSE_COLUMNS) -> bool:
    line = lines[index]
    before = _before(lines, index)
    return columns(line) >= least and not _BULLET.match(line) and not _is_glued(before, line)


def _footer_start(lines: list[str]) -> int:
    """Give the index where the page's foot begins: menu words after the last sentence."""
    end = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if not line:
            continue
        if _FOOTER.match(line) and len(line) < 120:
            end = index
        elif len(line) >= PROSE_COLUMNS or ends_sentence(line) or len(line.split()) > _LABEL_WORDS:
            break
    return end
