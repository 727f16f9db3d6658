"""Answers and the runs after them: accepted, waiting, declined, silent; who stays never falls, and the reserve joins."""

import random
from collections import Counter

import pytest

from rantau.allocation import queries
from rantau.allocation.actions import deciding
from rantau.allocation.models import Place
from rantau.applications.actions import registration
from rantau.ledger.models import Entry
from tests.allocation.build import (
    FIELDS,
    POSTINGS,
    SIX,
    again,
    answer,
    answers,
    assert_verifies,
    decide,
    due,
    given,
    names,
    past,
    placed,
    programme,
    published,
    refused,
    result,
    run,
    seated,
    take_seats,
)
from tests.selection.build import HOUR, states

pytestmark = pytest.mark.django_db
WANTED = {
    "ani": ("anak", "lansia"),
    "budi": ("anak", "lansia"),
    "citra": ("anak", "lansia"),
    "dedi": ("anak", "lansia"),
    "eka": ("anak", "lansia"),
}
POSTED = {"ani": ("osaka", "sendai"), "budi": ("sendai", "osaka"), "citra": ("osaka", "sapporo"), "dedi": ("sapporo",)}


def entry(action):
    return Entry.objects.filter(action=action, subject__startswith="place:").latest("position")


def test_an_answer_is_a_step_of_its_person(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    answer(w, allocation, "ani", "accept")
    answer(w, allocation, "citra", "wait")
    assert placed(w, allocation) == {
        "ani": ("anak", "accepted"),
        "budi": ("anak", "offered"),
        "citra": ("lansia", "waiting"),
        "dedi": ("lansia", "offered"),
    }
    said = entry("wait")
    assert said.actor == w.people["citra"].person.ref
    assert said.facts == {"from": "offered", "to": "waiting", "place": "lansia"}
    answer(w, allocation, "citra", "accept")
    assert placed(w, allocation)["citra"] == ("lansia", "accepted")
    assert set(states(w).values()) == {"accepted", "reserve"}


def test_nobody_answers_for_another_and_nobody_takes_a_step_that_is_no_answer(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    answer(w, allocation, "ani", "wait")
    w.staff["other"] = w.people["budi"].person
    for name in ("coordinator", "second", "protector", "other"):
        for says in ("accept", "decline", "settle", "rise"):
            with refused("step.role"):
                answer(w, allocation, "ani", says, person=name)
    for says in ("settle", "rise", "silence", "leave", "offer"):
        with refused("step.role"):
            answer(w, allocation, "ani", says)
    with refused("step.state", state="waiting"):
        answer(w, allocation, "ani", "wait")
    answer(w, allocation, "ani", "accept")
    for says in ("accept", "wait", "decline"):
        with refused("step.state", state="accepted"):
            answer(w, allocation, "ani", says)


def test_an_answer_is_in_time_until_its_instant_and_to_decline_is_never_late(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    w.later(allocation.answers_until - w.at)
    answer(w, allocation, "ani", "accept")
    answer(w, allocation, "citra", "wait")
    w.later(HOUR)
    for says in ("accept", "wait"):
        with refused("step.late", until=allocation.answers_until):
            answer(w, allocation, "budi", says)
    with refused("step.late"):
        answer(w, allocation, "citra", "accept")
    answer(w, allocation, "budi", "decline")
    answer(w, allocation, "citra", "decline")
    assert {name: state for name, (_, state) in placed(w, allocation).items()} == {
        "ani": "accepted",
        "budi": "declined",
        "citra": "declined",
        "dedi": "offered",
    }


def test_who_declines_a_field_gives_up_the_seat_and_the_reserve_is_called(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    answer(w, allocation, "ani", "decline")
    assert (placed(w, allocation)["ani"], states(w)["ani"]) == (("anak", "declined"), "declined")
    assert (states(w)["eka"], states(w)["fajar"]) == ("offered", "reserve")
    forgone = Entry.objects.get(action="forgo")
    assert forgone.subject == f"application:{w.people['ani'].ref}"
    assert forgone.facts == {"from": "accepted", "to": "declined", "kind": "field"}
    answers(w, allocation)
    w.later(again(allocation).answers_until - w.at + HOUR)
    with refused("allocation.pending", waiting=["seats: 1"]):
        decide(w, allocation)


def test_a_free_place_goes_up_the_order_and_who_is_called_in_stands_last(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    answer(w, allocation, "ani", "decline")
    answer(w, allocation, "budi", "accept")
    answer(w, allocation, "citra", "accept")  # what was accepted is not bettered
    answer(w, allocation, "dedi", "wait")
    assert take_seats(w) == ["eka"]
    past(w, allocation)
    second = run(w, allocation)
    assert [names(w)[code] for code in given(second)["merit_order"]] == ["budi", "citra", "dedi", "eka"]
    assert placed(w, allocation) == {
        "ani": ("anak", "declined"),
        "budi": ("anak", "accepted"),
        "citra": ("lansia", "accepted"),
        "dedi": ("anak", "offered"),
        "eka": ("lansia", "offered"),
    }
    assert entry("rise").facts == {"from": "waiting", "to": "offered", "place": "anak"}
    until = again(allocation).answers_until
    asked = Place.objects.filter(state="offered").values_list("answer_by", flat=True)
    assert set(asked) == {until}
    assert until > w.at
    assert_verifies(second)


def test_silence_is_a_decline_and_gives_up_the_seat_of_a_field(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    answer(w, allocation, "ani", "accept")
    answer(w, allocation, "citra", "wait")
    past(w, allocation)
    assert placed(w, allocation) == {
        "ani": ("anak", "accepted"),
        "budi": ("anak", "silent"),
        "citra": ("lansia", "waiting"),
        "dedi": ("lansia", "silent"),
    }
    assert {name: state for name, state in states(w).items() if state not in ("accepted",)} == {
        "budi": "silent",
        "dedi": "silent",
        "eka": "offered",
        "fajar": "offered",
    }
    forfeits = Entry.objects.filter(action="forfeit")
    assert [e.facts for e in forfeits] == [{"from": "accepted", "to": "silent", "kind": "field"}] * 2
    with refused("allocation.not_yours"):
        answer(w, allocation, "budi", "accept")


def test_a_posting_declined_or_unanswered_keeps_the_seat_in_the_programme_and_is_not_given_again(at, chance):
    w = seated(at, chance)
    allocation = published(w, "posting", **POSTED)
    assert placed(w, allocation) == {
        "ani": ("osaka", "offered"),
        "budi": ("sendai", "offered"),
        "citra": ("osaka", "offered"),
        "dedi": ("sapporo", "offered"),
    }
    answer(w, allocation, "ani", "decline")
    answer(w, allocation, "citra", "accept")
    answer(w, allocation, "dedi", "accept")
    past(w, allocation)
    assert set(states(w).values()) == {"accepted", "reserve"}
    second = run(w, allocation)
    assert sorted(names(w)[code] for code in result(second)["assignment"]) == ["citra", "dedi"]
    assert placed(w, allocation) == {
        "ani": ("osaka", "declined"),
        "budi": ("sendai", "silent"),
        "citra": ("osaka", "accepted"),
        "dedi": ("sapporo", "accepted"),
    }


def test_who_withdraws_from_the_programme_leaves_the_place(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    ani = w.people["ani"]
    answer(w, allocation, "citra", "wait")
    answer(w, allocation, "budi", "accept")
    answer(w, allocation, "dedi", "accept")
    registration.withdraw(application=ani, person=ani.person, at=w.at)
    with refused("allocation.not_yours"):
        answer(w, allocation, "ani", "accept")
    assert due(w) == 2  # the place is left, the reserve is called
    assert placed(w, allocation)["ani"] == ("anak", "left")
    assert take_seats(w) == ["eka"]
    past(w, allocation)
    left = entry("leave")
    assert left.facts == {"from": "offered", "to": "left"}
    run(w, allocation)
    assert placed(w, allocation) == {
        "ani": ("anak", "left"),
        "budi": ("anak", "accepted"),
        "citra": ("anak", "offered"),
        "dedi": ("lansia", "accepted"),
        "eka": ("lansia", "offered"),
    }


@pytest.mark.parametrize("first", ["field", "posting"])
def test_who_loses_the_seat_by_silence_leaves_the_other_allocation_at_once(at, chance, first):
    w = seated(at, chance)
    wished = {"field": WANTED, "posting": POSTED}
    allocations = {}
    for kind in (first, *wished.keys() - {first}):
        allocations[kind] = published(w, kind, **wished[kind])
        answers(w, allocations[kind])
    Place.objects.filter(allocation=allocations["field"]).update(state="offered")
    w.later(max(again(a).answers_until for a in allocations.values()) - w.at + HOUR)
    assert (due(w), due(w)) == (8, 0)  # four silent, four who leave
    assert {state for _, state in placed(w, allocations["field"]).values()} == {"silent"}
    assert {state for _, state in placed(w, allocations["posting"]).values()} == {"left"}


def test_the_end_of_the_rounds_settles_who_waits(at, chance):
    w = seated(at, chance)
    allocation = published(w, **WANTED)
    for name, says in {"ani": "accept", "budi": "accept", "citra": "wait"}.items():
        answer(w, allocation, name, says)

    def finish(person="coordinator"):
        return deciding.finish(allocation=again(allocation), person=w.staff[person], at=w.at)

    with refused("allocation.pending", waiting=["answers: 1"]):
        finish()
    answer(w, allocation, "dedi", "wait")
    with refused("step.early", after=allocation.answers_until):
        finish()
    past(w, allocation)
    for name in ("verifier", "protector"):
        with refused("role.missing"):
            finish(name)
    finish()
    assert again(allocation).state == "settled"
    assert {state for _, state in placed(w, allocation).values()} == {"accepted"}
    settled = Entry.objects.filter(action="settle").order_by("position")
    assert [e.facts for e in settled] == [{"from": "waiting", "to": "accepted", "place": "lansia"}] * 2
    with refused("step.state", state="settled"):
        decide(w, allocation)
    with refused("step.state", state="settled"):
        finish()


RULES = {
    "merit_wishes": ("merit_wishes", {}),
    "applicant_proposing_da": ("applicant_proposing_da", {}),
    "opening_proposing_da": ("opening_proposing_da", {}),
    "exact": ("exact", {"anak": 2, "lansia": 1, "osaka": 1, "sendai": 1}),
}


def wished_by_luck(luck, kind):
    places = list(FIELDS if kind == "field" else POSTINGS)
    may = {name: [place for place in places if place != "osaka" or mark >= 7000] for name, mark in SIX.items()}
    return {name: tuple(luck.sample(open_, len(open_))) for name, open_ in may.items()}


def answered_by_luck(w, allocation, luck):
    """Let everybody answer as it comes, some say nothing, some withdraw; take what is due and every seat offered."""
    for name, (_, state) in placed(w, allocation).items():
        says = luck.choice(("accept", "wait", "wait", "wait", "decline", "withdraw", "nothing"))
        if says == "withdraw" and states(w)[name] == "accepted":
            registration.withdraw(application=w.people[name], person=w.people[name].person, at=w.at)
        elif says in ("accept", "wait", "decline") and state == "offered":
            answer(w, allocation, name, says)
    w.later(again(allocation).answers_until - w.at + HOUR)
    while due(w) + len(take_seats(w)):
        pass


@pytest.mark.parametrize("kind", ["field", "posting"])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_whatever_people_answer_nobody_who_stays_falls(at, chance, kind, rule, seed):
    luck, (mechanism, least) = random.Random(f"{seed}{kind}{rule}"), RULES[rule]
    w = seated(at, chance, programme(fields=mechanism, postings=mechanism, least=least))
    wished = wished_by_luck(luck, kind)
    allocation = published(w, kind, **wished)
    for _ in range(3):
        answered_by_luck(w, allocation, luck)
        before = {n: row for n, row in placed(w, allocation).items() if row[1] in ("accepted", "waiting")}
        if not queries.wishers(again(allocation)):
            with refused("allocation.nobody"):
                decide(w, allocation)
            break
        assert_verifies(run(w, allocation))
        after = placed(w, allocation)
        for name, (place, state) in before.items():
            ranks = [wished[name].index(p) for p in (place, after[name][0])]
            risen = state == "waiting" and ranks[1] < ranks[0]
            assert after[name] == ((after[name][0], "offered") if risen else (place, state))
        held = Counter(p for p, state in after.values() if state in ("accepted", "waiting", "offered"))
        assert all(n <= (FIELDS | POSTINGS)[place] for place, n in held.items())
