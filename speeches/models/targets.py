"""What a mention can lead to: exactly one entry of the directory, or a country."""

import functools
import operator
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iomsite.fields import CountryField
from iomsite.publishing.models import is_published
from speeches.targets import ENTRIES, KINDS, Target


def one_target() -> Q:
    """Return the condition that exactly one of the targets is set."""
    return functools.reduce(
        operator.or_,
        (
            functools.reduce(operator.and_, (_is_set(kind, kind == chosen) for kind in KINDS))
            for chosen in KINDS
        ),
    )


def _is_set(kind: str, wanted: bool) -> Q:
    if kind == "country":
        return ~Q(country="") if wanted else Q(country="")
    return Q(**{f"{kind}__isnull": not wanted})


def public_target() -> Q:
    """Return the condition that the target is one the public sees now. Countries always are."""
    published = {entry: is_published(f"{entry}__") for entry in ENTRIES}
    # An office stands on the page of its organization.
    published["office"] &= is_published("office__organization__")
    return functools.reduce(operator.or_, published.values(), ~Q(country=""))


class TargetedQuerySet(models.QuerySet):
    def leading_to(self, target: Target) -> Self:
        """Keep the rows that lead to one target."""
        column = "country" if target.kind == "country" else f"{target.kind}_id"
        return self.filter(**{column: target.key})


def _entry_key(model: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"initiatives.{model}",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )


class Targeted(models.Model):
    """A row that leads to exactly one target. Its model adds the constraint `one_target()`."""

    organization = _entry_key("Organization")
    person = _entry_key("Person")
    office = _entry_key("Office")
    initiative = _entry_key("Initiative")
    meeting_series = _entry_key("MeetingSeries")
    meeting = _entry_key("Meeting")
    term = _entry_key("Term")
    country = CountryField(_("country"))

    class Meta:
        abstract = True

    @property
    def target(self) -> Target:
        """What the row leads to, without a query."""
        for entry in ENTRIES:
            if (key := getattr(self, f"{entry}_id")) is not None:
                return Target(entry, key)
        return Target("country", self.country)

    @target.setter
    def target(self, target: Target) -> None:
        values: dict[str, Any] = {f"{entry}_id": None for entry in ENTRIES} | {"country": ""}
        values["country" if target.kind == "country" else f"{target.kind}_id"] = target.key
        for name, value in values.items():
            setattr(self, name, value)
