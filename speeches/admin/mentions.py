"""The queue of names over all speeches: what waits for a decision, by entity and confidence."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from iomsite.countries import country_name
from speeches.admin.mention_desk import address_of
from speeches.mentions.deciding import DecidedAlready, confirm, reject
from speeches.mentions.entries import MODELS
from speeches.mentions.linking import progress
from speeches.mentions.reading import excerpt
from speeches.mentions.reasons import sentence_of
from speeches.models import Mention
from speeches.targets import ENTRIES, KINDS


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind, _label(kind)) for kind in KINDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "country":
            return queryset.exclude(country="")
        if self.value() in ENTRIES:
            return queryset.filter(**{f"{self.value()}__isnull": False})
        return queryset


class ConfidenceFilter(admin.SimpleListFilter):
    title = _("confidence")
    parameter_name = "sure"
    steps = {"95": (0.95, 1.01), "80": (0.8, 0.95), "50": (0.5, 0.8), "0": (0.0, 0.5)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("95", _("95% and more")),
            ("80", _("80% to 95%")),
            ("50", _("50% to 80%")),
            ("0", _("less than 50%")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in self.steps:
            return queryset
        low, high = self.steps[str(self.value())]
        return queryset.filter(confidence__gte=low, confidence__lt=high)


class OpenFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Mention.Status.choices, ("all", _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in Mention.Status.values:
            return queryset.filter(status=self.value())
        is_all = self.value() == "all"
        return queryset if is_all else queryset.filter(status__in=Mention.OPEN)

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": _("Open")}
        yield from rest


def _label(kind: str) -> Any:
    if kind == "country":
        return _("country")
    return MODELS[kind]._meta.verbose_name


# Its pages show tracebacks, which stay in the server's log.
admin.site.unregister(DBTaskResult)


@admin.register(Mention)
class MentionAdmin(admin.ModelAdmin):
    list_display = ["sentence", "entry", "sure", "why", "state", "desk"]
    list_display_links = None
    list_filter = [OpenFilter, KindFilter, ConfidenceFilter]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["surface", *(f"{entry}__name" for entry in ENTRIES)]
    search_help_text = _("Searches the words in the speeches and the names of entries.")
    actions = ["confirm_chosen", "reject_chosen", "reject_everywhere"]
    ordering = ["-confidence", "pk"]
    change_list_template = "admin/speeches/mentions/queue.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ["passage__speech_text__speech", "decided_by", *ENTRIES]
        rows = super().get_queryset(request).select_related(*related)
        return rows.filter(Q(passage__retired_at=None) | Q(status=Mention.Status.STALE))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead to the mention on the desk of its text: it is decided about in its sentence."""
        mention = self.get_object(request, object_id)
        if mention is None or not self.has_view_permission(request, mention):
            return super().change_view(request, object_id, *args, **kwargs)
        return redirect(_on_desk(mention))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        done, total = progress()
        shown = {
            "title": _("Names that wait for a decision"),
            "linked": done,
            "texts": total,
            "waiting": total - done,
        }
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    @admin.display(description=_("sentence"))
    def sentence(self, mention: Mention) -> SafeString:
        shown = excerpt(mention.passage.text, mention.start, mention.end)
        return format_html('<bdi class="named-sentence">{}</bdi>', shown)

    @admin.display(description=_("leads to"))
    def entry(self, mention: Mention) -> str:
        if mention.country:
            return country_name(mention.country)
        return str(getattr(mention, mention.target.kind))

    @admin.display(description=_("confidence"), ordering="confidence")
    def sure(self, mention: Mention) -> str:
        return f"{mention.confidence:.0%}"

    @admin.display(description=_("why"))
    def why(self, mention: Mention) -> str:
        return sentence_of(mention.reason)

    @admin.display(description=_("status"))
    def state(self, mention: Mention) -> str:
        return mention.get_status_display()

    @admin.display(description=_("speech"))
    def desk(self, mention: Mention) -> SafeString:
        title = mention.passage.speech_text.title
        return format_html('<a href="{}">{}</a>', _on_desk(mention), title)

    @admin.action(description=_("Confirm the chosen names"), permissions=["change"])
    def confirm_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = list(queryset.filter(status__in=Mention.OPEN))
        try:
            count = confirm(rows, request.user)
        except DecidedAlready as refused:
            messages.warning(request, str(refused))
            return
        told = ngettext("%(count)s name is confirmed.", "%(count)s names are confirmed.", count)
        messages.success(request, told % {"count": count})

    @admin.action(description=_("Reject the chosen names"), permissions=["change"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._reject(request, queryset, everywhere=False)

    @admin.action(description=_("Reject the chosen names for all speeches"), permissions=["change"])
    def reject_everywhere(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._reject(request, queryset, everywhere=True)

    def _reject(self, request: HttpRequest, queryset: QuerySet, *, everywhere: bool) -> None:
        count = 0
        for mention in queryset.filter(status__in=Mention.OPEN):
            try:
                count += reject(mention, request.user, everywhere=everywhere)
            except DecidedAlready:
                continue  # The one before may have rejected it along with itself.
        told = ngettext("%(count)s name is rejected.", "%(count)s names are rejected.", count)
        messages.success(request, told % {"count": count})


def _on_desk(mention: Mention) -> str:
    return f"{address_of(mention.passage.speech_text)}?m={mention.pk}#m{mention.pk}"
