"""Rounds after the first: who answers, leaves or joins; nobody who stays falls under any mechanism, minima or not."""

from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.allocation import allocate, verify
from rantau.engine.completing import Infeasible
from rantau.engine.instance import read
from rantau.engine.placing import instance, minima
from tests.engine.test_placing import ABOUT, PLACES, rule_books, wisher, wishers

SAYS = ("accept", "wait", "wait", "decline")


def standing(wishes, place):
    """Return how far down a list a place stands, 0 the best; no place at all stands below every one."""
    return wishes.index(place) if place in wishes else len(wishes)


def after(people, assignment, says):
    """Return the people of the next round: who declined is gone, the others hold their seats."""
    stay = []
    for person in people:
        place = assignment[person.code]
        said = says[person.code] if person.answer == "wait" or person.held is None else "accept"
        if said != "decline" or place is None:
            answer = "accept" if said == "accept" and place else "wait"
            stay.append(person.model_copy(update={"held": place, "answer": answer}))
    return stay


def decided(book, people):
    found = read(instance(book, people, about=ABOUT))
    result = allocate(found, book.mechanism)
    assert list(verify(result, found)) == []
    return result


@given(rule_books(), wishers(), st.data())
def test_in_every_round_who_accepted_stays_who_waits_rises_or_stays_and_who_has_nothing_loses_nothing(
    book, people, data
):
    try:
        assignment = decided(book, people)["assignment"]
    except Infeasible:
        return
    for number in range(3):
        says = {person.code: data.draw(st.sampled_from(SAYS)) for person in people}
        people = after(people, assignment, says)
        if data.draw(st.booleans()):  # one of the reserve is called in: last in the order
            listed = data.draw(st.permutations(PLACES))
            people.append(wisher(f"S-{number}", 90 + number, *listed, weld=7000))
        try:
            result = decided(book, people)
        except Infeasible:
            assert all(person.held is None for person in people)
            return
        assignment = result["assignment"]
        for person in people:
            if person.held and person.answer == "accept":
                assert assignment[person.code] == person.held
            assert standing(person.wishes, assignment[person.code]) <= standing(person.wishes, person.held)


@given(rule_books("exact"), wishers(), st.data())
def test_seats_held_are_kept_even_where_they_leave_a_minimum_unmet(book, people, data):
    held = data.draw(st.lists(st.sampled_from((None, *PLACES)), min_size=len(people), max_size=len(people)))
    room = {place.code: place.capacity for place in book.places}
    total, holding = book.seats, []
    for person, place in zip(people, held, strict=True):
        free = place is not None and room[place] > 0 and total > 0
        if free:
            room[place] -= 1
            total -= 1
        holding.append(person.model_copy(update={"held": place if free else None}))
    if not any(person.held for person in holding):
        return
    result = decided(book, holding)
    for person in holding:
        now = result["assignment"][person.code]
        assert standing(person.wishes, now) <= standing(person.wishes, person.held)
        assert person.held is None or now == person.held or now in person.list()
    for place, least in minima(book.places, len(people)).items():
        filled = sum(at == place for at in result["assignment"].values())
        assert result.get("unfilled_minimum", {}).get(place, 0) == max(least - filled, 0)


CAPS = (
    (),
    (("a", "b"),),
    (("a", "b"), ("a", "b", "c")),
    (("a", "b"), ("b", "c")),
    (("a", "b"), ("b", "c"), ("a", "c")),
)


@given(wishers(4), st.sampled_from(CAPS), st.sampled_from(("merit_wishes", "exact")), st.data())
def test_under_caps_that_lie_in_each_other_or_cross_whoever_leaves_harms_nobody_who_stays(
    people, sets, mechanism, data
):
    low = st.integers(0, 1 if mechanism == "exact" else 0)
    plain = {
        "applicants": [{"id": person.code, "prefs": list(person.wishes)} for person in people],
        "openings": [
            {"id": code, "capacity": data.draw(st.integers(1, 2)), "minimum": data.draw(low)} for code in PLACES
        ],
        "caps": [
            {
                "id": f"X{n}",
                "openings": list(inside),
                "capacity": data.draw(st.integers(1, 3)),
                "minimum": data.draw(low),
            }
            for n, inside in enumerate(sets)
        ],
        "merit_order": [person.code for person in people],
    }
    try:
        before = allocate(read(plain), mechanism)["assignment"]
    except Infeasible:
        return
    leaves = data.draw(st.sets(st.sampled_from([person.code for person in people])))
    stay = [person.model_copy(update={"held": before[person.code]}) for person in people if person.code not in leaves]
    rows = [{"id": p.code, "prefs": list(p.list())} | ({"held": p.held} if p.held else {}) for p in stay]
    again = plain | {"applicants": rows, "merit_order": [person.code for person in stay]}
    try:
        result = allocate(read(again), mechanism)
    except Infeasible:
        assert not any(person.held for person in stay)
        return
    assert list(verify(result, read(again))) == []
    for person in stay:
        now = result["assignment"][person.code]
        assert standing(person.wishes, now) <= standing(person.wishes, person.held)


def test_a_minimum_that_cannot_be_met_any_more_is_kept_as_far_as_it_goes_and_said():
    plain = {
        "applicants": [{"id": "p", "prefs": [], "held": "a"}, {"id": "q", "prefs": ["a"], "held": "b"}],
        "openings": [{"id": code, "capacity": 2, "minimum": 2} for code in ("a", "b")],
        "merit_order": ["p", "q"],
    }
    result = allocate(read(plain), "exact")
    assert result["assignment"] == {"p": "a", "q": "b"}
    assert result["reasons"]["q"][0] == {"opening": "a", "code": "FLOOR_NEEDS", "at": "b"}
    assert result["unfilled_minimum"] == {"a": 1, "b": 1}
