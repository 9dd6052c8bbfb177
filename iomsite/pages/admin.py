"""The site's sections in the admin: the tree as the menu shows it, and each page's words."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Prefetch,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from iomsite.audit.log import record
from iomsite.date_input import LabelledSplitDateTime
from iomsite.languages import html_language
from iomsite.pages.models import Page, PageText, SiteNotice, SiteNoticeText
from iomsite.previews.admin import PreviewMixin
from iomsite.publishing.admin import PublishableAdmin, StateFilter, show_picture
from iomsite.publishing.models import QueryTime
from iomsite.publishing.relations import SearchedStacked, ShortTextarea
from iomsite.publishing.roles import may_publish


class PageTextInline(SearchedStacked):
    model = PageText
    fields = ["language", "title", "introduction", "body"]
    min_num = 1

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "introduction":
            kwargs["widget"] = ShortTextarea
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Page)
class PageAdmin(PreviewMixin, PublishableAdmin):
    inlines = [PageTextInline]
    list_display = ["title", "place", "in_menu", "languages", "picture", "state", "updated_at"]
    list_filter = [StateFilter, "in_menu"]
    search_fields = ["path", "texts__title", "texts__introduction"]
    search_help_text = _("Searches titles, introductions and addresses.")
    readonly_fields = ["created_at", "updated_at", "large_picture"]
    list_per_page = 200
    fieldsets: ClassVar[Any] = [
        (_("Place in the site"), {"fields": ["parent", ("slug", "position"), "in_menu"]}),
        (_("Picture"), {"fields": [("image", "large_picture"), "image_alternative"]}),
        (_("Internal"), {"fields": [("created_at", "updated_at")], "classes": ["last"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        texts = PageText.objects.defer("body")
        return super().get_queryset(request).prefetch_related(Prefetch("texts", texts))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return tree_order()

    @staticmethod
    def relation_label(page: Page) -> str:
        return f"{page.text or page.slug} ({page.path})"

    @admin.display(description=_("page"))
    def title(self, page: Page) -> SafeString:
        text = page.text
        return format_html(
            '<bdi lang="{}" class="branch branch--{}">{}</bdi>',
            html_language(text.language) if text else "",
            page.path.count("/"),
            text.title if text else page.slug,
        )

    @admin.display(description=_("place in the menu"))
    def place(self, page: Page) -> int:
        return page.position

    @admin.display(description=_("texts"))
    def languages(self, page: Page) -> str:
        return ", ".join(text.language for text in page.texts.all())

    @admin.display(description=_("picture"))
    def picture(self, page: Page) -> SafeString | str:
        return show_picture(page.image, "", 48)

    @admin.display(description=_("preview"))
    def large_picture(self, page: Page) -> SafeString | str:
        return show_picture(page.image, page.image_alternative, 240) or "–"


class ForPublishers:
    """For a ModelAdmin or an inline: whoever may publish a page may do all of it."""

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_publish(request.user, Page)

    has_module_permission = has_add_permission = has_view_permission = _may
    has_change_permission = has_delete_permission = _may


class SiteNoticeTextInline(ForPublishers, SearchedStacked):
    model = SiteNoticeText
    min_num = 1


@admin.register(SiteNotice)
class SiteNoticeAdmin(ForPublishers, admin.ModelAdmin):
    inlines = [SiteNoticeTextInline]
    list_display = ["__str__", "kind", "shown", "starts_at", "ends_at"]
    list_filter = ["kind"]
    formfield_overrides = {DateTimeField: {"widget": LabelledSplitDateTime}}
    fieldsets: ClassVar[Any] = [(None, {"fields": ["kind", ("starts_at", "ends_at")]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        now = QueryTime()
        state = Case(
            When(starts_at__gt=now, then=Value("coming")),
            When(ends_at__lte=now, then=Value("over")),
            default=Value("shown"),
        )
        return super().get_queryset(request).annotate(state=state).prefetch_related("texts")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"starts_at": timezone.now(), **super().get_changeform_initial_data(request)}

    @admin.display(description=_("shown now"))
    def shown(self, notice: Any) -> Any:
        return {"coming": _("Not yet"), "shown": _("Yes"), "over": _("No longer")}[notice.state]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._record(request, form.instance, "changed" if change else "added")

    def delete_model(self, request: HttpRequest, obj: SiteNotice) -> None:
        self._record(request, obj, "deleted")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            for notice in queryset:
                self._record(request, notice, "deleted")
            super().delete_queryset(request, queryset)

    @staticmethod
    def _record(request: HttpRequest, notice: SiteNotice, done: str) -> None:
        """Note in the audit log what every page says, since no second person has read it."""
        texts = dict(notice.texts.values_list("language", "text"))
        shown = {"from": notice.starts_at, "until": notice.ends_at, "texts": texts}
        record(
            f"site_notice.{done}",
            actor=request.user,
            kind="pages.sitenotice",
            item=notice.pk,
            data=shown,
        )


def tree_order() -> list[Any]:
    """Return the order of the menu: each page before its own, siblings by their place."""
    top = ("parent__parent__{}", "parent__{}", "{}")
    return [
        Coalesce(*(F(name.format("position")) for name in top)),
        Coalesce(*(F(name.format("path")) for name in top)),
        _of_second_level("position", Value(-1), IntegerField()),
        _of_second_level("path", Value(""), CharField()),
        Case(
            When(parent__parent=None, then=Value(-1)),
            default=F("position"),
            output_field=IntegerField(),
        ),
        "path",
    ]


def _of_second_level(field: str, for_top: Value, output_field: Field) -> Case:
    """Return a field of the page on the second level that a page is or stands below."""
    return Case(
        When(parent=None, then=for_top),
        When(parent__parent=None, then=F(field)),
        default=F(f"parent__{field}"),
        output_field=output_field,
    )
