"""A world that is set down again is the world that was built, row for row, and time and chance go on from there."""

import pytest
from django.db import transaction

from rantau.engine.chance import seeded
from rantau.people.models import Person
from tests import kept

from . import build

pytestmark = pytest.mark.django_db


def seen(w):
    """Return everything that a test may find: rows, who is who, the time, the next chance."""
    people = {name: (a.pk, a.state, a.person.ref) for name, a in w.people.items()}
    staff = {name: officer.ref for name, officer in w.staff.items()}
    return kept.rows(), people, staff, w.at, w.intake.state, w.chance(8)


@pytest.mark.parametrize("mechanism", ["merit_wishes", "exact"])
def test_what_is_set_down_again_is_what_was_built(at, mechanism):
    found, calls = [], []

    @kept.kept
    def built(at, chance, text):
        calls.append(text)
        return build.seated.__wrapped__(at, chance, text)

    for _ in range(2):
        chance = seeded(mechanism)
        with transaction.atomic():
            w = built(at, chance, build.programme(fields=mechanism))
            assert w.chance is chance
            allocation = build.published(w, ani=("anak",), budi=("lansia", "anak"))
            found.append((seen(w), build.placed(w, allocation)))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert len(calls) == 1


def test_a_builder_goes_on_where_another_ended_and_nowhere_else(at):
    calls = []

    @kept.kept
    def moved(w):
        calls.append(w.at)
        return w.later(build.HOUR)

    for strangers in (0, 0, 1, 1):
        with transaction.atomic():
            w = build.seated(at, seeded("goes on"))
            Person.objects.bulk_create(Person(ref=f"stranger {n}", joined_at=at) for n in range(strangers))
            assert moved(w) == w.at
            w.intake.programme.refresh_from_db()
            assert w.intake.programme.clock_at == w.at
            transaction.set_rollback(True)
    assert len(calls) == 3


def test_what_is_refused_or_draws_its_own_chance_is_not_kept(at):
    calls = []

    @kept.kept
    def fails(at, chance):
        calls.append(at)
        raise ValueError

    for chance in (seeded("fails"), seeded("fails"), lambda n: b"\0" * n):
        with pytest.raises(ValueError, match=r"^$"):
            fails(at, chance)
    assert len(calls) == 3
