"""Deciding and publishing: what it waits for, two officers, files that verify, places that follow the final round."""

import hashlib

import pytest

from rantau.allocation import queries
from rantau.allocation.models import Place, Run
from rantau.applications.models import Application
from rantau.engine.instance import read
from rantau.ledger.models import Entry
from rantau.programmes.models import Programme
from rantau.selection import queries as selection
from rantau.selection.actions import offers
from tests.allocation.build import (
    again,
    announce,
    answer,
    answers,
    ask,
    assert_verifies,
    close,
    decide,
    finished,
    given,
    judge,
    names,
    past,
    placed,
    programme,
    publish,
    published,
    refresh,
    refused,
    result,
    run,
    seated,
    take_seats,
    wish,
)
from tests.selection.build import HOUR, states

pytestmark = pytest.mark.django_db
BOTH = {"ani": ("anak", "lansia"), "budi": ("anak",), "citra": ("anak", "lansia"), "dedi": ("lansia",)}


def closed(w, kind="field", **wishes):
    allocation = announce(w, kind)
    for name, places in wishes.items():
        wish(w, allocation, name, *places)
    return close(w, allocation)


def test_from_the_lists_to_published_places(at, chance):
    w = seated(at, chance)
    allocation = closed(w, **BOTH)
    decide(w, allocation)
    assert (again(allocation).state, placed(w, allocation), queries.runs(allocation)) == ("decided", {}, [])
    run_ = publish(w, allocation)
    kept = again(allocation)
    assert (kept.state, kept.answers_until.isoformat()) == ("published", "2026-05-27T16:59:59+00:00")
    assert (run_.number, run_.decided_at, run_.published_at) == (1, w.at, w.at)
    assert placed(w, allocation) == {
        "ani": ("anak", "offered"),
        "budi": ("anak", "offered"),
        "citra": ("lansia", "offered"),
        "dedi": ("lansia", "offered"),
    }
    assert set(Place.objects.values_list("answer_by", flat=True)) == {kept.answers_until}
    assert queries.runs(allocation) == [run_] == [queries.run(allocation, 1)]
    offered = Entry.objects.filter(action="offer", subject__startswith="place:")
    assert sorted((e.actor, e.facts["place"]) for e in offered) == sorted(
        (w.second.ref, place) for place, _ in placed(w, allocation).values()
    )
    entry = Entry.objects.get(action="publish", subject=f"allocation:{kept.ref}")
    assert entry.facts == {
        "from": "decided",
        "to": "published",
        "run": 1,
        "file": hashlib.sha256(bytes(run_.result)).hexdigest(),
    }


@pytest.mark.parametrize("rehearsal", [True, False])
def test_both_files_verify_and_say_what_they_are_about(at, chance, rehearsal):
    w = seated(at, chance)
    Programme.objects.update(rehearsal=rehearsal)
    refresh(w)
    run_ = run(w, closed(w, **BOTH))
    assert_verifies(run_)
    instance, decided = given(run_), result(run_)
    final = selection.round_of(w.intake, "final")
    about = {
        "programme": w.scope,
        "intake": w.intake.code,
        "kind": "field",
        "run": 1,
        "round": hashlib.sha256(bytes(final.public)).hexdigest(),
    }
    assert instance["about"] == (about | {"rehearsal": True} if rehearsal else about)
    assert decided.get("rehearsal", False) is rehearsal
    assert decided["mechanism"] == "merit_wishes"
    assert decided["certificate"]["instance"] == read(instance).digest
    entry = Entry.objects.get(action="decide", subject__startswith="allocation:")
    assert entry.facts == {
        "from": "closed",
        "to": "decided",
        "run": 1,
        "mechanism": "merit_wishes",
        "instance": read(instance).digest,
        "result": decided["digest"],
        "placed": 4,
    }


def test_the_order_is_that_of_the_final_round_and_the_lists_are_those_given(at, chance):
    w = seated(at, chance, dedi=9900, budi=9000, citra=8000, ani=7000, eka=6000, fajar=5600)
    run_ = run(w, closed(w, **BOTH, eka=("anak",)))
    instance, by_code = given(run_), names(w)
    assert [by_code[code] for code in instance["merit_order"]] == ["dedi", "budi", "citra", "ani"]
    ranked = [o.code for o in selection.decision(selection.round_of(w.intake, "final")).outcomes]
    assert instance["merit_order"] == ranked[:4]
    assert {by_code[row["id"]]: tuple(row["prefs"]) for row in instance["applicants"]} == BOTH
    assert [sorted(row) for row in instance["applicants"]] == [["id", "prefs"]] * 4
    assert {by_code[code]: place for code, place in result(run_)["assignment"].items()} == {
        "dedi": "lansia",
        "budi": "anak",
        "citra": "anak",
        "ani": "lansia",
    }


def test_who_got_a_seat_without_a_rank_stands_behind_the_order_and_is_placed(at, chance):
    w = finished(at, chance, ani=9000, budi=8500, citra=100)
    offers.add_seat(application=w.people["citra"], reason="Nilai tertukar.", person=w.coordinator, at=w.at)
    assert take_seats(w) == ["ani", "budi", "citra"]
    allocation = closed(w, ani=("anak",), budi=("lansia",), citra=("anak",))
    run_ = run(w, allocation)
    assert [names(w)[code] for code in given(run_)["merit_order"]] == ["ani", "budi", "citra"]
    assert placed(w, allocation)["citra"] == ("anak", "offered")


