"""A spreadsheet that changes what is public changes working copies."""

import pytest

from initiatives.models import Appointment, Organization
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import WorkingCopy
from tests.initiatives.tables import confirm, logged_in, upload
from tests.make import make_appointment, make_office, make_organization, make_staff


@pytest.mark.django_db
def test_a_file_changes_what_is_public_in_working_copies_alone():
    organization = make_organization(slug="public", name="Public")
    appointment = make_appointment(office=make_office(slug="chair"), ends_on=None)
    person = appointment.person.slug
    client = logged_in()
    confirm(client, upload(client, "slug,name,note\npublic,Changed,New note\n"))
    address = "/admin/initiatives/appointment/"
    table = f"person,office,starts,ends\n{person},chair,2008-10-01,2018\n{person},chair,2001,2003\n"
    confirm(client, upload(client, table, address=address), address)
    organization.refresh_from_db()
    assert (organization.name, Appointment.objects.get().ends_on) == ("Public", None)
    assert WorkingCopy.objects.of(organization).get().content["fields"]["name"] == "Changed"
    terms = WorkingCopy.objects.of(appointment.person).get().content["parts"]["appointments"]
    assert [term["fields"]["ends_on"] for term in terms] == ["2018-01-01", "2003-01-01"]


@pytest.mark.django_db
def test_a_file_does_not_overwrite_what_somebody_is_writing():
    organization = make_organization(slug="public", name="Public")
    with editing(organization, make_staff("editor")):
        Organization.objects.filter(pk=organization.pk).update(note="Being written")
    page = upload(logged_in(), "slug,name\npublic,Changed\n").content.decode()
    assert "has a working copy" in page
