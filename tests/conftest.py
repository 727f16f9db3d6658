"""What every test stands on: one instant, a seeded chance, how many samples a property takes, commits that are real."""

import datetime as dt
import gc
import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection
from django.utils import translation

from rantau.engine.chance import Chance, seeded
from rantau.ledger import triggers

gc.set_threshold(100_000, 50, 50)  # collecting a hundred times less often takes a seventh off the suite's time

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)

hypothesis.settings.register_profile("small", max_examples=15, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("large", max_examples=1000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("RANTAU_HYPOTHESIS", "small"))


@pytest.fixture(autouse=True)
def _indonesian():
    """Begin every test in Indonesian: a request in another language leaves its own behind."""
    translation.activate("id")


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture
def chance() -> Chance:
    return seeded("test")


@pytest.fixture
def _triggers_return(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        triggers.install(connection)


@pytest.fixture
def committed(_triggers_return: None, transactional_db: None) -> Iterator[None]:
    """Let a test commit for real; afterwards all tables are emptied, for which the ledger's triggers stand aside."""
    yield
    triggers.remove(connection)
