"""Which entries: the directory's questions, said once."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now, TruncDate

from iomsite.publishing.models import PublishedQuerySet, is_published, published_relation


class MeetingQuerySet(PublishedQuerySet):
    def with_series(self) -> Self:
        """Join each meeting's series as `public_series`, or None if it is not public."""
        return self.annotate(public_series=published_relation("series")).select_related(
            "public_series"
        )

    def upcoming(self) -> Self:
        """Keep meetings that are not over yet, the next one first."""
        last_day = Coalesce("ends_on", "starts_on")
        return (
            self.filter(starts_on__isnull=False)
            .annotate(last_day=last_day)
            .filter(last_day__gte=TruncDate(Now()))
            .order_by("starts_on", "pk")
        )

    def past(self) -> Self:
        """Keep meetings that have begun, the latest first."""
        return self.filter(starts_on__lte=TruncDate(Now())).order_by("-starts_on", "-pk")


class AppointmentQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Keep appointments of public people to public offices of public organizations."""
        return self.filter(
            is_published("person__"),
            is_published("office__"),
            is_published("office__organization__"),
        )

    def held_on(self, day: date) -> Self:
        """Keep the appointments in force on a day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day)).filter(
            Q(ends_on=None) | Q(ends_on__gte=day)
        )


class OfficeQuerySet(PublishedQuerySet):
    def with_holders(self, organization: Any) -> list[Any]:
        """Return the offices of an organization, each with its public holders, latest first.

        One query: an office without a holder is one row, each holder another.
        """
        rows = (
            self.filter(organization=organization)
            .annotate(
                holder=published_relation("appointments__person"),
                holder_starts_on=F("appointments__starts_on"),
                holder_starts_precision=F("appointments__starts_precision"),
                holder_ends_on=F("appointments__ends_on"),
                holder_ends_precision=F("appointments__ends_precision"),
                holder_uncertain=F("appointments__uncertain_fields"),
            )
            .select_related("holder")
            .order_by("rank", "name", F("appointments__starts_on").desc(nulls_last=True))
        )
        offices: dict[int, Any] = {}
        for row in rows:
            office = offices.setdefault(row.pk, row)
            office.holders = getattr(office, "holders", [])
            if row.holder is not None:
                office.holders.append(row)
        return list(offices.values())
