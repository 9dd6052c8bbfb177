"""The rows that hang on an entry: names, leads, appointments, members, agenda items."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from initiatives.importing.entries import Entry
from initiatives.models import AgendaItem, Appointment, Entity, Membership, Name, Participation
from initiatives.models.names import owner_field


class Child(NamedTuple):
    """A row of an entry: what tells it from its siblings, and what else it says."""

    model: Any
    identity: dict[str, Any]
    values: dict[str, Any]


def children_of(entry: Entry, row: Entity, rows: Mapping[str, Entity]) -> Iterator[Child]:
    """Yield the children of an entry; `rows` gives the entry of each key."""
    for name in entry.names:
        identity = {"text": name.text, "language": name.language, "kind": name.kind}
        yield Child(Name, {owner_field(row): row, **identity}, {"policy": name.policy})
    if entry.leads:
        lead = {"organization": rows[entry.leads], "role": Participation.Role.LEAD}
        yield Child(Participation, {"initiative": row, **lead}, {})
    for term in entry.terms:
        yield Child(
            Appointment,
            {"person": row, "office": rows[term.office], "starts_on": term.starts_on},
            {
                "starts_precision": term.starts_precision,
                "ends_on": term.ends_on,
                "ends_precision": term.ends_precision,
                "uncertain_fields": list(term.uncertain_fields),
                "acting": term.acting,
            },
        )
    group = "series" if entry.type == "series" else "group"
    for code in entry.members:
        yield Child(Membership, {group: row, "member_country": code}, {})
    for position, item in enumerate(entry.agenda, start=1):
        identity = {"number": item.number} if item.number else {"title": item.title}
        values = {"position": position, "title": item.title}
        values = {field: value for field, value in values.items() if field not in identity}
        yield Child(AgendaItem, {"meeting": row, **identity}, values)
