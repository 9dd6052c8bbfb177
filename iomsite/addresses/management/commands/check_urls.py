"""`manage.py check_urls`: prove that every address that was ever public is still answered."""

import logging
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from iomsite.addresses.checking import (
    Prober,
    Problem,
    addresses_to_ask,
    count_public_paths,
    unknown_to_the_ledger,
)
from iomsite.languages import site_languages

MOST_SHOWN = 1000


class Command(BaseCommand):
    help = (
        "Ask this site, without a network, for each address that was ever public. Each has to"
        " answer 200, 410, or 301 to a page that does. Otherwise the exit code is 1 and the"
        " addresses are listed. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sample", type=int, default=200, metavar="N",
            help="How many pages are asked for in all languages of the site; the others only in"
            " the main one. Default: 200.",
        )  # fmt: skip
        parser.add_argument(
            "--all-languages", action="store_true", help="Ask for every page in every language."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        # Each 410 would be a warning in the log, and nothing is wrong with it.
        logger = logging.getLogger("django.request")
        level, logger.level = logger.level, logging.ERROR
        prober = Prober()
        try:
            problems = list(unknown_to_the_ledger())
            problems += self._ask(prober, options)
        finally:
            logger.setLevel(level)
        self._report(prober, time.monotonic() - began)
        if problems:
            for problem in problems[:MOST_SHOWN]:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(problems)} addresses are not answered as they must be.")

    def _ask(self, prober: Prober, options: dict[str, Any]) -> Iterator[Problem]:
        total = count_public_paths()
        size = total if options["all_languages"] else max(0, options["sample"])
        others = [code for code in site_languages() if code != settings.LANGUAGE_CODE]
        asked = addresses_to_ask(settings.LANGUAGE_CODE, others, size)
        bar = tqdm(asked, total=total, unit=" paths", disable=not sys.stderr.isatty())
        for addresses in bar:
            for address in addresses:
                if problem := prober.problem_with(address):
                    yield problem

    def _report(self, prober: Prober, seconds: float) -> None:
        asked = prober.answers.total()
        self.stdout.write(
            f"{asked} addresses asked for in {seconds:.1f} s ({asked / max(seconds, 0.001):.0f}"
            f" a second): {prober.answers[200]} pages, {prober.answers[301]} redirects,"
            f" {prober.answers[410]} gone."
        )
