"""Two entries become one: every link, name and old address stays."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from initiatives.models import Identifier, Name, Organization
from speeches.mentions.deciding import confirm_above
from speeches.mentions.linking import link
from speeches.mentions.merging import CannotMerge, merge
from speeches.models import Contribution, Mention
from tests.histories import publish
from tests.make import (
    make_appointment,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_speech,
    make_staff,
)

pytestmark = pytest.mark.django_db


def published(item: Any) -> Any:
    item.status = "draft"
    item.save()
    publish(item)
    item.refresh_from_db()
    return item


@pytest.fixture
def pair() -> tuple[Organization, Organization]:
    kept = published(make_organization(name="Sample House", slug="house"))
    given_up = make_organization(name="House of Samples", slug="old-house", acronym="HOS")
    Name.objects.create(organization=given_up, text="Maison", language="fr", kind="primary")
    Identifier.objects.create(organization=given_up, scheme="wikidata", value="Q1")
    return kept, published(given_up)


def test_mentions_follow(pair: Any, client: Client) -> None:
    kept, given_up = pair
    speech = make_speech(body="<p>We thank the House of Samples.</p>")
    link(speech.texts.get())
    confirm_above(speech.texts.get(), 0, make_staff())

    merge(kept, given_up, make_staff())
    link(speech.texts.get())

    assert [(one.organization, one.status) for one in Mention.objects.all()] == [
        (kept, "confirmed")
    ]
    shown = client.get(speech.get_absolute_url()).content.decode()
    assert 'class="mention" href="/en/organizations/house/"' in shown


def test_names_and_identifiers_are_taken_over(pair: Any) -> None:
    kept, given_up = pair

    merge(kept, given_up, make_staff())

    assert {(name.text, name.kind) for name in kept.names.all()} >= {
        ("House of Samples", "other"), ("HOS", "acronym"), ("Maison", "other"),
    }  # fmt: skip
    assert [one.value for one in kept.identifiers.all()] == ["Q1"]


def test_the_old_address_leads_on(pair: Any, client: Client) -> None:
    kept, given_up = pair

    merge(kept, given_up, make_staff())
    answer = client.get("/en/organizations/old-house/")

    assert (answer.status_code, answer["Location"]) == (301, "/en/organizations/house/")


def test_what_pointed_at_it_points_at_the_other(pair: Any) -> None:
    kept, given_up = pair
    speech = published(make_speech())
    speech.organizations.add(given_up)
    Contribution.objects.create(speech=speech, name="Somebody", on_behalf_of=given_up)
    published(speech)
    part = make_organization(name="A part", parent=given_up)

    merge(kept, given_up, make_staff())

    part.refresh_from_db()
    assert part.parent == kept
    assert list(speech.organizations.all()) == [kept]
    assert [one.on_behalf_of for one in speech.contributions.all()] == [kept]


def test_the_parts_of_a_person_are_taken_over() -> None:
    kept, given_up = (published(make_person(name=name)) for name in ("A. Sample", "Anna Sample"))
    office = make_office(name="Sample Director", organization=make_organization(name="House"))
    make_appointment(person=given_up, office=office, starts_on=date(2001, 1, 1))

    merge(kept, given_up, make_staff())

    assert [one.office for one in kept.appointments.all()] == [office]


def test_the_meetings_of_a_series_are_taken_over() -> None:
    kept, given_up = (published(make_meeting_series(name=name)) for name in ("Forum", "The forum"))
    meeting = published(make_meeting(name="First", series=given_up))

    merge(kept, given_up, make_staff())

    meeting.refresh_from_db()
    assert meeting.series == kept


def test_a_draft_that_is_given_up_goes(pair: Any) -> None:
    kept, _other = pair
    draft = make_organization(name="A draft", status="draft")

    merge(kept, draft, make_staff())

    assert not Organization.objects.filter(name="A draft").exists()
    assert kept.names.filter(text="A draft").exists()


def test_an_entry_cannot_go_into_itself_or_another_kind(pair: Any) -> None:
    kept, _other = pair
    for other in (kept, make_person(name="A. Sample")):
        with pytest.raises(CannotMerge):
            merge(kept, other, make_staff())


class TestAction:
    address = "/admin/initiatives/organization/"

    def test_it_asks_which_one_stays_and_does_it(self, pair: Any, client: Client) -> None:
        kept, given_up = pair
        client.force_login(make_staff("publisher"))
        sent: dict[str, Any] = {
            "action": "merge_chosen",
            "_selected_action": [kept.pk, given_up.pk],
        }

        asked = client.post(self.address, sent).content.decode()
        client.post(self.address, sent | {"kept": kept.pk})

        assert "Which of the two stays?" in asked
        given_up.refresh_from_db()
        assert given_up.is_removed

    @pytest.mark.parametrize("role", ["editor", "reviewer"])
    def test_only_a_publisher_may(self, pair: Any, client: Client, role: str) -> None:
        kept, given_up = pair
        client.force_login(make_staff(role))

        client.post(self.address, {
            "action": "merge_chosen", "_selected_action": [kept.pk, given_up.pk], "kept": kept.pk,
        })  # fmt: skip

        given_up.refresh_from_db()
        assert not given_up.is_removed
