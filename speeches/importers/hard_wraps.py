"""Paragraphs, headings and lists from lines that a crawler broke at a fixed width.

The width leaves a trace: a line was broken by force when its successor's first word would
not have fitted. A paragraph ends where a sentence ends and nothing forced the break; or
where a break was forced but the next line is a few columns short, because in the page's
source that line began with the tag `<p>`. Where blank lines part paragraphs, they decide.
"""

import re

from .blocks import Block
from .broken_words import join_lines, vocabulary

_PROSE_WIDTH = 130
"""Lines beyond this were not wrapped: each one is a paragraph."""
_TAG_WIDTH = 3
"""Columns that `<p>` took from the first line of a paragraph."""
_ENTITY_WIDTH = 7
"""Columns of a sign outside ASCII, which an English page spelt `&ndash;` or `&rsquo;`."""
_MOST_GREETINGS = 8
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]\d]*$")
_CLAUSE_END = re.compile(r"[:;][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?P<mark>[-*•·▪●◦‣–—]|\(?(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_SURE_BULLETS = "•▪●◦‣"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_GREETING = re.compile(
    r"(?:your |votre |su |his |her )?(?:excellenc|excelencia|majest|highness|honou?r)"
    r"|ladies|gentlemen|distinguished|dear |m(?:iste)?r\.?\s|madame?\s|mme\s|friends|colleagues"
    r"|delegates|mesdames|messieurs|monsieur|chers|chères|señor|estimad|distinguid|querid",
    re.IGNORECASE,
)


def rejoin(lines: list[str], first: int = 1) -> list[Block]:
    """Rejoin body lines into blocks; `first` is the number of the first line on its page."""
    if not any(map(str.strip, lines)):
        return []
    rejoiner = _Rejoiner(lines, first)
    blocks = rejoiner.blocks()
    if rejoiner.wrapped:
        return blocks
    return _gather_greetings(_mark_headings(blocks))


def is_greeting(line: str) -> bool:
    """Tell whether a line greets the audience (“Excellencies, ladies and gentlemen,”)."""
    line = line.strip()
    return bool(_GREETING.match(line)) and len(line) < 90 and line[-1:] in ",:;.!"


def ends_sentence(line: str) -> bool:
    """Tell whether a sentence ends with this line."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def looks_like_heading(line: str) -> bool:
    """Tell whether a line alone could head a section: short, capitalized, without a stop."""
    return (
        0 < len(line.split()) <= 12
        and len(line) <= 80
        and line[0].isalnum()
        and not line[0].islower()
        and line[-1] not in ".,;:!?…-–—"
        and not is_greeting(line + ",")
    )


def _mark_headings(blocks: list[Block]) -> list[Block]:
    """Read a short paragraph without final punctuation before a longer one as a heading."""
    out: list[Block] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        heads = after is not None and len(after.text) > len(block.text)
        if block.kind == "p" and heads and looks_like_heading(block.text):
            block = Block("h2", block.text, block.first, block.last)
        out.append(block)
    return out


def _gather_greetings(blocks: list[Block]) -> list[Block]:
    """Make one paragraph of greetings in a row, which pages part by blank lines for looks."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else block
        if out and is_greeting(before.text) and is_greeting(block.text):
            out[-1] = Block("p", f"{before.text} {block.text}", before.first, block.last)
        else:
            out.append(block)
    return out


