"""What is typed into a form of the admin, shown as a page and taken back.

Django's own form saves the rows inside an overlay, so what the form would refuse is refused
here too, and what is shown is what would be saved.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import override

from iomsite.caching.state import state_of
from iomsite.files.fields import PrivateFileField
from iomsite.files.storage import private_storage
from iomsite.languages import site_languages
from iomsite.previews.showing import Preview, let_out, show
from iomsite.publishing import conflicts
from iomsite.publishing.desk import Desk
from iomsite.publishing.desk_admin import BASE, TOKEN, Form
from iomsite.publishing.models import kind_of
from iomsite.publishing.overlay import overlaid, taken_back
from iomsite.publishing.snapshot import part_relations, snapshot

LANGUAGE = "preview_language"


class Unsaved:
    """One preview of a form, in one request."""

    def __init__(self, admin: Any, request: HttpRequest) -> None:
        self.admin = admin
        self.request = request
        self.held: Any = None

    def hold(self, item: Any) -> HttpResponse:
        """Remember what the form has saved. Django asks for an answer; nobody sees this one."""
        self.held = item
        return HttpResponse()

    def show_new(self) -> HttpResponseBase:
        state_of(self.request)
        form_url = reverse(f"admin:{self._name}_add")
        with self._saving(), taken_back():
            form = Form(self.admin, self.request, None, form_url, {})  # type: ignore[arg-type]
            return self._answer(self.admin.plain_changeform(form, {}), set(), "")

    def show(self, item: Any) -> HttpResponseBase:
        state_of(self.request)
        desk = Desk(item)
        form_url = reverse(f"admin:{self._name}_change", args=[item.pk])
        # The form's tokens go with it when it is shown again, as late as it was.
        sent = {name: self.request.POST.get(name, "") for name in (TOKEN, BASE)}
        content = desk.copy.content if desk.copy else None
        if sent[TOKEN] != desk.token:
            content = conflicts.base_of(sent[BASE], item) or content
        prefix = self.admin.preview_url("preview", item.pk).rstrip("/")
        with self._saving(), overlaid(item, content):
            before = _stored_files(item)
            form = Form(self.admin, self.request, str(item.pk), form_url, {})
            context = {"desk": desk, "remarks": [], **sent}
            return self._answer(self.admin.plain_changeform(form, context), before, prefix)

    def _answer(self, response: Any, before: set[str], prefix: str) -> HttpResponseBase:
        """Return the page of what was saved, or the form with what it refuses."""
        if self.held is None:
            return response.render() if hasattr(response, "render") else response
        item = let_out(self.held)
        content = snapshot(item)
        try:
            with override(self._language()):
                return show(self.request, Preview(item, content, prefix, {"unsaved": True}))
        finally:
            _forget_uploads(item, before)

    def _language(self) -> str:
        chosen = self.request.POST.get(LANGUAGE, "")
        return chosen if chosen in site_languages() else site_languages()[0]

    @property
    def _name(self) -> str:
        return kind_of(self.admin.model).replace(".", "_")

    def _saving(self) -> "Saving":
        return Saving(self)


class Saving:
    """Tells the admin for a while that what it saves is a preview."""

    def __init__(self, unsaved: Unsaved) -> None:
        self.unsaved = unsaved
        self.request: Any = unsaved.request

    def __enter__(self) -> None:
        self.request.unsaved, self.request.is_overlaid = self.unsaved, True

    def __exit__(self, *error: object) -> None:
        del self.request.unsaved
        self.request.is_overlaid = False


def _stored_files(item: Any) -> set[str]:
    """Return the names of the private files that the rows of an item name."""
    return {
        str(name)
        for _relation, back in part_relations(type(item))
        for column in back.model._meta.concrete_fields
        if isinstance(column, PrivateFileField)
        for name in back.model._base_manager.filter(**{back.name: item})
        .exclude(**{column.name: ""})
        .values_list(column.name, flat=True)
    }


def _forget_uploads(item: Any, before: set[str]) -> None:
    """Delete the private files that came with the form: no row will ever name them.

    A picture stays: its name is made from its pixels, and another row may have it already.
    """
    for name in _stored_files(item) - before:
        private_storage().delete(name)
