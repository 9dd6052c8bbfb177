"""The desk of a text's names, in the admin of its speech."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speeches.admin.mention_actions import act, permitted
from speeches.mentions.deciding import DecidedAlready
from speeches.mentions.deskwork import Name, candidates, desk_of, interval_of
from speeches.mentions.linking import waiting_texts
from speeches.models import Proposal, Speech, SpeechText

KINDS_TO_ADD = ("organization", "initiative", "meetingseries", "meeting", "person")
LONGEST_WORDS = 400


class MentionDeskMixin:
    """Adds the desk of names to the admin of speeches. Put it before the admin class."""

    model: Any
    admin_site: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.mentions_view)
        name = "speeches_speech_mentions"
        own = path("<path:object_id>/mentions/<slug:language>/", view, name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def mentions_view(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        """Show the names of a text, decided and not; take a decision."""
        speech: Speech | None = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if not self.has_view_permission(request, speech):  # type: ignore[attr-defined]
            raise PermissionDenied
        if speech is None:
            raise Http404
        text = get_object_or_404(
            SpeechText.objects.select_related("speech"), speech=speech, language=language
        )
        if request.method == "POST":
            return self._decide(request, text)
        return self._show(request, text)

    def _decide(self, request: HttpRequest, text: SpeechText) -> HttpResponse:
        if not permitted(request.user):
            raise PermissionDenied
        before = desk_of(text)
        key = request.POST.get("mention", "")
        onward = before.after(before.current(key)) if key else None
        try:
            messages.success(request, act(request, text))
        except DecidedAlready as told:
            messages.warning(request, str(told))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        place = f"?m={onward.mention.pk}#m{onward.mention.pk}" if onward else ""
        return redirect(f"{address_of(text)}{place}")

    def _show(self, request: HttpRequest, text: SpeechText) -> HttpResponse:
        desk = desk_of(text)
        current = desk.current(request.GET.get("m", ""))
        asked = request.GET.get("q", "")
        words = request.GET.get("words", "")[:LONGEST_WORDS]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Names in “%(title)s”") % {"title": text.title},
            "original": text.speech,
            "text": text,
            "others": text.speech.texts.exclude(pk=text.pk),
            "desk": desk,
            "current": current,
            "next": desk.after(current),
            "asked": asked,
            "found": candidates(asked),
            "hand": {"anchor": request.GET.get("anchor", "")[:12], "words": words},
            "is_waiting": waiting_texts().filter(pk=text.pk).exists(),
            "interval": interval_of(text),
            "proposals": _proposals(text),
            "new_entries": _new_entries(current),
            "may_decide": permitted(request.user),
        }
        return TemplateResponse(request, "admin/speeches/mentions/desk.html", context)

    @admin.display(description=gettext_lazy("names"))
    def names_of(self, speech: Speech) -> SafeString:
        """Show the way to the names of each text."""
        return format_html_join(
            " ",
            '<a href="{}">{}</a>',
            ((address_of(text), text.language) for text in speech.texts.all()),
        )


def address_of(text: SpeechText) -> str:
    """Return where the desk of a text's names is."""
    return reverse("admin:speeches_speech_mentions", args=[text.speech_id, text.language])


def _proposals(text: SpeechText) -> Any:
    return (
        Proposal.objects.filter(occurrences__passage__speech_text=text, status=Proposal.Status.OPEN)
        .distinct()
        .order_by("name")
    )


def _new_entries(current: Name | None) -> list[tuple[str, str]]:
    """Return the forms in which the current words can be entered as something new."""
    if current is None:
        return []
    query = urlencode({"name": current.mention.surface[:300]})
    labels = dict(Proposal.Kind.choices) | {"meetingseries": Proposal.Kind.MEETING_SERIES.label}
    return [
        (f"{reverse(f'admin:initiatives_{kind}_add')}?{query}", str(labels[kind]))
        for kind in KINDS_TO_ADD
    ]
