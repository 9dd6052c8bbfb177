"""Versions in the admin: all of them, any two compared in every field, and an old one back.

Restoring never publishes. It makes an old version's content the next state of the item, on
which the workflow goes on as on any other change.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from iomsite.audit.log import record
from iomsite.audit.models import AuditEntry
from iomsite.publishing.comparing import compare, current_names
from iomsite.publishing.desk import Desk, Stage
from iomsite.publishing.merge_admin import write
from iomsite.publishing.models import Version
from iomsite.publishing.panel import address_of
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.roles import may
from iomsite.publishing.snapshot import Content, content_hash, without_internal

PER_PAGE = 50
NEXT = "next"
"""Stands for what would be published next, in the place of a version's number."""


class VersionsMixin:
    """Adds the pages. Put it before the admin class."""

    admin_site: Any
    opts: Any
    found: Any
    desk_context: Any
    has_change_permission: Any

    def get_urls(self) -> list[Any]:
        start, name = "<path:object_id>/versions/", f"{self.opts.app_label}_{self.opts.model_name}"
        views = (
            ("", self.versions_view, "versions"),
            ("compare/", self.comparison_view, "comparison"),
            ("<int:number>/restore/", self.restore_view, "restore"),
        )
        own = [
            path(f"{start}{end}", self.admin_site.admin_view(view), name=f"{name}_{page}")
            for end, view, page in views
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def versions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """List every version of an item, with who let it out."""
        desk = Desk(self.found(request, object_id))
        versions = Version.objects.of(desk.item).without_content().order_by("-number")
        page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
        who = _who(desk)
        context = {
            **self.desk_context(request, desk, _("Versions")),
            "page": page,
            "rows": [(version, who.get(version.number, "")) for version in page],
            "has_next": bool(page) and desk.pending_hash != page[0].content_hash,
            "may_restore": self.has_change_permission(request, desk.item),
            **_addresses(desk.item),
        }
        return TemplateResponse(request, "admin/publishing/versions.html", context)

    def comparison_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show every field and relation that differs between two versions."""
        desk = Desk(self.found(request, object_id))
        named = [request.GET.get(side, "") for side in ("old", "new")]
        old, new = sorted(named, key=_place)
        changes = compare(_content(desk, old), _content(desk, new), current_names)
        context = {
            **self.desk_context(request, desk, _("What changed")),
            "old": old,
            "new": "" if new == NEXT else new,
            "changes": changes,
            **_addresses(desk.item),
        }
        return TemplateResponse(request, "admin/publishing/comparison.html", context)

    def restore_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Ask whether an old version shall be the next state of the item, and make it so."""
        item = self.found(request, object_id)
        desk = Desk(item)
        version = _version(desk, str(number))
        if not may(request.user, "change", item):
            raise PermissionDenied
        problems = _reasons_against(desk)
        if request.method == "POST" and not problems:
            problems = self._restore(request, item, version)
            if not problems:
                return HttpResponseRedirect(address_of(item, "change"))
            desk = Desk(item)
        pending = without_internal(desk.content)
        context = {
            **self.desk_context(request, desk, _("Restore version %d") % number),
            "version": version,
            "problems": problems,
            "is_refused": bool(_reasons_against(desk)),
            "is_same": content_hash(pending) == version.content_hash,
            "changes": compare(pending, version.content, current_names),
            **_addresses(item),
        }
        return TemplateResponse(request, "admin/publishing/restore.html", context)

    def _restore(self, request: HttpRequest, item: Any, version: Version) -> list[str]:
        """Write the old content as the next state; return why it cannot be done."""
        try:
            with transaction.atomic():
                desk = Desk.locked(item)
                if request.POST.get("token") != desk.token:
                    return [_("Somebody has changed it since you opened this page. Look again.")]
                if reasons := _reasons_against(desk):
                    return reasons
                bring_back(desk, version, request.user)
        except (DoesNotFit, ValidationError) as error:
            return error.problems if isinstance(error, DoesNotFit) else error.messages
        message = _("Version %d was restored.") % version.number
        self.log_change(request, item, message)  # type: ignore[attr-defined]
        messages.success(
            request,
            _("The words of version %d are back. The public sees them when you publish them.")
            % version.number,
        )
        return []


def bring_back(desk: Desk, version: Version, user: Any) -> None:
    """Make the content of a version the next state of its item. Call it with the desk locked.

    Raises DoesNotFit, and ValidationError when the rules of the forms forbid it today.
    """
    write(desk, version.content, user)
    record(
        "publishing.restore",
        actor=user,
        kind=desk.kind,
        item=desk.item.pk,
        data={"restored": version.number, "restored_hash": version.hash},
    )


def _reasons_against(desk: Desk) -> list[str]:
    if desk.stage == Stage.SCHEDULED:
        return [_("A working copy waits for its time. Take it off the schedule first.")]
    return []


def _place(named: str) -> tuple[bool, int]:
    """Return where a version stands among the others, for sorting."""
    return named == NEXT, _as_number(named) if named != NEXT else 0


def _as_number(named: str) -> int:
    if not named.isascii() or not named.isdecimal() or len(named) > 9:
        raise Http404
    return int(named)


def _version(desk: Desk, named: str) -> Version:
    found: Version | None = Version.objects.of(desk.item).filter(number=_as_number(named)).first()
    if found is None:
        raise Http404
    return found


def _content(desk: Desk, named: str) -> Content:
    return without_internal(desk.content) if named == NEXT else _version(desk, named).content


def _who(desk: Desk) -> dict[int, str]:
    """Return who let which version out, as the audit log has it."""
    entries = AuditEntry.objects.filter(
        kind=desk.kind, item=desk.item.pk, action__startswith="publishing."
    ).values_list("data", "actor_name")
    return {data["version"]: name for data, name in entries if "version" in data}


def _addresses(item: Any) -> dict[str, str]:
    return {
        "versions_address": address_of(item, "versions"),
        "comparison_address": address_of(item, "comparison"),
    }
