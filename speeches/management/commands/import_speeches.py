"""`manage.py import_speeches PATH…`: bring speeches in from files and folders."""

import contextlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from speeches.importers.formats import FORMATS, parse
from speeches.importers.gather import InputFile, gather
from speeches.importers.mappings import shipped_mapping
from speeches.importers.parsed import RowProblem, UnreadableInput
from speeches.importers.save import SpeechWriter
from speeches.management.progress import show_indexing
from speeches.search.index.changes import changes_wait

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import speeches from crawled pages (.txt), web pages, Word files, JSON Lines and CSV. "
        "They become drafts. Running the same command again takes up where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="Files and folders.")
        parser.add_argument("--format", choices=("auto", *FORMATS), default="auto")
        parser.add_argument(
            "--mapping", default="",
            help="For rows: which column is which field. A JSON file, or a mapping that comes"
            " with the project, such as un_general_debate.",
        )  # fmt: skip
        parser.add_argument(
            "--folder", type=Path, help="Look the paths up here, and read nothing outside of it."
        )
        parser.add_argument("--dry-run", action="store_true", help="Report, but save nothing.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish at once what has a date and a title."
        )
        parser.add_argument("--report", type=Path, help="Write the whole report here, as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        mapping = _read_mapping(options["mapping"])
        writer = SpeechWriter(publish=options["publish"], dry_run=options["dry_run"])
        with show_indexing() as progress, changes_wait(progress):
            try:
                for file in gather(options["paths"], options["folder"]):
                    if isinstance(file, RowProblem):
                        writer.write(file)
                    else:
                        self._import(file, writer, options["format"], mapping)
            except KeyboardInterrupt:
                # The speech in hand is rolled back, those before it are saved and searchable.
                writer.report.is_interrupted = True
        report = writer.report
        for line in report.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was saved.")
        if options["report"]:
            _write_report(options["report"], report.as_dict())
        if report.is_interrupted:
            raise SystemExit(INTERRUPTED)
        if report.problems:
            raise SystemExit(1)

    def _import(
        self, file: InputFile, writer: SpeechWriter, format: str, mapping: dict[str, str] | None
    ) -> None:
        try:
            with file.path.open("rb") as opened, _progress(opened, file) as stream:
                writer.write_all(parse(stream, file.name, format, mapping), file.name)
        except UnreadableInput as error:
            writer.report.refuse(file.name, "", str(error))
        except OSError as error:
            writer.report.refuse(file.name, "", f"{error.strerror}.")


@contextlib.contextmanager
def _progress(opened: BinaryIO, file: InputFile) -> Iterator[Any]:
    """Show how much of a file is read, where somebody is looking."""
    size = file.path.stat().st_size
    with tqdm.wrapattr(
        opened, "read", total=size, desc=file.name[-40:], disable=not sys.stderr.isatty()
    ) as stream:
        yield stream


def _read_mapping(words: str) -> dict[str, str] | None:
    """Return the mapping of a file, or one that comes with the project."""
    if not words:
        return None
    path = Path(words)
    try:
        if path.suffix != ".json":
            return shipped_mapping(words)
        mapping = json.loads(path.read_text("utf-8"))
    except UnreadableInput as error:
        raise CommandError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CommandError(f"{path.name}: {error}. Give a mapping written as JSON.") from error
    if not isinstance(mapping, dict):
        raise CommandError(f"{path.name}: write the mapping as a JSON object.")
    return mapping


def _write_report(path: Path, report: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CommandError(f"{path.name}: {error.strerror}. Give another path.") from error
