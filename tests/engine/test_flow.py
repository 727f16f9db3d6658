"""What a flow allows, on a small table of its own: who, from where, until when, from when."""

import datetime as dt

import pytest
from pydantic import ValidationError

from rantau.engine.flow import Flow, Role, steps
from rantau.engine.refusal import Refusal

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
INSTANT = dt.timedelta(microseconds=1)
OWNER, SYSTEM = frozenset({Role.OWNER}), frozenset({Role.SYSTEM})
LOAN = Flow(
    name="loan",
    initial="new",
    steps=steps(
        ("lend", "new kept", "lent", "owner coordinator", {"until": "closes_at", "emits": ("receipt",)}),
        ("return", "lent", "kept", "owner", {"other_than": ("lend",)}),
        ("remind", "lent", "late", "system", {"after": "back_by"}),
    ),
)


def refused(name: str, *, state: str, roles: frozenset[Role], **instants: dt.datetime | None) -> tuple[str, dict]:
    """Return the code and facts of a refusal."""
    with pytest.raises(Refusal) as caught:
        LOAN.check(name, state=state, roles=roles, at=AT, instants=instants)
    return caught.value.code, caught.value.facts


def test_a_row_of_the_table_becomes_a_step():
    lend = LOAN.step("lend")
    assert lend.plain() | {"sources": sorted(lend.sources), "by": sorted(lend.by)} == {
        "name": "lend",
        "sources": ["kept", "new"],
        "target": "lent",
        "by": ["coordinator", "owner"],
        "until": "closes_at",
        "after": "",
        "other_than": [],
        "emits": ["receipt"],
    }


def test_states_are_what_the_table_names_and_the_initial_one():
    assert LOAN.states == {"new", "lent", "kept", "late"}
    assert Flow(name="still", initial="there", steps=()).states == {"there"}


def test_a_misspelt_step_is_a_bug_and_no_refusal():
    with pytest.raises(LookupError, match="loan has no step 'lent'"):
        LOAN.step("lent")


def test_a_role_that_does_not_exist_cannot_stand_in_a_table():
    with pytest.raises(ValueError, match="'king' is not a valid Role"):
        steps(("lend", "new", "lent", "king", {}))


def test_a_cell_that_a_step_does_not_know_cannot_stand_in_a_table():
    with pytest.raises(ValidationError):
        steps(("lend", "new", "lent", "owner", {"untill": "closes_at"}))


def test_one_role_of_several_is_enough():
    both = frozenset({Role.AUDITOR, Role.COORDINATOR})
    assert LOAN.check("lend", state="new", roles=both, at=AT, instants={}) is LOAN.step("lend")


def test_a_wrong_role_is_refused_before_the_state_is_told():
    assert refused("lend", state="lent", roles=SYSTEM) == ("step.role", {"flow": "loan", "step": "lend"})
    assert refused("lend", state="new", roles=frozenset()) == ("step.role", {"flow": "loan", "step": "lend"})


def test_a_wrong_state_is_refused_and_named():
    assert refused("lend", state="lent", roles=OWNER) == (
        "step.state",
        {"flow": "loan", "step": "lend", "state": "lent"},
    )


@pytest.mark.parametrize("closes", [None, AT, AT + INSTANT], ids=["never", "now", "an instant later"])
def test_a_deadline_holds_to_its_last_instant(closes):
    assert LOAN.check("lend", state="new", roles=OWNER, at=AT, instants={"closes_at": closes}) is LOAN.step("lend")


def test_an_instant_after_the_deadline_is_late():
    until = AT - INSTANT
    assert refused("lend", state="new", roles=OWNER, closes_at=until) == (
        "step.late",
        {"flow": "loan", "step": "lend", "until": until},
    )


def test_what_comes_after_an_instant_may_be_done_an_instant_after_it():
    instants = {"back_by": AT - INSTANT}
    assert LOAN.check("remind", state="lent", roles=SYSTEM, at=AT, instants=instants) is LOAN.step("remind")


@pytest.mark.parametrize("back_by", [None, AT, AT + INSTANT], ids=["never", "now", "an instant later"])
def test_what_comes_after_an_instant_is_early_until_it_has_passed(back_by):
    assert refused("remind", state="lent", roles=SYSTEM, back_by=back_by) == (
        "step.early",
        {"flow": "loan", "step": "remind", "after": back_by},
    )


def test_a_refusal_says_its_code_and_facts():
    assert str(Refusal("step.role")) == "step.role"
    assert str(Refusal("step.role", step="lend")) == "step.role: {'step': 'lend'}"
