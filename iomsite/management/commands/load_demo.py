"""`manage.py load_demo`: fill an empty database with a site to look at."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iomsite.demo.accounts import ensure_accounts
from iomsite.demo.load import DemoRefusedError, load_demo, refuse_real_record
from speeches.search.index.changes import changes_wait


class Command(BaseCommand):
    help = (
        "Load the demonstration: facts of the field, an invented organization with its sample "
        "speeches, section pages and staff accounts. Running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="Load it beside the real speeches of a database."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_real_record(force=options["force"])
            file = settings.DATA_DIR / "demo-accounts.txt"
            accounts = ensure_accounts(file)
            with changes_wait():
                for line in load_demo():
                    self.stdout.write(line)
        except DemoRefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Staff accounts (kept in demo-accounts.txt in the data folder):")
        for account in accounts:
            self.stdout.write(f"  {account.username:<10} {account.password}")
