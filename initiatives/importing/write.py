"""Stage three: entries become rows, all of them or none.

An entry that the database has already (its key is an `Identifier`) is left as it is, for
staff may have corrected it; where the file says something else, the report says so. With
`overwrite` the file's facts replace those of the entry: of a draft in place, of a published
entry in its working copy, which goes out at once when the import publishes and nobody had
begun it before. Nothing is ever deleted.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from initiatives.importing.check import check_entries
from initiatives.importing.children import children_of
from initiatives.importing.entries import MODELS, Entry, Problem
from initiatives.importing.read import read_directory
from initiatives.importing.report import DirectoryReport
from initiatives.models import Entity, Identifier, Name
from initiatives.models.names import OWNERS, owner_field
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import OUT, Status, WorkingCopy, kind_of
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.workflow import publish_imported


def import_directory(
    data: bytes,
    file: str = "",
    *,
    publish: bool = False,
    overwrite: bool = False,
    dry_run: bool = False,
) -> DirectoryReport:
    """Bring a directory file into the database and report what was done.

    With any problem, and in a dry run, nothing is saved.
    """
    entries, problems = read_directory(data)
    with transaction.atomic():
        rows = _existing_rows()
        if not problems:
            problems = check_entries(entries, set(rows))
        report = DirectoryReport(file=file, problems=problems)
        if not problems:
            try:
                _Writer(rows, report, publish=publish, overwrite=overwrite).write(entries)
            except DoesNotFit as error:
                # An entry's working copy waits for its time, or can be written no more.
                report.problems.append(Problem(file, "", str(error)))
        if dry_run or report.problems:
            transaction.set_rollback(True)
    return report


def _existing_rows() -> dict[str, Entity]:
    """Return the entries that carry a key of the imported directory, by that key."""
    return {
        row.directory_key: row
        for model in MODELS.values()
        for row in model.objects.filter(identifiers__scheme=Identifier.Scheme.DIRECTORY).annotate(
            directory_key=F("identifiers__value")
        )
    }


class _Writer:
    """Writes the entries of one file in two passes: the rows, then what links them."""

    def __init__(
        self, rows: dict[str, Entity], report: DirectoryReport, *, publish: bool, overwrite: bool
    ) -> None:
        self.rows = rows
        self.report = report
        self.publish = publish
        self.overwrite = overwrite
        self.new: set[str] = set()
        self.touched: set[str] = set()
        self.names: list[Name] = []
        self.identifiers: list[Identifier] = []

    def write(self, entries: Sequence[Entry]) -> None:
        self.begun_before = set(WorkingCopy.objects.values_list("kind", "item"))
        order = list(MODELS)
        entries = sorted(entries, key=lambda entry: order.index(entry.type))
        for entry in entries:
            self._write_row(entry)
        if self.report.problems:
            return
        for entry in entries:
            with self._changing(entry.key):
                self._write_links(entry)
                self._write_children(entry)
        if self.report.problems:
            return
        Identifier.objects.bulk_create(self.identifiers)
        Name.objects.bulk_create(self.names)
        for name in self.names:
            if name.kind == Name.Kind.PRIMARY:
                name.owner.copy_translated_names()
        for entry in entries:
            self._publish(entry.key)
        self._count(entries)

    def _changing(self, key: str) -> AbstractContextManager[Any]:
        """Let an entry that is here already be changed where its next state is written."""
        changes = self.overwrite and key not in self.new
        return editing(self.rows[key], None) if changes else nullcontext()

    def _write_row(self, entry: Entry) -> None:
        row = self.rows.get(entry.key)
        if row is not None:
            with self._changing(entry.key):
                self._compare(entry.key, row, entry.facts)
            return
        row = MODELS[entry.type](slug=entry.slug, **entry.facts)
        for field, key in entry.links.items():
            # The others wait for the second pass: their rows are not written yet.
            if key in self.rows:
                setattr(row, field, self.rows[key])
        if self._save(entry.key, row):
            self.rows[entry.key] = row
            self.new.add(entry.key)
            self.identifiers.append(
                Identifier(
                    scheme=Identifier.Scheme.DIRECTORY,
                    value=entry.key,
                    **{owner_field(row): row},
                )
            )

    def _publish(self, key: str) -> None:
        """Publish a draft; any other state was somebody's decision.

        A change to what is public goes out too, unless it lies in somebody else's working copy.
        """
        row = self.rows[key]
        if not self.publish:
            return
        about = (kind_of(row), row.pk)
        is_changed = (
            self.overwrite
            and row.status in OUT
            and about not in self.begun_before
            and WorkingCopy.objects.of(row).exists()
        )
        if row.status == Status.DRAFT or is_changed:
            publish_imported(row, None, self.report.file or "a file")
            row.refresh_from_db()
            self.touched.add(key)

    def _write_links(self, entry: Entry) -> None:
        row = self.rows[entry.key]
        links = {field: self.rows[key] for field, key in entry.links.items()}
        if entry.key not in self.new:
            self._compare(entry.key, row, links)
            return
        late = {field: there for field, there in links.items() if getattr(row, field) != there}
        for field, there in late.items():
            setattr(row, field, there)
        if late:
            self._save(entry.key, row)

    def _write_children(self, entry: Entry) -> None:
        row = self.rows[entry.key]
        is_new = entry.key in self.new
        for model, identity, values in children_of(entry, row, self.rows):
            there = None if is_new else model.objects.filter(**identity).first()
            if there is not None:
                self._compare(entry.key, there, values)
            elif is_new or self.overwrite:
                self._add(entry.key, model(**identity, **values))
            else:
                name = model._meta.verbose_name
                message = _("the file also has “%(child)s”.") % {"child": model(**identity)}
                self.report.kept.append(Problem(entry.key, str(name), message))

    def _add(self, key: str, child: models.Model) -> None:
        """Save a child; names wait for one bulk write, and the reader saw that each is once."""
        if not isinstance(child, Name) or key not in self.new:
            self._save(key, child)
        else:
            try:
                child.clean_fields(exclude=OWNERS)
            except ValidationError as error:
                self._refuse(key, error)
            self.names.append(child)
        self.touched.add(key)

    def _compare(self, key: str, row: models.Model, wanted: dict[str, Any]) -> None:
        """Take what the file says otherwise, or report it."""
        different = {
            field: value for field, value in wanted.items() if getattr(row, field) != value
        }
        if not different:
            return
        if self.overwrite:
            for field, value in different.items():
                setattr(row, field, value)
            if self._save(key, row):
                self.touched.add(key)
            return
        for field, value in different.items():
            message = _("the file says “%(file)s”, the entry “%(entry)s”.") % {
                "file": value,
                "entry": getattr(row, field),
            }
            self.report.kept.append(Problem(key, field, message))

    def _save(self, key: str, row: models.Model) -> bool:
        try:
            row.full_clean()
        except ValidationError as error:
            self._refuse(key, error)
            return False
        row.save()
        return True

    def _refuse(self, key: str, error: ValidationError) -> None:
        for field, messages in error.message_dict.items():
            field = "" if field == "__all__" else field
            self.report.problems += [Problem(key, field, message) for message in messages]

    def _count(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            counts = (
                self.report.created
                if entry.key in self.new
                else self.report.updated
                if entry.key in self.touched
                else self.report.unchanged
            )
            counts[entry.type] += 1
