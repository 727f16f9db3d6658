"""Asking every address as every kind of person: who they are, where the addresses lead, what an answer holds."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override

from rantau.people.models import Person

from . import matrix_divided, matrix_leaving, matrix_lessons
from .matrix import JUDGED, OPEN, Marker, World
from .matrix_divided import DIVIDED
from .matrix_lessons import LEAVING

KINDS = {
    "an": "anonymous",
    "st": "stranger",
    "ow": "owner",
    "ca": "another candidate",
    "sc": "school",
    "s2": "neighbour",
    "ve": "verifier",
    "v2": "verifier",
    "ex": "examiner",
    "co": "coordinator",
    "c2": "coordinator",
    "au": "auditor",
    "in": "inspector",
    "ho": "host",
    "hm": "home",
    "em": "employer",
    "pr": "protector",
    "as": "helper",
    "fo": "former",
}
"""Every kind of person as a column of the table: `v2` and `c2` work on the other programme, the roles of `fo` have ended."""

OWNERS = {
    JUDGED: ("owner", "rival"),
    OPEN: ("draft", "other"),
    DIVIDED: ("placed", "waiting"),
    LEAVING: ("pupil", "fellow"),
}
LETTERS = {200: "o", 404: ".", 403: "-", 405: "x", 409: "!", 422: "v"}


def addresses() -> dict[str, URLPattern]:
    """Return every address of the site by name."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[Any]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                assert pattern.name is not None
                assert pattern.name not in found
                found[pattern.name] = pattern
            else:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return found


def who(w: World, kind: str, scope: str, whose: str) -> Person | None:
    """Return the person of a column for an address below a programme, about somebody's application."""
    elsewhere = OPEN if scope == JUDGED else JUDGED
    if kind == "an":
        return None
    if kind == "st":
        return w.stranger
    if kind == "ow":
        return w.people[whose].person
    if kind == "ca":
        first, second = OWNERS[scope]
        return w.people[first if whose == second else second].person
    return w.staff[elsewhere if kind in ("v2", "c2") else scope][KINDS[kind]]


class Browsers:
    """Everybody's session in one browser: whoever asks finds theirs as it was when they had just signed in."""

    def __init__(self, *, checked: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=checked)
        self.signed: dict[Person, str] = {}

    def of(self, person: Person | None) -> Client:
        """Return the browser with somebody's session, or with none."""
        self.client.cookies.clear()
        if person is None:
            return self.client
        if person not in self.signed:
            self.client.force_login(person)
            self.signed[person] = self.client.cookies[settings.SESSION_COOKIE_NAME].value
            self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.signed[person]
        return self.client


def address(w: World, name: str, scope: str, given: dict[str, str]) -> str:
    """Return an address: values are somebody's name, a reference of the world, or stand for themselves."""
    known = {**w.refs, **{person: a.code for person, a in w.people.items()}, "scope": scope, "test": "care_test"}
    wanted = addresses()[name].pattern.converters
    given = {"programme": "scope", **given} if "programme" in wanted else given
    with override("id"):
        return reverse(name, kwargs={key: known.get(value, value) for key, value in given.items()})


def letter(response: Any) -> str:
    """Return an answer as one letter; a redirection to the sign-in is `>`, another one `r`."""
    if response.status_code == 302:
        return ">" if response.url.startswith("/akun/masuk/") else "r"
    return LETTERS.get(response.status_code, str(response.status_code))


def told(response: Any) -> str:
    """Return everything that an answer says: status, headers, body; a sheet unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    cookies = response.cookies.output()
    return f"{headers}\n{cookies}\n{body.decode('utf-8', 'replace')}"


PUPILS = {"neighbour": ("rival", "other", "third", "fourth")}
"""Whose pupil somebody is; all others are the first school's."""
MAY = {
    "school": "name first",
    "neighbour": "name first",
    "verifier": "name first number birth place code words paper",
    "examiner": "reason",
    "coordinator": (
        "outage name first code words reason hardship proposal minutes talks decided doubt evidence mandated expense"
    ),
    "employer": "proposal minutes talks draft decided doubt evidence",
    "auditor": "proposal minutes talks decided doubt evidence mandated",
    "host": "talks doubt evidence",
    "protector": "code hardship",
    "inspector": "favour proposal interest talks decided doubt evidence",
    "helper": "mandated outage",
}
"""Which classes of what is personal a role may read in its own programme, schools of their own pupils alone."""
REGISTERED = {
    JUDGED: ("owner", "rival", "objector", "filed", "returned", "sampled", "refused", "verifier"),
    DIVIDED: tuple(matrix_divided.NAMES),
    LEAVING: (*matrix_lessons.NAMES, "office"),
}
PROTECTED = "name first code told"
"""What a protection officer reads of whoever reported that money was asked of them, and of nobody else."""
OWN = "name first number birth place code words contact way note kin living told paper medical"
"""What people, and the officer who filled in for them, read of themselves."""


def may(w: World, marker: Marker, person: Person | None, shown: str) -> bool:
    """Return whether somebody may read a marker: what the address shows to anybody, themselves, what their role needs."""
    whose, kind, _text = marker
    if kind in shown.split() or f"{whose}.{kind}" in shown.split():
        return True
    if person is None:
        return False
    application = w.people.get(whose)
    if application is not None and person.pk in (application.person_id, application.assisted_by_id):
        return kind in OWN.split()
    scope = next((scope for scope, names in REGISTERED.items() if whose in names), OPEN)
    office = next((name for name, officer in w.staff[scope].items() if officer == person), "")
    if office in ("school", "neighbour"):
        own = (whose in PUPILS["neighbour"]) == (office == "neighbour")
        invited = whose == "nominee" and kind == "contact"
        return own and scope != DIVIDED and (kind in MAY[office].split() or kind == "place" or invited)
    if office == "protector" and whose == "pupil":
        return kind in PROTECTED.split()
    return kind in f"{MAY.get(office, '')} {matrix_leaving.MAY.get(office, '')}".split()


def leaked(w: World, response: Any, path: str, person: Person | None, shown: str) -> set[str]:
    """Return what an answer says that the reader may not know, but for what stood in the address that was asked."""
    text = told(response)
    held = [marker for marker in w.markers if marker.text in text and marker.text not in path]
    fine = {marker.text for marker in held if may(w, marker, person, shown)}
    return {f"{m.whose}.{m.kind}" for m in held if m.text not in fine}


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


KEPT = ("django_session", "cache")


@contextmanager
def writes() -> Iterator[list[str]]:
    """Note the statements that write, but for sessions."""
    noted: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words[0] in ("INSERT", "UPDATE", "DELETE") and not any(f'"{table}"' in sql for table in KEPT):
            noted.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield noted
