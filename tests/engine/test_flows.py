"""Every flow of Rantau: allowed exactly where its table says, every state reachable, every way out."""

import datetime as dt
from collections import Counter

import pytest

from rantau.engine.flow import Flow, Role, Step
from rantau.engine.flows import FLOWS, PARTIES, STAFF
from rantau.engine.refusal import Refusal

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
INSTANT = dt.timedelta(microseconds=1)
FINAL = {
    "intake": {"closed"},
    "outage": {"confirmed", "discarded"},
    "shift": {"moved"},
    "milestone": {"reached", "withdrawn"},
    "application": {
        "withdrawn",
        "not_called",
        "lapsed",
        "unsuccessful",
        "accepted",
        "declined",
        "silent",
        "released",
        "ineligible",
    },
    "nomination": {"accepted", "declined", "cancelled", "lapsed"},
    "school_claim": {"linked", "dismissed"},
    "recovery": {"used", "lapsed"},
    "sitting": {"attended", "missed"},
    "mark": {"locked"},
    "round": {"published"},
    "objection": {"upheld", "rejected"},
    "allocation": {"settled"},
    "exemption": {"granted", "refused", "taken_back"},
    "place": {"accepted", "declined", "silent", "left"},
    "mandate": {"ended"},
    "agreement": {"ended", "withdrawn"},
    "side": {"reading", "approved", "signed"},
    "answer": {"approved", "refused", "taken_back"},
    "duty": {"done", "excused", "ended"},
    "meeting": {"cancelled", "approved"},
    "clearance": {"refused", "withdrawn", "arrived", "home"},
    "paper": {"seen", "confirmed", "waived", "replaced", "ended"},
    "visa": {"issued", "refused", "taken_back"},
    "lesson": {"cancelled", "held"},
    "charge": {"answered"},
    "group": {"closed", "cancelled"},
    "homeward": {"closed"},
}
"""Where a record of each flow may rest for good."""

LEADS_BACK = {("application", "accepted"), ("application", "ineligible"), ("application", "unsuccessful")} | {
    ("milestone", "reached"),
    ("sitting", "missed"),
    ("mark", "locked"),
    ("place", "accepted"),
    ("side", "reading"),
    ("side", "approved"),
    ("duty", "done"),
    ("clearance", "arrived"),
    ("paper", "seen"),
    ("paper", "confirmed"),
    ("paper", "waived"),
    ("charge", "answered"),
}
"""Resting places with a way on all the same: somebody withdraws, was wrong, objects with success, gets a second date.
Who is consulted is never more than reading, who agrees never signs; evidence may be doubted. Who arrived may come home; a
document holds until it ends, is asked for anew or is asked of nobody any more."""

flows = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
every_step = pytest.mark.parametrize(
    ("flow", "step"),
    [(flow, step) for flow in FLOWS for step in flow.steps],
    ids=[f"{flow.name}-{step.name}" for flow in FLOWS for step in flow.steps],
)


def allowed(flow: Flow, step: Step, state: str, role: Role, instants: dict[str, dt.datetime | None]) -> str:
    """Return the code with which a step is refused, or nothing."""
    try:
        found = flow.check(step.name, state=state, roles=frozenset({role}), at=AT, instants=instants)
    except Refusal as refusal:
        return refusal.code
    assert found is step
    return ""


def in_time(step: Step) -> dict[str, dt.datetime | None]:
    """Return instants at which a step may just be taken."""
    times = {step.until: AT, step.after: AT - INSTANT}
    return {name: instant for name, instant in times.items() if name}


@every_step
def test_a_step_is_allowed_exactly_where_the_table_says(flow, step):
    expected = {
        (state, role): "step.role" if role not in step.by else "step.state" if state not in step.sources else ""
        for state in flow.states
        for role in Role
    }
    found = {(state, role): allowed(flow, step, state, role, in_time(step)) for state in flow.states for role in Role}
    assert found == expected
    assert Counter(found.values())[""] == len(step.sources) * len(step.by) > 0


@every_step
def test_a_step_keeps_to_its_instants(flow, step):
    state, role = min(step.sources), min(step.by)
    if step.until:
        assert allowed(flow, step, state, role, in_time(step) | {step.until: AT - INSTANT}) == "step.late"
    if step.after:
        assert allowed(flow, step, state, role, in_time(step) | {step.after: AT}) == "step.early"
    assert allowed(flow, step, state, role, in_time(step)) == ""


@every_step
def test_a_step_with_a_second_officer_comes_after_the_first(flow, step):
    for earlier in step.other_than:
        reached, ahead = {flow.step(earlier).target}, True
        while ahead:
            ahead = {s.target for s in flow.steps if s.sources & reached} - reached
            reached |= ahead
        assert reached & step.sources


