"""When milestones can come: against every path counted by hand, and what a slip may and may not do."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.milestones import Node, conditions, missing, months_later, path, plan, slip, stretches
from rantau.engine.refusal import Refusal

START = dt.date(2026, 1, 26)
CODES = "abcdefg"


def day(number):
    return START + dt.timedelta(days=number)


days = st.integers(0, 90)
some_day = st.integers(0, 400).map(day)


@st.composite
def plans(draw, *, known=False, facts=True, months=True):
    """Return nodes, each below those it waits for.

    With `known` no number of days is missing; without `months` nothing that waits has to wait for an announced day too.
    """
    nodes = []
    for number, code in enumerate(CODES[: draw(st.integers(1, 7))]):
        above = CODES[:number]
        after = tuple(one for one in above if draw(st.booleans())) if above else ()
        first = draw(st.none() | some_day) if months or not after else None
        last = first and first + dt.timedelta(days=draw(st.integers(0, 30)))
        nodes.append(
            Node(
                code=code,
                after=after,
                days=draw(days if known else st.none() | days),
                first=first,
                last=last,
                reached=draw(st.none() | some_day) if facts else None,
            )
        )
    return nodes


def paths_to(nodes, code):
    """Return every path that ends at a milestone."""
    known = {node.code: node for node in nodes}
    longer = [way for one in known[code].after for way in paths_to(nodes, one)]
    return [[code], *([*way, code] for way in longer)]


def counts(known, way):
    """Return whether a path says anything: what was reached leaves aside what was reached before it."""
    return len(way) == 1 or not (known[way[0]].reached and known[way[1]].reached)


def work(known, way):
    """Return the days of a path behind its beginning: what was reached takes none."""
    return dt.timedelta(days=sum(known[one].days or 0 for one in way[1:] if not known[one].reached))


def counted(nodes, code, today):
    """Return the expected day by going along every path."""
    known = {node.code: node for node in nodes}
    if known[code].reached:
        return known[code].reached
    ways = [way for way in paths_to(nodes, code) if counts(known, way)]
    starts = [known[way[0]] for way in ways]
    floors = [start.reached or max(today, start.first or today) for start in starts]
    return max(floor + work(known, way) for floor, way in zip(floors, ways, strict=True))


def counted_back(nodes, code):
    """Return the latest day by going along every path from a milestone to an announced one that is not reached."""
    known = {node.code: node for node in nodes}
    found = []
    for end in nodes:
        for way in paths_to(nodes, end.code):
            if way[0] == code and end.last and counts(known, way) and (len(way) == 1 or not end.reached):
                found.append(end.last - work(known, way))
    return min(found, default=None)


@given(plans(), some_day)
def test_expected_and_latest_are_those_of_the_longest_path(nodes, today):
    for row in plan(nodes, today=today).rows:
        assert row.expected == counted(nodes, row.code, today)
        assert row.latest == counted_back(nodes, row.code)


@given(plans(facts=False), some_day)
def test_the_plan_knows_nothing_of_facts_and_of_today(nodes, today):
    """Long before its beginning, with everything known, the plan is what is expected."""
    known = {node.code: node for node in nodes}
    early = plan(nodes, today=dt.date(2000, 1, 1))
    happened = plan([node.model_copy(update={"reached": today}) for node in nodes], today=today)
    for row, later in zip(early.rows, happened.rows, strict=True):
        needed = {known[one] for way in paths_to(nodes, row.code) for one in way}
        open_ = any(node.days is None if node.after else node.first is None for node in needed)
        assert row.planned == later.planned == (None if open_ else row.expected)


@given(plans(), some_day)
def test_what_happened_is_not_moved_and_the_rest_is_not_before_today(nodes, today):
    for node, row in zip(nodes, plan(nodes, today=today).rows, strict=True):
        assert row.expected == node.reached if node.reached else row.expected >= today


@given(plans(known=True), some_day, st.randoms())
def test_the_order_of_rows_that_do_not_wait_for_each_other_is_irrelevant(nodes, today, random):
    left, mixed = list(nodes), []
    while left:
        put = {node.code for node in mixed}
        ready = [node for node in left if set(node.after) <= put]
        mixed.append(random.choice(ready))
        left.remove(mixed[-1])
    assert sorted(plan(nodes, today=today).rows, key=lambda row: row.code) == sorted(
        plan(mixed, today=today).rows, key=lambda row: row.code
    )


@given(plans(), some_day, st.data())
def test_more_days_known_never_bring_anything_earlier(nodes, today, data):
    """An expected day that is not exact is a lower bound, a latest day an upper one."""
    filled = [node if node.days is not None else node.model_copy(update={"days": data.draw(days)}) for node in nodes]
    for row, full in zip(plan(nodes, today=today).rows, plan(filled, today=today).rows, strict=True):
        assert full.expected >= row.expected
        assert full.expected == row.expected or not row.exact
        assert (full.latest is None) == (row.latest is None)
        if row.latest is not None and full.latest is not None:
            assert full.latest <= row.latest
            assert full.latest == row.latest or not row.latest_exact


@given(plans(), some_day, days, st.data())
def test_a_slip_brings_nothing_earlier_and_moves_no_fact(nodes, today, length, data):
    open_ = [node.code for node in nodes if not node.reached]
    if not open_:
        return
    code = data.draw(st.sampled_from(open_))
    found = slip(nodes, code, length, today=today)
    waiting = {node.code for node in nodes if code in conditions(nodes, node.code)} | {code}
    for node, moved in zip(nodes, found.moved, strict=True):
        assert 0 <= moved.days <= length
        assert moved.after == moved.before + dt.timedelta(days=moved.days)
        assert moved.days == 0 or (node.code in waiting and not node.reached)
        missed = node.last is not None and moved.before <= node.last < moved.after
        assert (node.code in found.missed) == missed
    assert next(moved for moved in found.moved if moved.code == code).days == length
    slack = found.before.row(code).slack
    if slack is None or length <= slack:
        assert found.missed == ()
    assert slip(nodes, code, 0, today=today).after.rows[0].expected == found.before.rows[0].expected
    more = slip(nodes, code, length + 1, today=today)
    assert all(later.after >= moved.after for later, moved in zip(more.moved, found.moved, strict=True))


@given(plans(known=True, months=False), some_day, st.data())
def test_the_critical_path_has_the_least_slack(nodes, today, data):
    """With one announced date to keep, nothing before it has less room than the path that leads to it."""
    node = data.draw(st.sampled_from(nodes))
    single = [one.model_copy(update={"last": day(300) if one.code == node.code else None}) for one in nodes]
    if node.reached:
        return
    found = plan(single, today=today)
    steps = path(found, node.code)
    assert steps[-1] == node.code
    assert found.row(steps[0]).holds != "after"
    for before, after in pairwise(steps):
        assert (
            next(one for one in nodes if one.code == after).days
            == (found.row(after).expected - found.row(before).expected).days
        )
    least = found.row(node.code).slack
    room = [found.row(code).slack for code in conditions(single, node.code)]
    assert all(slack >= least for slack in room if slack is not None)
    assert {found.row(code).slack for code in steps} - {None} == {least}


@given(plans(known=True), some_day)
def test_each_step_of_a_critical_path_is_the_last_that_the_next_one_waits_for(nodes, today):
    found = plan(nodes, today=today)
    for node in nodes:
        steps = path(found, node.code)
        for before, after in pairwise(steps):
            assert before in conditions(nodes, after)
            waited = next(one for one in nodes if one.code == after).after
            assert all(found.row(code).expected <= found.row(before).expected for code in waited)
        assert (
            found.row(steps[0]).holds in ("reached", "today")
            or not next(one for one in nodes if one.code == steps[0]).after
        )


def ends_of(nodes):
    waited_for = {code for node in nodes for code in node.after}
    return [node.code for node in nodes if node.code not in waited_for and not node.reached]


@given(plans(known=True), some_day, st.booleans())
def test_only_what_is_critical_can_make_the_end_later_with_a_day_and_without_months_it_does(nodes, today, months):
    if not months:
        nodes = [node.model_copy(update={"first": None, "last": None}) if node.after else node for node in nodes]
    ends, found = ends_of(nodes), plan(nodes, today=today)
    for node in nodes:
        row = found.row(node.code)
        if node.reached or not ends:
            assert not row.critical
            continue
        later = slip(nodes, node.code, 1, today=today).after
        moved = max(later.row(c).expected for c in ends) > max(found.row(c).expected for c in ends)
        assert row.critical or not moved
        assert months or moved == row.critical


TALKS = Node(code="talks", days=0, first=START, last=START, reached=START)
OPEN = Node(code="open", after=("talks",), days=20, first=dt.date(2026, 5, 1), last=dt.date(2026, 5, 31))


def test_an_announced_month_is_waited_for_and_then_is_late():
    march = plan([TALKS, OPEN], today=dt.date(2026, 3, 1)).row("open")
    assert (march.expected, march.exact, march.holds, march.late, march.slack) == (
        OPEN.first,
        True,
        "announced",
        0,
        30,
    )
    june = plan([TALKS, OPEN], today=dt.date(2026, 6, 10)).row("open")
    assert (june.expected, june.exact, june.holds, june.late, june.slack) == (
        dt.date(2026, 6, 10),
        False,
        "today",
        10,
        -10,
    )
    assert june.planned == OPEN.first


def test_what_came_late_is_as_late_as_it_came():
    found = plan([TALKS, OPEN.model_copy(update={"reached": dt.date(2026, 6, 3)})], today=dt.date(2026, 7, 1))
    row = found.row("open")
    assert (row.expected, row.exact, row.holds, row.late, row.slack, row.critical) == (
        dt.date(2026, 6, 3),
        True,
        "reached",
        3,
        None,
        False,
    )
    assert found.complete
    with pytest.raises(LookupError):
        found.row("closed")


def test_what_has_no_day_announced_and_waits_for_nothing_is_open():
    found = plan([Node(code="talks")], today=START)
    assert found.row("talks").planned is None
    assert (found.row("talks").expected, found.row("talks").exact, found.complete) == (START, False, False)


def test_nothing_moves_what_happened_and_nothing_moves_back():
    with pytest.raises(Refusal) as caught:
        slip([TALKS, OPEN], "talks", 10, today=START)
    assert (caught.value.code, caught.value.facts) == ("milestone.reached", {"milestone": "talks", "on": START})
    with pytest.raises(Refusal) as caught:
        slip([TALKS, OPEN], "closing", 10, today=START)
    assert (caught.value.code, caught.value.facts) == ("milestone.unknown", {"milestone": "closing"})
    with pytest.raises(ValueError, match="earlier"):
        slip([TALKS, OPEN], "open", -1, today=START)


def test_a_slip_is_no_more_exact_than_what_slips():
    found = slip([TALKS, OPEN], "open", 10, today=dt.date(2026, 6, 10)).after.row("open")
    assert (found.expected, found.exact, found.holds) == (dt.date(2026, 6, 20), False, "slip")


def test_what_was_reached_too_early_leaves_open_what_it_waited_for():
    """The rules stood before the paper they follow from; registration waits for both."""
    nodes = [
        TALKS,
        Node(code="paper", after=("talks",), days=45),
        Node(code="rules", after=("paper",), days=30, reached=dt.date(2026, 1, 27)),
        Node(code="open", after=("rules",), days=14, last=dt.date(2026, 5, 31)),
    ]
    found = plan(nodes, today=dt.date(2026, 1, 27))
    assert found.row("open").expected == dt.date(2026, 3, 26)
    assert found.row("paper").slack == found.row("open").slack == 66
    assert path(found, "open") == ("talks", "paper", "open")
    assert missing(nodes, "open") == ("paper",)


def test_the_conditions_are_all_that_comes_before():
    nodes = [
        TALKS,
        Node(code="paper", after=("talks",)),
        Node(code="aside", after=("talks",)),
        OPEN.model_copy(update={"after": ("paper",)}),
    ]
    assert conditions(nodes, "open") == ("talks", "paper")
    assert missing(nodes, "open") == ("paper",)
    assert conditions(nodes, "talks") == missing(nodes, "talks") == ()


def test_phases_follow_the_day_of_departure():
    found = stretches(dt.date(2026, 10, 31), (("language", 12), ("technical", 13), ("work", None), ("home", 1)))
    assert [(one.code, one.first, one.until) for one in found] == [
        ("language", dt.date(2026, 10, 31), dt.date(2027, 10, 31)),
        ("technical", dt.date(2027, 10, 31), dt.date(2028, 11, 30)),
        ("work", dt.date(2028, 11, 30), None),
    ]
    assert months_later(dt.date(2028, 1, 31), 1) == dt.date(2028, 2, 29)


@given(some_day, st.integers(0, 90), st.lists(st.integers(1, 60), max_size=4))
def test_a_later_departure_ends_no_phase_earlier(on, length, months):
    phases = [(str(number), count) for number, count in enumerate(months)]
    early, late = stretches(on, phases), stretches(on + dt.timedelta(days=length), phases)
    assert [one.code for one in early] == [code for code, _ in phases]
    assert all(b.first >= a.first and b.until >= a.until for a, b in zip(early, late, strict=True))
