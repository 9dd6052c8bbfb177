"""The admin of everything that has a public life: who may change it, what state it is in."""

from typing import Any, ClassVar

import js_asset  # type: ignore[import-untyped]
from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from iomsite.date_input import LabelledSplitDateTime, PartialDatesMixin
from iomsite.languages import html_language
from iomsite.markup import sanitize
from iomsite.publishing.desk_admin import DeskMixin, is_scheduled
from iomsite.publishing.merge_admin import MergeMixin
from iomsite.publishing.models import OUT, Publishable, Status
from iomsite.publishing.relations import FIELD_DEFAULTS, SearchedRelations
from iomsite.publishing.states import show_state
from iomsite.publishing.versions_admin import VersionsMixin
from iomsite.publishing.workflow_admin import WorkflowMixin


class RecordForm(PartialDatesMixin, forms.ModelForm):
    """A form with one input for each partial date."""


class PublishableForm(RecordForm):
    """A form of an item with a public life. Its status is changed by actions, not here."""


class StateFilter(admin.SimpleListFilter):
    """The states, and the embargo, which is published in the future."""

    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Status.choices, ("embargoed", _("Embargoed"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        if self.value() == "embargoed":
            return queryset.filter(status=Status.PUBLISHED, published_at__gt=models.functions.Now())
        return queryset.filter(status=self.value()) if self.value() else queryset


class PublishableAdmin(
    VersionsMixin, MergeMixin, WorkflowMixin, DeskMixin, SearchedRelations, admin.ModelAdmin
):
    """The admin of a model with a status."""

    form = PublishableForm
    change_form_template = "admin/publishable_change_form.html"
    change_list_template = "admin/publishable_change_list.html"
    formfield_overrides = {
        **FIELD_DEFAULTS,
        models.DateTimeField: {"widget": LabelledSplitDateTime},
    }
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    readonly_fields: ClassVar[Any] = ["created_at", "updated_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What waits for its time to be published is not changed behind the publisher's back."""
        return super().has_change_permission(request, obj) and not is_scheduled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was public once leaves a notice behind: it is removed, never deleted."""
        return super().has_delete_permission(request, obj) and not is_out(obj)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the item's page, which shows staff a preview of what is not public."""
        if obj is None or obj.status == Status.REMOVED:
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:
            return None

    def notices(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Return what an editor must know before reading the form."""
        if obj is not None and is_scheduled(obj):
            return [_("This waits for its time. Take it off the schedule to change it.")]
        return []

    def changelist_tools(self, request: HttpRequest) -> list[tuple[str, Any]]:
        """Return more links for the top of the list, each as address and label."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the notices, and the nonce without which no browser runs the editor's scripts."""
        nonce = getattr(request, "csp_nonce", "")
        context["media"] = js_asset.Media(nonce=nonce) + context["media"]
        context["notices"] = self.notices(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        tools = {"changelist_tools": self.changelist_tools(request)}
        return super().changelist_view(request, tools | (extra_context or {}))

    @admin.display(description=_("status"), ordering="status")
    def state(self, obj: Publishable) -> SafeString:
        """Show the state, and the end of an embargo."""
        return show_state(obj)


def is_out(item: Any) -> bool:
    """Say whether an item is public, under embargo or once was public."""
    return item is not None and item.status in OUT


def show_html(html: str, language: str = "") -> SafeString | str:
    """Return a sanitized text as it reads, for those who may not edit it."""
    if not html:
        return "–"
    return format_html(
        '<div class="shown-html" dir="auto" lang="{}" tabindex="0">{}</div>',
        html_language(language) if language else "",
        mark_safe(sanitize(html)),
    )


def show_picture(picture: Any, alternative: str, size: int) -> SafeString | str:
    """Return a small preview of a picture, or nothing."""
    if not picture:
        return ""
    return format_html(
        '<img class="preview" src="{}" alt="{}" width="{}" loading="lazy">',
        picture.url,
        alternative,
        size,
    )
