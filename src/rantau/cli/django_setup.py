"""Starting Django for the commands that need the database."""

import argparse
import os
from importlib import import_module
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from rantau.config.generated import require
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
    """Start Django in demo mode when it was asked for; refuse to serve without secrets.

    :raises Refusal: `settings.invalid` with what is missing
    """
    start(mode="demo" if options.demo else None)
    try:
        require(RANTAU_SECRET_KEY=settings_secret("SECRET_KEY"), RANTAU_MASTER_KEY=settings_secret("MASTER_KEY"))
    except ImproperlyConfigured as error:
        raise Refusal("settings.invalid", reason=str(error)) from error
    return 0


def settings_secret(name: str) -> str:
    """Return a secret from the settings as they were read, empty when there is none."""
    return str(getattr(import_module("rantau.config.settings"), name))


def migrate() -> None:
    """Bring the database up to date, quietly."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
