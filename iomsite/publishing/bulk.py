"""Several items of a list at once: each goes the way it would go alone, and each is told of.

There is no second way to publish here. A page shows what can be done with which of the
ticked items, and sends back the token of each; then every one is `perform`ed for itself.
"""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iomsite.audit.log import record
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import OUT, EditorialNote, Review, WorkingCopy, kind_of
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.roles import may
from iomsite.publishing.transitions import TRANSITIONS, can
from iomsite.publishing.workflow import Refused, perform

IN_BULK = ("submit", "approve", "publish", "approve_afterwards")
MOST = 100
"""Items at once: each is read whole, for its token and its checklist."""


class Line(NamedTuple):
    """An item on the page that asks whether to go on."""

    item: Any
    token: str
    reason: str
    """Why it cannot be done; empty when it can."""


class BulkMixin:
    """Adds the actions, and keeps Django's own deletion from what was public."""

    model: Any
    opts: Any
    admin_site: Any

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)  # type: ignore[misc]
        if "delete_selected" in actions:
            _django, name, label = actions["delete_selected"]
            actions["delete_selected"] = (_delete_what_was_never_public, name, label)
        for name in IN_BULK:
            chosen = TRANSITIONS[name]
            if may(request.user, chosen.permission, self.model):
                actions[f"workflow_{name}"] = (_perform_each, f"workflow_{name}", chosen.label)
        return actions

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete a draft with what was kept of its desk, and say so in the log.

        Raises PermissionDenied when it went out meanwhile.
        """
        with transaction.atomic():
            desk = Desk.locked(obj)
            if desk.is_out:
                raise PermissionDenied
            for rows in (WorkingCopy, Review, EditorialNote):
                rows.objects.of(desk.item).delete()
            key = desk.item.pk
            super().delete_model(request, desk.item)  # type: ignore[misc]
            record("publishing.delete", actor=request.user, kind=desk.kind, item=key)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            for item in queryset:
                self.delete_model(request, item)


def _delete_what_was_never_public(
    model_admin: Any, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """Go on to Django's page for what may be deleted, and say what may not."""
    kept = queryset.filter(status__in=OUT).count()
    if kept:
        told = ngettext(
            "%(count)s item is or was public and is not deleted. Remove it instead: then its"
            " address says why it is gone.",
            "%(count)s items are or were public and are not deleted. Remove them instead: then"
            " their addresses say why they are gone.",
            kept,
        )
        messages.warning(request, told % {"count": kept})
    rest = queryset.exclude(status__in=OUT)
    return delete_selected(model_admin, request, rest) if rest.exists() else None


def _perform_each(
    model_admin: Any, request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    name = request.POST["action"].removeprefix("workflow_")
    if name not in IN_BULK:
        raise PermissionDenied
    items = list(queryset[: MOST + 1])
    if len(items) > MOST:
        told = _("Choose %(most)s items at most. You have chosen more.") % {"most": MOST}
        messages.error(request, told)
        return None
    if "confirmed" not in request.POST:
        return _ask(model_admin, request, name, items)
    done = 0
    for item in items:
        token = request.POST.get(f"token-{item.pk}", "") or "none"
        try:
            perform(name, item, request.user, token=token)
            done += 1
        except (Refused, DoesNotFit) as refused:
            messages.warning(request, f"{item}: {refused}")
    if done:
        told = ngettext("%(label)s: %(count)s item.", "%(label)s: %(count)s items.", done)
        messages.success(request, told % {"label": TRANSITIONS[name].label, "count": done})
    return None


def _ask(model_admin: Any, request: HttpRequest, name: str, items: list[Any]) -> HttpResponse:
    lines = [_line(name, item, request.user) for item in items]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": TRANSITIONS[name].label,
        "possible": [line for line in lines if not line.reason],
        "impossible": [line for line in lines if line.reason],
        "action": f"workflow_{name}",
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/publishing/several.html", context)


def _line(name: str, item: Any, user: Any) -> Line:
    desk = Desk(item)
    return Line(item, desk.token, can(name, desk, user).reason)


class DeskFilter(admin.SimpleListFilter):
    """What is on the editors' desks, whether the item is public already or not."""

    title = gettext_lazy("desk")
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            *((f"copy_{stage}", label) for stage, label in _COPIES),
            ("unreviewed", gettext_lazy("Published without review")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value, kind = self.value() or "", kind_of(queryset.model)
        rows: Any = None
        if value == "unreviewed":
            rows = Review.objects.filter(kind=kind, unreviewed_at__isnull=False)
        elif value.startswith("copy_"):
            rows = WorkingCopy.objects.filter(kind=kind, stage=value.removeprefix("copy_"))
        return queryset if rows is None else queryset.filter(pk__in=rows.values("item"))


_COPIES = (
    ("draft", gettext_lazy("Changes being written")),
    ("in_review", gettext_lazy("Changes in review")),
    ("scheduled", gettext_lazy("Changes scheduled")),
)
