"""What the directory refuses, and how it names things."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from initiatives.models import Appointment, Identifier, Membership, Name, Participation
from tests.make import (
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
)

pytestmark = pytest.mark.django_db


def test_a_name_follows_the_language_of_the_page():
    body = make_organization(name="Organization of Samples")
    Name.objects.create(
        organization=body, text="Organisation des exemples", language="fr", kind="primary"
    )
    body.refresh_from_db()

    with override("fr"):
        assert body.local_name == ("Organisation des exemples", "fr")
    with override("ru"):
        assert body.local_name == ("Organization of Samples", "en")


def test_a_deleted_or_changed_name_leaves_no_copy_behind():
    body = make_organization()
    name = Name.objects.create(organization=body, text="Ancien", language="fr", kind="primary")
    name.text = "Nouveau"
    name.save()
    body.refresh_from_db()
    assert body.translated_names == {"fr": "Nouveau"}

    name.delete()

    body.refresh_from_db()
    assert body.translated_names == {}


def test_an_entry_has_one_primary_name_a_language():
    body = make_organization()
    Name.objects.create(organization=body, text="Un", language="fr", kind="primary")

    with pytest.raises(IntegrityError):
        Name.objects.create(organization=body, text="Deux", language="fr", kind="primary")


@pytest.mark.parametrize("owners", [[], ["organization", "person"]])
def test_a_name_belongs_to_exactly_one_entry(owners):
    values = {"organization": make_organization(), "person": make_person()}

    with pytest.raises(IntegrityError):
        Name.objects.bulk_create([Name(text="Name", **{key: values[key] for key in owners})])


def test_an_identifier_belongs_to_one_entry_only():
    Identifier.objects.create(organization=make_organization(), scheme="wikidata", value="Q315")

    with pytest.raises(IntegrityError):
        Identifier.objects.create(person=make_person(), scheme="wikidata", value="Q315")


def test_an_identifier_leads_to_its_register():
    identifier = Identifier(scheme="wikidata", value="Q315")

    assert identifier.url == "https://www.wikidata.org/wiki/Q315"


def test_an_organization_is_no_part_of_itself_at_any_distance():
    top = make_organization()
    middle = make_organization(parent=top)
    top.parent = make_organization(parent=middle)

    with pytest.raises(ValidationError, match="part of itself"):
        top.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(top).objects.filter(pk=top.pk).update(parent=top)


@pytest.mark.parametrize(
    ("start", "start_precision", "end", "end_precision", "is_refused"),
    [
        (date(2008, 10, 1), "day", date(2008, 9, 30), "day", True),
        (date(2008, 10, 1), "month", date(2008, 1, 1), "year", False),
        (date(2008, 10, 1), "month", date(2008, 9, 1), "month", True),
        (date(2008, 1, 1), "year", date(2007, 1, 1), "year", True),
        (date(2008, 1, 1), "day", date(2008, 1, 1), "day", False),
    ],
)
def test_an_appointment_that_ends_before_it_starts_is_refused(
    start, start_precision, end, end_precision, is_refused
):
    appointment = Appointment(
        person=make_person(), office=make_office(), starts_on=start, ends_on=end,
        starts_precision=start_precision, ends_precision=end_precision,
    )  # fmt: skip

    if is_refused:
        with pytest.raises(ValidationError, match="lies before the start"):
            appointment.full_clean()
    else:
        appointment.full_clean()


def test_the_database_itself_refuses_days_out_of_order():
    with pytest.raises(IntegrityError):
        make_appointment(starts_on=date(2008, 10, 2), ends_on=date(2008, 10, 1))


@pytest.mark.parametrize(
    ("starts_on", "precision", "is_refused"),
    [
        (date(2017, 1, 1), "day", True),
        (date(2018, 10, 1), "day", False),
        (date(2018, 1, 1), "year", False),
        (date(2016, 1, 1), "year", True),
    ],
)
def test_two_people_cannot_certainly_hold_one_office_at_once(starts_on, precision, is_refused):
    office = make_office()
    make_appointment(office=office, starts_on=date(2008, 10, 1), ends_on=date(2018, 9, 30))
    next_one = Appointment(
        person=make_person(), office=office, starts_on=starts_on, starts_precision=precision
    )

    if is_refused:
        with pytest.raises(ValidationError, match="holds this office in the same time"):
            next_one.full_clean()
    else:
        next_one.full_clean()


def test_an_office_with_several_holders_lets_them_overlap():
    office = make_office(has_one_holder=False)
    make_appointment(office=office)

    Appointment(person=make_person(), office=office, starts_on=date(2010, 1, 1)).full_clean()


def test_a_series_has_one_meeting_of_a_number():
    series = make_meeting_series()
    make_meeting(series=series, ordinal=1)

    with pytest.raises(IntegrityError):
        make_meeting(series=series, ordinal=1)


def test_a_number_without_a_series_is_refused():
    with pytest.raises(IntegrityError):
        make_meeting(ordinal=1)


def test_a_membership_names_one_member_and_one_group():
    body, group = make_organization(), make_organization()

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=body, member_country="CH", group=group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=body)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=body, group=body)


def test_a_membership_or_participation_is_recorded_once():
    group, initiative = make_organization(), make_initiative()
    Membership.objects.create(member_country="CH", group=group)
    Participation.objects.create(country="CH", initiative=initiative, role="partner")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member_country="CH", group=group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(country="CH", initiative=initiative, role="partner")


def test_a_logo_needs_an_alternative_text():
    with pytest.raises(IntegrityError):
        make_organization(logo="images/logo.webp")


def test_a_membership_without_a_first_day_is_valid_and_recorded_once():
    group = make_organization()
    Membership(member_country="CH", group=group).full_clean()
    Membership.objects.create(member_country="CH", group=group)

    with pytest.raises(ValidationError, match="recorded already"):
        Membership(member_country="CH", group=group).full_clean()
