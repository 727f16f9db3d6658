"""Allocations beside libraries of others, where they are installed: hospitals and residents, students and projects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.allocation_cases import decide
from tests.engine.allocation_reference import Book
from tests.engine.allocation_strategies import APPLICANTS, FLAT, OPENINGS, instances, markets, samples

PLAIN = instances(caps=FLAT, rules=("responsive",)) | markets(rules=("responsive",))
SIDES = st.sampled_from((APPLICANTS, OPENINGS))


def mutual(plain):
    """Return wishes by person and people by opening, best first: only those that list each other and have seats."""
    book = Book(plain, APPLICANTS)
    open_ = [row["id"] for row in plain["openings"] if row["capacity"]]
    wishes = {i: [c for c in prefs if c in open_ and book.takes(i, c)] for i, prefs in book.wishes.items()}
    orders = {c: sorted((i for i in wishes if c in wishes[i]), key=book.orders[c].get) for c in open_}
    return {i: prefs for i, prefs in wishes.items() if prefs}, {c: order for c, order in orders.items() if order}


def placed(plain, mechanism):
    """Return who is placed where."""
    return {i: c for i, c in decide(plain, mechanism).items() if c}


@samples(40)
@given(PLAIN, SIDES)
def test_matching_places_residents_the_same(plain, mechanism):
    games = pytest.importorskip("matching.games")
    wishes, orders = mutual(plain)
    seats = {row["id"]: row["capacity"] for row in plain["openings"] if row["id"] in orders}
    found = {}
    if wishes:
        game = games.HospitalResident.create_from_dictionaries(wishes, orders, seats)
        outcome = game.solve(optimal="resident" if mechanism == APPLICANTS else "hospital")
        found = {person.name: hospital.name for hospital, there in outcome.items() for person in there}
    assert placed(plain, mechanism) == found


@samples(40)
@given(PLAIN, SIDES)
def test_algmatch_places_residents_the_same(plain, mechanism):
    algmatch = pytest.importorskip("algmatch")
    wishes, orders = mutual(plain)
    people, places = sorted(wishes), sorted(orders)
    seats = {row["id"]: row["capacity"] for row in plain["openings"]}
    problem = algmatch.HospitalResidentsProblem(
        dictionary={
            "residents": {n: [places.index(c) for c in wishes[i]] for n, i in enumerate(people)},
            "hospitals": {
                n: {"capacity": seats[c], "preferences": [people.index(i) for i in orders[c]]}
                for n, c in enumerate(places)
            },
        },
        optimised_side="residents" if mechanism == APPLICANTS else "hospitals",
    )
    found = problem.get_stable_matching()["resident_sided"]
    assert placed(plain, mechanism) == {people[int(i[1:])]: places[int(c[1:])] for i, c in found.items() if c}


@st.composite
def lectures(draw):
    """Return students, projects and two lecturers who each take fewer students than their projects could."""
    people, places = [f"s{n}" for n in range(draw(st.integers(1, 5)))], [f"p{n}" for n in range(4)]
    caps = [
        {"id": f"l{n}", "openings": places[2 * n : 2 * n + 2], "capacity": draw(st.integers(2, 3))} for n in range(2)
    ]
    orders = [draw(st.permutations(people)) for _ in caps]
    return {
        "applicants": [{"id": i, "prefs": draw(st.permutations(places))[: draw(st.integers(1, 4))]} for i in people],
        "openings": [
            {"id": c, "capacity": draw(st.integers(1, 2)), "priority": orders[n // 2]} for n, c in enumerate(places)
        ],
        "caps": [cap | {"priority": order} for cap, order in zip(caps, orders, strict=True)],
    }


@samples(40)
@given(lectures(), SIDES)
def test_algmatch_places_students_with_lecturers_the_same(plain, mechanism):
    algmatch = pytest.importorskip("algmatch")
    wishes = {row["id"]: row["prefs"] for row in plain["applicants"]}
    problem = algmatch.StudentProjectAllocation(
        dictionary={
            "students": {int(i[1:]): [int(c[1:]) for c in prefs] for i, prefs in wishes.items()},
            "projects": {
                n: {"capacity": row["capacity"], "lecturer": n // 2} for n, row in enumerate(plain["openings"])
            },
            "lecturers": {
                n: {
                    "capacity": cap["capacity"],
                    "preferences": [int(i[1:]) for i in cap["priority"] if set(wishes[i]) & set(cap["openings"])],
                }
                for n, cap in enumerate(plain["caps"])
            },
        },
        optimised_side="students" if mechanism == APPLICANTS else "lecturers",
    )
    found = problem.get_stable_matching()["student_sided"]
    assert placed(plain, mechanism) == {i: c for i, c in found.items() if c}
