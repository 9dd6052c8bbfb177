"""The directory: every noun that a speech can name. Names are stable and come first."""

from initiatives.models.entities import Entity
from initiatives.models.initiatives import Initiative, Participation
from initiatives.models.meetings import AgendaItem, Meeting, MeetingDocument, MeetingSeries
from initiatives.models.names import Identifier, Name
from initiatives.models.organizations import Membership, Organization
from initiatives.models.people import Appointment, Office, Person
from initiatives.models.terms import Term

__all__ = [
    "AgendaItem",
    "Appointment",
    "Entity",
    "Identifier",
    "Initiative",
    "Meeting",
    "MeetingDocument",
    "MeetingSeries",
    "Membership",
    "Name",
    "Office",
    "Organization",
    "Participation",
    "Person",
    "Term",
]
