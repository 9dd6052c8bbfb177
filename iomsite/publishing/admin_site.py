"""The admin as one place: named after the site, its lists in the order of the work."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.relations import relation_label

APP_ORDER = ("speeches", "initiatives", "pages", "auth")
MODEL_ORDER = (
    "Speech",
    "Organization",
    "Person",
    "Office",
    "Appointment",
    "Initiative",
    "MeetingSeries",
    "Meeting",
    "Membership",
    "Term",
    "Name",
)


class LabelledAutocompleteView(AutocompleteJsonView):
    """Offers entries under labels that tell namesakes apart."""

    admin_site: AdminSite

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": relation_label(obj, self.admin_site),
        }


class RecordAdminSite(admin.AdminSite):
    """Django's admin under the site's own name."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("Editors’ desk")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return LabelledAutocompleteView.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the apps and models in the order an editor needs them, not by the alphabet."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(MODEL_ORDER, model["object_name"]))
        return sorted(apps, key=lambda app: _place(APP_ORDER, app["app_label"]))


def _place(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
