"""The texts that the benchmark draws from: the passages the public may read."""

import re
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from speeches.models import Passage, Speech

# Deliberately not the site's own words(): what is measured should not draw the questions.
WORD = re.compile(r"[^\W\d_]+")


class Read(NamedTuple):
    """One passage, with the speech that it stands in."""

    passage: int
    speech: int
    text: str


def passages() -> Iterator[Read]:
    """Yield every passage of every published speech in one fixed order."""
    yield from map(Read._make, _rows().order_by("pk").iterator(chunk_size=5000))


def some_passages(random: Random, count: int) -> list[Read]:
    """Draw passages by chance, the same ones for the same seed and the same database."""
    keys = list(_rows().order_by("pk").values_list("pk", flat=True))
    drawn = random.sample(keys, min(count, len(keys)))
    rows: dict[int, Read] = {}
    for start in range(0, len(drawn), 500):
        part = _rows().filter(pk__in=drawn[start : start + 500])
        rows |= {row[0]: Read._make(row) for row in part}
    return [rows[key] for key in drawn]


def vocabulary() -> Counter[str]:
    """Count in how many passages each word of the record stands, in lower case."""
    counted: Counter[str] = Counter()
    for row in passages():
        counted.update(set(WORD.findall(row.text.lower())))
    return counted


def _rows() -> Any:
    """Return the key, the speech and the words of every passage that is public now."""
    public = Speech.objects.published().values("pk")
    passages_of_now = Passage.objects.filter(retired_at=None, speech_text__speech__in=public)
    return passages_of_now.values_list("pk", "speech_text__speech_id", "text")
