"""What the list of speeches can be narrowed by, each offering only what the list has."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.models import MeetingSeries
from iomsite.dates import Precision
from iomsite.languages import language_name
from speeches.models import Contribution, Speech, SpeechText


class TextLanguageFilter(admin.SimpleListFilter):
    """Speeches with a text in a language."""

    title = _("language of a text")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        codes = SpeechText.objects.order_by().values_list("language", flat=True).distinct()
        return sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        texts = SpeechText.objects.filter(speech=OuterRef("pk"), language=self.value())
        return queryset.filter(Exists(texts))


class SeriesFilter(admin.SimpleListFilter):
    """Speeches at any meeting of a series."""

    title = _("meeting series")
    parameter_name = "series"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        held = Speech.objects.filter(meeting__series=OuterRef("pk"))
        series = MeetingSeries.objects.filter(Exists(held)).order_by("name")
        return [(str(pk), name) for pk, name in series.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(meeting__series=value) if value.isdecimal() else queryset


class GapFilter(admin.SimpleListFilter):
    """Speeches of which something is not known yet."""

    title = _("what is missing")
    parameter_name = "gap"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("text", _("No text")),
            ("speaker", _("No speaker")),
            ("person", _("A speaker who is not in the directory")),
            ("day", _("Day not known")),
            ("meeting", _("No meeting")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        contributions = Contribution.objects.filter(speech=OuterRef("pk"))
        texts = SpeechText.objects.filter(speech=OuterRef("pk"))
        narrowed = {
            "text": lambda: queryset.filter(~Exists(texts)),
            "speaker": lambda: queryset.filter(~Exists(contributions)),
            "person": lambda: queryset.filter(Exists(contributions.filter(person=None))),
            "day": lambda: queryset.exclude(
                delivered_on__isnull=False, delivered_precision=Precision.DAY
            ),
            "meeting": lambda: queryset.filter(meeting=None),
        }.get(self.value() or "")
        return narrowed() if narrowed else queryset
