"""Where speeches cite each other: both paragraphs side by side, to confirm or to reject."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from speeches.citations.storing import Changed, decide
from speeches.mentions.reading import excerpt
from speeches.models import Citation, Passage

SHOWN = 320


@admin.register(Citation)
class CitationAdmin(admin.ModelAdmin):
    list_display = ["citing", "cited", "kind", "sure", "status"]
    list_display_links = None
    list_filter = ["status", "kind"]
    list_per_page = 40
    show_full_result_count = False
    actions = ["confirm_chosen", "reject_chosen", "open_chosen"]
    ordering = ["-status", "-confidence", "pk"]

    class Media:
        css = {"all": ["admin-site/names.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related(
            "passage__speech_text__speech", "cited_passage__speech_text__speech"
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = {"title": _("Where speeches cite each other")}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    @admin.display(description=_("the later speech"))
    def citing(self, citation: Citation) -> SafeString:
        words = excerpt(citation.passage.text, citation.start, citation.end, 140)
        return _shown(citation.passage, words)

    @admin.display(description=_("what it cites"))
    def cited(self, citation: Citation) -> SafeString | str:
        if citation.cited_passage is None:
            return ""
        words = citation.cited_passage.text
        return _shown(citation.cited_passage, words[:SHOWN] + ("…" if words[SHOWN:] else ""))

    @admin.display(description=_("confidence"), ordering="confidence")
    def sure(self, citation: Citation) -> str:
        return f"{citation.confidence:.0%}"

    @admin.action(description=_("Confirm the chosen citations"), permissions=["change"])
    def confirm_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, Citation.Status.CONFIRMED)

    @admin.action(description=_("Reject the chosen citations"), permissions=["change"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, Citation.Status.REJECTED)

    @admin.action(description=_("Open the chosen citations again"), permissions=["change"])
    def open_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._decide(request, queryset, Citation.Status.SUGGESTED)

    def _decide(self, request: HttpRequest, queryset: QuerySet, status: str) -> None:
        count = 0
        for citation in queryset.exclude(status=status):
            try:
                decide(citation, status, request.user)
            except Changed:
                continue
            count += 1
        told = ngettext("%(count)s citation is decided.", "%(count)s citations are decided.", count)
        messages.success(request, told % {"count": count})


def _shown(passage: Passage, words: Any) -> SafeString:
    text = passage.speech_text
    return format_html(
        '<a href="{}#{}">{}</a><p><bdi class="named-sentence">{}</bdi></p>',
        text.address,
        passage.anchor,
        text.title,
        words,
    )
