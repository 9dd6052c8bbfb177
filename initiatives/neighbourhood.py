"""Which relations the page of each kind of entry shows. One function a kind."""

from django.db.models import F, Q, QuerySet

from initiatives.models import (
    Initiative,
    Meeting,
    MeetingSeries,
    Membership,
    Organization,
    Participation,
    Person,
)
from initiatives.relations import MOST_OF_A_KIND, RelatedEntry, branch, country_branch, related
from iomsite.publishing.models import is_published

Relations = dict[str, list[RelatedEntry]]


def meetings_branch(meetings: QuerySet, relation: str) -> QuerySet:
    """Return meetings as a branch, bounded to the newest: a body may hold thousands."""
    newest = meetings.order_by("-starts_on").values("pk")[:MOST_OF_A_KIND]
    return branch(
        Meeting.objects.filter(pk__in=newest),
        relation,
        "meeting",
        detail=F("place"),
        starts_on="starts_on",
        precision="starts_precision",
        ends_on="ends_on",
    )


def around_organization(organization: Organization) -> Relations:
    """Parts, predecessors, members, groups, initiatives, series and meetings of a body."""
    groups = organization.memberships.filter(is_published("group__"))
    series = organization.memberships.filter(is_published("series__"))
    members = organization.members.filter(is_published("member__"))
    meetings = Meeting.objects.published()
    own = meetings.filter(
        Q(organizers=organization)
        | Q(host=organization)
        | Q(series__organizer=organization) & is_published("series__")
    ).distinct()
    joined = organization.participations.filter(is_published("initiative__"))
    return related(
        [
            branch(organization.parts.published(), "parts", "organization"),
            branch(organization.predecessors.published(), "predecessors", "organization"),
            branch(members, "members", "organization", prefix="member__", detail=F("role")),
            country_branch(
                Membership.objects.filter(group=organization),
                "members",
                "member_country",
                F("role"),
            ),
            branch(groups, "groups", "organization", prefix="group__", detail=F("role")),
            branch(series, "groups", "meeting_series", prefix="series__", detail=F("role")),
            branch(joined, "initiatives", "initiative", prefix="initiative__", detail=F("role")),
            branch(organization.meeting_series.published(), "series", "meeting_series"),
            meetings_branch(own, "meetings"),
        ]
    )


def around_initiative(initiative: Initiative) -> Relations:
    """Participants, parts, predecessors and meeting series of an initiative."""
    bodies = initiative.participations.filter(is_published("organization__"))
    return related(
        [
            branch(
                bodies, "participants", "organization", prefix="organization__", detail=F("role")
            ),
            country_branch(
                Participation.objects.filter(initiative=initiative),
                "participants",
                "country",
                F("role"),
            ),
            branch(initiative.parts.published(), "parts", "initiative"),
            branch(initiative.predecessors.published(), "predecessors", "initiative"),
            branch(initiative.meeting_series.published(), "series", "meeting_series"),
        ]
    )


def around_series(series: MeetingSeries) -> Relations:
    """Members, supporting bodies, initiatives and meetings of a series."""
    members = series.members.filter(is_published("member__"))
    return related(
        [
            branch(members, "members", "organization", prefix="member__", detail=F("role")),
            country_branch(
                Membership.objects.filter(series=series), "members", "member_country", F("role")
            ),
            branch(series.supporting_bodies.published(), "supporters", "organization"),
            branch(series.initiatives.published(), "initiatives", "initiative"),
        ]
    )


def around_meeting(meeting: Meeting) -> Relations:
    """Organizers of a meeting, and the editions before and after it in its series."""
    branches = [branch(meeting.organizers.published(), "organizers", "organization")]
    if meeting.series_id and meeting.ordinal:
        editions = Meeting.objects.published().filter(series=meeting.series_id)
        branches += [
            meetings_branch(editions.filter(ordinal=meeting.ordinal - 1), "previous"),
            meetings_branch(editions.filter(ordinal=meeting.ordinal + 1), "next"),
        ]
    return related(branches)


def around_country(code: str) -> Relations:
    """What a country has to do with: bodies seated there, meetings, people, groups."""
    memberships = Membership.objects.filter(member_country=code)
    return related(
        [
            branch(Organization.objects.published().filter(country=code), "seat", "organization"),
            meetings_branch(Meeting.objects.published().filter(country=code), "meetings"),
            branch(Person.objects.published().filter(nationality=code), "people", "person"),
            branch(
                memberships.filter(is_published("group__")),
                "groups",
                "organization",
                prefix="group__",
                detail=F("role"),
            ),
            branch(
                memberships.filter(is_published("series__")),
                "groups",
                "meeting_series",
                prefix="series__",
                detail=F("role"),
            ),
            branch(
                Participation.objects.filter(is_published("initiative__"), country=code),
                "initiatives",
                "initiative",
                prefix="initiative__",
                detail=F("role"),
            ),
        ]
    )
