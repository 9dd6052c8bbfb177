"""`manage.py verify_history`: prove that no history was changed, or name where it was."""

import importlib.util
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from iomsite.publishing.models import Publishable
from iomsite.publishing.verifying import broken_links

MOST_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Check the versions of every item, the audit log that names them, and that what is"
        " public is what the last version says. Names the first broken link of each history;"
        " the exit code is then 1. Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--item", default="", help="One item only, as speeches.speech:17.")
        parser.add_argument(
            "--export", nargs="+", default=[], type=Path, metavar="FILE",
            help="Check exported histories instead, without the database.",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            self._check_files(options["export"])
            return
        kind, item = parse_item(options["item"]) if options["item"] else ("", None)
        began, checked, broken = time.monotonic(), 0, []
        for found in tqdm(
            broken_links(kind, item), unit=" histories", disable=not sys.stderr.isatty()
        ):
            checked += 1
            if found:
                broken.append(found)
        for link in broken[:MOST_SHOWN]:
            self.stderr.write(f"{link.where}: {link.problem}")
        seconds = time.monotonic() - began
        if broken:
            raise CommandError(f"{len(broken)} of {checked} chains do not hold.")
        self.stdout.write(f"{checked} chains hold: the audit log and {checked - 1} histories,")
        self.stdout.write(f"checked in {seconds:.1f} s.")

    def _check_files(self, files: list[Path]) -> None:
        """Check files by the script that readers use, so that there is one set of rules."""
        script = _reader()
        broken = 0
        for file in files:
            try:
                count = script.verify(script.read(file.read_text("utf-8")))
            except (script.Broken, OSError, UnicodeDecodeError) as error:
                self.stderr.write(f"{file}: {error}")
                broken += 1
            else:
                self.stdout.write(f"{file}: {count} versions hold.")
        if broken:
            raise CommandError(f"{broken} of {len(files)} files do not hold.")


def parse_item(typed: str) -> tuple[str, int]:
    """Return the kind and the key of an item given as `speeches.speech:17`.

    Raises CommandError with what to give instead.
    """
    kind, _colon, key = typed.lower().partition(":")
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, Publishable) or not key.isdecimal():
        raise CommandError(f"{typed!r} is no item. Give its kind and key, as speeches.speech:17.")
    return kind, int(key[:18])


def _reader() -> Any:
    path = settings.BASE_DIR / "docs" / "verify_history.py"
    spec = importlib.util.spec_from_file_location("verify_history_offline", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise CommandError(f"{path} is missing: it comes with the documentation.")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script
