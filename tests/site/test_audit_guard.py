"""Nobody changes the audit log, not even past the models, and who does is found out."""

from random import Random

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from iomsite.append_only import append_only, guarded_tables
from iomsite.audit import log
from iomsite.audit.log import record
from iomsite.audit.models import FIRST, AuditEntry, AuditHead
from iomsite.audit.verify import verify, verify_all
from tests.guards import lifted

TABLE = AuditEntry._meta.db_table


def make_entries(count):
    return [record("test.done", actor=None, data={"number": number}) for number in range(count)]


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET action = 'nothing'",
        f"UPDATE {TABLE} SET made_at = made_at",
        f"DELETE FROM {TABLE}",
        f"DELETE FROM {TABLE} WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(statement):
    make_entries(3)

    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        execute(statement)

    assert AuditEntry.objects.count() == 3


@pytest.mark.django_db
def test_without_the_guard_the_same_statement_goes_through():
    make_entries(3)

    with lifted():
        execute(f"DELETE FROM {TABLE} WHERE sequence = 2")

    assert AuditEntry.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite knows no TRUNCATE")
def test_the_database_refuses_to_empty_the_log_at_one_go():
    make_entries(1)

    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        execute(f"TRUNCATE {TABLE}")


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL knows no REPLACE")
def test_the_database_refuses_to_replace_an_entry():
    make_entries(1)
    columns = ", ".join(field.column for field in AuditEntry._meta.fields)

    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        execute(f"REPLACE INTO {TABLE} ({columns}) SELECT {columns} FROM {TABLE}")


@pytest.mark.django_db(transaction=True)
def test_the_guard_stands_again_after_the_test_database_was_emptied():
    make_entries(1)
    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEntry.objects.filter(action="test.done").exists()
    assert TABLE in guarded_tables(connection)
    assert record("test.done", actor=None).sequence == AuditEntry.objects.count()


@pytest.mark.django_db(transaction=True)
def test_the_guard_can_be_taken_back_by_its_migration_and_put_on_again():
    operation = append_only(TABLE)
    with connection.schema_editor() as editor:
        operation.database_backwards("audit", editor, None, None)
    assert TABLE not in guarded_tables(connection)

    with connection.schema_editor() as editor:
        operation.database_forwards("audit", editor, None, None)
    assert TABLE in guarded_tables(connection)


@pytest.mark.django_db
def test_every_table_that_says_it_only_grows_does_so():
    asked = {
        operation.table
        for config in apps.get_app_configs()
        for operation in _guards_in_migrations(config.label)
    }

    assert TABLE in asked
    assert asked == guarded_tables(connection), (
        "SQLite drops the guard when a table is altered: end that migration with append_only."
    )


def _guards_in_migrations(label):
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    for (app, _name), migration in MigrationLoader(connection).disk_migrations.items():
        if app == label:
            yield from (op for op in migration.operations if hasattr(op, "table"))


@pytest.mark.django_db
def test_an_untouched_chain_verifies_and_an_empty_one_too():
    assert verify([]) is None
    make_entries(5)
    assert verify_all(end=log.head()) is None


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["action", "actor_name", "kind", "item", "data", "made_at",
                                   "actor", "hash", "previous_hash"])  # fmt: skip
def test_a_change_of_any_field_is_found_and_the_entry_named(field):
    make_entries(5)
    entries = list(AuditEntry.objects.order_by("sequence"))
    value = getattr(entries[2], field)
    changed = {
        "item": 99, "actor": 99, "data": {"number": 99},
        "made_at": entries[0].made_at.replace(year=1999),
    }.get(field, f"{value}x")  # fmt: skip
    setattr(entries[2], field, changed)

    problem = verify(entries)

    assert problem is not None
    assert problem.sequence == 3


@pytest.mark.django_db
def test_what_is_missing_doubled_moved_or_rewritten_is_found():
    make_entries(40)
    entries = list(AuditEntry.objects.order_by("sequence"))
    end = log.head()
    random = Random(4)  # noqa: S311 - the same forgeries each time
    for _ in range(200):
        forged = list(entries)
        first, second = sorted(random.sample(range(40), 2))
        match random.choice(["missing", "doubled", "moved", "cut off"]):
            case "missing":
                del forged[first]
            case "doubled":
                forged.insert(first, forged[second])
            case "moved":
                forged[first], forged[second] = forged[second], forged[first]
            case "cut off":
                del forged[second:]
        assert verify(forged, end=end) is not None


@pytest.mark.django_db
def test_a_chain_rewritten_from_the_middle_is_found_by_a_head_that_was_kept():
    make_entries(5)
    kept = log.head()
    last = FIRST
    rewritten = list(AuditEntry.objects.order_by("sequence"))
    for entry in rewritten:
        entry.data, entry.previous_hash = {"number": 1}, last
        last = entry.hash = entry.computed_hash()

    assert verify(rewritten) is None
    assert verify(rewritten, end=kept) is not None


@pytest.mark.django_db
def test_the_head_is_made_again_from_the_last_entry():
    make_entries(2)
    AuditHead.objects.all().delete()

    assert record("test.done", actor=None).sequence == 3
    assert verify_all(end=log.head()) is None


@pytest.mark.django_db
def test_the_command_says_that_the_log_is_whole_and_where_it_ends(capsys):
    make_entries(3)

    call_command("verify_audit")

    number, value = log.head()
    assert f"Last entry: {number}, hash {value}" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_names_the_first_broken_link():
    entries = make_entries(5)
    with lifted():
        execute(f"UPDATE {TABLE} SET action = 'x' WHERE sequence = {entries[2].sequence}")

    with pytest.raises(CommandError, match=f"Entry {entries[2].sequence} was changed"):
        call_command("verify_audit")


@pytest.mark.django_db
def test_the_command_checks_a_hash_that_was_kept_elsewhere():
    make_entries(2)
    number, value = log.head()
    make_entries(2)

    call_command("verify_audit", number=number, hash=value, verbosity=0)
    with pytest.raises(CommandError, match="another one"):
        call_command("verify_audit", number=number, hash="0" * 64)


@pytest.mark.django_db
def test_the_command_notices_that_the_guard_is_gone():
    make_entries(1)

    with lifted(), pytest.raises(CommandError, match="triggers are gone"):
        call_command("verify_audit")
