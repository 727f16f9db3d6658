"""Starting Django for the commands that need the database."""

import argparse
import os
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from rantau.engine.refusal import Refusal


def start(*, mode: str | None = None, var: Path | None = None, database: Path | None = None) -> None:
    """Load the settings, in a mode and beside a folder of one's own where a command needs that.

    :raises Refusal: `settings` with what is wrong in the environment
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rantau.config.settings")
    if mode:
        os.environ["RANTAU_MODE"] = mode
    if var:
        os.environ["RANTAU_VAR"] = str(var.resolve())
    if database:
        os.environ["DATABASE_URL"] = f"sqlite:///{database.resolve()}"
    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise Refusal("settings.invalid", reason=str(error)) from error


def plain(options: argparse.Namespace) -> int:
    """Start Django as the environment says."""
    start()
    return 0


def for_serving(options: argparse.Namespace) -> int:
    """Start Django in demo mode when it was asked for."""
    start(mode="demo" if options.demo else None)
    return 0


def migrate() -> None:
    """Bring the database up to date, quietly."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
