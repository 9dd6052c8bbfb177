"""Joining the lines of a paragraph, and mending words that were parted at a line end."""

import re

_BROKEN_WORD = re.compile(r"(?P<head>[^\W_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = re.compile(
    r"(?:ment|tion|sion|ation|ing|ity|ence|ance|ency|ancy)s?|tional|tionally|mental|tive|tively"
    r"|ness|ably|ible|ibly|ities|ally|tory|tories|cies|lished|tical|[sz]ation|ciones|miento|mente"
)


def vocabulary(lines: list[str]) -> frozenset[str]:
    """Collect the words of a page in lower case, compounds with their hyphens."""
    return frozenset(_WORD.findall("\n".join(lines).lower()))


def join_lines(lines: list[str], words: frozenset[str]) -> str:
    """Join the lines of one paragraph; `words` is the vocabulary of the page."""
    pieces: list[str] = []
    for line in map(str.strip, lines):
        before = pieces[-1] if pieces else ""
        broken = _BROKEN_WORD.search(before) if line[:1].isalnum() else None
        if broken and _is_one_word(broken["head"], line, words):
            pieces[-1] = before[:-1]
        elif pieces and not broken:
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def _is_one_word(head: str, line: str, words: frozenset[str]) -> bool:
    """Decide whether a hyphen at a line end parted a word or belongs to a compound.

    What the rest of the page writes decides. Without that the hyphen stays, because taking
    a sign of the source away needs a reason, such as an ending that is no word by itself.
    """
    tail = _FIRST_WORD.match(line)
    if tail is None or not tail[0].islower() or f"{head}-{tail[0]}".lower() in words:
        return False
    return f"{head}{tail[0]}".lower() in words or bool(_ENDINGS.fullmatch(tail[0]))
