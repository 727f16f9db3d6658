"""Every room has its place in the dependency rule, and every area the same few files."""

from tests.rules import source

ALWAYS = {"__init__", "apps", "migrations", "models", "access", "queries", "actions"}
ALSO = {
    "people": {
        "vault",
        "adapters",
        "backends",
        "contacts",
    },  # sealed columns; what sign-in asks for; one form of numbers
    "coordination": {"calendar"},  # meetings and duties as a file for calendars, from values
    "documents": {
        "checks",
        "straighten",
        "pdf",
        "inflating",
        "apart",
        "scanning",
    },  # what is looked at in the bytes of a file, before any row exists
    "agreements": {
        "papers",
        "wording",
        "templates",
        "answering",
    },  # what is printed, how values read, our own clauses, answers as text
    "ledger": {"steps", "jobs", "triggers", "signing"},  # a signature needs no table and no Django
}
INTERFACES = {"web", "api", "cli", "rehearsal", "outbox"}


def built() -> set[str]:
    """Return the rooms that exist."""
    return {folder.parent.name for folder in source.PACKAGE.glob("*/__init__.py")}


def test_every_area_has_only_the_files_that_areas_have():
    strange = {
        f"{area}/{path.name}"
        for area in source.areas()
        for path in (source.PACKAGE / area).iterdir()
        if path.stem not in ALWAYS | ALSO.get(area, set()) | {"__pycache__"}
    }
    assert strange == set()


def test_every_area_is_held_to_its_inner_order():
    inner = source.contract("Inside an area: actions, queries, access, models")["containers"]
    assert set(inner) == {f"rantau.{area}" for area in source.areas() if area != "ledger"}


def test_every_interface_is_kept_from_the_tables():
    named = source.contract("Interfaces know no tables")["source_modules"]
    assert set(named) == {f"rantau.{room}" for room in INTERFACES & built()}


def test_every_room_but_the_command_line_reads_settings_through_django():
    named = source.contract("Settings are read through Django")["source_modules"]
    assert set(named) == {f"rantau.{room}" for room in built() - {"config", "cli"}}
