"""Editing in the admin: a draft is changed in place, a published item in its working copy.

The form is Django's own in both cases. For a published item the working copy is laid over
the live rows, the form is shown or saved, and the transaction is taken back; what was saved
is kept as the working copy's content. A form carries a token of the state it showed, so the
later of two people is told, and nobody's words are overwritten.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from iomsite.publishing import conflicts, keeping, openings
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.models import WorkingCopy
from iomsite.publishing.overlay import overlaid
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.snapshot import Content, snapshot

TOKEN, BASE = "edit_token", "edit_base"


class DeskMixin:
    """For a ModelAdmin of items with a public life. Put it before the admin class."""

    model: Any
    admin_site: Any
    get_object: Any
    has_change_permission: Any

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form of the next state of an item, or save it."""
        item = self.get_object(request, unquote(object_id)) if object_id else None
        if item is None or not object_id or not self.has_view_or_change_permission(request, item):  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        form = Form(self, request, object_id, form_url, extra_context or {})
        return form.save(item) if request.method == "POST" else form.show(item)

    def plain_changeform(self, form: "Form", context: dict[str, Any]) -> HttpResponse:
        """Let Django show or save the form on the rows as they are now."""
        return super().changeform_view(form.request, form.object_id, form.form_url, context)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write who changed it; inside an overlay it waits until that is taken back."""
        if getattr(request, "is_overlaid", False):
            setattr(request, "held_log", message)  # noqa: B010
            return None
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Say what became of it; what Django says inside an overlay is not so yet."""
        if not getattr(request, "is_overlaid", False):
            super().message_user(request, message, *args, **kwargs)  # type: ignore[misc]


class Form:
    """The change form of one item in one request."""

    def __init__(
        self,
        admin: Any,
        request: HttpRequest,
        object_id: str,
        form_url: str,
        context: dict[str, Any],
    ) -> None:
        self.admin = admin
        self.request = request
        self.object_id = object_id
        self.form_url = form_url
        self.context = context

    def show(self, item: Any) -> HttpResponse:
        desk, others = Desk(item), []
        if self.admin.has_change_permission(self.request, item):
            keeping.keep(desk.content)
            others = openings.opened(desk, self.request.user)
        context = self._context(desk) | {"others": others}
        if desk.copy is None:
            return self.admin.plain_changeform(self, context)
        try:
            with overlaid(item, desk.copy.content) as remarks:
                response = self.admin.plain_changeform(self, context | {"remarks": remarks})
                return _rendered(response)
        except DoesNotFit as error:
            return conflicts.does_not_fit(self.admin, self.request, desk, error)

    def save(self, item: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                desk = Desk.locked(item)
                if self.request.POST.get(TOKEN) == desk.token:
                    return self._save_copy(desk) if desk.is_out else self._save_draft(desk)
            mine = self._typed(item)
        except IntegrityError as error:
            return conflicts.refused(self.admin, self.request, Desk(item), error)
        return conflicts.conflict(self.admin, self.request, Desk(item), mine)

    def _save_draft(self, desk: Desk) -> HttpResponse:
        response = _rendered(self.admin.plain_changeform(self, self._context(desk)))
        if isinstance(response, HttpResponseRedirect):
            openings.closed(desk, self.request.user)
        return response

    def _save_copy(self, desk: Desk) -> HttpResponse:
        try:
            content = desk.copy.content if desk.copy else None
            response, typed = self._overlay(desk, content, self._context(desk))
        except DoesNotFit as error:
            return conflicts.does_not_fit(self.admin, self.request, desk, error)
        if typed is None:
            return response
        openings.closed(desk, self.request.user)
        if keeping.save_copy(desk, typed, self.request.user):
            messages.success(
                self.request,
                _("Saved as a working copy. The public sees it when it is published."),
            )
            self.admin.log_change(self.request, desk.item, self.request.held_log)  # type: ignore[attr-defined]
        else:
            messages.info(self.request, _("Nothing was changed."))
        return response

    def _typed(self, item: Any) -> Content | HttpResponse | None:
        """Return what a form that came too late says, on top of what it was opened with.

        Where that is not known any more, it is read on top of what is there now.
        """
        desk, base = Desk(item), conflicts.base_of(self.request.POST.get(BASE, ""), item)
        if base is None and desk.copy:
            base = desk.copy.content
        # Shown again because of an error, the form is as late as it was.
        late = {name: self.request.POST.get(name, "") for name in (TOKEN, BASE)}
        try:
            response, typed = self._overlay(desk, base, self._context(desk) | late)
        except DoesNotFit:
            return None
        return response if typed is None else typed

    def _overlay(
        self, desk: Desk, content: Content | None, context: dict[str, Any]
    ) -> tuple[HttpResponse, Content | None]:
        """Save the form on top of a content, and take it back; return the answer and the result.

        The result is None when the form has errors, and the answer shows them.
        """
        self.request.is_overlaid = True  # type: ignore[attr-defined]
        try:
            with overlaid(desk.item, content):
                response = _rendered(self.admin.plain_changeform(self, context))
                is_saved = isinstance(response, HttpResponseRedirect)
                return response, snapshot(desk.item, internal=True) if is_saved else None
        finally:
            self.request.is_overlaid = False  # type: ignore[attr-defined]

    def _context(self, desk: Desk, remarks: list[str] | None = None) -> dict[str, Any]:
        return {
            **self.context,
            "desk": desk,
            "remarks": remarks or [],
            TOKEN: desk.token,
            BASE: keeping.key_of(desk.content),
        }


def is_scheduled(item: Any) -> bool:
    """Say whether the next state of an item waits for its time, and so is not to be changed.

    Asked once for each row that a request has fetched: forms ask for permission many times.
    """
    if item is None or item.pk is None:
        return False
    if not hasattr(item, "_waits"):
        item._waits = WorkingCopy.objects.of(item).filter(stage=Stage.SCHEDULED).exists()
    return bool(item._waits)


def _rendered(response: Any) -> HttpResponse:
    return response.render() if hasattr(response, "render") else response
