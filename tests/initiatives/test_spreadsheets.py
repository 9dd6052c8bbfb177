"""The directory's tables as spreadsheets: out, edited, previewed, in again."""

import io
import zipfile
from datetime import date
from http import HTTPStatus

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tablib import Dataset

from initiatives import resources
from initiatives.columns import FORMULA_STARTS, protect, unprotect
from initiatives.models import Appointment, Name, Organization
from initiatives.name_resource import NameResource
from iomsite.dates import Precision
from iomsite.publishing.models import Status
from tests.initiatives.tables import ADDRESS, CSV, XLSX, confirm, export, logged_in, upload
from tests.make import (
    make_appointment,
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
)


@given(st.text(max_size=20) | st.sampled_from(["'=1+1", "''", "'-5", "=1+1", "'@a", "'"]))
def test_a_protected_cell_is_no_formula_and_comes_back_as_it_was(text):
    assert not protect(text).startswith(FORMULA_STARTS)
    assert unprotect(protect(text)) == text


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_an_exported_table_comes_back_unchanged(kind):
    parent = make_organization(slug="parent", status=Status.DRAFT)
    make_organization(
        slug="child",
        parent=parent,
        name='=HYPERLINK("http://example.org")',
        note="'+41 22",
        founded_on=date(1951, 12, 1),
        founded_precision=Precision.MONTH,
        description="<p>Words, “quoted”; and منظمة.</p>",
        kind="organ",
        country="CH",
        status=Status.DRAFT,
    )
    client = logged_in()
    table = export(client, kind)
    if kind == CSV:
        assert "'=HYPERLINK" in table.decode("utf-8-sig")
        assert "1951-12" in table.decode("utf-8-sig")
    preview = upload(client, table, kind)
    rows = preview.context["result"].rows
    assert [row.import_type for row in rows] == ["skip", "skip"], preview.content.decode()


@pytest.mark.django_db
def test_nothing_is_saved_before_the_preview_is_confirmed():
    client = logged_in()
    preview = upload(client, "slug,name,founded\nharbour,Harbour,1951-12\n")
    assert not Organization.objects.exists()
    assert "nothing has been saved yet" in preview.content.decode()
    confirm(client, preview)
    organization = Organization.objects.get()
    assert (organization.status, organization.founded_precision) == (Status.DRAFT, "month")
    assert organization.created_at


@pytest.mark.django_db
def test_a_column_that_is_left_out_stays_as_it_is_and_unchanged_rows_are_skipped():
    make_organization(slug="a", name="A", acronym="AA", status=Status.DRAFT)
    make_organization(slug="b", name="B", status=Status.DRAFT)
    client = logged_in()
    preview = upload(client, "slug,name\na,New\nb,B\n")
    assert [row.import_type for row in preview.context["result"].rows] == ["update", "skip"]
    confirm(client, preview)
    assert Organization.objects.get(slug="a").name == "New"
    assert Organization.objects.get(slug="a").acronym == "AA"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            "slug,name,founded\na,A,soon\n",
            ["<td>2</td>", "<code>founded</code>", "no date. Write 2008"],
        ),
        ("slug,name\na,A\nb,\n", ["<td>3</td>", "name", "cannot be blank"]),
        ("slug,name,parent\na,A,nowhere\n", ["parent", "no organization “nowhere”"]),
        ("slug,name,kind\na,A,club\n", ["kind", "Write one of: intergovernmental"]),
        ("slug,name,country\na,A,Suisse\n", ["country", "Write an ISO code, such as"]),
        ("slug,name,website\na,A,javascript:x\n", ["website", "valid URL"]),
        ("slug,name,founded,dissolved\na,A,1990,1980\n", ["The end lies before the start"]),
        ("slug,name,colour\na,A,blue\n", ["The column “colour” is not known"]),
        ("slug,name\na,A\na,B\n", ["Rows 2 and 3 are about the same entry"]),
        ("name\nA\n", ["slug"]),
        ("", ["file is empty"]),
    ],
)
def test_a_bad_row_is_named_with_its_field_and_mend_and_nothing_is_imported(table, words):
    page = upload(logged_in(), table).content.decode()
    for word in words:
        assert word in page
    assert not Organization.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ("slug,name\na,Gen\xe8ve\n".encode("latin-1"), CSV, "not in UTF-8"),
        (b"PK\x03\x04 no workbook", XLSX, "no Excel workbook"),
        (b"slug,name\n" + b"a" * (10 * 1024 * 1024), CSV, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(content, kind, message):
    assert message in upload(logged_in(), content, kind).content.decode()


@pytest.mark.django_db
def test_a_workbook_that_unpacks_to_an_absurd_size_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (101 * 1024 * 1024))
    page = upload(logged_in(), bomb.getvalue(), XLSX).content.decode()
    assert "unpacks to more than 100 MB" in page


