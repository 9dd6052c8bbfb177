"""Look for the directory's names in the texts that wait for it, or in all."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from speeches.mentions.linking import link_waiting, waiting_texts
from speeches.mentions.name_keys import rebuild
from speeches.models import TextLinking


class Command(BaseCommand):
    help = (
        "Looks for names of the directory in the texts that were not looked through since they"
        " or the names have changed. Broken off, it goes on where it was. Decisions stay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="look through all texts, with all names read anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            rebuild()
            TextLinking.objects.all().delete()
        total = waiting_texts().count()
        shown = tqdm(total=total, unit="text", disable=None)
        with shown:
            count = link_waiting(shown.update)
        self.stdout.write(f"{count} texts looked through.")
