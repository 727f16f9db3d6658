"""Columns of numbers, compiled or not, place and certify as the plain engine does: the same bytes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine import allocation, certificate, columns_certificate, deferred, fast, instance, mechanisms, serial
from rantau.engine.shape import Unreadable
from tests.engine.plain_allocations import MECHANISMS, crowd, instances

needs_numba = pytest.mark.skipif(not fast.COMPILER, reason="numba is not installed (the extra `fast`)")
both = pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=needs_numba)])


def _levels(plain, mechanism="applicant_proposing_da"):
    return mechanisms.levels_of(instance.read(plain), mechanism)


def _granted(levels, places):
    """Return by person the application that gives a place, found plainly."""
    found, at = [], 0
    for wishes, place in zip(levels.instance.wishes, places, strict=True):
        found.append(-1 if place is None else at + wishes.index(place))
        at += len(wishes)
    return np.array(found, dtype=np.int64)


def _bytes(plain, mechanism, *, large):
    """Return the published bytes, by columns of numbers or by the plain engine; None where the rules do not fit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mechanisms, "LARGE", 0 if large else 10**9)
        try:
            return allocation.dump(allocation.allocate(instance.read(plain), mechanism))
        except Unreadable:
            return None


@given(instances(), st.sampled_from(MECHANISMS))
def test_the_bytes_are_those_of_the_plain_engine(plain, mechanism):
    assert _bytes(plain, mechanism, large=True) == _bytes(plain, mechanism, large=False)


@both
@given(instances(held=False))
def test_applicants_propose_as_the_plain_engine_does(compiled, plain):
    levels = _levels(plain)
    chosen = fast.applicants_propose(levels.columns, compiled=compiled)
    assert chosen.tolist() == _granted(levels, deferred.applicants_propose(levels)).tolist()


@both
@given(instances(held=False, least=1))
def test_people_are_served_as_the_plain_engine_does(compiled, plain):
    plain["openings"] = [{key: row[key] for key in row if key != "choice"} for row in plain["openings"]]
    for row in plain["applicants"]:
        row["score"] = row.get("score", len(row["prefs"]))
    levels = _levels(plain, "merit_wishes")
    order = sorted(levels.instance.common.place, key=levels.instance.common.place.get)
    chosen = fast.serve(levels.columns, np.array(order, dtype=np.int64), compiled=compiled)
    assert chosen.tolist() == _granted(levels, serial.serve(levels).places).tolist()


@given(instances(held=False), st.data())
def test_any_places_are_judged_as_the_plain_certificate_does(plain, data):
    levels = _levels(plain)
    places = [data.draw(st.sampled_from([None, *wishes])) for wishes in levels.instance.wishes]
    chosen = _granted(levels, places)
    faults = list(certificate.invalid(levels, places))
    assert columns_certificate.valid(levels.columns, chosen) == (not faults)
    if faults:
        return
    found = columns_certificate.blocking(levels.columns, chosen)
    pairs = [(levels.columns.owner[at], levels.columns.opening[at]) for at in found]
    assert pairs == list(certificate.blocking(levels, places))


@given(instances(held=False))
def test_the_best_for_applicants_is_known_from_the_other_stable_outcome(plain):
    levels = _levels(plain)
    for propose in (deferred.applicants_propose, deferred.openings_propose):
        places = propose(levels)
        rings = list(certificate.rotations(levels, places))
        assert columns_certificate.best(levels.columns, _granted(levels, places)) == (not rings)


def test_two_who_would_rather_change_places_are_a_ring():
    plain = {
        "applicants": [{"id": "a", "prefs": ["c1", "c2"]}, {"id": "b", "prefs": ["c2", "c1"]}],
        "openings": [
            {"id": "c1", "capacity": 1, "priority": ["b", "a"]},
            {"id": "c2", "capacity": 1, "priority": ["a", "b"]},
        ],
    }
    levels = _levels(plain)
    best, other = _granted(levels, [0, 1]), _granted(levels, [1, 0])
    assert [columns_certificate.blocking(levels.columns, one).tolist() for one in (best, other)] == [[], []]
    assert [columns_certificate.best(levels.columns, one) for one in (best, other)] == [True, False]


def test_nobodys_application_and_a_refused_one_are_no_places():
    levels = _levels(
        {
            "applicants": [{"id": "a", "prefs": ["c1"]}, {"id": "b", "prefs": ["c1"]}],
            "openings": [{"id": "c1", "capacity": 2, "priority": ["a"]}],
        }
    )
    choices = ([0, -1], [1, -1], [-1, 1], [-1, 0])
    judged = [columns_certificate.valid(levels.columns, np.array(one)) for one in choices]
    assert judged == [True, False, False, False]


def test_whoever_holds_a_seat_keeps_it_or_rises_in_a_large_instance_too():
    plain = {
        "applicants": [
            {"id": "a", "prefs": ["c2"], "held": "c1", "score": 1},
            {"id": "b", "prefs": ["c1", "c2"], "score": 2},
        ],
        "openings": [{"id": "c1", "capacity": 1}, {"id": "c2", "capacity": 1}],
    }
    ours = _bytes(plain, "merit_wishes", large=True)
    assert ours == _bytes(plain, "merit_wishes", large=False)
    assert allocation.read(ours)["assignment"] == {"a": "c1", "b": "c2"}


@pytest.mark.parametrize("common", [False, True])
def test_a_thousand_people_go_by_columns_and_come_out_the_same(common):
    plain = crowd(1_200, 40, common=common)
    assert mechanisms.large(instance.read(plain))
    mechanism = MECHANISMS[common]
    ours = _bytes(plain, mechanism, large=True)
    assert ours == _bytes(plain, mechanism, large=False)
    result = allocation.read(ours)
    assert list(allocation.verify(result, instance.read(plain))) == []
    person = next(name for name, place in result["assignment"].items() if place is not None)
    result["assignment"][person] = None
    faults = list(allocation.verify(result, instance.read(plain)))
    assert faults[-1] == (f"assignment.{person}", "is not what the rules make it")


@pytest.mark.slow
@both
@pytest.mark.parametrize("common", [False, True])
def test_twenty_thousand_people_come_out_the_same(compiled, common):
    levels = _levels(crowd(20_000, 300, common=common), MECHANISMS[common])
    if common:
        line = sorted(levels.instance.common.place, key=levels.instance.common.place.get)
        chosen = fast.serve(levels.columns, np.array(line, dtype=np.int64), compiled=compiled)
        plain = serial.serve(levels).places
    else:
        chosen = fast.applicants_propose(levels.columns, compiled=compiled)
        plain = deferred.applicants_propose(levels)
        assert columns_certificate.blocking(levels.columns, chosen).tolist() == []
        assert columns_certificate.best(levels.columns, chosen)
    assert chosen.tolist() == _granted(levels, plain).tolist()
