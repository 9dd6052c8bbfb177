"""The workflow in the admin: the panel above each form, and a page for each transition.

A page asks for what the transition wants to know and sends back the token of the state that
it showed. What cannot be done is said there, with all that was typed still in its place.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iomsite.audit.models import AuditEntry
from iomsite.publishing.bulk import BulkMixin, DeskFilter
from iomsite.publishing.desk import Desk
from iomsite.publishing.desk_page import DeskPageMixin
from iomsite.publishing.panel import THEN, address_of, panel_for, remarks_of
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.roles import may
from iomsite.publishing.transitions import TRANSITIONS, Transition, can
from iomsite.publishing.workflow import PUBLISHING, Refused, Stale, perform
from iomsite.publishing.workflow_forms import TransitionForm

TWICE = timedelta(minutes=2)
"""The same thing done twice within this time by one person was a double click."""

DONE: dict[str, Any] = {
    "submit": gettext_lazy("Submitted for review."),
    "reject": gettext_lazy("Sent back."),
    "approve": gettext_lazy("Approved. Whoever may publish can do so now."),
    "approve_afterwards": gettext_lazy("Approved."),
    "release": gettext_lazy("Released."),
    "reschedule": gettext_lazy("The time is changed."),
    "unschedule": gettext_lazy("Taken off the schedule."),
    "withdraw": gettext_lazy("Withdrawn. The page shows the notice."),
    "remove": gettext_lazy("Removed. The address answers with the notice."),
    "reinstate": gettext_lazy("Put back."),
    "discard": gettext_lazy("The working copy is gone. What the public sees is as it was."),
}


class WorkflowMixin(BulkMixin, DeskPageMixin):
    """Adds the panel and the pages of the workflow. Put it before the admin class."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.transition_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_transition"
        own = path("<path:object_id>/workflow/<slug:name>/", view, name=name)
        return [own, *super().get_urls()]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Offer also the states of the desk, which the item's own does not tell."""
        return [*super().get_list_filter(request), DeskFilter]  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        desk = context.get("desk")
        if desk is not None and "_popup" not in request.GET:
            context["panel"] = panel_for(
                desk,
                request.user,
                editable=self.has_change_permission(request, desk.item),
                formsets=context["inline_admin_formsets"],
            )
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        answer = self._then(request, obj) or super().response_add(request, obj, *args)  # type: ignore[misc]
        return _told_that_it_is_saved(request, answer)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        answer = self._then(request, obj) or super().response_change(request, obj)  # type: ignore[misc]
        return _told_that_it_is_saved(request, answer)

    def _then(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Go on to what the person wants to do with what was just saved."""
        name = request.POST.get(THEN, "")
        if name not in TRANSITIONS or "_popup" in request.POST:
            return None
        return HttpResponseRedirect(address_of(obj, "transition", name))

    def transition_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Ask for what a transition wants to know, then do it."""
        if name not in TRANSITIONS:
            raise Http404
        if not may(request.user, TRANSITIONS[name].permission, self.model):
            raise PermissionDenied
        item = self.found(request, object_id)
        page = TransitionPage(self, request, item, TRANSITIONS[name])
        return page.act() if request.method == "POST" else page.show()


def _told_that_it_is_saved(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let the browser forget what it kept of a form, which recover.js does by this cookie."""
    token = request.POST.get("edit_token", "")[:64]
    answer.set_cookie(
        "saved_form",
        token if token.isalnum() else "new",
        max_age=60,
        path="/admin/",
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return answer


class TransitionPage:
    """The page of one transition of one item in one request."""

    def __init__(self, admin: Any, request: HttpRequest, item: Any, chosen: Transition) -> None:
        self.admin = admin
        self.request = request
        self.item = item
        self.chosen = chosen
        self.desk = Desk(item)

    def show(self) -> HttpResponse:
        token = self.request.GET.get("token", "")
        is_late = bool(token) and token != self.desk.token
        return self._page(self._form(), is_late=is_late)

    def act(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._page(form)
        token = self.request.POST.get("token", "") or "none"
        try:
            perform(
                self.chosen.name, self.item, self.request.user, token=token, **form.cleaned_data
            )
        except (Refused, DoesNotFit) as refused:
            if isinstance(refused, Stale) and self._was_sent_twice():
                return HttpResponseRedirect(self._next_address())
            self.item.refresh_from_db()
            self.desk = Desk(self.item)
            return self._page(form, refused=str(refused), is_late=isinstance(refused, Stale))
        messages.success(self.request, self._what_was_done(form.cleaned_data))
        return HttpResponseRedirect(self._next_address())

    def _form(self, data: Any = None) -> TransitionForm:
        earliest = getattr(self.item, "earliest_publication", lambda: None)()
        is_to_come = earliest is not None and earliest > self.desk.now
        is_early = is_to_come and self.chosen.name in PUBLISHING
        initial = {}
        if self.desk.copy:
            is_major = "" if self.desk.copy.is_major else "minor"
            initial = {"note": self.desk.copy.change_note, "is_major": is_major}
        skipped = set() if is_early else {"reason"}
        if self.desk.copy is None and self.desk.last_version is None:
            skipped.add("note")  # What goes out for the first time changes nothing.
        return TransitionForm(data, transition=self.chosen, skipped=skipped, initial=initial)

    def _page(
        self, form: TransitionForm, *, refused: str = "", is_late: bool = False
    ) -> HttpResponse:
        decision = can(self.chosen.name, self.desk, self.request.user)
        shows_checklist = self.chosen.name in {"submit", "approve", *PUBLISHING}
        change = address_of(self.item, "change")
        context = {
            **self.admin.desk_context(self.request, self.desk, self.chosen.label),
            "transition": self.chosen,
            "form": form,
            "decision": decision,
            "refused": refused,
            "is_late": is_late,
            "remarks": remarks_of(self.desk, form=change) if shows_checklist else [],
        }
        answer = 409 if refused else 200
        return TemplateResponse(
            self.request, "admin/publishing/transition.html", context, status=answer
        )

    def _was_sent_twice(self) -> bool:
        """Say whether this person has just done this: the first click of two was heard."""
        entries = AuditEntry.objects.filter(kind=self.desk.kind, item=self.item.pk)
        last = entries.order_by("-sequence").first()
        return (
            last is not None
            and last.action == f"publishing.{self.chosen.name}"
            and last.actor == self.request.user.pk
            and self.desk.now - last.made_at < TWICE
        )

    def _what_was_done(self, values: dict[str, Any]) -> str:
        if self.chosen.name in DONE:
            return str(DONE[self.chosen.name])
        at = values.get("at")
        if at is not None and at > self.desk.now:
            return _("Scheduled. It goes out at the time you gave.")
        return _("Published.")

    def _next_address(self) -> str:
        return address_of(self.item, "change")
