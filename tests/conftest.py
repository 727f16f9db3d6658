"""What every test stands on: one instant, a seeded chance, and how many samples a property takes."""

import datetime as dt
import os

import hypothesis
import pytest

from rantau.engine.chance import Chance, seeded

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)

hypothesis.settings.register_profile("small", max_examples=25, deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("large", max_examples=1000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("RANTAU_HYPOTHESIS", "small"))


@pytest.fixture
def at() -> dt.datetime:
    return AT


@pytest.fixture
def chance() -> Chance:
    return seeded("test")
