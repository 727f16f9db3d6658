"""Starting Django for the commands that need the database."""

import os
from pathlib import Path

import django
from django.core.management import call_command


def start(*, mode: str | None = None, var: Path | None = None, database: Path | None = None) -> None:
    """Load the settings, in a mode and beside a folder of one's own where a command needs that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rantau.config.settings")
    if mode:
        os.environ["RANTAU_MODE"] = mode
    if var:
        os.environ["RANTAU_VAR"] = str(var)
    if database:
        os.environ["DATABASE_URL"] = f"sqlite:///{database.resolve()}"
    django.setup()


def migrate() -> None:
    """Bring the database up to date, quietly."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
