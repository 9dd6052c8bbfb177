"""The directory in the admin: entries, their rows, their doubts, their lists."""

import io
from datetime import date
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from initiatives.models import (
    AgendaItem,
    Appointment,
    Identifier,
    Membership,
    Name,
    Organization,
    Participation,
    Person,
)
from iomsite.addresses.ledger import remember
from iomsite.publishing.models import Status, WorkingCopy
from iomsite.publishing.workflow import perform
from tests.forms import errors_of, submit
from tests.make import (
    make_agenda_item,
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db

KINDS = ["organization", "person", "office", "initiative", "meetingseries", "meeting", "term"]


def logged_in(role: str = "") -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


def change(entry) -> str:
    return reverse(f"admin:initiatives_{entry._meta.model_name}_change", args=[entry.pk])


def picture() -> ContentFile:
    content = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(content, "PNG")
    return ContentFile(content.getvalue(), name="picture.png")


@pytest.mark.parametrize("kind", [*KINDS, "appointment", "membership", "name", "agendaitem"])
@pytest.mark.parametrize("role", ["editor", "reviewer", "publisher"])
def test_every_role_opens_every_list(kind, role):
    address = f"/admin/initiatives/{kind}/"
    assert logged_in(role).get(address).status_code == HTTPStatus.OK


def test_an_editor_adds_an_organization_with_its_names_and_a_date_as_far_as_known():
    response = submit(
        logged_in("editor"),
        "/admin/initiatives/organization/add/",
        **{
            "name": "Harbour Organization",
            "slug": "harbour",
            "founded_on": "1951-12",
            "uncertain_fields": ["founded_on"],
            "names-TOTAL_FORMS": 1,
            "names-0-text": "منظمة الميناء",
            "names-0-language": "ar",
            "names-0-kind": "primary",
            "identifiers-TOTAL_FORMS": 1,
            "identifiers-0-scheme": "wikidata",
            "identifiers-0-value": "Q1",
        },
    )
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    organization = Organization.objects.get()
    assert (organization.founded_on, organization.founded_precision) == (date(1951, 12, 1), "month")
    assert organization.uncertain_fields == ["founded_on"]
    assert organization.translated_names == {"ar": "منظمة الميناء"}
    assert Identifier.objects.of(organization).get().value == "Q1"


@pytest.mark.parametrize(
    "make",
    [
        make_organization,
        make_person,
        make_office,
        make_initiative,
        make_meeting_series,
        make_meeting,
    ],
)
def test_saving_an_entry_unchanged_changes_nothing(make):
    entry = make(status=Status.DRAFT, note="A fact.", uncertain_fields=["name", "own words"])
    model = type(entry)
    before = model.objects.filter(pk=entry.pk).values().get()
    response = submit(logged_in("editor"), change(entry))
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    after = model.objects.filter(pk=entry.pk).values().get()
    assert before | {"updated_at": None} == after | {"updated_at": None}


def test_what_is_to_be_verified_stands_in_the_list_and_above_the_form():
    organization = make_organization(uncertain_fields=["founded_on", "country"])
    certain = make_organization()
    client = logged_in("editor")
    listed = client.get("/admin/initiatives/organization/", {"doubts": "yes"})
    assert list(listed.context["cl"].result_list) == [organization]
    assert "Founded, Country of the headquarters" in listed.content.decode()
    assert "To verify: Founded, Country" in client.get(change(organization)).content.decode()
    assert "To verify: " not in client.get(change(certain)).content.decode()


def test_overlapping_terms_in_one_office_are_refused_in_words():
    appointment = make_appointment(person=make_person(name="Ada Lindqvist", status=Status.DRAFT))
    other = make_person(status=Status.DRAFT)
    rows = {
        "appointments-TOTAL_FORMS": 1,
        "appointments-0-office": appointment.office.pk,
        "appointments-0-starts_on": "2010",
    }
    response = submit(logged_in("editor"), change(other), **rows)
    assert "Ada Lindqvist holds this office in the same time" in errors_of(response)


@pytest.mark.parametrize(
    ("make", "rows", "message"),
    [
        (
            make_person,
            {"names": {"text": "A", "language": "fr", "kind": "primary"}},
            "one primary name for each language",
        ),
        (
            make_meeting,
            {"agenda_items": {"number": "1", "title": "Opening", "language": "en", "position": 0}},
            "two items of one number",
        ),
        (
            make_initiative,
            {"participations": {"country": "CH", "role": "lead"}},
            "Two rows are the same",
        ),
    ],
)
def test_two_equal_new_rows_are_refused_and_not_an_error_page(make, rows, message):
    entry = make(status=Status.DRAFT)
    values = {}
    for prefix, row in rows.items():
        values[f"{prefix}-TOTAL_FORMS"] = 2
        for number in range(2):
            values |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    values |= {"names-1-text": "B"} if "names" in rows else {}
    response = submit(logged_in("editor"), change(entry), **values)
    assert response.status_code == HTTPStatus.OK
    assert message in errors_of(response)
    assert not AgendaItem.objects.exists()
    assert not Name.objects.exists()
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"founded_on": "1990", "dissolved_on": "1980"}, "The end lies before the start"),
        ({"slug": "harbour"}, "already exists"),
        ({"founded_on": "soon"}, "no date"),
        ({"country": "XX"}, "not one of the available choices"),
    ],
)
def test_impossible_facts_are_refused_with_the_mend(values, message):
    make_organization(slug="harbour")
    organization = make_organization(status=Status.DRAFT)
    assert message in errors_of(submit(logged_in("editor"), change(organization), **values))


