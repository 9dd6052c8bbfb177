"""Versions: what goes out is written down, nothing changes it, and every change is found."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from initiatives.models import Organization
from iomsite.addresses.models import PublicAddress
from iomsite.append_only import guarded_tables
from iomsite.audit.models import AuditEntry
from iomsite.publishing.beginning import begin
from iomsite.publishing.models import Status, Version
from iomsite.publishing.workflow import perform
from speeches.models import Source, Speech
from tests.guards import lifted
from tests.histories import change, exported, in_days, make_public, offline, publish, verify
from tests.make import make_organization, make_page, make_speech

pytestmark = pytest.mark.django_db

TABLE = Version._meta.db_table


def execute(statement, *values):
    with lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_publish_writes_one_version_with_all_that_went_out():
    speech = make_public(title="The title", place="Geneva", staff_note="Between us.")

    version = Version.objects.of(speech).get()

    assert version.number == 1
    assert version.content["fields"]["place"] == "Geneva"
    assert version.content["parts"]["texts"][0]["fields"]["title"] == "The title"
    assert version.content["parts"]["texts"][0]["derived"]["anchors"] == ["p1", "p2"]
    assert "Between us." not in json.dumps(version.content)


@pytest.mark.parametrize(
    "statement", [f"UPDATE {TABLE} SET change_note = 'x'", f"DELETE FROM {TABLE}"]
)
def test_the_database_itself_refuses_to_change_a_version(statement):
    make_public()

    assert TABLE in guarded_tables(connection)
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_version_replaced_under_embargo_was_never_public():
    speech = make_speech(status=Status.DRAFT)
    publish(speech, at=in_days(3))
    change(speech, title="Corrected before its time")
    perform("release", speech, reason="Agreed.")

    assert list(Version.objects.of(speech).ever_public().values_list("number", flat=True)) == [3]


def test_a_version_taken_off_the_schedule_never_becomes_public_by_the_passing_of_time():
    speech = make_speech(status=Status.DRAFT, title="Not for the public")
    publish(speech, at=in_days(3))
    perform("unschedule", speech)
    speech.refresh_from_db()
    publish(speech)
    # As if the three days were over: the time the first version named has passed.
    execute(
        f"UPDATE {TABLE} SET published_at = %s WHERE number = 1", timezone.now() - timedelta(days=1)
    )
    execute(f"UPDATE {TABLE} SET made_at = %s WHERE number = 1", timezone.now() - timedelta(days=4))

    assert list(Version.objects.of(speech).ever_public().values_list("number", flat=True)) == [2]


def test_a_history_that_nobody_touched_holds():
    speech = make_public()
    change(speech, title="Another title", note="The title corrected.")
    perform("withdraw", speech, notice="A mistake.")
    perform("reinstate", speech, reason="None after all.")
    unscheduled = make_speech(status=Status.DRAFT)
    publish(unscheduled, at=in_days(3))
    perform("unschedule", unscheduled)

    assert verify() == ""
    assert verify("--item", f"speeches.speech:{speech.pk}") == ""


def broken_by(statement, *values):
    speech = make_public()
    change(speech, title="Another title")
    change(speech, title="A third title")
    execute(statement.format(table=TABLE), *values)
    return verify()


def test_a_changed_note_is_found_and_named():
    said = broken_by("UPDATE {table} SET change_note = 'x' WHERE number = 2")

    assert "version 2: What it says of itself was changed." in said


def test_a_missing_version_is_found_and_named():
    said = broken_by("DELETE FROM {table} WHERE number = 2")

    assert "version 3: A version before this one is missing." in said


def test_versions_missing_at_the_end_are_found_by_the_log():
    said = broken_by("DELETE FROM {table} WHERE number = 3")

    assert "version 3: The audit log names it, but it is not there." in said


def test_a_version_made_up_with_all_its_hashes_is_found_by_the_log():
    speech = make_public()
    version = Version.objects.of(speech).get()
    version.change_note = "Made up."
    version.hash = version.compute_hash()
    with lifted():
        version.save()

    assert "version 1: The audit log knows no version with this hash." in verify()


def test_a_history_missing_as_a_whole_is_found():
    assert "version 1: The log names versions" in broken_by("DELETE FROM {table}")


@pytest.mark.parametrize("values", [{"place": "Elsewhere"}, {"published_at": timezone.now()}])
def test_a_row_changed_past_the_workflow_is_found(values):
    speech = make_public()
    Speech.objects.filter(pk=speech.pk).update(**values)

    assert "was changed without a version" in verify()


def test_a_public_item_made_a_draft_past_the_workflow_is_found():
    speech = make_public()
    Speech.objects.filter(pk=speech.pk).update(status=Status.DRAFT, published_at=None)

    assert "status was changed without a version" in verify()


def test_an_item_deleted_past_the_workflow_is_found():
    speech = make_public()
    Speech.objects.filter(pk=speech.pk).delete()

    assert "The item itself is gone." in verify()


def test_what_is_public_without_a_history_is_found_and_begun_once():
    speech, page = make_speech(), make_page()
    make_speech(status=Status.DRAFT)
    assert "run begin_history" in verify()

    call_command("begin_history", stdout=StringIO())
    call_command("begin_history", stdout=StringIO())

    assert verify() == ""
    assert Version.objects.count() == 2
    assert Version.objects.of(page).get().published_at == page.published_at
    assert PublicAddress.objects.filter(kind="speeches.speech", item=speech.pk).exists()
    assert AuditEntry.objects.filter(action="publishing.begin_history").count() == 2


def test_beginning_goes_on_where_it_was_broken_off():
    for _number in range(5):
        make_organization()

    assert next(begin(Organization, batch=2)) == 2
    assert list(begin(Organization, batch=2)) == [2, 1]


@pytest.mark.parametrize("typed", ["speeches.speech", "nothing:1", "auth.user:1", "a:b:c", ":"])
def test_what_is_no_item_is_refused_with_an_example(typed):
    with pytest.raises(CommandError, match=r"speeches\.speech:17"):
        call_command("verify_history", "--item", typed)


def test_an_exported_history_is_checked_by_the_command_and_by_the_script(tmp_path):
    speech = make_public()
    change(speech, title="Another title")
    call_command("export_history", tmp_path, "--kind", "speeches.speech", stdout=StringIO())
    [file] = tmp_path.iterdir()

    assert verify("--export", str(file)) == ""
    file.write_text(file.read_text().replace("Another", "No other"))
    assert "Version 2: its content was changed." in verify("--export", str(file))


def test_names_of_imported_files_are_in_no_export_for_the_public():
    speech = make_speech(status=Status.DRAFT)
    Source.objects.create(
        speech_text=speech.texts.get(), uri="confidential.docx", format="docx", checksum="0" * 64
    )
    publish(speech)

    assert "confidential.docx" not in exported(speech)
    assert "confidential.docx" in exported(speech, complete=True)
    script = offline()
    assert script.verify(script.read(exported(speech))) == 1
    assert script.verify(script.read(exported(speech, complete=True)), complete=True) == 1


def test_what_was_written_while_removed_is_in_no_export_for_the_public():
    speech = make_public()
    perform("remove", speech, notice="By order of a court.")
    change(speech, title="Words from the dark")
    perform("reinstate", speech, reason="The order was lifted.")
    change(speech, title="Words for the public")
    script = offline()

    assert "Words from the dark" in exported(speech, complete=True)
    assert script.verify(script.read(exported(speech, complete=True)), complete=True) == 5
    held = exported(speech)
    assert script.verify(script.read(held)) == 5
    versions = json.loads(held)["versions"]
    assert ["content" in version for version in versions] == [True, False, False, True, True]
