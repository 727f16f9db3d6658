"""An outage: recorded by one person, confirmed by another, then moving what it touched, once, before anything lapses."""

import datetime as dt
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from rantau.allocation.actions import moving
from rantau.allocation.models import Allocation, Place
from rantau.applications.models import Application, Nomination
from rantau.engine import codes
from rantau.engine.flow import Role
from rantau.engine.outage import Outage as Down
from rantau.engine.outage import end, moved
from rantau.engine.reminding import soon
from rantau.ledger.actions import open_chain
from rantau.ledger.models import Entry
from rantau.people.models import Organisation
from rantau.programmes.actions import outages
from rantau.programmes.models import Intake, Outage, Programme, Shift
from rantau.programmes.queries import ZONE
from rantau.selection.models import Round
from tests.allocation.build import World, again, announce, due, finished, refresh
from tests.allocation.build import everything as rows
from tests.selection.build import DAY, HOUR, officer, unchanged, world

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def record(w: World, from_at: dt.datetime, until_at: dt.datetime, **given: Any) -> Outage:
    """Record an outage by an operator's hand."""
    w.staff.setdefault("helper", officer("helper", Role.OPERATOR, w.scope, w.at, w.chance))
    given = {"what": "Kabel putus.", "person": w.helper} | given
    [made] = outages.record(
        programme=Programme.objects.get(pk=w.programme.pk),
        from_at=from_at,
        until_at=until_at,
        at=w.at,
        chance=w.chance,
        **given,
    )
    return made