@every_step
def test_what_the_system_alone_does_waits_for_an_instant_a_secret_or_another_step(flow, step):
    secrets = {("application", "guardian_agree"), ("recovery", "use")}
    follows = {("application", "forfeit"), ("place", "leave"), ("duty", "cease"), ("duty", "begin")}
    """After silence about a field; a person who left; an agreement that ended; a milestone; an outage confirmed."""
    follows |= {("shift", "move"), ("paper", "ask_again"), ("paper", "replace"), ("paper", "end")}
    """Before a document ends; once the new one is there; after a way to departure ended."""
    if step.by == {Role.SYSTEM} and (flow.name, step.name) not in secrets | follows:
        assert step.after
        assert not step.until


@flows
def test_every_state_is_reachable(flow):
    reached, ahead = set(), {flow.initial}
    while ahead:
        reached |= ahead
        ahead = {step.target for step in flow.steps if step.sources & reached} - reached
    assert reached == flow.states


@flows
def test_only_the_named_states_are_final(flow):
    left = {state for step in flow.steps for state in step.sources if step.target != state}
    stuck = flow.states - left
    back = {state for name, state in LEADS_BACK if name == flow.name}
    assert stuck | back == FINAL[flow.name]
    assert not stuck & back


@flows
def test_from_every_state_a_final_one_can_be_reached(flow):
    ends = set(FINAL[flow.name])
    while more := {state for step in flow.steps if step.target in ends for state in step.sources} - ends:
        ends |= more
    assert ends == flow.states


@flows
def test_no_step_is_named_twice(flow):
    assert len({step.name for step in flow.steps}) == len(flow.steps)


def test_no_flow_is_named_twice():
    assert {flow.name for flow in FLOWS} == set(FINAL)
    assert len(FLOWS) == len(FINAL)


def test_who_judges_nobody_takes_no_step():
    acting = {role for flow in FLOWS for step in flow.steps for role in step.by}
    assert set(Role) - acting == {Role.AUDITOR, Role.INSPECTOR}


TALKS = {"agreement", "side", "answer", "duty", "meeting"}
"""The flows of what offices agree, answer and owe."""


def test_an_office_acts_in_agreements_alone_but_for_what_it_does_on_the_way():
    parties = {Role(name) for name in PARTIES.split()}
    by = {
        role: {(flow.name, step.name) for flow in FLOWS for step in flow.steps if role in step.by} for role in parties
    }
    lessons = {("lesson", name) for name in ("plan", "move", "cancel", "hold", "correct")}
    beyond = {role: {row for row in found if row[0] not in TALKS} for role, found in by.items()}
    assert beyond == {
        Role.MINISTRY: lessons | {("milestone", "record"), ("milestone", "withdraw")},
        Role.EMPLOYER: set(),
        Role.PARTNER: set(),
        Role.LANGUAGE_PROVIDER: lessons,
        Role.TECHNICAL_PROVIDER: lessons,
        Role.HOST_MISSION: {("visa", "issue"), ("visa", "refuse")},
        Role.HOME_MISSION: {("clearance", "arrive"), ("clearance", "come_home")}
        | {("paper", name) for name in ("see", "confirm", "return")}
        | {("homeward", name) for name in ("open", "plan", "travel", "arrive", "stay", "close")},
    }


def test_nobody_decides_about_themselves_and_a_school_never_places():
    by = {
        role: {(flow.name, step.name) for flow in FLOWS for step in flow.steps if role in step.by}
        for role in (Role.OWNER, Role.SCHOOL)
    }
    helps = {("application", "ask_guardian"), ("application", "submit"), ("application", "file")}
    assert by[Role.OWNER] == helps | {
        ("application", "withdraw"),
        ("application", "accept"),
        ("application", "decline"),
        ("application", "forgo"),
        ("nomination", "accept"),
        ("nomination", "decline"),
        ("school_claim", "ask"),
        ("objection", "lodge"),
        ("exemption", "ask"),
        ("exemption", "take_back"),
        ("place", "accept"),
        ("place", "wait"),
        ("place", "decline"),
        ("clearance", "withdraw"),
        ("clearance", "arrive"),
        ("paper", "give"),
        ("charge", "report"),
        ("charge", "tell"),
        ("charge", "reopen"),
        ("homeward", "open"),
        ("homeward", "arrive"),
        ("homeward", "stay"),
    }
    assert by[Role.SCHOOL] == helps | {
        ("nomination", "invite"),
        ("nomination", "cancel"),
        ("school_claim", "ask"),
        ("recovery", "open"),
        ("recovery", "approve"),
        ("paper", "give"),
        *(("lesson", name) for name in ("plan", "move", "cancel", "hold", "correct")),
    }


def test_who_fills_in_for_a_person_holds_a_role_of_the_table():
    assert {Role(name) for name in STAFF.split()} == {Role.SCHOOL, Role.VERIFIER, Role.COORDINATOR, Role.OPERATOR}
