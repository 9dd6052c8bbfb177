"""The admin of rows that belong to entries and are public when those are."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.admin import RecordForm
from iomsite.publishing.models import OUT
from iomsite.publishing.relations import FIELD_DEFAULTS, SearchedRelations
from iomsite.publishing.roles import may_change_part
from iomsite.publishing.snapshot import owner_of


def is_edited_here(user: Any, part: Any) -> bool:
    """Say whether a row may be changed in its own form.

    A row of a published entry belongs to that entry's working copy, and is changed there.
    """
    owner = owner_of(part)
    return owner.status not in OUT if owner is not None else may_change_part(user, part)


class OwnedAdmin(SearchedRelations, admin.ModelAdmin):
    """A list of its own for rows that also stand below their entries."""

    form = RecordForm
    formfield_overrides = FIELD_DEFAULTS
    list_per_page = 50
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_edited_here(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or is_edited_here(request.user, obj))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form, which refuses a row that would be public at once."""
        base = super().get_form(request, obj, change, **kwargs)

        class OwnedForm(base):  # type: ignore[misc, valid-type]
            def _post_clean(self) -> None:
                super()._post_clean()
                if self.errors or is_edited_here(request.user, self.instance):
                    return
                owner = owner_of(self.instance)
                message = (
                    _("“%(owner)s” is published. Add this in its own form: it becomes part of"
                      " the working copy there.")
                    if owner
                    else _("The public would see this at once. Ask a publisher to save it.")
                )  # fmt: skip
                self.add_error(None, ValidationError(message, params={"owner": owner}))

        return OwnedForm
