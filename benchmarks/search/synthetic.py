"""A record of any size, made of real passages: to learn how the search grows.

    python -m benchmarks.search.synthetic 200000 --database sqlite:///big.sqlite3

Fills an empty database with speeches of six to thirteen passages drawn by chance from those
of the site's own, so words keep their frequencies but do not
keep company as in real speeches. Days are spread over 1946 to 2024, States and speakers over
those of the site's own. Rows are written in bulk, past the models' own saving: texts have no
body, so this is for measuring and not for reading.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING

from benchmarks.search.building import ROOT
from benchmarks.search.start import start

if TYPE_CHECKING:
    from speeches.models import Contribution, Passage, Speech, SpeechText

SEED = 200_000
FEWEST, MOST = 6, 13
TOGETHER = 2000
"""Speeches that are written in one transaction."""
FIRST_DAY, LAST_DAY = date(1946, 1, 1), date(2024, 12, 31)
READ = """
import json, sys
from speeches.models import Contribution, Passage
from benchmarks.search.reading import passages
for row in passages():
    sys.stdout.write(json.dumps(row.text) + "\\n")
sys.stdout.write("\\n")
for pair in Contribution.objects.order_by("pk").values_list("name", "on_behalf_of_country"):
    sys.stdout.write(json.dumps(pair) + "\\n")
"""

Speakers = list[tuple[str, str]]


def read_source() -> tuple[list[str], Speakers]:
    """Return the passages of the site's own database, and its speakers with their States.

    Read by another process: one process has one set of settings.
    """
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "-c", READ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        texts = [json.loads(line) for line in iter(process.stdout.readline, "\n") if line]
        speakers = [(name, code) for name, code in map(json.loads, process.stdout)]
    if not texts:
        raise SystemExit("The site's own database has no speech to take passages from.")
    return texts, speakers


def fill(documents: int, texts: list[str], speakers: Speakers) -> None:
    """Write the speeches, some thousands in one transaction."""
    from django.db import transaction  # noqa: PLC0415 - after django.setup()

    from speeches.models import Contribution, Passage, Speech, SpeechText  # noqa: PLC0415

    random = Random(SEED)  # noqa: S311
    numbers = count(1)
    made = made_speeches(documents, random)
    passages_made = 0
    while some := list(islice(made, TOGETHER)):
        with transaction.atomic():
            Speech.objects.bulk_create(some, batch_size=500)
            written = SpeechText.objects.bulk_create([text_of(one) for one in some], batch_size=500)
            Contribution.objects.bulk_create(
                [part_of(one, *random.choice(speakers)) for one in some], batch_size=500
            )
            rows = [row for text in written for row in drawn(text, texts, random)]
            Passage.objects.bulk_create(rows, batch_size=2000)
        passages_made += len(rows)
        done = next(numbers) * TOGETHER
        print(
            f"\r{min(done, documents):,} speeches, {passages_made:,} passages", end="", flush=True
        )
    print()


def made_speeches(documents: int, random: Random) -> "Iterator[Speech]":
    from django.utils import timezone  # noqa: PLC0415

    from speeches.models import Speech  # noqa: PLC0415

    days = (LAST_DAY - FIRST_DAY).days
    published = timezone.now() - timedelta(days=1)
    for number in range(1, documents + 1):
        yield Speech(
            status="published",
            published_at=published,
            slug=f"synthetic-{number}",
            reference=f"SYN/{number}",
            delivered_on=FIRST_DAY + timedelta(days=random.randrange(days + 1)),
            delivery_status=random.choice(["transcript", "as_delivered", "as_prepared"]),
            original_language="en",
        )


def text_of(speech: "Speech") -> "SpeechText":
    from speeches.models import SpeechText  # noqa: PLC0415

    title = f"Synthetic speech {speech.reference.removeprefix('SYN/')}"
    return SpeechText(speech=speech, language="en", title=title, word_count=0)


def part_of(speech: "Speech", name: str, code: str) -> "Contribution":
    from speeches.models import Contribution  # noqa: PLC0415

    return Contribution(speech=speech, name=name, on_behalf_of_country=code)


def drawn(text: "SpeechText", texts: list[str], random: Random) -> "Iterator[Passage]":
    from speeches.models import Passage  # noqa: PLC0415

    for position in range(1, random.randrange(FEWEST, MOST + 1) + 1):
        words = random.choice(texts)
        yield Passage(
            speech_text=text, anchor=f"p{position}", kind="paragraph", position=position, text=words
        )


def fill_once(documents: int, database: str) -> None:
    """Fill a database, unless it has speeches already. Leaves Django set up in it."""
    began = time.perf_counter()
    texts, speakers = read_source()
    start(database)
    from django.core.management import call_command  # noqa: PLC0415

    from speeches.models import Speech  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Speech.objects.exists():
        print(f"{Speech.objects.count():,} speeches are there already.", flush=True)
        return
    fill(documents, texts, speakers)
    print(f"{time.perf_counter() - began:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("documents", type=int, help="how many speeches to make")
    parser.add_argument("--database", required=True, help="URL of the empty database")
    given = parser.parse_args()
    fill_once(given.documents, given.database)


if __name__ == "__main__":
    main()
