"""Known items: questions whose one right answer is known, because they were made from it.

Drawn by seed from the database when the benchmark runs; no text of the corpus is committed.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from benchmarks.search.mistakes import mistyped_quote
from benchmarks.search.reading import WORD, Read, passages, some_passages
from benchmarks.search.report import Row

QUOTED_WORDS = 8
DISTINCTIVE, ORDINARY = (3, 300), (200, 3000)
"""In how many passages a word may stand. Of 370,000 passages, distinctive words are in one of
a thousand or fewer: names and terms, as `hammarskjold`, `desertification`. Ordinary ones are
those of which three together leave a choice of paragraphs, as `recorded unlimited science`;
with them tantivy reaches what it reached in the research that set the goals."""


@dataclass(frozen=True)
class Item:
    """A question and the passage it was made from."""

    typed: str
    speech: int
    passage: int


def quotes(count: int, seed: int) -> tuple[list[Item], list[Item]]:
    """Draw quotations of eight words, and the same ones with one letter wrong in one word."""
    random = Random(seed)  # noqa: S311 - chance that can be repeated is the point
    exact: list[Item] = []
    altered: list[Item] = []
    for row in some_passages(random, count * 4):
        words = row.text.split()
        if len(words) < 2 * QUOTED_WORDS or '"' in row.text:
            continue
        start = random.randrange(len(words) - QUOTED_WORDS)
        chosen = words[start : start + QUOTED_WORDS]
        wrong = mistyped_quote(chosen, random)
        if wrong and len(exact) < count:
            exact.append(Item(f'"{" ".join(chosen)}"', row.speech, row.passage))
            altered.append(Item(f'"{" ".join(wrong)}"', row.speech, row.passage))
    return exact, altered


def three_words(
    count: int, seed: int, known: Counter[str], between: tuple[int, int] = DISTINCTIVE
) -> list[Item]:
    """Draw three words of one paragraph, each of which stands in few others.

    `known` says in how many passages each word stands, `between` in how many it may.
    """
    random = Random(seed)  # noqa: S311
    items: list[Item] = []
    for row in some_passages(random, count * 8):
        fit = [word for word in sorted(long_words(row)) if between[0] <= known[word] <= between[1]]
        if len(fit) >= 3 and len(items) < count:
            items.append(Item(" ".join(random.sample(fit, 3)), row.speech, row.passage))
    return items


def long_words(row: Read) -> set[str]:
    """Return the words of five letters or more, in lower case and ASCII only."""
    found = WORD.findall(row.text.lower())
    return {word for word in found if len(word) >= 5 and word.isascii()}


def ceiling(items: list[Item]) -> float:
    """Return the best success at 1 anyone could have: some quotes stand in several speeches.

    Nobody can know which of n equal speeches was meant, so such an item counts one n-th.
    """
    sought = {item.typed.strip('"'): set[int]() for item in items}
    by_speech: dict[int, list[str]] = {}
    for row in passages():
        by_speech.setdefault(row.speech, []).append(" ".join(row.text.split()))
    for speech, texts in by_speech.items():
        whole = "\n".join(texts)
        for quote, speeches in sought.items():
            if quote in whole:
                speeches.add(speech)
    return sum(1 / max(1, len(speeches)) for speeches in sought.values()) / len(items)


Answer = list[tuple[int, int]]
"""Speeches in the order found, each with its best passage (0: none)."""


def judge(items: Iterable[Item], ask: Callable[[str], Answer]) -> Row:
    """Ask every question and return how often, and how high, the right answer stood."""
    first = ten = exact = asked = 0
    reciprocal = 0.0
    for item in items:
        answer = ask(item.typed)[:10]
        asked += 1
        ranks = [place for place, (speech, _) in enumerate(answer, 1) if speech == item.speech]
        if ranks:
            first += ranks[0] == 1
            ten += 1
            reciprocal += 1 / ranks[0]
        exact += bool(answer) and answer[0][1] == item.passage
    return {
        "items": asked,
        "success@1": first / asked,
        "MRR@10": reciprocal / asked,
        "among 10": ten / asked,
        "paragraph first": exact / asked,
    }
