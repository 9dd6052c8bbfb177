"""The admin of everything that has a public life: who may change it, what state it is in."""

from typing import Any, ClassVar

import js_asset  # type: ignore[import-untyped]
from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from iomsite.date_input import LabelledSplitDateTime, PartialDatesMixin
from iomsite.languages import html_language
from iomsite.markup import sanitize
from iomsite.publishing.models import OUT, Publishable, Status
from iomsite.publishing.relations import FIELD_DEFAULTS, SearchedRelations
from iomsite.publishing.roles import may_publish

EDITORS_STATES = (Status.DRAFT, Status.IN_REVIEW)

# Shown below the rows of an item, next to the buttons, by publishable_change_form.html.
STATUS_FIELDS: Any = (
    _("Status"),
    {"fields": [("status", "published_at"), "public_notice"], "classes": ["last"]},
)


class RecordForm(PartialDatesMixin, forms.ModelForm):
    """A form with one input for each partial date."""


class PublishableForm(RecordForm):
    """A form that lets only publishers decide what the public sees."""

    publisher = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields.get("status")
        if isinstance(status, forms.ChoiceField) and not self.publisher:
            # The select offers less, and the field refuses the rest when it is forged.
            status.choices = [(state.value, state.label) for state in EDITORS_STATES]
            status.error_messages["invalid_choice"] = _(
                "You may save this as a draft or send it in review. Ask a publisher to publish,"
                " withdraw or remove it."
            )

    def clean(self) -> dict[str, Any]:
        """Date what is published without a time to this moment, and keep readers' links whole."""
        values = super().clean() or self.cleaned_data
        status = values.get("status")
        if status == Status.PUBLISHED and not values.get("published_at"):
            values["published_at"] = timezone.now()
        if status in EDITORS_STATES and _is_public_now(self.instance):
            self.add_error(
                "status",
                _(
                    "Readers have seen this and may link to it. Withdraw or remove it, with a"
                    " public notice that says why."
                ),
            )
        return values


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


class PublishableAdmin(SearchedRelations, admin.ModelAdmin):
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
        """What the public sees is changed by those only who may publish."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (not is_out(obj) or may_publish(request.user, self.model))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was public once leaves a notice behind: it is removed, never deleted."""
        return super().has_delete_permission(request, obj) and not is_out(obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.publisher = may_publish(request.user, self.model)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if not may_publish(request.user, self.model):
            fields += ["published_at", "public_notice"]
        if is_out(obj):
            # Readers hold links to it; a new address needs a redirect from the old one.
            fields.append("slug")
        return fields

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
        if is_out(obj) and not self.has_change_permission(request, obj):
            return [_("This is public, so only a publisher may change it.")]
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


def _is_public_now(item: Publishable) -> bool:
    return is_out(item) and item.published_at is not None and item.published_at <= timezone.now()


def is_out(item: Any) -> bool:
    """Say whether an item is public, under embargo or once was public."""
    return item is not None and item.status in OUT


def show_state(item: Publishable) -> SafeString:
    """Return the state as a small label; an embargo names its end."""
    if item.status == Status.PUBLISHED and item.published_at and item.published_at > timezone.now():
        until = date_format(timezone.localtime(item.published_at), "SHORT_DATETIME_FORMAT")
        return format_html(
            '<span class="state state--embargoed">{}</span>',
            _("Embargoed until %(time)s") % {"time": until},
        )
    return format_html(
        '<span class="state state--{}">{}</span>', item.status, Status(item.status).label
    )


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
