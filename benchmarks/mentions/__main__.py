"""Measure how right and how fast names are found.

    python -m benchmarks.mentions GOLD… --pages FOLDER    on labelled pages
    python -m benchmarks.mentions --relink                all texts of the site's own database

The labelled pages are no part of the project: GOLD is a file as `benchmarks/mentions/labelled.py`
describes it, FOLDER holds the pages that the files name. The directory is the one that comes with
the project, or DIRECTORY. `--relink` links every text anew; decisions stay.
"""

import argparse
import os
import time
from pathlib import Path


def arguments_given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.mentions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", nargs="*", type=Path, metavar="GOLD")
    parser.add_argument("--pages", type=Path, help="the folder with the pages")
    parser.add_argument("--directory", type=Path, default=Path("initiatives/data/directory.json"))
    parser.add_argument("--entities", type=int, default=20_000, help="invented ones, for the speed")
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    parser.add_argument("--relink", action="store_true", help="link the whole database anew")
    given = parser.parse_args()
    if given.gold and not given.pages:
        parser.error("say where the pages are: --pages FOLDER")
    if not given.gold and not given.relink:
        parser.error("give gold files, or --relink")
    return given


def main() -> None:
    given = arguments_given()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
    import django  # noqa: PLC0415 - needs the settings' name

    django.setup()
    if given.gold:
        _measure(given)
    if given.relink:
        _relink()


def _measure(given: argparse.Namespace) -> None:
    from benchmarks.mentions.labelled import directory_rows, read_page  # noqa: PLC0415
    from benchmarks.mentions.scoring import score  # noqa: PLC0415
    from benchmarks.mentions.speed import (  # noqa: PLC0415
        build,
        made_names,
        megabytes,
        milliseconds,
        with_keys,
    )
    from speeches.mentions.finding.finder import find  # noqa: PLC0415

    rows, facts, known = directory_rows(given.directory)
    catalogue, _seconds = build(rows, facts)
    pages = [read_page(gold, given.pages) for gold in given.gold]
    scores = score([(page, find(page.document, catalogue)) for page in pages], known)
    print(
        f"{'':16}{'right':>7}{'wrong':>7}{'seen':>7}{'of':>6}{'P':>8}{'R':>8}{'F1':>8}{'exact':>8}"
    )
    for name, one in sorted(scores.items()):
        print(
            f"{name:16}{one.right:7}{one.wrong:7}{one.seen:7}{one.labelled:6}"
            f"{one.precision:8.3f}{one.recall:8.3f}{one.f1:8.3f}{one.exact:8}"
        )
        for told in one.errors if given.errors else ():
            print(f"    {told}")
    documents = [page.document for page in pages]
    print(f"{milliseconds(documents, catalogue):.1f} ms for 10 KB with {len(known)} entries")
    many = with_keys([*rows, *made_names(given.entities)])
    large, seconds = build(many, facts)
    print(f"{milliseconds(documents, large):.1f} ms with {given.entities:,} more")
    print(f"{seconds:.2f} s to build that, {megabytes(given.entities):.0f} MB held")


def _relink() -> None:
    from speeches.mentions.linking import link_waiting  # noqa: PLC0415
    from speeches.mentions.name_keys import rebuild  # noqa: PLC0415
    from speeches.models import Mention, Passage, Proposal, SpeechText  # noqa: PLC0415

    began = time.perf_counter()
    rebuild()
    count = link_waiting()
    seconds = time.perf_counter() - began
    print(
        f"{count:,} of {SpeechText.objects.count():,} texts, {Passage.objects.count():,} passages"
    )
    print(
        f"{seconds:.0f} s, {Mention.objects.count():,} mentions, {Proposal.objects.count():,} names"
    )


if __name__ == "__main__":
    main()
