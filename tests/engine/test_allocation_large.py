"""Allocations of crowds: the same bytes on every run, the reference at 5,000 people, the certificate at 100,000."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rantau.engine.allocation import allocate, dump, verify
from rantau.engine.canonical import digest
from rantau.engine.certificate import faults
from rantau.engine.instance import read
from rantau.engine.mechanisms import levels_of
from tests.engine.allocation_brute import reaches, standing
from tests.engine.allocation_cases import decide, halved, next_round
from tests.engine.allocation_crowds import CASES, CROWDS, crowd
from tests.engine.allocation_reference import Book, reference
from tests.engine.allocation_strategies import APPLICANTS, DA, MERIT

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = {
    ("plain", "applicant_proposing_da"): "483da224dce58514",
    ("plain", "opening_proposing_da"): "483da224dce58514",
    ("reserves", "applicant_proposing_da"): "972709eeb75799db",
    ("reserves", "opening_proposing_da"): "c1479fb8aaead16e",
    ("caps", "applicant_proposing_da"): "efb98fa45ba76a48",
    ("caps", "opening_proposing_da"): "efb98fa45ba76a48",
    ("caps", "merit_wishes"): "efb98fa45ba76a48",
    ("reserves in caps", "applicant_proposing_da"): "979a19a581c8cf7c",
    ("reserves in caps", "opening_proposing_da"): "979a19a581c8cf7c",
    ("reserves in caps", "merit_wishes"): "979a19a581c8cf7c",
    ("minima", "exact"): "a2281afed05591eb",
}
PRINT = """
from rantau.engine.allocation import allocate, dump
from rantau.engine.instance import read
from tests.engine.allocation_crowds import CASES, CROWDS, crowd
for name, mechanism in CASES:
    print(dump(allocate(read(crowd(300, 20, **CROWDS[name][0])), mechanism)).hex())
"""


def test_every_run_of_python_gives_the_same_bytes():
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PRINT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"src{os.pathsep}."},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, two = (run.communicate()[0].split() for run in runs)
    assert len(one) == len(CASES)
    assert one == two
    assert one[0] == dump(allocate(read(crowd(300, 20)), APPLICANTS)).hex()


@pytest.mark.parametrize(("name", "mechanism"), CASES)
def test_every_python_places_a_crowd_the_same(name, mechanism):
    plain = crowd(300, 20, **CROWDS[name][0])
    assignment = decide(plain, mechanism)
    assert digest(assignment)[:16] == GOLDEN[name, mechanism]
    if mechanism in DA:
        assert assignment == reference(plain, mechanism)


# --- crowds ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["plain", "reserves", "caps", "reserves in caps"])
@pytest.mark.parametrize("mechanism", DA)
def test_the_reference_places_five_thousand_the_same(name, mechanism):
    plain = crowd(5_000, 100, **CROWDS[name][0])
    assert decide(plain, mechanism) == reference(plain, mechanism)


@pytest.fixture(scope="module")
def hundred_thousand():
    """Return 100,000 people, 1,000 openings with reserves, and their result."""
    plain = crowd(100_000, 1_000, reserves=True)
    return plain, allocate(read(plain), APPLICANTS)


@pytest.mark.slow
def test_a_hundred_thousand_find_their_places_by_the_cut_offs(hundred_thousand):
    plain, result = hundred_thousand
    book = Book(plain, APPLICANTS)
    for person, wishes in book.wishes.items():
        reached = [c for c in wishes if reaches(book, result["cutoffs"][c], person)]
        assert result["assignment"][person] == (reached[0] if reached else None), person


@pytest.mark.slow
def test_among_a_hundred_thousand_one_changed_place_is_found(hundred_thousand):
    plain, result = hundred_thousand
    levels, instance = levels_of(read(plain), APPLICANTS), read(plain)
    numbers = {row.id: number for number, row in enumerate(instance.openings)}
    places = [None if (at := result["assignment"][i]) is None else numbers[at] for i in instance.people]
    assert list(faults(levels, places, APPLICANTS)) == []
    chance = random.Random("changes")
    placed = chance.sample([n for n, at in enumerate(places) if at is not None], 4)
    waiting = chance.choice([n for n, at in enumerate(places) if at is None and instance.wishes[n]])
    for person, other in (
        (placed[0], None),
        (placed[1], places[waiting]),
        (placed[2], next(wish for wish in (*instance.wishes[placed[2]], 0) if wish != places[placed[2]])),
        (waiting, instance.wishes[waiting][0]),
    ):
        changed = [*places[:person], other, *places[person + 1 :]]
        assert list(faults(levels, changed, APPLICANTS)) != []
    one, two = placed[3], next(n for n, at in enumerate(places) if at not in (None, places[placed[3]]))
    swapped = [*places]
    swapped[one], swapped[two] = places[two], places[one]
    assert list(faults(levels, swapped, APPLICANTS)) != []


@pytest.mark.slow
def test_a_hundred_thousand_in_another_order_give_the_same_bytes(hundred_thousand):
    plain, result = hundred_thousand
    chance = random.Random("another order")
    mixed = plain | {key: chance.sample(plain[key], len(plain[key])) for key in ("applicants", "openings")}
    assert dump(allocate(read(mixed), APPLICANTS)) == dump(result)


@pytest.mark.slow
def test_of_a_hundred_thousand_nobody_falls_when_a_twentieth_withdraws(hundred_thousand):
    plain, result = hundred_thousand
    before, names = result["assignment"], [row["id"] for row in plain["applicants"]]
    withdrawn = set(random.Random("withdrawals").sample(names, len(names) // 20))
    book, after = Book(plain, APPLICANTS), decide(next_round(plain, before, withdrawn), APPLICANTS)
    changes = [standing(book, before, i) - standing(book, after, i) for i in names if i not in withdrawn]
    assert min(changes) == 0
    assert max(changes) > 0


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", DA)
def test_among_twenty_thousand_an_opening_cut_in_two_takes_the_same_people(mechanism):
    plain = crowd(20_000, 200)
    before = decide(plain, mechanism)
    for at in ("c00000", "c00077"):
        capacity = next(row["capacity"] for row in plain["openings"] if row["id"] == at)
        after = decide(halved(plain, at, capacity // 3), mechanism)
        assert {i: at if c == f"{at}+" else c for i, c in after.items()} == before


@pytest.mark.slow
def test_one_order_serves_a_hundred_thousand_as_deferred_acceptance_would():
    plain = crowd(100_000, 1_000, caps=True)
    instance = read(plain)
    served = allocate(instance, MERIT)
    assert served["assignment"] == decide(plain, APPLICANTS)
    assert list(verify(served, instance)) == []


@pytest.mark.slow
def test_minima_of_a_thousand_hold_whatever_those_who_come_later_wish():
    plain = crowd(1_000, 30, minima=True)
    book, result = Book(plain, "exact"), allocate(read(plain), "exact")
    unfilled = result.get("unfilled_minimum", {})
    for row in plain["openings"]:
        taken = sum(at == row["id"] for at in result["assignment"].values())
        assert taken + unfilled.get(row["id"], 0) >= row["minimum"]
        assert taken <= row["capacity"]
    order = sorted(book.common, key=book.common.get)
    late = set(order[500:])
    cut = [row | {"prefs": row["prefs"][::-1][:2]} if row["id"] in late else row for row in plain["applicants"]]
    after = decide(plain | {"applicants": cut}, "exact")
    assert [after[i] for i in order[:500]] == [result["assignment"][i] for i in order[:500]]
