"""The world of the access matrix, for the tests that ask every address."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction

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
