"""Sessions: planning, calling, attendance, a second date; each refusal leaves everything as it was."""

import pytest

from rantau.engine.refusal import Refusal

from .build import DAY, HOUR, sat, session, sitting_of, world

pytestmark = pytest.mark.django_db

def test_x(at, chance):
    w = world(at, chance, "ani", "budi")
    s = sat(w, absent=("budi",))
    assert {n: x.state for n, x in s.items()} == {"ani": "attended", "budi": "missed"}