def test_nothing_is_decided_while_something_is_open(at, chance):
    w = finished(at, chance)
    allocation = announce(w)
    w.later(allocation.wishes_until - w.at - HOUR)
    with refused("allocation.pending", waiting=["seats: 4"]):
        decide(w, allocation)
    refresh(w)
    Application.objects.update(answer_by=w.at + 9 * HOUR)
    take_seats(w)
    request = ask(w, allocation, "ani", "anak")
    with refused("allocation.pending", waiting=["exemptions: 1"]):
        decide(w, allocation)
    judge(w, request, grants=False)
    with refused("step.state", state="open"):
        decide(w, allocation)
    close(w, allocation)
    run(w, allocation)
    assert placed(w, allocation) == {}  # nobody gave a list


def test_nothing_is_decided_while_places_are_answered(at, chance):
    w = seated(at, chance)
    allocation = published(w, **BOTH)
    with refused("allocation.pending", waiting=["answers: 4"]):
        decide(w, allocation)
    answers(w, allocation)
    with refused("allocation.window", until=allocation.answers_until):
        decide(w, allocation)
    w.later(allocation.answers_until - w.at)
    with refused("allocation.window", until=allocation.answers_until):
        decide(w, allocation)
    w.later(HOUR)
    assert decide(w, allocation).number == 2


def test_nothing_is_decided_where_nobody_has_a_seat(at, chance):
    w = finished(at, chance, ani=9000)
    allocation = closed(w)  # the seat's own day passed in silence
    assert states(w) == {"ani": "silent"}
    with refused("allocation.nobody"):
        decide(w, allocation)


def test_minima_that_cannot_be_met_are_named_and_nothing_is_decided(at, chance):
    text = programme(postings="exact", least={"osaka": 2, "sendai": 1})
    w = seated(at, chance, text, ani=9000, budi=6900, citra=6800, dedi=6700)
    allocation = closed(w, "posting", ani=("sendai",), budi=("sendai",))
    short = [{"group": "osaka", "required": 2, "available": 1}]
    with refused("allocation.infeasible", conflict=["osaka"], short=["osaka: 1 / 2"], shortfall=short):
        decide(w, allocation)
    assert again(allocation).state == "closed"


def test_minima_are_kept_by_eligibility(at, chance):
    text = programme(postings="exact", least={"osaka": 2, "sendai": 1})
    w = seated(at, chance, text)  # three reach 70
    allocation = closed(
        w, "posting", ani=("sendai",), budi=("sendai", "osaka"), citra=("sapporo", "osaka"), dedi=("sapporo",)
    )
    run_ = run(w, allocation)
    assert_verifies(run_)
    assert placed(w, allocation) == {
        "ani": ("sendai", "offered"),
        "budi": ("osaka", "offered"),
        "citra": ("osaka", "offered"),
        "dedi": ("sapporo", "offered"),
    }
    code = w.people["citra"].listing.code
    assert result(run_)["reasons"][code][0] == {"opening": "sapporo", "code": "FLOOR_NEEDS", "at": "osaka"}


def test_only_a_coordinator_decides_and_only_what_is_closed(at, chance):
    w = seated(at, chance)
    allocation = closed(w, **BOTH)
    for name in ("verifier", "auditor", "protector"):
        with refused("role.missing"):
            decide(w, allocation, name)
    decide(w, allocation)
    with refused("step.state", state="decided"):
        decide(w, allocation)


def test_who_decided_does_not_publish(at, chance):
    w = seated(at, chance)
    allocation = closed(w, **BOTH)
    with refused("step.state", state="closed"):
        publish(w, allocation)
    decide(w, allocation)
    with refused("step.same_person"):
        publish(w, allocation, "coordinator")
    for name in ("verifier", "protector", "auditor"):
        with refused("step.role"):
            publish(w, allocation, name)
    publish(w, allocation)
    with refused("step.state", state="published"):
        publish(w, allocation, "coordinator")
    answers(w, allocation)
    past(w, allocation)
    decide(w, allocation, "second")
    with refused("step.same_person"):
        publish(w, allocation, "second")
    assert publish(w, allocation, "coordinator").number == 2


def test_who_left_between_the_decision_and_its_publication_is_given_nothing(at, chance):
    w = seated(at, chance)
    allocation = closed(w, **BOTH)
    decide(w, allocation)
    Application.objects.filter(pk=w.people["ani"].pk).update(state="withdrawn")
    publish(w, allocation)
    assert sorted(placed(w, allocation)) == ["budi", "citra", "dedi"]


def test_a_run_again_with_nothing_new_changes_nothing(at, chance):
    w = seated(at, chance)
    allocation = published(w, **BOTH)
    for name, says in {"ani": "accept", "budi": "wait", "citra": "wait", "dedi": "accept"}.items():
        answer(w, allocation, name, says)
    before, kept = placed(w, allocation), list(Place.objects.order_by("pk").values())
    past(w, allocation)
    steps = Entry.objects.filter(subject__startswith="place:").count()
    second = run(w, allocation)
    first = Run.objects.get(number=1)
    assert placed(w, allocation) == before
    assert list(Place.objects.order_by("pk").values()) == kept
    assert Entry.objects.filter(subject__startswith="place:").count() == steps
    assert result(second)["assignment"] == result(first)["assignment"]
    assert_verifies(second)
    by_name = {names(w)[row["id"]]: (row["prefs"], row["held"]) for row in given(second)["applicants"]}
    assert by_name == {
        "ani": ([], "anak"),
        "budi": ([], "anak"),
        "citra": (["anak"], "lansia"),
        "dedi": ([], "lansia"),
    }
