"""Names that the directory lacks, with the sentences they come from, to enter or to decline."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iomsite.publishing.restoring import DoesNotFit
from speeches.admin.mention_desk import address_of
from speeches.mentions.deskwork import candidates
from speeches.mentions.entries import entries_of
from speeches.mentions.proposing import accept_as_name, decline, reopen_proposal
from speeches.mentions.reading import excerpt
from speeches.models import Proposal, ProposalOccurrence
from speeches.targets import ENTRIES, Target

SENTENCES = 3


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    list_display = ["proposed", "kind", "places", "sentences", "status"]
    list_display_links = ["proposed"]
    list_filter = ["status", "kind"]
    list_per_page = 40
    show_full_result_count = False
    search_fields = ["name", "acronym"]
    actions = ["decline_chosen"]
    ordering = ["name"]

    class Media:
        css = {"all": ["admin-site/names.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        occurrences = ProposalOccurrence.objects.select_related("passage__speech_text__speech")
        return (
            super()
            .get_queryset(request)
            .annotate(number=Count("occurrences"))
            .prefetch_related(Prefetch("occurrences", occurrences))
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show one proposed name with all its sentences, and take the decision about it."""
        proposal = self.get_object(request, object_id)
        if proposal is None or not self.has_view_permission(request, proposal):
            return super().change_view(request, object_id, *args, **kwargs)
        if request.method == "POST":
            if not self.has_change_permission(request, proposal):
                raise PermissionDenied
            self._decide(request, proposal)
            return redirect("admin:speeches_proposal_changelist")
        asked = request.GET.get("q", proposal.name.split(" ")[0])
        near = [Target(kind, key) for kind, key in proposal.near if kind in ENTRIES]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(proposal),
            "original": proposal,
            "proposal": proposal,
            "sentences": [_sentence(one) for one in proposal.occurrences.all()],
            "add_url": _add_url(proposal),
            "near": entries_of(near).values(),
            "asked": asked,
            "found": candidates(asked),
            "may_decide": self.has_change_permission(request, proposal),
        }
        return TemplateResponse(request, "admin/speeches/mentions/proposal.html", context)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> None:
        action = request.POST.get("action", "")
        kind, _colon, key = request.POST.get("target", "").partition(":")
        try:
            if action == "decline":
                decline(proposal, request.user)
                told = _("“%(name)s” is declined. It is not proposed again.")
            elif action == "reopen":
                reopen_proposal(proposal, request.user)
                told = _("“%(name)s” is open again.")
            elif action == "name" and kind in ENTRIES and key.isdigit() and len(key) < 19:
                accept_as_name(proposal, Target(kind, int(key)), request.user)
                told = _("“%(name)s” is a name of the entry now; of a public one in its copy.")
            else:
                messages.error(request, _("The page was sent incompletely. Try it again."))
                return
        except DoesNotFit as error:
            messages.error(request, str(error))
            return
        messages.success(request, told % {"name": proposal.name})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": _("Names that the directory lacks")}
        return super().changelist_view(request, {**(extra_context or {}), **title})

    @admin.display(description=_("name"), ordering="name")
    def proposed(self, proposal: Proposal) -> str:
        return str(proposal)

    @admin.display(description=_("places"), ordering="number")
    def places(self, proposal: Any) -> int:
        return int(proposal.number)

    @admin.display(description=_("sentences"))
    def sentences(self, proposal: Proposal) -> SafeString:
        some = list(proposal.occurrences.all())[:SENTENCES]
        return format_html_join("", "<p><bdi>{}</bdi></p>", ((_marked(one),) for one in some))

    @admin.action(description=_("Decline the chosen names"), permissions=["change"])
    def decline_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = list(queryset.filter(status=Proposal.Status.OPEN))
        for proposal in rows:
            decline(proposal, request.user)
        told = ngettext("%(count)s name is declined.", "%(count)s names are declined.", len(rows))
        messages.success(request, told % {"count": len(rows)})


def _marked(one: ProposalOccurrence) -> SafeString:
    return excerpt(one.passage.text, one.start, one.end)


def _sentence(one: ProposalOccurrence) -> tuple[SafeString, str, str]:
    text = one.passage.speech_text
    return _marked(one), f"{address_of(text)}#{one.passage.anchor}", text.title


def _add_url(proposal: Proposal) -> str:
    """Return the form in which the name can be entered, with what is known filled in."""
    kind = proposal.kind.replace("_", "")
    if proposal.kind == Proposal.Kind.ALIAS:
        return ""
    query = urlencode({"name": proposal.name, "acronym": proposal.acronym})
    return f"{reverse(f'admin:initiatives_{kind}_add')}?{query}"
