"""What a visitor can narrow the list of speeches by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from initiatives.filters import EntryChoiceFilter
from initiatives.models import Initiative, MeetingSeries, Organization
from iomsite.countries import country_choices
from iomsite.forms import FilterForm
from iomsite.languages import language_name, site_languages
from iomsite.publishing.models import is_published
from speeches.models import Contribution, Speech, SpeechText
from speeches.querysets import SpeechQuerySet

MOST_WORDS = 8
"""Words of a query that are looked at: each costs a condition on every speech."""


def published_initiatives(request: Any) -> QuerySet:
    return Initiative.objects.published()


def published_series(request: Any) -> QuerySet:
    return MeetingSeries.objects.published()


def published_organizations(request: Any) -> QuerySet:
    return Organization.objects.published()


def text_languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in site_languages()]


def titled_or_given_by(rows: QuerySet, words: str) -> QuerySet:
    """Keep speeches with each of the words in a title, a summary or a speaker's name."""
    for word in words.split()[:MOST_WORDS]:
        titled = SpeechText.objects.filter(
            Q(title__icontains=word) | Q(summary__icontains=word), speech=OuterRef("pk")
        )
        rows = rows.filter(Exists(titled) | Exists(_given_by(word)) | Q(reference__iexact=word))
    return rows


def _given_by(word: str) -> QuerySet:
    return Contribution.objects.filter(
        Q(name__icontains=word) | Q(person__name__icontains=word) & is_published("person__"),
        speech=OuterRef("pk"),
    )


class SpeechFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words in the title"), method="by_words", max_length=200)
    speaker = django_filters.CharFilter(label=_("Speaker"), method="by_speaker", max_length=100)
    year_from = django_filters.NumberFilter(
        label=_("From year"),
        field_name="delivered_on",
        lookup_expr="year__gte",
        min_value=1800,
        max_value=2200,
    )
    year_to = django_filters.NumberFilter(
        label=_("To year"),
        field_name="delivered_on",
        lookup_expr="year__lte",
        min_value=1800,
        max_value=2200,
    )
    country = django_filters.ChoiceFilter(
        label=_("On behalf of the State"), choices=country_choices, method="by_country"
    )
    language = django_filters.ChoiceFilter(
        label=_("Text in"), choices=text_languages, method="by_language"
    )
    status = django_filters.ChoiceFilter(
        label=_("Delivery status"),
        field_name="delivery_status",
        choices=Speech.DeliveryStatus.choices,
    )
    series = EntryChoiceFilter(
        label=_("Meeting series"), queryset=published_series, method="by_series"
    )
    initiative = EntryChoiceFilter(
        label=_("About the initiative"), queryset=published_initiatives, field_name="initiatives"
    )
    organization = EntryChoiceFilter(
        label=_("About the organization"),
        queryset=published_organizations,
        field_name="organizations",
    )

    class Meta:
        model = Speech
        form = FilterForm
        fields: list[str] = []

    def by_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return titled_or_given_by(rows, value)

    def by_speaker(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.split()[:MOST_WORDS]:
            rows = rows.filter(Exists(_given_by(word)))
        return rows

    def by_series(self, rows: SpeechQuerySet, name: str, value: MeetingSeries) -> QuerySet:
        return rows.in_series(value)

    def by_country(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        given = Contribution.objects.filter(speech=OuterRef("pk"), on_behalf_of_country=value)
        return rows.filter(Exists(given))

    def by_language(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Exists(SpeechText.objects.filter(speech=OuterRef("pk"), language=value)))
