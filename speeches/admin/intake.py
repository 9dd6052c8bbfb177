"""From a file or pasted words to a ready draft: what was read, on one page to look over."""

import hashlib
import io
from typing import Any

from bs4 import BeautifulSoup
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from speeches.importers.formats import DOCUMENTS, detect, parse
from speeches.importers.parsed import ParsedSpeech, UnreadableInput
from speeches.intake.drafting import make_draft
from speeches.intake.duplicates import twins_of
from speeches.intake.forms import BringForm, ReviewForm
from speeches.intake.suggestions import Intake, read_intake
from speeches.mentions.entries import entries_of
from speeches.models import Speech

HEAD_BYTES = 65_536
FIELDS = ("title", "language", "delivered_on", "delivery_status", "place", "speaker", "person",
          "office", "meeting")  # fmt: skip


class IntakeMixin:
    """Adds the intake to the admin of speeches. Put it before the admin class."""

    model: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.intake_view)
        own = path("intake/", view, name="speeches_speech_intake")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_tools(self, request: HttpRequest) -> list[tuple[str, Any]]:
        tools = super().changelist_tools(request)  # type: ignore[misc]
        if self.has_add_permission(request):  # type: ignore[attr-defined]
            tools = [(reverse("admin:speeches_speech_intake"), _("Bring in a speech")), *tools]
        return tools

    def intake_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a text, show what was read from it, and make a draft."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if request.method == "POST" and "checksum" in request.POST:
            return self._make_draft(request)
        form = BringForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                intake = _read(form)
            except UnreadableInput as error:
                form.add_error(None, str(error))
            else:
                return self._review(request, intake)
        return self._intake_page(request, "intake.html", form=form)

    def _review(self, request: HttpRequest, intake: Intake) -> HttpResponse:
        source = intake.parsed.source
        initial = {name: intake.first(name) for name in FIELDS} | {
            "body": intake.text.html,
            "country": intake.parsed.country,
            "source_uri": source.uri,
            "source_format": source.format,
            "checksum": source.checksum,
        }
        initial["delivery_status"] = initial["delivery_status"] or Speech.DeliveryStatus.AS_PREPARED
        form = ReviewForm(initial=initial, offered=intake.suggestions)
        named = entries_of({one.target for one in intake.findings.mentions})
        return self._intake_page(
            request,
            "intake_review.html",
            form=form,
            rows=[(form[name], intake.suggestions.get(name, [])) for name in form.fields],
            blocks=intake.blocks,
            warnings=intake.parsed.warnings,
            twins=twins_of(intake.parsed, intake.blocks, intake.first("person")),
            names=sorted({entry.name.text for entry in named.values()}),
            mentions=len(intake.findings.mentions),
            proposals=intake.findings.proposals,
        )

    def _make_draft(self, request: HttpRequest) -> HttpResponse:
        form = ReviewForm(request.POST)
        if form.is_valid():
            try:
                speech = make_draft(form.cleaned_data)
            except ValidationError as error:
                _add_errors(form, error)
            else:
                told = _("Brought in from %(source)s.") % {
                    "source": form.cleaned_data["source_uri"]
                }
                self.log_addition(request, speech, told)  # type: ignore[attr-defined]
                messages.success(request, _("The draft is ready. Look it over once more."))
                return redirect("admin:speeches_speech_change", speech.pk)
        rows: list[Any] = [(form[name], []) for name in form.fields]
        return self._intake_page(request, "intake_review.html", form=form, rows=rows)

    def _intake_page(self, request: HttpRequest, template: str, **values: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Bring in a speech"),
            **values,
        }
        return TemplateResponse(request, f"admin/speeches/speech/{template}", context)


def _read(form: BringForm) -> Intake:
    """Parse what was brought in. Raises UnreadableInput."""
    upload, words = form.cleaned_data["file"], form.cleaned_data["words"]
    if upload:
        data, name = upload.read(), upload.name
    else:
        data = words.encode("utf-8", "replace")
        name = f"pasted-{hashlib.sha256(data).hexdigest()[:12]}.txt"
        if words.lstrip()[:1] == "<":
            name = name.replace(".txt", ".html")
    chosen = detect(name, data[:HEAD_BYTES])
    if chosen not in DOCUMENTS:
        raise UnreadableInput(
            _("This holds many speeches. Use “Import speeches” for tables and JSON Lines.")
        )
    for item in parse(io.BytesIO(data), name, chosen, None, form.cleaned_data["source_url"]):
        if isinstance(item, ParsedSpeech):
            return read_intake(item, _plain(data, chosen))
        raise UnreadableInput(item.message)
    raise UnreadableInput(_("No running text was found. Give the page that holds the speech."))


def _plain(data: bytes, chosen: str) -> str:
    """Return the beginning of a source as lines of plain words."""
    if chosen == "docx":
        return ""
    head = data[:HEAD_BYTES].decode("utf-8", "replace")
    return BeautifulSoup(head, "lxml").get_text("\n") if chosen == "html" else head


def _add_errors(form: ReviewForm, error: ValidationError) -> None:
    """Put what the record does not take beside the fields that it concerns."""
    told = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, some in told.items():
        for message in some:
            form.add_error(name if name in form.fields else None, message)