class _Rejoiner:
    """One pass over the lines of a body, asking at each break whether a block ends there."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = [line.strip() for line in lines]
        self.first = first
        self.words = vocabulary(lines)
        blank = sum(not line for line in self.lines[1:-1])
        self.blanks_decide = blank >= 2 or (blank == 1 and len(lines) < 12)
        text = "".join(lines)
        foreign = sum(sign > "\x7f" for sign in text)
        self.entity_width = _ENTITY_WIDTH if foreign * 20 < len(text) else 1
        self.widths = [self._columns(line) for line in self.lines]
        self.width = self._wrap_width()
        self.wrapped = not self.blanks_decide and self.width <= _PROSE_WIDTH
        self.group = 0
        self.last_mark = ""

    def blocks(self) -> list[Block]:
        """Give the blocks in order."""
        out: list[Block] = []
        start = 0
        for index, line in enumerate(self.lines):
            if not line:
                start = index + 1
            elif self._ends(start, index):
                out.append(self._block(start, index))
                start = index + 1
        return out

    def _columns(self, text: str) -> int:
        return sum(1 if sign < "\x80" else self.entity_width for sign in text)

    def _wrap_width(self) -> int:
        """Measure the second-longest line: a single one may be a title or an address.

        A few lines far beyond the width of all others do not make the page unwrapped.
        """
        widths = sorted(filter(None, self.widths))
        narrow = [width for width in widths if width <= _PROSE_WIDTH]
        if len(narrow) >= 10 and len(narrow) >= len(widths) * 0.9 and max(narrow) > 40:
            widths = narrow
        return widths[-2] if len(widths) > 1 else widths[-1]

    def _ends(self, start: int, index: int) -> bool:
        line = self.lines[index]
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        if not after or self._opens_item(index + 1):
            return True
        if not self.wrapped:
            return not self.blanks_decide
        if self._greets(start, index):
            return not is_greeting(after) and not after[0].islower()
        if self._is_heading(start, index):
            return True
        if ends_sentence(line):
            return not self._is_forced(index) or self._began_with_tag(index + 1)
        return False

    def _slack(self, index: int) -> int:
        """Columns left on a line if the next line's first word had been added to it."""
        following = self.lines[index + 1].split() if index + 1 < len(self.lines) else []
        taken = 1 + self._columns(following[0]) if following else 0
        return self.width - self.widths[index] - taken

    def _is_forced(self, index: int) -> bool:
        return self._slack(index) < 0

    def _began_with_tag(self, index: int) -> bool:
        return 0 <= self._slack(index) < _TAG_WIDTH

    def _greets(self, start: int, index: int) -> bool:
        """Greetings at the head of a block, none of them broken by force."""
        if index - start >= _MOST_GREETINGS or self._is_forced(index):
            return False
        return all(is_greeting(line) for line in self.lines[start : index + 1])

    def _is_heading(self, start: int, index: int) -> bool:
        """A short line on its own, after a finished paragraph and before a new one."""
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        return (
            start == index
            and self._slack(index) > _TAG_WIDTH
            and looks_like_heading(self.lines[index])
            and bool(after)
            and not after[0].islower()
            and len(after) > len(self.lines[index])
        )

    def _opens_item(self, index: int) -> bool:
        """Tell whether a line opens a list item; a dash inside a sentence opens none."""
        mark = _BULLET.match(self.lines[index])
        if mark is None:
            return False
        if mark["mark"] in _SURE_BULLETS or self._continues(mark):
            return True
        before = self.lines[index - 1]
        return ends_sentence(before) or bool(_CLAUSE_END.search(before))

    def _continues(self, mark: re.Match[str]) -> bool:
        return _comes_after(self.last_mark, mark["number"] or mark["mark"])

    def _block(self, start: int, last: int) -> Block:
        text = join_lines(self.lines[start : last + 1], self.words)
        numbers = self.first + start, self.first + last
        mark = _BULLET.match(text)
        continues = mark is not None and self._continues(mark)
        label = (mark["number"] or mark["mark"]) if mark else ""
        # A list that starts at 2 is none: HTML would number it from 1 and change the text.
        if mark and (not mark["number"] or continues or label in ("1", "a", "i")):
            self.group += not continues
            self.last_mark = label
            return Block("ol" if mark["number"] else "ul", text[mark.end() :], *numbers, self.group)
        self.last_mark = ""
        kind = "h2" if self.wrapped and self._is_heading(start, last) else "p"
        return Block(kind, text, *numbers)


def _comes_after(before: str, label: str) -> bool:
    """Tell whether two marks follow each other in one list: - and -, 1 and 2, a and b."""
    if before.isdigit() and label.isdigit():
        return int(label) == int(before) + 1
    if before in _ROMANS and label in _ROMANS:
        return _ROMANS.index(label) == _ROMANS.index(before) + 1
    if before.isalpha() and label.isalpha() and len(before) == len(label) == 1:
        return ord(label) == ord(before) + 1
    return bool(label) and before == label and not label.isalnum()
