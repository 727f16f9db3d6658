"""Every deadline has a reminder, every decision a message: for all flows, or with a reason why not."""

import pytest

from rantau.engine.flow import Flow, Role, Step, steps
from rantau.engine.flows import FLOWS
from tests.rules.told import ELSEWHERE, QUIET, UNREMINDED

SYSTEM = frozenset({Role.SYSTEM})


def reminds(flow: Flow, state: str) -> bool:
    """Tell whether the system reminds of something while a record stays in a state."""
    return any(_is_reminder(step) and step.sources == {step.target} == {state} for step in flow.steps)


def _is_reminder(step: Step) -> bool:
    return step.by == SYSTEM and bool(step.after) and any(kind.endswith("_soon") for kind in step.emits)


def unreminded(flow: Flow) -> set[tuple[str, str, str]]:
    """Return each step that a person takes until some instant, from each state in which nobody is reminded of it."""
    dated = [step for step in flow.steps if step.until and step.by != SYSTEM]
    return {(flow.name, step.name, s) for step in dated for s in step.sources if not reminds(flow, s)}


def quiet(flow: Flow) -> set[str]:
    """Return the steps that somebody takes about somebody else and that tell nobody."""
    return {step.name for step in flow.steps if step.by - {Role.OWNER} and not step.emits}


def test_every_deadline_has_a_reminder_or_a_reason():
    found = {one for flow in FLOWS for one in unreminded(flow)}
    assert found == set(ELSEWHERE) | set(UNREMINDED)
    assert not set(ELSEWHERE) & set(UNREMINDED)
    assert all(UNREMINDED.values())


def test_who_reminds_for_another_record_does_remind():
    flows = {flow.name: flow for flow in FLOWS}
    assert all(_is_reminder(flows[flow].step(step)) for flow, step in ELSEWHERE.values())


def test_every_decision_has_a_message_or_a_reason():
    found = {flow.name: quiet(flow) for flow in FLOWS if quiet(flow)}
    assert found == {name: set(reasons) for name, reasons in QUIET.items()}
    assert all(why for reasons in QUIET.values() for why in reasons.values())


@pytest.mark.parametrize(
    ("row", "missing", "silent"),
    [
        (("answer", "asked", "done", "owner", {"until": "answer_by"}), {("new", "answer", "asked")}, set()),
        (("grant", "asked", "done", "coordinator", {}), set(), {"grant"}),
        (("end", "asked", "done", "system", {"after": "answer_by"}), set(), {"end"}),
        (("end", "asked", "done", "coordinator owner", {"emits": ("ended",)}), set(), set()),
    ],
)
def test_the_rules_see_a_new_flow_that_forgets(row, missing, silent):
    flow = Flow(name="new", initial="asked", steps=steps(row))
    assert (unreminded(flow), quiet(flow)) == (missing, silent)


def test_a_reminder_stays_in_its_state_comes_before_the_end_and_is_taken_by_nobody():
    reminder = ("remind", "asked", "asked", "system", {"after": "remind_at", "emits": ("x_soon",)})
    for changed in ({"by": "owner"}, {"target": "done"}, {"rest": {"after": "remind_at", "emits": ("late",)}}):
        name, sources, target, by, rest = reminder
        row = (name, sources, changed.get("target", target), changed.get("by", by), changed.get("rest", rest))
        assert not reminds(Flow(name="new", initial="asked", steps=steps(row)), "asked")
    assert reminds(Flow(name="new", initial="asked", steps=steps(reminder)), "asked")
