"""The differences between a quotation and the words on record, for a reader to see.

Pure. What is compared are words as people see them, not as the index cuts them: Chinese is
compared character by character, and punctuation or case alone is no difference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from speeches.search.words.language import fold

# A character of Han or kana is a word of its own; other words end at spaces and hyphens.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff/\u2010-\u2015-]+")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Difference:
    """A stretch of words of one kind.

    `same`, `deleted` (only in the quotation) or `inserted` (only on record).
    """

    kind: str
    text: str


def word_diff(quoted: str, recorded: str) -> list[Difference]:
    """Return the stretches that lead from a quotation to the words on record, in order.

    Where both have the same words, they are written as they are on record.
    """
    old, new = _tokens(quoted), _tokens(recorded)
    found: list[Difference] = []
    for step in Levenshtein.opcodes([key for _, key in old], [key for _, key in new]):
        before = old[step.src_start : step.src_end]
        after = new[step.dest_start : step.dest_end]
        if step.tag == "equal":
            found.append(Difference("same", _written(after, recorded)))
            continue
        if before:
            found.append(Difference("deleted", _written(before, quoted)))
        if after:
            found.append(Difference("inserted", _written(after, recorded)))
    return found


_Token = tuple[tuple[int, int], str]


def _tokens(text: str) -> list[_Token]:
    """Return where each word stands and what is compared of it; lone punctuation is skipped."""
    found = []
    for match in _TOKEN.finditer(text):
        key = _NO_LETTERS.sub("", fold(match[0]))
        if key:
            found.append((match.span(), key))
    return found


def _written(tokens: Sequence[_Token], text: str) -> str:
    return text[tokens[0][0][0] : tokens[-1][0][1]]
