"""Saving a merge of two people's changes, with what the later one chose."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from iomsite.publishing import conflicts, keeping
from iomsite.publishing.clashes import MOST_SHOWN
from iomsite.publishing.desk import Desk
from iomsite.publishing.overlay import overlaid
from iomsite.publishing.panel import address_of
from iomsite.publishing.restoring import DoesNotFit, restore
from iomsite.publishing.snapshot import Content, part_relations, snapshot

CHOICES = frozenset({"mine", "theirs", "both"})


class MergeMixin:
    """Adds the address that saves a merge. Put it before the admin class."""

    admin_site: Any
    opts: Any
    has_change_permission: Any
    found: Any

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.merge_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("<path:object_id>/merge/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def after_saving(self, request: HttpRequest, item: Any) -> str:
        """Return where the button leads with which a form was saved."""
        request.is_overlaid = True  # type: ignore[attr-defined]  # it says nothing of a change
        try:
            response = self.response_change(request, item)  # type: ignore[attr-defined]
        finally:
            request.is_overlaid = False  # type: ignore[attr-defined]
        return str(response.get("Location", ""))

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Save a merge, or show again what is still to be chosen."""
        item = self.found(request, object_id)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        change = address_of(item, "change")
        if request.method != "POST":
            return HttpResponseRedirect(change)
        mine = conflicts.base_of(request.POST.get("mine", ""), item)
        if mine is None:
            messages.error(request, _("What you typed is not kept any more: a week has passed."))
            return HttpResponseRedirect(change)
        with transaction.atomic():
            desk = Desk.locked(item)
            base = conflicts.base_of(request.POST.get("base", ""), item)
            both = conflicts.both_of(base, mine, desk.content)
            problems = self._save(request, desk, both)
        if not problems:
            return HttpResponseRedirect(change)
        desk = Desk(item)
        # What was chosen between other words than these is asked again.
        choices = _choices(request) if request.POST.get("token") == desk.token else {}
        return conflicts.show(self, request, desk, both, choices, problems)

    def _save(self, request: HttpRequest, desk: Desk, both: conflicts.Both) -> list[str]:
        """Save the merge as the next state of the item; return why not."""
        if request.POST.get("token") != desk.token:
            return [_("Somebody changed it once more. Look at the merge again.")]
        choices = _choices(request)
        merged = both.merged(choices)
        if len(merged.clashes) > MOST_SHOWN:
            return [_("Too much was changed by both of you to be merged here.")]
        if any(clash.number not in choices for clash in merged.clashes):
            return [_("Choose which words to keep wherever both of you changed them.")]
        try:
            with transaction.atomic():
                write(desk, merged.content, request.user)
        except (DoesNotFit, ValidationError) as error:
            return error.problems if isinstance(error, DoesNotFit) else error.messages
        self.log_change(request, desk.item, _("Merged with somebody else's changes."))  # type: ignore[attr-defined]
        messages.success(request, _("The merged text is saved."))
        return []


def write(desk: Desk, content: Content, user: Any) -> None:
    """Make a content the next state of an item, whatever that is. Call it with the desk locked.

    Raises DoesNotFit, and ValidationError when the rules of the forms forbid it.
    """
    if not desk.is_out:
        restore(desk.item, content)
        check(desk.item)
        return
    with overlaid(desk.item, content):
        check(desk.item)
        settled = snapshot(desk.item, internal=True)
    keeping.save_copy(desk, settled, user)


def check(item: Any) -> None:
    """Check the rows of an item by the rules that their forms obey.

    Raises ValidationError with everything that is wrong.
    """
    problems = []
    for row in _rows(type(item)._base_manager.get(pk=item.pk)):
        hidden = {field.name for field in row._meta.fields if not field.editable}
        try:
            row.full_clean(exclude=hidden)
        except ValidationError as error:
            problems += [f"{row}: {message}" for message in error.messages]
    if problems:
        raise ValidationError(problems)


def _rows(row: Any) -> Iterator[models.Model]:
    yield row
    for _name, back in part_relations(type(row)):
        for part in back.model._base_manager.filter(**{back.name: row}):
            yield from _rows(part)


def _choices(request: HttpRequest) -> dict[int, str]:
    found = {}
    for number in range(MOST_SHOWN):
        choice = request.POST.get(f"choice-{number}", "")
        if choice in CHOICES:
            found[number] = choice
    return found
