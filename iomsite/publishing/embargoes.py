"""The page of what waits for its time: of all kinds, released or set to one time together.

All of what is ticked, or nothing: one transaction, and one reading of the clock for all.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iomsite.canonical import digest
from iomsite.publishing import queue
from iomsite.publishing.desk import Desk
from iomsite.publishing.models import Version
from iomsite.publishing.queue import Entry
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.workflow import Refused, Stale, perform
from iomsite.publishing.workflow_forms import LONGEST_REASON, moment_field

RELEASE, RESCHEDULE = "release", "reschedule"


class Missing(Exception):
    """Something that was ticked is not there any more, or never was."""


class Row(NamedTuple):
    """A line of the page: the item, and what tells whether it is still that."""

    key: str
    entry: Entry
    state: str
    is_ticked: bool


class TogetherForm(forms.Form):
    """What is to be done with all that is ticked."""

    do = forms.ChoiceField(choices=[(RELEASE, ""), (RESCHEDULE, "")])
    at = forms.DateTimeField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed only for what goes out before it is delivered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["at"] = moment_field(label=_("One time for all"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("do") == RESCHEDULE and not values.get("at") and "at" not in self.errors:
            self.add_error("at", _("Give a day and a time."))
        return values


def embargoes_view(site: Any, request: HttpRequest) -> HttpResponse:
    """Show all that waits for its time; release what is ticked, or set one time for it."""
    kinds = queue.kinds_for(request.user, "publish")
    if not kinds:
        raise PermissionDenied
    form, problem = TogetherForm(request.POST or None), ""
    ticked = request.POST.getlist("item")
    if request.method == "POST" and form.is_valid():
        problem = _problem_of(request, kinds, ticked, form.cleaned_data)
        if not problem:
            return HttpResponseRedirect(reverse("admin:embargoes"))
    found = queue.entries(
        [*queue.embargoed(kinds), *queue.scheduled(kinds)], site.rows_for(request)
    )
    numbers = _latest_versions(found)
    rows = [
        Row(
            f"{key[0]}:{key[1]}",
            entry,
            _state(entry, numbers.get(key)),
            f"{key[0]}:{key[1]}" in ticked,
        )
        for key, entry in found.items()
    ]
    rows.sort(key=lambda row: row.entry.goes_out_at or timezone.now())
    context = {
        **site.each_context(request),
        "title": _("Embargo and schedule"),
        "rows": rows,
        "form": form,
        "problem": problem,
    }
    answer = 409 if problem else 200
    return TemplateResponse(request, "admin/publishing/embargoes.html", context, status=answer)


def _problem_of(
    request: HttpRequest, kinds: dict[str, Any], ticked: list[str], values: dict[str, Any]
) -> str:
    """Do it with all that is ticked, or say why it was done with none."""
    wanted = dict.fromkeys(ticked)
    if not wanted:
        return _("Tick what you mean first.")
    if len(wanted) > 2 * queue.MOST_GATHERED:
        return _("These are too many at once.")
    item: Any = None
    try:
        with transaction.atomic():
            at = values["at"] if values["do"] == RESCHEDULE else None
            for key in sorted(wanted):
                item = _find(kinds, key)
                desk = Desk.locked(item)
                at = at or desk.now
                _check(desk, request.POST.get(f"state-{key}", ""), at, values["do"])
                perform(values["do"], item, request.user, at=at, reason=values["reason"])
    except Missing:
        return _("Something you ticked is not there any more. Nothing was done.")
    except (Refused, DoesNotFit) as refused:
        return _("%(item)s: %(reason)s Nothing was done with the others either.") % {
            "item": item,
            "reason": refused,
        }
    told = ngettext("%(count)s item released.", "%(count)s items released.", len(wanted))
    if values["do"] == RESCHEDULE:
        told = ngettext(
            "%(count)s item has its time.", "%(count)s items have one time.", len(wanted)
        )
    messages.success(request, told % {"count": len(wanted)})
    return ""


def _check(desk: Desk, state: str, at: datetime, do: str) -> None:
    """Refuse what is not as the page showed it, and a time that has passed.

    Raises Refused.
    """
    key = (desk.kind, desk.item.pk)
    entry = Entry(desk.kind, desk.item, desk.copy, desk.review)
    if state != _state(entry, _latest_versions([key]).get(key)):
        raise Stale(_("It was changed since you opened the page."))
    if do == RESCHEDULE and at <= desk.now:
        raise Refused(_("This time has passed. Choose a later one, or release it now."))


def _state(entry: Entry, version: int | None) -> str:
    """Return what tells whether an item that waits is still what the page showed.

    What is public or waits to be changes only with a version or with its working copy, so
    a page of hundreds need not read their words, as a desk's own token does.
    """
    item, copy = entry.item, entry.copy
    times = (item.published_at, *((copy.updated_at, copy.due_at) if copy else ()))
    known = [str(item.status), version, *(time and time.isoformat() for time in times)]
    return digest(known)


def _latest_versions(keys: Iterable[queue.Key]) -> dict[queue.Key, int]:
    """Return the number of the last version of each item that has one, in one query."""
    by_kind: dict[str, list[int]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    condition = Q(pk__in=[])
    for kind, items in by_kind.items():
        condition |= Q(kind=kind, item__in=items)
    rows = Version.objects.filter(condition).order_by().values("kind", "item")
    return {(row["kind"], row["item"]): row["last"] for row in rows.annotate(last=Max("number"))}


def _find(kinds: dict[str, Any], key: str) -> Any:
    """Return the item of a tick, as `speeches.speech:17`."""
    kind, _colon, number = key.partition(":")
    if kind not in kinds or not number.isdecimal() or len(number) > 18:
        raise Missing
    item = kinds[kind]._base_manager.filter(pk=number).first()
    if item is None:
        raise Missing
    return item
