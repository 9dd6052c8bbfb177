"""`manage.py export_history`: write histories as files that verify without this site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from iomsite.publishing.exporting import history_of
from iomsite.publishing.management.commands.verify_history import parse_item
from iomsite.publishing.models import Version


class Command(BaseCommand):
    help = (
        "Write the history of items as JSON, one file each. docs/verify_history.py checks them"
        " anywhere. Without --complete a file has what the public may read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="Where the files go.")
        parser.add_argument(
            "--item", action="append", default=[], help="As speeches.speech:17; may be repeated."
        )
        parser.add_argument("--kind", default="", help="All items of one kind.")
        parser.add_argument(
            "--complete", action="store_true", help="With what only staff may read."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = [parse_item(typed) for typed in options["item"]]
        if options["kind"]:
            versions = Version.objects.filter(kind=options["kind"].lower()).order_by("item")
            keys += versions.values_list("kind", "item").distinct()
        if not keys:
            raise CommandError("Say what to export: --item speeches.speech:17 or --kind …")
        options["folder"].mkdir(parents=True, exist_ok=True)
        count = sum(self._write(*key, options) for key in keys)
        self.stdout.write(f"{count} histories written to {options['folder']}.")

    def _write(self, kind: str, key: int, options: dict[str, Any]) -> bool:
        rows: Any = apps.get_model(kind)._default_manager.all()
        if not options["complete"]:
            rows = rows.ever_public().exclude(status="removed")
        item = rows.filter(pk=key).first()
        if item is None:
            self.stderr.write(f"{kind}:{key} has no history that may be exported.")
            return False
        file = options["folder"] / f"{kind}-{key}.json"
        with file.open("w", encoding="utf-8") as stream:
            for bit in history_of(item, for_public=not options["complete"]):
                stream.write(bit)
        return True
