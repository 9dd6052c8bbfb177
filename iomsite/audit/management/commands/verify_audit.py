"""manage.py verify_audit: read the chain of the audit log again and name the first broken link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from iomsite.append_only import guarded_tables
from iomsite.audit import log
from iomsite.audit.models import AuditEntry
from iomsite.audit.verify import verify_all


class Command(BaseCommand):
    help = "Checks every entry of the audit log and prints the number and hash of the last one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--number", type=int, help="an entry whose hash was kept elsewhere")
        parser.add_argument("--hash", default="", help="that hash")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["number"] is None) == bool(options["hash"]):
            raise CommandError("Give both --number and --hash, or neither.")
        kept = (options["number"], options["hash"]) if options["hash"] else None
        if AuditEntry._meta.db_table not in guarded_tables(connection):
            raise CommandError(
                "The database would let entries be changed: its triggers are gone. Find out who"
                " took them away, then put them back as iomsite/append_only.py does."
            )
        end = log.head()
        problem = verify_all(end=end) or (verify_all(end=kept) if kept else None)
        if problem:
            raise CommandError(f"The audit log was changed. {problem.reason}")
        self.stdout.write(f"The audit log is whole. Last entry: {end[0]}, hash {end[1]}")