def test_an_editor_changes_a_public_entry_in_its_working_copy_alone():
    public = make_person(name="Ada Example")
    client = logged_in("editor")
    submit(client, change(public), name="Ada Changed")
    public.refresh_from_db()
    assert public.name == "Ada Example"
    assert WorkingCopy.objects.of(public).get().content["fields"]["name"] == "Ada Changed"


def test_no_form_publishes():
    draft = make_person(status=Status.DRAFT)
    for role in ("editor", "reviewer", "publisher"):
        submit(logged_in(role), change(draft), status="published", published_at_0="2020-01-01")
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_an_editor_cannot_appoint_where_the_public_would_see_it_at_once():
    person, office = make_person(), make_office()
    values = {"person": person.pk, "office": office.pk, "starts_on": "2019"}
    address = "/admin/initiatives/appointment/add/"
    for role in ("editor", "publisher"):
        assert "it becomes part of the working copy" in errors_of(
            submit(logged_in(role), address, **values)
        )
    Person.objects.update(status=Status.DRAFT)
    accepted = submit(logged_in("editor"), address, **values)
    assert accepted.status_code == HTTPStatus.FOUND, errors_of(accepted)
    assert Appointment.objects.get().starts_precision == "year"


def test_the_new_address_of_a_public_entry_waits_in_its_working_copy():
    organization = make_organization(slug="harbour")
    remember(organization)
    submit(logged_in("publisher"), change(organization), slug="port")
    organization.refresh_from_db()
    assert organization.slug == "harbour"
    perform("submit", organization)
    perform("publish", organization)
    old, new = (Client().get(f"/en/organizations/{slug}/") for slug in ("harbour", "port"))
    assert (old.status_code, new.status_code) == (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.OK)


def test_a_member_state_joins_in_the_list_of_memberships():
    group = make_organization(status=Status.DRAFT)
    values = {"member_country": "CH", "group": group.pk, "starts_on": "1951"}
    submit(logged_in("editor"), "/admin/initiatives/membership/add/", **values)
    assert Membership.objects.get().member_country == "CH"
    page = logged_in("editor").get("/admin/initiatives/membership/").content.decode()
    assert "Switzerland" in page


@pytest.mark.parametrize("query", ["Harbour", "HOM", "منظمة", "harbour-org"])
def test_an_entry_is_found_by_any_of_its_names(query):
    organization = make_organization(name="Harbour Organization", acronym="HOM", slug="harbour-org")
    for kind in ("primary", "other"):
        Name.objects.create(
            organization=organization, text="منظمة الميناء", language="ar", kind=kind
        )
    make_organization()
    listed = logged_in("editor").get("/admin/initiatives/organization/", {"q": query})
    assert list(listed.context["cl"].result_list) == [organization]


def test_pictures_are_shown_in_the_list_and_the_form():
    person = make_person(portrait=picture(), portrait_alternative="A portrait")
    client = logged_in("publisher")
    for address in ("/admin/initiatives/person/", change(person)):
        assert f'src="{person.portrait.url}"' in client.get(address).content.decode()


def test_a_file_that_is_no_picture_is_refused():
    organization = make_organization(status=Status.DRAFT)
    logo = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>", name="logo.svg")
    response = submit(logged_in("editor"), change(organization), logo=logo, logo_alternative="x")
    assert "image" in errors_of(response).lower() or "picture" in errors_of(response)


def fill(kind: str) -> None:
    organization = make_organization()
    series = make_meeting_series(organizer=organization)
    appointment = make_appointment(office=make_office(organization=organization))
    make_agenda_item(meeting=make_meeting(series=series, host=organization))
    make_initiative(parent=make_initiative())
    Name.objects.create(person=appointment.person, text="A. L.", kind="short")
    Membership.objects.create(member=make_organization(), group=organization)


@pytest.mark.parametrize("kind", [*KINDS, "appointment", "membership", "name"])
def test_a_list_takes_as_many_queries_for_many_rows_as_for_a_few(
    kind, django_assert_max_num_queries
):
    client = logged_in("editor")
    address = f"/admin/initiatives/{kind}/"
    for _number in range(3):
        fill(kind)
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for _number in range(8):
        fill(kind)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_person_added_in_a_popup_goes_back_to_the_speech():
    values = {"name": "Ada Lindqvist", "slug": "ada", "_popup": "1"}
    response = submit(logged_in("editor"), "/admin/initiatives/person/add/?_popup=1", **values)
    assert str(Person.objects.get().pk) in response.content.decode()
    assert "popup_response.js" in response.content.decode()
