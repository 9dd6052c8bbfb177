"""The audit log in the admin: superusers read it, and nobody writes there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from iomsite.audit.models import AuditEntry
from iomsite.canonical import canonical

SHOWN_IN_LIST = 120


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """A list to search and filter, and each entry with all that it says."""

    list_display = ["sequence", "made_at", "who", "action", "about", "short_data"]
    list_display_links = ["sequence", "made_at"]
    list_filter = ["action", "actor_name", "kind"]
    date_hierarchy = "made_at"
    search_fields = ["actor_name", "action", "=item", "data"]
    search_help_text = _("Searches names, actions, particulars and the keys of items.")
    ordering = ["-sequence"]
    list_per_page = 100
    show_full_result_count = False
    actions = None
    fields = ["sequence", "made_at", "who", "actor", "action", "kind", "item", "all_data",
              "previous_hash", "hash"]  # fmt: skip

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers only: it tells who came from where and when."""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        # No text holds a NUL, and PostgreSQL refuses to look for one.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    @admin.display(description=_("by"), ordering="actor_name")
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_name or "–"

    @admin.display(description=_("about"), ordering="kind")
    def about(self, entry: AuditEntry) -> str:
        return f"{entry.kind} {entry.item}" if entry.item is not None else entry.kind or "–"

    @admin.display(description=_("particulars"))
    def short_data(self, entry: AuditEntry) -> str:
        text = canonical(entry.data) if entry.data else "–"
        return text if len(text) <= SHOWN_IN_LIST else f"{text[:SHOWN_IN_LIST]}…"

    @admin.display(description=_("particulars"))
    def all_data(self, entry: AuditEntry) -> SafeString:
        return format_html("<bdi>{}</bdi>", canonical(entry.data))
