"""The host mission never meets what protects or tells of a person: its role is named in a short list of modules and flows."""

import ast
from pathlib import Path

import pytest

from rantau.engine.flow import Role
from rantau.engine.flows import FLOWS, PARTIES
from rantau.engine.flows_leaving import ANSWERS_VISAS
from rantau.people.actions import APART
from tests.rules import source

NAMED = {
    "engine/flow.py": "the role",
    "engine/flows.py": "who is party to an agreement, in one place",
    "engine/flows_leaving.py": "who answers for a visa, in one place",
    "engine/programme.py": "a kind of office",
    "engine/clauses.py": "a kind of office that an agreement may name",
    "people/actions/__init__.py": "the roles from which it is kept apart",
    "agreements/access.py": "the role that a mandate for such an office gives",
    "agreements/wording.py": "who counts as a state where an agreement says who pays",
    "rehearsal/stage.py": "who acts in a played programme",
    "rehearsal/coordinate.py": "a party of its meetings",
    "rehearsal/depart.py": "who answers visas in its story",
    "rehearsal/talks.py": "the party that answers late in its story",
    "web/people/words.py": "what the role is called, and what it opens",
    "web/rehearsal/words.py": "what the role is called, and what it opens",
}
"""The modules that may name the host mission, each with what for; templates of agreements are texts and name it as a party."""

TALKS = {"agreement", "side", "answer", "duty", "meeting"}
"""The flows in which a host mission takes steps: what offices agree, answer, owe, and the meetings in which they do."""

VISAS = {("visa", "issue"), ("visa", "refuse")}
"""The only steps about a person that it takes: its state's answer to a visa that was asked."""


def names_it(node: ast.AST) -> bool:
    """Return whether a node is the role, or a text that holds its word."""
    if isinstance(node, ast.Attribute):
        return node.attr == "HOST_MISSION"
    if isinstance(node, ast.Name):
        return node.id == "HOST_MISSION"
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "host_mission" in node.value.lower()


def lines(tree: ast.Module) -> list[int]:
    """Return the lines on which a module names the host mission."""
    return [node.lineno for node in ast.walk(tree) if names_it(node)]  # type: ignore[attr-defined]


def inside(path: Path) -> str:
    """Return a module's path inside the package."""
    return path.relative_to(source.PACKAGE).as_posix()


def test_only_the_listed_modules_name_it():
    found = {inside(path) for path in source.modules(under="src") if lines(source.parsed(path))}
    assert found == set(NAMED)


def test_the_flows_name_it_once_among_the_parties_of_an_agreement():
    tree = source.parsed(source.PACKAGE / "engine" / "flows.py")
    places = [
        ast.unparse(node.targets[0])
        for node in tree.body
        if isinstance(node, ast.Assign) and any(names_it(inner) for inner in ast.walk(node))
    ]
    assert places == ["PARTIES"]
    assert Role.HOST_MISSION.value in PARTIES.split()


def test_the_flows_of_leaving_name_it_once_as_who_answers_for_a_visa():
    tree = source.parsed(source.PACKAGE / "engine" / "flows_leaving.py")
    places = [
        ast.unparse(node.targets[0])
        for node in tree.body
        if isinstance(node, ast.Assign) and any(names_it(inner) for inner in ast.walk(node))
    ]
    assert places == ["ANSWERS_VISAS"]
    assert Role.HOST_MISSION.value == ANSWERS_VISAS


def test_people_name_it_only_where_it_is_kept_apart():
    tree = source.parsed(source.PACKAGE / "people" / "actions" / "__init__.py")
    places = [
        ast.unparse(node.targets[0])
        for node in tree.body
        if isinstance(node, ast.Assign) and any(names_it(inner) for inner in ast.walk(node))
    ]
    assert places == ["APART"]
    assert len(set(lines(tree))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "MAY = {Role.HOST_MISSION}",
        "from flow import HOST_MISSION\nMAY = (HOST_MISSION,)",
        'STEPS = steps(("read", "open", "open", "protection host_mission", {}))',
        'def may(role):\n    return role == "HOST_MISSION"',
    ],
)
def test_the_rule_sees_every_way_of_naming_it(text):
    assert lines(ast.parse(text)) != []


def test_it_takes_steps_in_talks_and_answers_for_visas_alone():
    by = {(flow.name, step.name) for flow in FLOWS for step in flow.steps if Role.HOST_MISSION in step.by}
    assert {flow for flow, _ in by - VISAS} == TALKS
    assert by >= VISAS


def test_it_takes_no_step_that_only_protection_or_selection_takes():
    others = {Role.VERIFIER, Role.EXAMINER, Role.SCHOOL, Role.PROTECTION, Role.OWNER}
    shared = {
        (flow.name, step.name)
        for flow in FLOWS
        for step in flow.steps
        if Role.HOST_MISSION in step.by and step.by & others
    }
    assert shared == set()


def test_it_is_kept_apart_from_every_other_role_of_staff():
    assert set(APART) == {Role.HOST_MISSION}
    assert set(Role) - APART[Role.HOST_MISSION] == {Role.HOST_MISSION, Role.OWNER, Role.SYSTEM}
