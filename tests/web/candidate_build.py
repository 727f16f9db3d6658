"""A programme with an open intake, and the addresses of a candidate's pages."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rantau.applications.models import Application, Attachment, Nomination, SchoolClaim
from rantau.documents.models import File
from rantau.engine.chance import Chance
from rantau.ledger.models import Entry
from rantau.people.models import Consent, Guardian, Person
from rantau.programmes.models import Intake, Programme
from rantau.selection.models import Objection
from tests import build
from tests.kept import kept


@dataclass
class World:
    """An open intake and the instant at which it stands."""

    intake: Intake
    at: dt.datetime
    chance: Chance

    @property
    def programme(self) -> Programme:
        """Return the programme."""
        return self.intake.programme

    def later(self, by: dt.timedelta) -> None:
        """Let time pass on the programme's own clock."""
        self.at += by
        Programme.objects.filter(pk=self.programme.pk).update(clock_at=self.at)

    def person(self, **given: Any) -> Person:
        """Return a person."""
        return build.person(at=self.at, chance=self.chance, **given)

    def applicant(self, **given: Any) -> Application:
        """Return a registration with every answer."""
        return build.applicant(at=self.at, chance=self.chance, intake=self.intake, **given)


@kept
def open_world(at: dt.datetime, chance: Chance) -> World:
    """Return the rehearsal with its intake open."""
    programme = build.programme(at=at, chance=chance)
    return World(build.intake(at=at, chance=chance, programme=programme), at, chance)


def page(name: str, application: Application, *, language: str = "en", **more: str) -> str:
    """Return the address of one of an application's pages, in English, whose words stand in the source."""
    with override(language):
        return reverse(name, kwargs={"programme": application.intake.programme.code, "code": application.code, **more})


def start(world: World, *, language: str = "en") -> str:
    """Return the address where a registration starts."""
    with override(language):
        return reverse("register", args=[world.programme.code])


def signed_in(person: Person) -> Client:
    """Return a browser of its own in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


def shown(response: Any) -> str:
    """Return a page's text, having come well."""
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def everything() -> dict[str, Any]:
    """Return all that a refused page must leave as it was."""
    models = (Application, Attachment, Consent, File, Guardian, Nomination, Objection, Person, SchoolClaim)
    found: dict[str, Any] = {m.__name__: list(m.objects.order_by("pk").values()) for m in models}
    for row in found["Person"]:
        del row["last_login"]
    return found | {"entries": Entry.objects.count()}


@contextmanager
def unchanged() -> Any:
    """Expect that nothing is written."""
    before = everything()
    yield
    assert everything() == before


def keep_files_in(folder: Path, settings: Any) -> None:
    """Let documents be stored below a folder of the test."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
