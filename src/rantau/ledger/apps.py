"""The ledger's registration with Django; its triggers come back after every migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from . import triggers


class LedgerConfig(AppConfig):
    """Install the append-only triggers whenever migrations have run (SQLite drops them when it remakes a table)."""

    name = "rantau.ledger"

    def ready(self) -> None:
        """Ask Django to call back after migrations."""
        post_migrate.connect(triggers.after_migrate, sender=self)
