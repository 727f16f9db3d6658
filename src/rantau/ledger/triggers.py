"""The triggers by which the database itself refuses to rewrite the ledger."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "ledger_entry"
_SQLITE = {
    f"ledger_no_{operation.lower()}": (
        f"CREATE TRIGGER ledger_no_{operation.lower()} BEFORE {operation} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    for operation in ("UPDATE", "DELETE")
}
_POSTGRESQL = {
    "ledger_no_change": (
        f"CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
    )
}
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$ LANGUAGE plpgsql"
)


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
                [TABLE],
            )
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted(connection)) - present)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are missing; safe to run any number of times."""
    absent = missing(connection)
    with connection.cursor() as cursor:
        if absent and connection.vendor != "sqlite":
            cursor.execute(_FUNCTION)
        for name in absent:
            cursor.execute(_wanted(connection)[name])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for the tests that flush tables, never for the product."""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            suffix = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def after_migrate(using: str, **_: Any) -> None:
    """Install the triggers in the database that was just migrated, once its table exists."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)
