"""A speech as one of its versions has it: who, when, where, with the names as delivered."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from initiatives.models import Meeting, Office, Organization, Person
from iomsite.countries import country_name
from iomsite.dates import show_partial_date
from iomsite.publishing.comparing import Wanted
from iomsite.publishing.snapshot import Content
from speeches.models import Contribution, Speech

_RELATIONS: dict[str, Any] = {"person": Person, "office": Office, "on_behalf_of": Organization}

Names = Mapping[type[Model], Mapping[int, str]]


class Part(NamedTuple):
    """One person's part in the speech, as a line to read."""

    name: str
    office: str
    role: str
    behalf: str


class OldSpeech:
    """The facts of one version."""

    def __init__(self, content: Content) -> None:
        self.fields: dict[str, Any] = content["fields"]
        self.contributions: list[Content] = content.get("parts", {}).get("contributions", [])

    @property
    def delivered(self) -> str:
        day = self.fields.get("delivered_on")
        precision = self.fields.get("delivered_precision") or "day"
        return show_partial_date(date.fromisoformat(day), precision) if day else ""

    @property
    def delivery_status(self) -> Any:
        return Speech.DeliveryStatus(self.fields["delivery_status"])

    @property
    def place(self) -> str:
        country = self.fields.get("country") or ""
        place = self.fields.get("place") or ""
        return ", ".join(filter(None, [place, country_name(country) if country else ""]))

    def wanted(self) -> Wanted:
        """Return the entries whose names a reader would like to see, if they are public."""
        keys: Wanted = defaultdict(set)
        for row in self.contributions:
            for name, model in _RELATIONS.items():
                if row["fields"].get(name) is not None:
                    keys[model].add(row["fields"][name])
        if self.fields.get("meeting") is not None:
            keys[Meeting].add(self.fields["meeting"])
        return keys

    def meeting(self, names: Names) -> str:
        """Return the name of the meeting, if that is public."""
        return names.get(Meeting, {}).get(self.fields.get("meeting") or 0, "")

    def byline(self, names: Names) -> list[Part]:
        """Return who had which part: by the names as delivered, else those of public entries."""
        rows = sorted(self.contributions, key=lambda row: (row["fields"]["position"], row["key"]))
        return [_part(row["fields"], names) for row in rows]


def _part(fields: dict[str, Any], names: Names) -> Part:
    def named(relation: str) -> str:
        return names.get(_RELATIONS[relation], {}).get(fields.get(relation) or 0, "")

    country = fields.get("on_behalf_of_country") or ""
    role = fields.get("role") or Contribution.Role.SPEAKER
    return Part(
        fields.get("name") or named("person") or _("Unknown speaker"),
        fields.get("office_name") or named("office"),
        "" if role == Contribution.Role.SPEAKER else str(Contribution.Role(role).label),
        country_name(country) if country else named("on_behalf_of"),
    )
