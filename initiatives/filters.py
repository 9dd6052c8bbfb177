"""What a visitor can narrow the directory's lists by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Meeting, MeetingSeries, Name, Organization, Person
from initiatives.models.names import owner_field
from iomsite.countries import country_choices
from iomsite.forms import FilterForm


def named_like(rows: QuerySet, words: str) -> QuerySet:
    """Keep entries whose name, acronym or other name holds each of the words."""
    owner = owner_field(rows.model())
    for word in words.split()[:8]:
        other = Name.objects.filter(**{owner: OuterRef("pk")}, text__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | Q(acronym__iexact=word) | Exists(other))
    return rows


class EntryFilter(django_filters.FilterSet):
    """Every list of the directory can be narrowed by name."""

    q = django_filters.CharFilter(label=_("Name or acronym"), method="by_name", max_length=200)

    class Meta:
        form = FilterForm

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return named_like(rows, value)


class OrganizationFilter(EntryFilter):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Organization.Kind.choices)
    country = django_filters.ChoiceFilter(label=_("Country"), choices=country_choices)

    class Meta(EntryFilter.Meta):
        model = Organization
        fields = ["q", "kind", "country"]


class InitiativeFilter(EntryFilter):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Initiative.Kind.choices)

    class Meta(EntryFilter.Meta):
        model = Initiative
        fields = ["q", "kind"]


class PersonFilter(EntryFilter):
    nationality = django_filters.ChoiceFilter(label=_("Nationality"), choices=country_choices)

    class Meta(EntryFilter.Meta):
        model = Person
        fields = ["q", "nationality"]


class SeriesFilter(EntryFilter):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=MeetingSeries.Kind.choices)

    class Meta(EntryFilter.Meta):
        model = MeetingSeries
        fields = ["q", "kind"]


class LocalNameChoiceField(django_filters.fields.ModelChoiceField):
    """A select of entries by their names in the language of the page."""

    def label_from_instance(self, entry: Any) -> str:
        return entry.local_name.text


class EntryChoiceFilter(django_filters.ModelChoiceFilter):
    """Narrow by one published entry, named in the address by its slug."""

    field_class = LocalNameChoiceField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("to_field_name", "slug")
        super().__init__(*args, **kwargs)

    def get_queryset(self, request: Any) -> QuerySet:
        """Load no more of hundreds of entries than their options show."""
        return (
            super().get_queryset(request).only("slug", "name", "name_language", "translated_names")
        )


def published_series(request: Any) -> QuerySet:
    return MeetingSeries.objects.published()


class MeetingFilter(EntryFilter):
    series = EntryChoiceFilter(label=_("Series"), queryset=published_series)
    country = django_filters.ChoiceFilter(label=_("Country"), choices=country_choices)
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="starts_on", lookup_expr="year", min_value=1800, max_value=2200
    )

    class Meta(EntryFilter.Meta):
        model = Meeting
        fields = ["q", "series", "country", "year"]
