"""Draw the committed queries anew from the corpus: words and short phrases, never a text.

    python -m benchmarks.search.draw > benchmarks/search/queries.json

The same database and seed give the same queries. Quotations are not among them: they are
drawn when the benchmark runs (known.py). Change a class here, not in the file it writes.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from benchmarks.search.mistakes import mistyped

SEED = 66
LOWER = re.compile(r"(?<![\w’'-])[a-z]{4,}(?![\w’'-])")  # no names: they begin with a capital
EVERY_NTH = 10  # of the passages are enough to know which pairs and triples are common
FUNCTION_WORDS = """
    that this with have from which been their will must also would there these other more only
    such than they those through should into very between under where when what were them could
    some over being about against without upon after many both because while before does within
    each most well like made same here then just even among time years every never said itself
    whose another however since still rather order therefore thus during already might once great
    toward towards himself themselves ourselves cannot much per
"""
SAY_NOTHING = frozenset(FUNCTION_WORDS.split())

Query = dict[str, str]


@dataclass
class Vocabulary:
    """What a reading of the whole corpus leaves: words by speeches, and what stands together."""

    speeches_with: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    paragraphs: list[list[str]] = field(default_factory=list)

    def between(self, least: int, most: int) -> list[str]:
        """Return the words that stand in so many speeches, in the order of the alphabet."""
        return sorted(
            word
            for word, count in self.speeches_with.items()
            if least <= count <= most and word not in SAY_NOTHING
        )


def read_corpus() -> Vocabulary:
    from benchmarks.search.reading import passages  # noqa: PLC0415 - after django.setup()

    found = Vocabulary()
    words_of: dict[int, set[str]] = defaultdict(set)
    for place, row in enumerate(passages()):
        words = LOWER.findall(row.text)
        words_of[row.speech].update(words)
        if place % EVERY_NTH == 0:
            found.paragraphs.append(sorted(set(words) - SAY_NOTHING))
            lowered = row.text.lower().split()
            found.pairs.update(
                pair for pair in pairwise(lowered) if all(map(speaks_of_something, pair))
            )
    for distinct in words_of.values():
        found.speeches_with.update(distinct)
    return found


def speaks_of_something(word: str) -> bool:
    return word.isalpha() and word.isascii() and len(word) > 3 and word not in SAY_NOTHING


def together(known: Vocabulary, random: Random, count: int, size: int) -> list[str]:
    """Draw words that stand in one paragraph: one of a subject, the others of any kind."""
    drawn: list[str] = []
    subjects = set(known.between(200, 3000))
    others = set(known.between(1000, 11_000))
    while len(drawn) < count:
        paragraph = random.choice(known.paragraphs)
        first = [word for word in paragraph if word in subjects]
        if first and len(first) + size < len(paragraph):
            chosen = random.choice(first)
            rest = [word for word in paragraph if word in others and word != chosen]
            if len(rest) >= size - 1:
                drawn.append(" ".join([chosen, *random.sample(rest, size - 1)]))
    return drawn


def misspelt(known: Vocabulary, random: Random, count: int) -> list[str]:
    """Draw words of seven letters or more and misspell them into what is no word."""
    drawn: list[str] = []
    words = [word for word in known.between(300, 5000) if len(word) > 6]
    while len(drawn) < count:
        wrong = mistyped(random.choice(words), random)
        if wrong not in known.speeches_with:
            drawn.append(wrong)
    return drawn


def most_heard(field_name: str, fewest: int) -> list[str]:
    """Return States and speakers' names that have at least so many speeches."""
    from django.db.models import Count  # noqa: PLC0415

    from speeches.models import Contribution  # noqa: PLC0415

    rows = Contribution.objects.exclude(**{field_name: ""}).values_list(field_name)
    counted = rows.annotate(number=Count("pk")).filter(number__gte=fewest).order_by(field_name)
    return [name for name, _ in counted]


def draw(known: Vocabulary, random: Random) -> dict[str, list[Query]]:
    """Return the queries of every class. The order of drawing is part of the seed."""

    def words(least: int, most: int, count: int) -> list[str]:
        return random.sample(known.between(least, most), count)

    def filtered(key: str, make: Callable[[], str]) -> list[Query]:
        return [{"q": word, key: make()} for word in [*words(300, 3000, 4), *words(6000, 11000, 4)]]

    phrases = [" ".join(pair) for pair, _ in known.pairs.most_common(150)]
    states = most_heard("on_behalf_of_country", 60)
    speakers = most_heard("name", 6)
    by_years = filtered("from", lambda: str(random.randrange(1946, 2010)))
    return {
        "rare word": asked(words(3, 30, 8)),
        "common word": asked(words(7000, 11_000, 8)),
        "two words": asked(together(known, random, 8, 2)),
        "three words": asked(together(known, random, 8, 3)),
        "phrase": asked(f'"{phrase}"' for phrase in random.sample(phrases, 8)),
        "word in years": [row | {"to": str(int(row["from"]) + 9)} for row in by_years],
        "word and State": filtered("country", lambda: random.choice(states)),
        "word and speaker": [
            {"q": f'{word} speaker:"{name}"'}
            for word, name in zip(words(1000, 9000, 4), random.sample(speakers, 4), strict=True)
        ],
        "newest first": [{"q": word, "sort": "newest"} for word in words(3000, 11_000, 8)],
        "prefix": asked(f"{word[:6]}*" for word in words(300, 5000, 40) if len(word) > 7)[:8],
        "misspelt": asked(misspelt(known, random, 8)),
        "either and without": asked(
            f"{one} OR {other} -{unwanted}"
            for one, other, unwanted in zip(
                words(500, 5000, 4), words(500, 5000, 4), words(1000, 5000, 4), strict=True
            )
        ),
    }


def asked(texts: Iterable[str]) -> list[Query]:
    return [{"q": text} for text in texts]


def written(classes: dict[str, list[Query]]) -> str:
    """Return the classes as JSON with one query on a line, so that a change can be read."""
    blocks = [
        f"{json.dumps(name)}: [\n"
        + ",\n".join(f" {json.dumps(row, ensure_ascii=False)}" for row in rows)
        + "\n]"
        for name, rows in classes.items()
    ]
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def main() -> None:
    from benchmarks.search.start import start  # noqa: PLC0415

    start()
    classes = draw(read_corpus(), Random(SEED))  # noqa: S311
    sys.stdout.write(written(classes))


if __name__ == "__main__":
    main()
