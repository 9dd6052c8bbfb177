"""Speeches in the admin: one page for a whole speech, and a list that finds any of them."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.admin.entities import CountryFilter
from iomsite.dates import show_partial_date
from iomsite.languages import html_language
from iomsite.previews.admin import PreviewMixin
from iomsite.publishing.admin import PublishableAdmin, StateFilter
from speeches.admin.filters import GapFilter, SeriesFilter, TextLanguageFilter
from speeches.admin.finding import find
from speeches.admin.importing import ImportSpeechesMixin
from speeches.admin.intake import IntakeMixin
from speeches.admin.mention_desk import MentionDeskMixin
from speeches.admin.parts import AttachmentInline, ContributionInline, TextInline
from speeches.models import Contribution, Speech, SpeechText

FIELDSETS: Any = [
    (
        _("Speech"),
        {
            "fields": [
                ("delivered_on", "delivered_time_zone"),
                ("place", "country"),
                ("original_language", "delivery_status"),
                "delivery_note",
            ]
        },
    ),
    (
        _("Meeting"),
        {
            "fields": ["meeting", ("agenda_item", "position")],
            "description": _("Choose the meeting first: then the agenda items are its own."),
        },
    ),
    (_("About"), {"fields": ["initiatives", "organizations"]}),
    (
        _("Internal"),
        {
            "fields": [
                ("reference", "slug"),
                "is_sample",
                "staff_note",
                ("created_at", "updated_at"),
            ],
            "classes": ["last"],
        },
    ),
]


@admin.register(Speech)
class SpeechAdmin(
    IntakeMixin, ImportSpeechesMixin, MentionDeskMixin, PreviewMixin, PublishableAdmin
):
    fieldsets = FIELDSETS
    inlines = [ContributionInline, TextInline, AttachmentInline]
    list_display = [
        "title",
        "delivered",
        "speakers",
        "meeting",
        "languages",
        "names_of",
        "state",
        "updated",
    ]
    list_select_related = ["meeting"]
    list_filter = [
        StateFilter,
        GapFilter,
        "delivery_status",
        TextLanguageFilter,
        CountryFilter,
        SeriesFilter,
        "is_sample",
    ]
    date_hierarchy = "delivered_on"
    ordering = ["-delivered_on", "-pk"]
    # What is searched, `find` decides; the admin shows a search box only when this is set.
    search_fields = ["reference"]
    search_help_text = _("Searches titles, texts, names of speakers and reference numbers.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        texts = SpeechText.objects.only("speech", "language", "kind", "title")
        contributions = Contribution.objects.select_related("person")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("texts", texts), Prefetch("contributions", contributions))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return find(queryset, search_term), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep the reference, once minted, as it is for ever."""
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "reference"] if obj else fields

    @admin.display(description=_("title and reference"), ordering="reference")
    def title(self, speech: Speech) -> SafeString:
        text = speech.text_in(speech.original_language)
        return format_html(
            '<bdi lang="{}" class="title">{}</bdi> <bdi class="quiet">{}</bdi>',
            html_language(text.language) if text else "",
            str(speech),
            speech.reference,
        )

    @admin.display(description=_("delivered"), ordering="delivered_on")
    def delivered(self, speech: Speech) -> str:
        if speech.delivered_on is None:
            return ""
        return show_partial_date(speech.delivered_on, speech.delivered_precision)

    @admin.display(description=_("speakers"))
    def speakers(self, speech: Speech) -> SafeString:
        names = [contribution.shown_name for contribution in speech.contributions.all()]
        return format_html_join(", ", "<bdi>{}</bdi>", ((name,) for name in names))

    @admin.display(description=_("texts"))
    def languages(self, speech: Speech) -> str:
        return ", ".join(text.language for text in speech.texts.all())

    @admin.display(description=_("updated"), ordering="updated_at")
    def updated(self, speech: Speech) -> str:
        return date_format(timezone.localtime(speech.updated_at), "SHORT_DATE_FORMAT")
