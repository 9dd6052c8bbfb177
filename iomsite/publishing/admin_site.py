"""The admin as one place: named after the site, its lists in the order of the work."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.embargoes import embargoes_view
from iomsite.publishing.front_page import sections_for
from iomsite.publishing.queue import kinds_for
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

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead to the one door of the site; who is in already and no staff has no business here."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the account's own page, which also asks for the second factor."""
        return redirect("account_change_password")

    def get_urls(self) -> list[Any]:
        view = self.admin_view(partial(embargoes_view, self))
        on_site = self.admin_view(self.on_site)
        return [
            path("embargoes/", view, name="embargoes"),
            path("r/<int:content_type_id>/<int:object_id>/", on_site, name="view_on_site"),
            *super().get_urls(),
        ]

    def on_site(
        self, request: HttpRequest, content_type_id: int, object_id: int
    ) -> HttpResponseBase:
        """Lead to the page of a row; the address alone tells the name of what is hidden."""
        found = ContentType.objects.filter(pk=content_type_id).first()
        model: Any = found.model_class() if found else None
        if model is None or not self.is_registered(model):
            raise Http404
        if not self.get_model_admin(model).has_view_or_change_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show what waits for this person above the lists."""
        queue = {
            "sections": sections_for(request.user, self.rows_for(request)),
            "may_publish": bool(kinds_for(request.user, "publish")),
        }
        return super().index(request, queue | (extra_context or {}))

    def rows_for(self, request: HttpRequest) -> Callable[[str], Any]:
        """Return a function that gives the items of a kind, joined with what names them."""

        def rows(kind: str) -> Any:
            return self.get_model_admin(apps.get_model(kind)).get_queryset(request)

        return rows

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
