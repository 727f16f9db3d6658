"""What every test stands on: the mode, one instant, a seeded chance."""

import datetime as dt
import os

import pytest

os.environ["RANTAU_MODE"] = "test"

from rantau.engine.chance import Chance, seeded

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture
def chance() -> Chance:
    return seeded("test")
