"""When two people change one item: the later one sees both texts, and loses nothing.

The later save is refused, and what it says is kept. The page shows what each of them changed
and what can be merged; where both changed the same words, the later one chooses. Saving the
merge asks for the same token as any save, so a third person's change is not lost either.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from iomsite.audit.models import AuditEntry
from iomsite.publishing import keeping
from iomsite.publishing.clashes import MOST_SHOWN, clash_rows, words_to_copy
from iomsite.publishing.comparing import compare, current_names
from iomsite.publishing.desk import Desk
from iomsite.publishing.matching import matched, with_own_keys
from iomsite.publishing.merging import Merged, is_same, merge
from iomsite.publishing.models import KeptContent, kind_of
from iomsite.publishing.panel import address_of
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.snapshot import Content
from iomsite.publishing.workflow_forms import name_of

MOST_TYPED = 500
"""Controls of a form that is shown as it was sent."""
_NOT_TYPED = ("csrfmiddlewaretoken", "edit_token", "edit_base", "_")


class Both(NamedTuple):
    """What two people made of one item: as it was, as one typed it, as it is now."""

    base: Content | None
    mine: Content
    theirs: Content

    def merged(self, choices: Mapping[int, str] | None = None) -> Merged:
        return merge(self.base, self.mine, self.theirs, choices)


def base_of(key: str, item: Any) -> Content | None:
    """Return what a form of this item was opened with, if that is still known."""
    content = KeptContent.find(key)
    if content is None or (content["kind"], content["item"]) != (kind_of(item), item.pk):
        return None
    return content


def both_of(base: Content | None, mine: Content, theirs: Content) -> Both:
    """Bring what two people made of one item under the same keys."""
    known = base if base is not None else theirs
    old, mine = matched(known, with_own_keys(mine, known), theirs)
    return Both(old if base is not None else None, mine, theirs)


def conflict(
    admin: Any, request: HttpRequest, desk: Desk, mine: Content | HttpResponse | None
) -> HttpResponse:
    """Show both texts and what can be merged of them."""
    if isinstance(mine, HttpResponse):
        return mine
    if not admin.has_change_permission(request, desk.item):
        raise PermissionDenied
    if mine is None:
        return _page(admin, request, desk, "conflict.html", {"typed": _typed(request)})
    both = both_of(base_of(request.POST.get("edit_base", ""), desk.item), mine, desk.content)
    if is_same(both.mine, both.theirs):
        return _nothing_left(admin, request, desk, _("This was saved already."))
    if both.base is not None and is_same(both.base, both.mine):
        text = _("You changed nothing. This is what it says now, after somebody else's change.")
        return _nothing_left(admin, request, desk, text)
    return show(admin, request, desk, both, {})


def show(
    admin: Any,
    request: HttpRequest,
    desk: Desk,
    both: Both,
    choices: Mapping[int, str],
    problems: list[str] | None = None,
) -> HttpResponse:
    """Show the page on which a merge is chosen and saved."""
    merged = both.merged(choices)
    is_mergeable = len(merged.clashes) <= MOST_SHOWN
    hidden = {difference.path[-1] for difference in merged.clashes}
    values = {
        "is_mergeable": is_mergeable,
        "is_blind": both.base is None,
        "clashes": clash_rows(both, merged, choices) if is_mergeable else [],
        "brought": compare(both.theirs, both.merged().content, current_names),
        "theirs": compare(both.base, both.theirs, current_names) if both.base else [],
        "words": words_to_copy(both.mine, both.theirs),
        "problems": problems or [],
        "hidden": hidden,
        "mine_key": keeping.keep(both.mine),
        "base_key": keeping.keep(both.base) if both.base else "",
        "token": desk.token,
        "merge_address": address_of(desk.item, "merge"),
    }
    return _page(admin, request, desk, "conflict.html", values)


def does_not_fit(admin: Any, request: HttpRequest, desk: Desk, error: DoesNotFit) -> HttpResponse:
    """Say why a working copy cannot be opened any more, and what to do."""
    values = {
        "problems": error.problems,
        "words": words_to_copy(desk.content, {"fields": {}}),
        "typed": _typed(request),
        "discard_address": f"{address_of(desk.item, 'transition', 'discard')}?token={desk.token}",
        "may_discard": admin.has_change_permission(request, desk.item),
    }
    return _page(admin, request, desk, "does_not_fit.html", values)


def refused(admin: Any, request: HttpRequest, desk: Desk, error: IntegrityError) -> HttpResponse:
    """Say that the database does not take what a form says, and show what was typed."""
    problems = [_("The database refuses it: %(error)s") % {"error": error}]
    values = {"typed": _typed(request), "problems": problems}
    return _page(admin, request, desk, "refused.html", values)


def last_change(desk: Desk) -> tuple[str, datetime] | None:
    """Return who changed the next state of an item last, and when."""
    found: list[tuple[datetime, str]] = []
    if desk.copy:
        found.append((desk.copy.updated_at, _called(desk.copy.updated_by)))
    kind = ContentType.objects.get_for_model(desk.item)
    logged = LogEntry.objects.filter(content_type=kind, object_id=str(desk.item.pk))
    if saved := logged.select_related("user").order_by("-action_time").first():
        found.append((saved.action_time, _called(saved.user)))
    entries = AuditEntry.objects.filter(kind=desk.kind, item=desk.item.pk)
    if done := entries.order_by("-sequence").first():
        found.append((done.made_at, done.actor_name))
    if not found:
        return None
    when, who = max(found, key=lambda pair: pair[0])
    return who, when


def _called(user: Any) -> str:
    return name_of(user) if user is not None else ""


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what a form that cannot be read any more was sent with."""
    typed = [
        (name, value)
        for name in request.POST
        if not name.startswith(_NOT_TYPED) and not name.endswith("_FORMS")
        for value in request.POST.getlist(name)
        if value.strip()
    ]
    return typed[:MOST_TYPED]


def _nothing_left(admin: Any, request: HttpRequest, desk: Desk, text: str) -> HttpResponse:
    """Answer as to an accepted save: nothing that was typed is missing."""
    messages.info(request, text)
    address = admin.after_saving(request, desk.item)
    return HttpResponseRedirect(address or address_of(desk.item, "change"))


_TITLES = {
    "conflict.html": lambda: _("Changed by two people"),
    "does_not_fit.html": lambda: _("The working copy cannot be opened"),
    "refused.html": lambda: _("Not saved"),
}


def _page(
    admin: Any, request: HttpRequest, desk: Desk, template: str, values: dict[str, Any]
) -> HttpResponse:
    who, when = last_change(desk) or ("", None)
    context = {
        **admin.desk_context(request, desk, _TITLES[template]()),
        "who": who,
        "when": when,
        **values,
    }
    return TemplateResponse(request, f"admin/publishing/{template}", context, status=409).render()
