"""Persons to do things to."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.ledger.actions import open_chain
from rantau.people import actions
from rantau.people.models import Person

SCOPE, CHAIN = "contoh", "programme:contoh"


@pytest.fixture
def make(db: None, at: dt.datetime, chance: Chance) -> Callable[..., Person]:
    """Return a maker of persons, with a role on the programme where one is named."""

    def person(role: Role | None = None, scope: str = SCOPE, **given: Any) -> Person:
        made = actions.register(at=at, chance=chance, **given)
        if role:
            actions.grant(to=made, role=role, scope=scope, at=at, person=made)
        return made

    return person


@pytest.fixture
def chain(db: None) -> str:
    """Return an open chain."""
    open_chain(CHAIN, quiet=True)
    return CHAIN
