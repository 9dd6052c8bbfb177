"""`manage.py import_directory [PATH]`: bring a file of organizations, people, meetings in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.importing import SHIPPED_FILE
from initiatives.importing.write import import_directory


class Command(BaseCommand):
    help = (
        "Import a directory of organizations, initiatives, meetings, offices and people. "
        "Running it again changes nothing; entries that are here already stay as they are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, default=SHIPPED_FILE,
            help="A JSON file; without it the directory that comes with the project.",
        )  # fmt: skip
        parser.add_argument(
            "--publish", action="store_true", help="Publish new entries, and drafts of the file."
        )
        parser.add_argument(
            "--overwrite", action="store_true",
            help="Where an entry is here already, let the file's facts replace it.",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="Report, but save nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path.name}: {error.strerror}. Give a file to read.") from error
        report = import_directory(
            data,
            path.name,
            publish=options["publish"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
        )
        for line in report.lines():
            (self.stderr if report.is_refused else self.stdout).write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was saved.")
        if report.is_refused:
            raise SystemExit(1)