def confirm(w: World, outage: Outage, person: str = "coordinator") -> None:
    """Confirm an outage."""
    outages.confirm(of=outage, person=w.staff[person], at=w.at)


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was."""
    found = {model.__name__: list(model.objects.order_by("pk").values()) for model in (Outage, Shift, Intake)}
    return rows() | found


def test_what_fell_into_an_outage_moves_for_everyone_before_it_lapses_and_once(at, chance):
    w = finished(at, chance)
    allocation = announce(w)
    deadline = w.people["ani"].answer_by
    w.later(deadline + HOUR - w.at)
    outage = record(w, deadline - HOUR, w.at)
    with unchanged(everything, "step.same_person"):
        confirm(w, outage, "helper")
    with unchanged(everything, "step.role"):
        confirm(w, outage, "verifier")
    confirm(w, outage)
    DBTaskResult.objects.all().delete()
    until = end(Down(from_at=outage.from_at, until_at=outage.until_at), ZONE)
    offered = sum(application.state == "offered" for application in w.people.values())
    lists = deadline - HOUR <= allocation.wishes_until < until
    assert due(w) == 1
    refresh(w)
    seated = [application for application in w.people.values() if application.state == "offered"]
    assert [(one.answer_by, one.remind_at) for one in seated] == [(until, soon(w.at, until))] * offered
    assert again(allocation).wishes_until == (until if lists else allocation.wishes_until)
    entry = Entry.objects.get(action="move")
    counts = {"offers": offered} | ({"wishes": 1} if lists else {})
    assert (entry.chain, entry.at, entry.facts["moved"], entry.facts["missed"]) == (w.intake.chain, w.at, counts, {})
    assert [job.args_kwargs["args"] for job in DBTaskResult.objects.all()] == [["deadline_moved", entry.pk]]
    before = everything()
    assert due(w) == 0
    assert everything() == before
    w.later(until + SECOND - w.at)
    due(w)
    assert {w.people[name].state for name in ("ani", "budi", "citra", "dedi")} == {"silent"}


def test_what_was_counted_as_too_late_already_is_counted_and_left_to_an_officer(at, chance):
    w = finished(at, chance)
    deadline = w.people["ani"].answer_by
    w.later(deadline + HOUR - w.at)
    due(w)
    states = {name: application.state for name, application in w.people.items()}
    confirm(w, record(w, deadline - HOUR, deadline + SECOND))
    assert due(w) == 1
    assert {name: application.state for name, application in w.people.items()} == states
    assert (Shift.objects.get().moved, Shift.objects.get().missed) == ({}, {"offers": 4})


def test_an_outage_that_is_discarded_or_not_confirmed_moves_nothing(at, chance):
    w = finished(at, chance)
    deadline = w.people["ani"].answer_by
    w.later(deadline - w.at)
    assert due(w) == 4  # reminders
    first, second = record(w, w.at - HOUR, w.at), record(w, w.at - 2 * HOUR, w.at)
    outages.discard(of=first, person=w.helper, at=w.at)
    before = everything()
    assert (due(w), everything()) == (0, before)
    with unchanged(everything, "step.state"):
        confirm(w, first)
    assert [one.state for one in Outage.objects.order_by("pk")] == ["discarded", "recorded"]
    assert second.confirmed_at is None


@pytest.mark.parametrize(
    ("code", "from_", "until", "given"),
    [
        ("outage.span", HOUR, HOUR, {}),
        ("outage.span", HOUR, -SECOND, {}),
        ("outage.span", 15 * DAY, HOUR, {}),
        ("outage.words", 2 * HOUR, HOUR, {"what": " "}),
        ("outage.words", 2 * HOUR, HOUR, {"what": "x" * 301}),
        ("outage.exists", 3 * HOUR, HOUR, {}),
        ("role.missing", 2 * HOUR, HOUR, {"person": "coordinator"}),
    ],
)
def test_what_is_no_outage_is_refused(at, chance, code, from_, until, given):
    w = world(at, chance)
    record(w, w.at - 3 * HOUR, w.at - HOUR)
    given = {key: w.staff[value] if key == "person" else value for key, value in given.items()}
    with unchanged(everything, code):
        record(w, w.at - from_, w.at - until, **given)


def test_a_programme_that_never_opened_registration_has_no_outage(at, chance):
    w = world(at, chance)
    Intake.objects.update(state="planned")
    with unchanged(everything, "outage.nothing"):
        record(w, w.at - HOUR, w.at)


def test_one_outage_is_one_row_in_the_chain_of_every_real_programme_of_the_operator(at, chance):
    w = world(at, chance)
    other = Programme.objects.create(code="lain", kind="real")
    Intake.objects.create(
        ref="lain", code="lain-1", programme=other, version=w.intake.version, state="open", opens_at=at, closes_at=at
    )
    Programme.objects.update(rehearsal=False, clock_at=None)
    open_chain(other.chain)
    person = officer("everywhere", Role.OPERATOR, "*", at, chance)
    made = outages.record(
        programme=other,
        from_at=w.at - HOUR,
        until_at=w.at,
        what="Kabel putus.",
        person=person,
        at=w.at,
        chance=chance,
    )
    assert {one.programme.code for one in made} == {w.scope, "lain"}
    assert len({one.event for one in made}) == 1
    assert set(
        Entry.objects.filter(action="record", subject__startswith="outage:").values_list("chain", flat=True)
    ) == {
        w.programme.chain,
        other.chain,
    }
    outages.confirm(of=made[0], person=w.second, at=w.at)  # a coordinator of the first programme alone
    assert sorted(Outage.objects.values_list("programme__code", "state")) == sorted(
        [(made[0].programme.code, "confirmed"), (made[1].programme.code, "recorded")]
    )


KINDS = {
    "documents": ("called", "file_by"),
    "objections": ("ineligible", "objection_until"),
    "offers": ("offered", "answer_by"),
}


def test_every_kind_of_deadline_moves_by_the_rule_and_nothing_else_does(at, chance):
    w = world(at, chance, *(f"{kind} {edge}" for kind in KINDS for edge in range(4)))
    down = Down(from_at=w.at - 2 * HOUR, until_at=w.at - HOUR)
    until = end(down, ZONE)
    edges = (down.from_at - SECOND, down.from_at, until - SECOND, until)
    for kind, (state, field) in KINDS.items():
        for edge, instant in enumerate(edges):
            Application.objects.filter(pk=w.people[f"{kind} {edge}"].pk).update(state=state, **{field: instant})
    Intake.objects.update(state="open", closes_at=edges[1])
    school = Organisation.objects.create(code="s", kind="school", name="SMK", npsn="20100001")
    made = {"intake": w.intake, "school": school, "invited_by": w.coordinator, "invited_at": at, "state": "invited"}
    for instant in edges:
        Nomination.objects.create(ref=codes.reference(chance), lives_until=instant, **made)
    window = {"intake": w.intake, "kind": "provisional", "state": "published", "objections_until": edges[2]}
    Round.objects.create(ref=codes.reference(chance), **window)
    divided = {
        "intake": w.intake,
        "kind": "field",
        "state": "open",
        "wishes_until": edges[1],
        "answers_until": edges[0],
    }
    fields = Allocation.objects.create(ref=codes.reference(chance), **divided)
    for edge, instant in enumerate(edges):
        person = w.people[f"offers {edge}"]
        Place.objects.create(
            ref=codes.reference(chance),
            allocation=fields,
            application=person,
            place="x",
            state="waiting",
            answer_by=instant,
        )
    found = moving.move(intake=w.intake, outage=down, at=w.at)
    two = dict.fromkeys(("documents", "objections", "offers", "nominations", "places"), 2)
    assert (found.moved, found.missed) == (two | {"registration": 1, "marks": 1, "wishes": 1}, {})
    after = [moved(instant, down, ZONE) for instant in edges]
    assert after == [edges[0], until, until, until]
    for kind, (_, field) in KINDS.items():
        rows_ = Application.objects.filter(pk__in=[w.people[f"{kind} {edge}"].pk for edge in range(4)])
        assert list(rows_.order_by("pk").values_list(field, flat=True)) == after
    assert list(Nomination.objects.order_by("pk").values_list("lives_until", flat=True)) == after
    assert list(Place.objects.order_by("pk").values_list("answer_by", flat=True)) == after
    assert Intake.objects.get().closes_at == Round.objects.get().objections_until == again(fields).wishes_until == until
    assert again(fields).answers_until == edges[0]


def test_an_outage_known_only_after_its_new_day_gives_nobody_time_and_says_so(at, chance):
    w = world(at, chance, "ani")
    down = Down(from_at=w.at - 9 * DAY, until_at=w.at - 8 * DAY)
    Application.objects.update(state="called", file_by=down.until_at)
    found = moving.move(intake=w.intake, outage=down, at=w.at)
    assert (found.moved, found.missed) == ({}, {"documents": 1})
    assert Application.objects.get().file_by == down.until_at
