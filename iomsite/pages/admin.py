"""The site's sections in the admin: the tree as the menu shows it, and each page's words."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import (
    Case,
    CharField,
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
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from iomsite.languages import html_language
from iomsite.pages.models import Page, PageText
from iomsite.publishing.admin import STATUS_FIELDS, PublishableAdmin, StateFilter, show_picture
from iomsite.publishing.relations import SearchedStacked, ShortTextarea


class PageTextInline(SearchedStacked):
    model = PageText
    fields = ["language", "title", "introduction", "body"]
    min_num = 1

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "introduction":
            kwargs["widget"] = ShortTextarea
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Page)
class PageAdmin(PublishableAdmin):
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
        STATUS_FIELDS,
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