@pytest.mark.django_db
def test_a_script_in_a_cell_is_taken_out():
    client = logged_in()
    confirm(client, upload(client, "slug,name,description\na,A,<p>x</p><script>1</script>\n"))
    assert Organization.objects.get().description == "<p>x</p>"


@pytest.mark.django_db
def test_a_semicolon_between_the_cells_is_understood():
    client = logged_in()
    confirm(client, upload(client, "slug;name\na;A, B\n"))
    assert Organization.objects.get().name == "A, B"


@pytest.mark.django_db
def test_dates_and_numbers_that_excel_made_of_cells_are_read():
    book = openpyxl.Workbook()
    book.active.append(["slug", "name", "founded", "dissolved"])
    book.active.append(["a", "A", 1951, date(1999, 12, 31)])
    content = io.BytesIO()
    book.save(content)
    client = logged_in()
    confirm(client, upload(client, content.getvalue(), XLSX))
    organization = Organization.objects.get()
    assert (organization.founded_precision, organization.dissolved_on.year) == ("year", 1999)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("slug,name,status\nnew,New,published\n", "Ask a publisher to publish the entry"),
        ("slug,name,status\npublic,Public,draft\n", "This entry is public"),
        ("slug,name,status\nnew,New,removed\n", "Write draft, in_review or published"),
    ],
)
def test_an_editor_cannot_change_what_the_public_sees_by_a_file(table, message):
    make_organization(slug="public", name="Public")
    assert message in upload(logged_in(), table).content.decode()


@pytest.mark.django_db
def test_a_publisher_publishes_by_a_file():
    client = logged_in("publisher")
    confirm(client, upload(client, "slug,name,status\nnew,New,published\n"))
    assert Organization.objects.published().get().slug == "new"


@pytest.mark.django_db
def test_an_import_that_fits_no_more_when_confirmed_saves_nothing():
    parent = make_organization(slug="parent", status=Status.DRAFT)
    client = logged_in()
    preview = upload(client, "slug,name,parent\na,A,\nb,B,parent\n")
    parent.delete()
    confirm(client, preview)
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_a_reviewer_may_export_and_not_import():
    client = logged_in("reviewer")
    assert client.get(f"{ADDRESS}import/").status_code == HTTPStatus.FORBIDDEN
    assert client.get(f"{ADDRESS}export/").status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_appointments_are_found_by_person_office_and_start():
    appointment = make_appointment(
        starts_on=date(2008, 10, 1),
        starts_precision="month",
        person=make_person(status=Status.DRAFT),
    )
    client = logged_in("editor")
    table = "person,office,starts,ends\n{},{},2008-10,2018\n{},{},2019,\n".format(
        *[appointment.person.slug, appointment.office.slug] * 2
    )
    address = "/admin/initiatives/appointment/"
    confirm(client, upload(client, table, address=address), address)
    ends = Appointment.objects.order_by("starts_on").values_list("ends_on", "ends_precision")
    assert list(ends) == [(date(2018, 1, 1), "year"), (None, "day")]


@pytest.mark.django_db
def test_names_are_imported_to_an_entry_of_any_kind():
    organization = make_organization(slug="harbour", status=Status.DRAFT)
    client = logged_in()
    address = "/admin/initiatives/name/"
    table = "entry,text,language,kind,policy\norganization/harbour,منظمة,ar,primary,\n"
    confirm(client, upload(client, table, address=address), address)
    organization.refresh_from_db()
    assert organization.translated_names == {"ar": "منظمة"}
    again = upload(client, export(client, address=address), address=address)
    assert [row.import_type for row in again.context["result"].rows] == ["skip"]
    wrong = upload(client, "entry,text,language,kind\nship/x,A,en,other\n", address=address)
    assert "names no entry" in wrong.content.decode()
    assert Name.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "resource",
    [
        resources.OrganizationResource,
        resources.PersonResource,
        resources.OfficeResource,
        resources.InitiativeResource,
        resources.MeetingSeriesResource,
        resources.MeetingResource,
        resources.AppointmentResource,
        resources.TermResource,
        NameResource,
    ],
)
def test_every_table_comes_back_unchanged(resource):
    organization = make_organization()
    series = make_meeting_series(organizer=organization)
    make_meeting(series=series, ordinal=94, host=organization).organizers.add(organization)
    make_initiative(series=series)
    appointment = make_appointment(office=make_office(organization=organization))
    Name.objects.create(person=appointment.person, text="-A.", kind="short")
    make_person(born_on=date(1950, 1, 1), born_precision="year")
    table = Dataset().load(resource().export().export("csv"), format="csv")
    result = resource().import_data(table, dry_run=True)
    assert not result.has_errors(), [error.error for _n, e in result.row_errors() for error in e]
    assert not result.has_validation_errors(), [row.error for row in result.invalid_rows]
    assert {row.import_type for row in result.rows} <= {"skip"}
