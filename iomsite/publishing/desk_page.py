"""The page of an item's desk: notes to colleagues, who looks after it, what was done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.audit.models import AuditEntry
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import EditorialNote
from iomsite.publishing.panel import address_of
from iomsite.publishing.roles import may
from iomsite.publishing.states import show_state
from iomsite.publishing.transitions import TRANSITIONS
from iomsite.publishing.workflow_forms import AssignmentForm, NoteForm, name_of

MOST_NOTES = 200
MOST_ACTIONS = 100


class DeskPageMixin:
    """Adds the page. Put it before the admin class."""

    admin_site: Any
    opts: Any
    get_object: Any
    has_view_or_change_permission: Any
    has_change_permission: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.desk_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_desk"
        own = path("<path:object_id>/workflow/", view, name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def found(self, request: HttpRequest, object_id: str) -> Any:
        """Return the item of a page.

        Raises Http404 when there is none, and PermissionDenied when it may not be seen.
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # Whether it is there is nobody else's business.
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return item

    def desk_context(self, request: HttpRequest, desk: Desk, title: Any) -> dict[str, Any]:
        """Return what every page about an item's desk shows around its own matter."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(desk.item),
            "item": desk.item,
            "desk": desk,
            "state": show_state(desk.item),
            "approval_holds": desk.review.approved_hash == desk.pending_hash,
            "change_address": address_of(desk.item, "change"),
        }

    def desk_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show notes, assignment and history; take a new note or another assignment."""
        item = self.found(request, object_id)
        if not _may_work(request.user, item):
            raise PermissionDenied
        desk, sent = Desk(item), request.POST.get("form", "")
        note = NoteForm(request.POST if sent == "note" else None)
        assignment = AssignmentForm(
            request.POST if sent == "assignment" else None, instance=desk.review, item=item
        )
        if sent == "note" and note.is_valid():
            _write_note(desk, note, request)
            return HttpResponseRedirect(address_of(item, "desk"))
        if sent == "assignment" and assignment.is_valid():
            _assign(desk, assignment, request)
            return HttpResponseRedirect(address_of(item, "desk"))
        context = {
            **self.desk_context(request, desk, _("Notes and history")),
            "note_form": note,
            "assignment_form": assignment,
            "notes": EditorialNote.objects.of(item)[:MOST_NOTES],
            "actions": _actions(desk),
        }
        return TemplateResponse(request, "admin/publishing/desk.html", context)


def _may_work(user: Any, item: Any) -> bool:
    return any(may(user, action, item) for action in ("change", "review", "publish"))


def _write_note(desk: Desk, form: NoteForm, request: HttpRequest) -> None:
    note = form.save(commit=False)
    note.kind, note.item = desk.kind, desk.item.pk
    note.author, note.author_name = request.user, name_of(request.user)
    note.save()
    messages.success(request, _("Your note is kept."))


def _assign(desk: Desk, form: AssignmentForm, request: HttpRequest) -> None:
    """Write who looks after an item, and nothing else of its review, which others may change."""
    chosen = form.cleaned_data
    with transaction.atomic():
        locked = Desk.locked(desk.item)
        locked.review.assignee, locked.review.due_on = chosen["assignee"], chosen["due_on"]
        locked.review.save()
        record(
            "publishing.assign",
            actor=request.user,
            kind=desk.kind,
            item=desk.item.pk,
            data={
                "assignee": str(chosen["assignee"] or ""),
                "due_on": str(chosen["due_on"] or ""),
            },
        )
    messages.success(request, _("Your choice is kept."))


def _actions(desk: Desk) -> list[dict[str, Any]]:
    """Return what was done with an item, the latest first, as the log has it."""
    entries = AuditEntry.objects.filter(
        kind=desk.kind, item=desk.item.pk, action__startswith="publishing."
    ).order_by("-sequence")
    return [
        {"entry": entry, "label": _label(entry.action), "texts": _texts(entry.data)}
        for entry in entries[:MOST_ACTIONS]
    ]


def _label(action: str) -> str:
    name = action.removeprefix("publishing.")
    if name in TRANSITIONS:
        return str(TRANSITIONS[name].label)
    labels = {"publish_due": _("Published on time"), "assign": _("Assigned")}
    return labels.get(name, name.replace("_", " "))


def _texts(data: dict[str, Any]) -> list[str]:
    """Return what the person wrote with an action."""
    return [str(data[name]) for name in ("reason", "notice", "note", "assignee") if data.get(name)]
