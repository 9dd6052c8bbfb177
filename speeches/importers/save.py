"""The one writer: a parsed speech becomes rows, in one transaction, or a problem.

A text is known by the address of its source and the checksum of what was read there:

- same address, same checksum: skipped;
- same address, other checksum: the draft is renewed, unless somebody has edited it since or
  it is no draft any more; then the report says that the source has changed;
- other address, same checksum: skipped and reported as a likely duplicate.

Names that the directory does not have are kept in the words of the source and reported.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from iomsite.publishing.models import Status
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.workflow import Refused, publish_imported
from speeches.models import Source, Speech, SpeechText

from .fill import Filler
from .parsed import ParsedSpeech, RowProblem, UnreadableInput
from .report import ImportReport
from .resolve import Directory


class SpeechWriter:
    """Writes the speeches of one run and keeps its report."""

    def __init__(
        self, *, publish: bool = False, dry_run: bool = False, user: User | None = None
    ) -> None:
        """Prepare a run by somebody, or by an administrator at the command line."""
        self.publish = publish
        self.user = user
        self.name = ""
        self.dry_run = dry_run
        self.report = ImportReport()
        self.directory = Directory()
        self.checksums: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        # Kept in memory: the checksum has no index, and one look replaces thousands.
        for uri, checksum in Source.objects.values_list("uri", "checksum").iterator():
            self._remember(uri, checksum)

    def write_all(self, items: Iterable[ParsedSpeech | RowProblem], name: str) -> None:
        """Write what a parser yields; an input that breaks off is reported under its name."""
        self.name = name
        try:
            for item in items:
                self.write(item)
        except UnreadableInput as error:
            self.report.refuse(name, "", str(error))

    def write(self, item: ParsedSpeech | RowProblem) -> None:
        """Write one speech, or put what is wrong with it into the report."""
        if isinstance(item, RowProblem):
            self.report.problems.append(item)
            return
        uri, checksum = item.source.uri, item.source.checksum
        if self.checksums.get(uri) == checksum:
            self.report.skipped += 1
            return
        twin = self.addresses.get(checksum)
        if twin is not None and uri not in self.checksums:
            self.report.skipped += 1
            message = _("Skipped: the same text was imported from %(uri)s.") % {"uri": twin}
            self.report.remark(uri, message)
            return
        self._save(item)

    def _save(self, item: ParsedSpeech) -> None:
        uri = item.source.uri
        filler = Filler(item, self.directory, publish=self.publish)
        try:
            with transaction.atomic():
                outcome, speech = self._write_rows(filler, uri)
                if self.dry_run:
                    transaction.set_rollback(True)
        except (ValidationError, DatabaseError, Refused, DoesNotFit) as error:
            self.directory.forget_new()
            self._report_failure(uri, error)
            return
        if self.dry_run:
            self.directory.forget_new()
        self.directory.keep_new()
        if outcome == "skipped":
            self.report.skipped += 1
            return
        self._remember(uri, item.source.checksum)
        self.report.created += outcome == "created"
        self.report.updated += outcome == "updated"
        self.report.saved.append(speech.pk)
        for message in filler.remarks:
            self.report.remark(uri, message)
        for field, words in filler.unknown:
            self.report.unknown[field][words] += 1

    def _report_failure(self, uri: str, error: Exception) -> None:
        if isinstance(error, DatabaseError):
            message = _("The database refuses this text: %(error)s") % {"error": error}
            self.report.refuse(uri, "", message.strip())
            return
        if not isinstance(error, ValidationError):
            self.report.refuse(uri, "", str(error))
            return
        for field, messages in error.message_dict.items():
            self.report.refuse(uri, "" if field == "__all__" else field, " ".join(messages))

    def _write_rows(self, filler: Filler, uri: str) -> tuple[str, Speech]:
        """Write a new speech or renew the draft of an earlier import; say which, or `skipped`."""
        there = None
        if uri in self.checksums:
            there = Speech.objects.filter(texts__sources__uri=uri).first()
        if there and (there.status != Status.DRAFT or _is_edited(there, uri)):
            message = _("Changed at its source. Ours was edited or is no draft, so it stays.")
            self.report.remark(uri, message)
            return "skipped", there
        _check_own(filler.item, there)
        speech = there or Speech()
        filler.fill(speech)
        if filler.goes_out and speech.status == Status.DRAFT:
            for meeting in self.directory.new_meetings():
                publish_imported(meeting, self.user, self.name or uri)
            publish_imported(speech, self.user, self.name or uri)
        return ("updated" if there else "created"), speech

    def _remember(self, uri: str, checksum: str) -> None:
        self.checksums[uri] = checksum
        self.addresses.setdefault(checksum, uri)


def _is_edited(speech: Speech, uri: str) -> bool:
    """Say whether anybody saved the speech or a text of it since it was imported."""
    imported_at = min(
        Source.objects.filter(speech_text__speech=speech, uri=uri).values_list(
            "imported_at", flat=True
        )
    )
    texts = SpeechText.objects.filter(speech=speech, updated_at__gt=imported_at)
    return speech.updated_at > imported_at or texts.exists()


def _check_own(item: ParsedSpeech, speech: Speech | None) -> None:
    """Refuse an address or a reference number that another speech has."""
    for field, value in (("slug", item.slug), ("reference", item.reference)):
        if not value:
            continue
        other = Speech.objects.filter(**{field: value}).first()
        if other is not None and other != speech:
            message = _("“%(value)s” belongs already to the speech %(other)s. Choose another.")
            values = {"value": value, "other": other.reference}
            raise ValidationError({field: message % values})
