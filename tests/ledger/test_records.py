"""Every flow has its one kind of record, and the record has what its steps ask for."""

import pytest
from django.apps import apps

from rantau.engine.flows import FLOWS
from rantau.ledger.models import Entry

RECORDS = {model.flow.name: model for model in apps.get_models() if hasattr(model, "flow")}
flows = pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)


def test_every_flow_has_one_kind_of_record():
    assert set(RECORDS) == {flow.name for flow in FLOWS}
    assert len([model for model in apps.get_models() if hasattr(model, "flow")]) == len(FLOWS)


@flows
def test_a_new_record_stands_where_its_flow_begins(flow):
    assert RECORDS[flow.name]().state == flow.initial


@flows
def test_a_record_knows_the_instants_its_steps_keep_to(flow):
    named = {name for step in flow.steps for name in (step.until, step.after) if name}
    assert {name for name in named if not hasattr(RECORDS[flow.name], name)} == set()


@flows
def test_states_steps_and_subjects_fit_their_columns(flow):
    meta, entry = RECORDS[flow.name]._meta, Entry._meta
    assert max(map(len, flow.states)) <= meta.get_field("state").max_length
    assert max(len(step.name) for step in flow.steps) <= entry.get_field("action").max_length
    assert len(f"{flow.name}:") + meta.get_field("ref").max_length <= entry.get_field("subject").max_length


@flows
def test_a_record_is_known_by_a_unique_reference_and_not_by_its_key(flow):
    assert RECORDS[flow.name]._meta.get_field("ref").unique
