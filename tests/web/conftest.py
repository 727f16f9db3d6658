"""The world of the access matrix, for the tests that ask every address."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import override

from rantau.people.models import Person

from .matrix import World, build
from .matrix_requests import Browsers


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Build the world once; whatever a test does to it is undone."""
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(played: World) -> Browsers:
    """Sign everybody in once."""
    made = Browsers()
    everybody = [played.stranger, *(a.person for a in played.people.values())]
    for person in everybody + [officer for staff in played.staff.values() for officer in staff.values()]:
        made.of(person)
    return made


@pytest.fixture
def visit(client: Client) -> Any:
    """Return a function that opens a page by name as somebody, in English, and gives the answer with its words in one line."""

    def go(person: Person | None, name: str, *args: Any, data: Any = None, post: bool = False, **query: Any) -> Any:
        client.logout() if person is None else client.force_login(person)
        with override("en"):
            address = reverse(name, args=args)
        answer = client.post(address, data or {}) if post else client.get(address, query)
        translation.activate("id")
        answer.words = html.unescape(" ".join(answer.content.decode(errors="replace").split()))
        return answer

    return go
