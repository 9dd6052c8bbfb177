"""Importing speeches by upload: a file, a preview of all it would do, a decision."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iomsite.publishing.roles import may_publish
from speeches.admin import waiting
from speeches.forms import ConfirmForm, UploadForm
from speeches.importers.formats import parse
from speeches.importers.mappings import shipped_mapping
from speeches.importers.parsed import ParsedSpeech, RowProblem, UnreadableInput
from speeches.importers.preview import Preview, in_language, preview
from speeches.importers.report import ImportReport
from speeches.importers.save import SpeechWriter
from speeches.models import Speech

MOST_SPEECHES = 500
"""More than these take longer than a request may; the command has no such bound."""
PROBLEMS_SHOWN = 20


class TooManySpeechesError(Exception):
    """The upload holds more than a request can import; nothing of it is taken."""


class ImportSpeechesMixin:
    """Adds the import to the admin of speeches. Put it before the admin class."""

    model: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        own = path("import/", view, name="speeches_speech_import")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_tools(self, request: HttpRequest) -> list[tuple[str, Any]]:
        tools = super().changelist_tools(request)  # type: ignore[misc]
        if self.has_add_permission(request):  # type: ignore[attr-defined]
            tools = [*tools, (reverse("admin:speeches_speech_import"), _("Import speeches"))]
        return tools

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, then show the preview, then import."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self._import(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                shown = _preview(form)
            except (UnreadableInput, TooManySpeechesError) as error:
                form.add_error("file", str(error))
            else:
                return self._show_preview(request, form, shown)
        return self._page(request, "import.html", form=form)

    def _show_preview(self, request: HttpRequest, form: UploadForm, shown: Preview) -> HttpResponse:
        upload = form.cleaned_data["file"]
        upload.seek(0)
        confirm = None
        if shown.count:
            token = waiting.keep(upload, form.choices(), str(request.user.pk))
            confirm = ConfirmForm(initial={"token": token})
        return self._page(
            request,
            "import_preview.html",
            preview=shown,
            problems=shown.report.problems[:PROBLEMS_SHOWN],
            confirm=confirm,
            may_publish=may_publish(request.user, Speech),
            name=upload.name,
        )

    def _import(self, request: HttpRequest) -> HttpResponse:
        confirm = ConfirmForm(request.POST)
        upload = confirm.is_valid() and waiting.find(
            confirm.cleaned_data["token"], str(request.user.pk)
        )
        if not upload:
            messages.error(request, _("The upload is no longer here. Choose the file again."))
            return redirect("admin:speeches_speech_import")
        publish = confirm.cleaned_data["publish"] and may_publish(request.user, Speech)
        writer = SpeechWriter(publish=publish, user=request.user)  # type: ignore[arg-type]
        name = upload.choices["name"]
        with upload.path.open("rb") as stream:
            writer.write_all(_read(stream, upload.choices), name)
        upload.path.unlink(missing_ok=True)
        self._log(request, writer.report, name)
        _tell(request, writer.report)
        return redirect("admin:speeches_speech_changelist")

    def _log(self, request: HttpRequest, report: ImportReport, name: str) -> None:
        """Write into the history of each speech who imported it."""
        message = _("Imported from %(name)s.") % {"name": name}
        for speech in Speech.objects.filter(pk__in=report.saved).prefetch_related("texts"):
            self.log_addition(request, speech, message)  # type: ignore[attr-defined]

    def _page(self, request: HttpRequest, template: str, **values: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Import speeches"),
            **values,
        }
        return TemplateResponse(request, f"admin/speeches/speech/{template}", context)


def _preview(form: UploadForm) -> Preview:
    """Try the import. An input that cannot be read at all is an error of the form."""
    upload = form.cleaned_data["file"]
    shown = preview(_read(upload, form.choices()), upload.name, publish=False)
    problems = shown.report.problems
    if not shown.speeches and len(problems) == 1 and not problems[0].field:
        raise UnreadableInput(problems[0].message)
    return shown


def _read(stream: BinaryIO, choices: dict[str, str]) -> Iterator[ParsedSpeech | RowProblem]:
    """Parse an upload as its form says; an input with too many speeches is refused."""
    mapping = shipped_mapping(choices["mapping"]) if choices["mapping"] else None
    items = parse(stream, choices["name"], choices["format"], mapping, choices["source_url"])
    for count, item in enumerate(in_language(items, choices["language"]), start=1):
        if count > MOST_SPEECHES:
            raise TooManySpeechesError(
                _("The file has more than %(count)d speeches. Use the command import_speeches.")
                % {"count": MOST_SPEECHES}
            )
        yield item


def _tell(request: HttpRequest, report: ImportReport) -> None:
    """Say what the import did, and what it could not do."""
    count = report.created + report.updated
    if count:
        done = ngettext("%(count)d speech imported.", "%(count)d speeches imported.", count)
        messages.success(request, done % {"count": count})
    if report.skipped:
        skipped = ngettext(
            "%(count)d speech was here already.",
            "%(count)d speeches were here already.",
            report.skipped,
        )
        messages.info(request, skipped % {"count": report.skipped})
    for problem in report.problems[:PROBLEMS_SHOWN]:
        messages.error(request, f"{problem.where}, {problem.field}: {problem.message}")
