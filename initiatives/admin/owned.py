"""The admin of rows that belong to entries and are public when those are."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.admin import RecordForm
from iomsite.publishing.relations import FIELD_DEFAULTS, SearchedRelations
from iomsite.publishing.roles import may_change_part


class OwnedAdmin(SearchedRelations, admin.ModelAdmin):
    """A list of its own for rows that also stand below their entries."""

    form = RecordForm
    formfield_overrides = FIELD_DEFAULTS
    list_per_page = 50
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change_part(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_change_part(request.user, obj))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Return the form, which refuses a row that would be public at once."""
        base = super().get_form(request, obj, change, **kwargs)

        class OwnedForm(base):  # type: ignore[misc, valid-type]
            def _post_clean(self) -> None:
                super()._post_clean()
                if not self.errors and not may_change_part(request.user, self.instance):
                    self.add_error(
                        None,
                        ValidationError(
                            _("The public would see this at once. Ask a publisher to save it.")
                        ),
                    )

        return OwnedForm
