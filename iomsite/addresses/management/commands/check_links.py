"""`manage.py check_links`: ask whether the links on public pages still lead somewhere."""

import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from iomsite.addresses.links.check import check, due_links
from iomsite.addresses.links.fetch import Fetcher, Pace
from iomsite.addresses.links.gather import gather
from iomsite.addresses.links.sources import all_links
from iomsite.addresses.models import OutgoingLink

CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()]+|https?://[^\s<>()]+")


class Command(BaseCommand):
    help = (
        "Gather the links on public pages and ask the servers they lead to, one question at a"
        " time, whether they still work. The report is in the admin. Texts are never changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        numbers: tuple[tuple[str, type, Any, str], ...] = (
            ("--most", int, 2000, "Links to check in this run."),
            ("--seconds", float, 3600, "After which no further link is begun."),
            ("--delay", float, 2.0, "Seconds between two questions to one host."),
            ("--timeout", float, 15.0, "Seconds for one answer."),
            ("--days", int, 7, "After which a working link is checked again; broken ones daily."),
        )
        for name, kind, default, words in numbers:
            parser.add_argument(
                name, type=kind, default=default, help=f"{words} Default: {default}."
            )
        parser.add_argument(
            "--gather-only", action="store_true", help="Renew the list and ask nobody."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{gather(all_links())} links stand on public pages.")
        if options["gather_only"]:
            return
        fetcher = Fetcher(
            user_agent(settings.LINK_CHECK_CONTACT),
            Pace(max(0.5, options["delay"])),
            timeout=min(max(1.0, options["timeout"]), 60.0),
        )
        links = due_links(options["days"], options["most"])
        with tqdm(total=len(links), unit=" links", disable=not sys.stderr.isatty()) as bar:
            outcomes = check(links, fetcher, seconds=options["seconds"], advance=bar.update)
        words = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
        self.stdout.write(f"{len(links)} were due: {words or 'nothing to ask'}.")
        broken = OutgoingLink.objects.filter(outcome__in=OutgoingLink.BROKEN).count()
        self.stdout.write(f"{broken} links are broken now. See the report in the admin.")


def user_agent(contact: str) -> str:
    """Return how the checker names itself, with a way to reach whoever runs it."""
    if not CONTACT.fullmatch(contact):
        raise CommandError(
            "Set LINK_CHECK_CONTACT to an e-mail address or a web page by which the owners of"
            " other sites can reach you: a program that asks them has to say whose it is."
        )
    return f"iomsite-link-check/1.0 (+{contact})"
