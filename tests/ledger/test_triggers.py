"""The database itself refuses to rewrite the ledger, and says so again after a migration remade the table."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from rantau.ledger import queries, triggers
from rantau.ledger.models import Entry
from tests.ledger.build import append, chain, everything, triggers_away

SQLITE = connection.vendor == "sqlite"
NAMES = ["ledger_no_delete", "ledger_no_update"] if SQLITE else ["ledger_no_change"]
REWRITING = {
    "update": "UPDATE ledger_entry SET action = 'forged'",
    "update of nothing": "UPDATE ledger_entry SET action = action",
    "delete": "DELETE FROM ledger_entry",
    **({} if SQLITE else {"truncate": "TRUNCATE ledger_entry CASCADE"}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REWRITING.values(), ids=REWRITING)
def test_the_database_refuses_to_rewrite(statement):
    append(chain().name)
    before = everything()
    refuses = pytest.raises(DatabaseError, match="the ledger is append-only")
    with refuses, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert everything() == before


@pytest.mark.django_db
def test_so_it_does_through_the_models():
    entry = append(chain().name)
    entry.action = "forged"
    for rewrite in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="the ledger is append-only"), transaction.atomic():
            rewrite()
    assert list(Entry.objects.values_list("action", flat=True)) == ["seen"]


@pytest.mark.django_db
def test_a_missing_trigger_is_a_fault_and_comes_back():
    assert triggers.missing(connection) == []
    triggers.remove(connection)
    assert list(queries.faults()) == [
        f"trigger {name} is missing: the database would let the ledger be rewritten" for name in NAMES
    ]
    triggers.install(connection)
    triggers.install(connection)
    assert list(queries.faults()) == []


@pytest.mark.django_db
def test_removed_triggers_stand_in_no_ones_way():
    append(chain().name)
    with triggers_away():
        assert Entry.objects.update(action="forged") == 1


@pytest.mark.django_db
@pytest.mark.skipif(SQLITE, reason="a trigger of SQLite cannot be switched off")
def test_a_trigger_that_is_switched_off_is_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_no_change")
        assert triggers.missing(connection) == NAMES
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_no_change")
    assert triggers.missing(connection) == []


def test_triggers_are_there_again_after_a_migration_remade_the_table(committed):
    field = models.CharField(max_length=8, default="")
    field.set_attributes_from_name("remade")
    with connection.schema_editor() as editor:
        editor.add_field(Entry, field)
    assert triggers.missing(connection) == (NAMES if SQLITE else [])
    with connection.schema_editor() as editor:
        editor.remove_field(Entry, field)
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_before_the_table_exists_nothing_is_installed(committed):
    with connection.schema_editor() as editor:
        editor.alter_db_table(Entry, "ledger_entry", "elsewhere")
    try:
        triggers.after_migrate(using="default")
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(Entry, "elsewhere", "ledger_entry")
    triggers.after_migrate(using="default")
    assert triggers.missing(connection) == []
