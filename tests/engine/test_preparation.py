"""How far a person is prepared: more lessons never make it worse, shares are rounded up, the unknown asks the least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.known import Assumed, Text, Unpublished
from rantau.engine.preparation import LESSON_HOUR, Attended, Row, Standing, complete, rows, worst_first
from rantau.engine.programme_departure import Topic

ORDER = (Standing.MISSING, Standing.BEGUN, Standing.DONE)


def topic(hours: int | None, code: str = "safety") -> Topic:
    said = Unpublished(owes="x") if hours is None else Assumed(value=hours, assumed=True, model="x")
    return Topic(code=code, title=Text(id="x"), kind="basics", hours=said, basis=Text(id="x"))


def stands(hours: int | None, minutes: int, share: int | None, result: str = "") -> Row:
    [row] = rows([topic(hours)], [Attended(topic="safety", minutes=minutes, result=result)], share=share)
    return row


HOURS, SHARES = st.none() | st.integers(1, 40), st.none() | st.integers(0, 100)


@given(HOURS, SHARES, st.integers(0, 2000), st.integers(0, 500), st.sampled_from(("", "passed", "again")))
def test_more_minutes_never_worsen_a_standing(hours, share, minutes, more, result):
    before, after = stands(hours, minutes, share, result), stands(hours, minutes + more, share, result)
    if result == "again":
        assert before.standing is after.standing is Standing.AGAIN
    else:
        assert ORDER.index(before.standing) <= ORDER.index(after.standing)


@given(st.integers(1, 40), st.integers(0, 100))
def test_minutes_asked_are_the_share_rounded_up(hours, share):
    asked = stands(hours, 0, share).asked
    assert (asked - 1) * 100 < hours * LESSON_HOUR * share <= asked * 100


@pytest.mark.parametrize(
    ("hours", "share", "minutes", "result", "asked", "standing"),
    [
        (4, 80, 144, "", 144, "done"),
        (4, 80, 143, "", 144, "begun"),
        (1, 70, 31, "", 32, "begun"),
        (4, 80, 0, "", 144, "missing"),
        (4, 80, 180, "again", 144, "again"),
        (4, 80, 10, "passed", 144, "begun"),
        (None, 80, 1, "", None, "done"),
        (4, None, 1, "", None, "done"),
        (None, None, 0, "passed", None, "missing"),
        (4, 0, 0, "", 0, "missing"),
    ],
)
def test_the_vectors(hours, share, minutes, result, asked, standing):
    row = stands(hours, minutes, share, result)
    assert (row.asked, row.standing) == (asked, standing)


def test_everything_is_done_only_when_every_topic_is():
    two = [topic(1, "a"), topic(1, "b")]
    half = rows(two, [Attended(topic="a", minutes=45)], share=100)
    assert [row.standing for row in half] == ["done", "missing"]
    assert not complete(half)
    assert complete(rows(two, [Attended(topic=code, minutes=45) for code in "ab"], share=100))


def test_what_is_no_topic_any_more_is_left_out_and_the_programme_s_order_kept():
    found = rows([topic(1, "b"), topic(1, "a")], [Attended(topic="old", minutes=45)], share=100)
    assert [row.topic for row in found] == ["b", "a"]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=1, max_size=6), st.randoms())
def test_who_is_least_far_comes_first_in_whatever_order_they_were_given(minutes, order):
    two = [topic(1, "a"), topic(1, "b")]
    people = [
        (f"D-{n}", rows(two, [Attended(topic=code, minutes=m) for code, m in zip("ab", pair, strict=True)], share=100))
        for n, pair in enumerate(minutes)
    ]
    mixed = order.sample(people, len(people))
    found = worst_first(mixed)
    assert found == worst_first(people)
    known = dict(people)
    far = [(sum(r.standing == "done" for r in known[k]), sum(r.attended for r in known[k]), k) for k in found]
    assert far == sorted(far)
