"""The catalogue of all names, read once in each process and again when names have changed."""

from collections.abc import Iterator
from datetime import date
from threading import Lock
from typing import Any

from initiatives.models import Appointment as AppointmentRow
from initiatives.models import Meeting, MeetingSeries, Office, Organization
from iomsite.dates import latest_day
from iomsite.publishing.models import Status
from speeches.mentions.finding.catalogue import Catalogue
from speeches.mentions.finding.found import Appointment, Edition, Facts, NameRow, Series
from speeches.mentions.name_keys import take_in_changes
from speeches.models import NameKey
from speeches.targets import Target

_lock = Lock()
_held: tuple[tuple[str, int], Catalogue] | None = None


def current_catalogue() -> Catalogue:
    """Return the catalogue of the names there are now, shared by all requests."""
    return versioned_catalogue()[0]


def versioned_catalogue() -> tuple[Catalogue, int]:
    """Return the catalogue with its version, by which it is known which texts saw it."""
    global _held
    version = take_in_changes()
    here = (str(NameKey.objects.db), version)
    with _lock:
        if _held is None or _held[0] != here:
            _held = here, Catalogue.build(_names(), _facts())
        return _held[1], version


def forget() -> None:
    """Read the catalogue again at the next call."""
    global _held
    with _lock:
        _held = None


def _names() -> Iterator[NameRow]:
    rows = NameKey.objects.order_by("pk").values_list(
        "kind", "owner", "text", "language", "name_kind", "policy", "tokens"
    )
    for kind, owner, text, language, name_kind, policy, tokens in rows.iterator(2000):
        key = owner if kind == "country" else int(owner)
        yield NameRow(
            Target(kind, key), text, language, name_kind, policy, tuple(tokens.split(" "))
        )


def _facts() -> Facts:
    return Facts(
        series=[
            Series(
                Target("meeting_series", row.pk),
                by_year=row.editions == MeetingSeries.Edition.YEAR,
                bare_name_is_latest=row.bare_name_means == MeetingSeries.BareName.LATEST,
                base_year=row.base_year,
                first_ordinal=row.first_ordinal,
            )
            for row in MeetingSeries.objects.exclude(status=Status.REMOVED).order_by("pk")
        ],
        editions=[_edition(row) for row in Meeting.objects.exclude(status=Status.REMOVED)],
        appointments=[
            Appointment(
                Target("office", row.office_id), Target("person", row.person_id), row.starts_on,
                _last(row.ends_on, row.ends_precision),
            )
            for row in AppointmentRow.objects.order_by("pk")
        ],
        parents={
            Target("organization", key): Target("organization", above)
            for key, above in Organization.objects.exclude(parent=None).values_list(
                "pk", "parent_id"
            )
        } | {
            Target("office", key): Target("organization", above)
            for key, above in Office.objects.values_list("pk", "organization_id")
        },
    )  # fmt: skip


def _edition(row: Any) -> Edition:
    return Edition(
        Target("meeting", row.pk),
        Target("meeting_series", row.series_id) if row.series_id else None,
        row.ordinal,
        row.starts_on,
        _last(row.ends_on, row.ends_precision),
        row.place,
        row.country,
        row.name,
    )


def _last(day: date | None, precision: str) -> date | None:
    return latest_day(day, precision) if day else None
