"""What is missing before somebody may leave, and who stands worst."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.clearance import Document, Missing, State, missing, worst_first
from rantau.engine.preparation import Row, Standing

TODAY, DEPARTS = dt.date(2027, 5, 1), dt.date(2027, 6, 7)
READY = State(documents=(), preparation=(), visa="issued", departs_on=DEPARTS, met_by=True)


def codes(**changes):
    """Return the codes of what is missing when something differs from who is ready."""
    return [(one.code, one.about) for one in missing(READY.model_copy(update=changes))]


def document(truth, ends_on=None):
    return (Document(code="passport", truth=truth, due_on=TODAY, ends_on=ends_on),)


def topic(standing):
    return (Row(topic="safety", standing=standing, attended=0, asked=90),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"documents": document("missing")}, [("document.missing", "passport")]),
        ({"documents": document("form")}, [("document.unseen", "passport")]),
        ({"documents": document("seen")}, []),
        ({"documents": document("confirmed", DEPARTS)}, []),
        ({"documents": document("confirmed", dt.date(2027, 6, 6))}, [("document.ends", "passport")]),
        (
            {"documents": document("form", dt.date(2027, 6, 6))},
            [("document.unseen", "passport"), ("document.ends", "passport")],
        ),
        ({"documents": document("seen", dt.date(2027, 6, 6)), "departs_on": None}, [("group.missing", "")]),
        ({"preparation": topic(Standing.DONE)}, []),
        ({"preparation": topic(Standing.MISSING)}, [("topic.missing", "safety")]),
        ({"preparation": topic(Standing.BEGUN)}, [("topic.begun", "safety")]),
        ({"preparation": topic(Standing.AGAIN)}, [("topic.again", "safety")]),
        ({"visa": ""}, [("visa.missing", "")]),
        ({"visa": "asked"}, [("visa.missing", "")]),
        ({"visa": "refused"}, [("visa.refused", "")]),
        ({"met_by": False}, [("group.unmet", "")]),
    ],
)
def test_each_thing_is_missed_by_its_own_name(changes, expected):
    assert codes(**changes) == expected


def test_a_document_that_is_missing_says_its_day():
    [one] = missing(READY.model_copy(update={"documents": document("missing")}))
    assert one.due_on == TODAY


gaps = st.lists(
    st.builds(
        Missing, code=st.just("document.missing"), due_on=st.none() | st.dates(dt.date(2027, 4, 1), dt.date(2027, 7, 1))
    ),
    max_size=3,
)
people = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), gaps, max_size=6)


@given(found=people, data=st.data())
def test_the_order_is_total_and_does_not_depend_on_the_order_given(found, data):
    rows = list(found.items())
    shuffled = data.draw(st.permutations(rows))
    assert worst_first(shuffled, on=TODAY) == worst_first(rows, on=TODAY)
    assert sorted(worst_first(rows, on=TODAY)) == sorted(found)


@given(found=people)
def test_who_is_due_sooner_never_stands_behind_and_who_lacks_nothing_stands_last(found):
    order = worst_first(list(found.items()), on=TODAY)
    weights = [
        (not found[key], min((gap.due_on for gap in found[key] if gap.due_on), default=dt.date.max)) for key in order
    ]
    assert weights == sorted(weights)
