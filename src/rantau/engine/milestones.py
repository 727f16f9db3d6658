"""When each milestone can come: planned, expected and at the latest, what holds it up, and what a slip moves.

The critical path method (Kelley and Walker, "Critical-path planning and scheduling", 1959) over days of the calendar, with
two honest additions: what happened is a fact and never moved, and what has not happened cannot come before today.
"""

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from .canonical import Frozen
from .known import Code
from .refusal import Refusal

Holds = Literal["reached", "after", "announced", "today", "slip"]


class Node(Frozen):
    """One milestone as the computation needs it.

    `days` of work follow the last of `after` (None: unknown). `first` and `last` are the first and the last day of what
    was announced for it, `reached` the day on which it happened.
    """

    code: Code
    after: tuple[Code, ...] = ()
    days: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    reached: dt.date | None = None


class Row(Frozen):
    """What is computed for one milestone.

    - `planned`: by the plan alone, without what happened and without today; None where a number of days is unknown
    - `expected`: by what happened and today; unless `exact` it is a lower bound, to be read "no earlier than"
    - `latest`: the last day on which no announced date is missed yet; unless `latest_exact` it is an upper bound
    - `slack`: days from `expected` to `latest`, negative when a date will be missed; None if reached, or nothing was announced
    - `late`: days past its own announced last day, 0 when in time; None where nothing was announced
    - `holds`: what `expected` comes from; `binding` the last of those it waits for, unless it was reached or today holds it
    - `critical`: it lies on the critical path to the end of the plan, or on one just as long
    """

    code: Code
    planned: dt.date | None
    expected: dt.date
    exact: bool
    latest: dt.date | None
    latest_exact: bool
    slack: int | None
    late: int | None
    holds: Holds
    binding: Code | Literal[""]
    critical: bool


class Plan(Frozen):
    """The rows in the order of the nodes; `complete` says that no number of days is unknown of what is to come.

    Only then are the critical rows more than a guess.
    """

    rows: tuple[Row, ...]
    complete: bool

    def row(self, code: str) -> Row:
        """Return the row of a milestone, or raise LookupError."""
        for row in self.rows:
            if row.code == code:
                return row
        raise LookupError(code)


class Moved(Frozen):
    """What a slip does to one milestone."""

    code: Code
    before: dt.date
    after: dt.date
    days: int


class Slip(Frozen):
    """The plan before and after a slip, each milestone's move, and the announced dates that are missed only now."""

    before: Plan
    after: Plan
    moved: tuple[Moved, ...]
    missed: tuple[Code, ...]


class Stretch(Frozen):
    """A phase after departure, from its first day to the day after its last; None where its months are unknown."""

    code: Code
    first: dt.date
    until: dt.date | None


def plan(nodes: Sequence[Node], *, today: dt.date) -> Plan:
    """Return when each milestone was planned, is expected, and has to come at the latest.

    planned(m)  = max(first(m), planned(p) + days(m) for p in after(m))
    expected(m) = reached(m), else max(today, first(m), expected(p) + days(m) for p in after(m)); unknown days count 0
    latest(m)   = min(last(m), latest(s) - days(s) for every s after m that is not reached)
    slack(m)    = latest(m) - expected(m)

    What was reached before something that it waits for leaves that to those who wait for it: they wait for both.
    The first day of an announced month stands for it in `planned` and `expected`, its last day in `latest`.
    A milestone that waits for nothing comes on its announced day: its days do not count. Each node comes below those it
    waits for, as a programme's rules ask.
    """
    return _plan(nodes, today, {})


def slip(nodes: Sequence[Node], code: str, days: int, *, today: dt.date) -> Slip:
    """Return what becomes of the plan when a milestone comes so many days later than it is expected now.

    :raises Refusal: `milestone.unknown`, `milestone.reached` for what has happened, which nothing moves
    """
    if days < 0:
        raise ValueError("a slip makes nothing earlier")
    node = next((node for node in nodes if node.code == code), None)
    if node is None:
        raise Refusal("milestone.unknown", milestone=code)
    if node.reached:
        raise Refusal("milestone.reached", milestone=code, on=node.reached)
    before = plan(nodes, today=today)
    now = before.row(code)
    held = now.model_copy(update={"expected": now.expected + dt.timedelta(days=days)})
    after = _plan(nodes, today, {code: held})
    pairs = list(zip(nodes, before.rows, after.rows, strict=True))
    return Slip(
        before=before,
        after=after,
        moved=tuple(
            Moved(code=old.code, before=old.expected, after=new.expected, days=(new.expected - old.expected).days)
            for _, old, new in pairs
        ),
        missed=tuple(one.code for one, old, new in pairs if one.last and old.expected <= one.last < new.expected),
    )


def path(found: Plan, code: str) -> tuple[str, ...]:
    """Return the critical path to a milestone, from what starts it: of all that each waits for, the last is before it.

    Where an announced month holds a milestone, there is room before it; the path goes on behind.
    """
    steps = [found.row(code)]
    while steps[-1].binding:
        steps.append(found.row(steps[-1].binding))
    return tuple(row.code for row in reversed(steps))


def conditions(nodes: Sequence[Node], code: str) -> tuple[str, ...]:
    """Return everything that has to be reached before a milestone, in the order of the nodes."""
    known = {node.code: node for node in nodes}
    found: set[str] = set()
    ahead = [*known[code].after]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += known[one].after
    return tuple(node.code for node in nodes if node.code in found)


def missing(nodes: Sequence[Node], code: str) -> tuple[str, ...]:
    """Return the conditions of a milestone that are not reached."""
    known = {node.code: node for node in nodes}
    return tuple(one for one in conditions(nodes, code) if known[one].reached is None)


def stretches(departs: dt.date, phases: Sequence[tuple[str, int | None]]) -> tuple[Stretch, ...]:
    """Return the phases that follow a departure, up to the first whose months are unknown.

    `phases` are codes and months, in order. Months are counted from the day of departure, so that they never drift.
    """
    found, first, months = [], departs, 0
    for code, length in phases:
        until = None if length is None else months_later(departs, months + length)
        found.append(Stretch(code=code, first=first, until=until))
        if until is None or length is None:
            break
        first, months = until, months + length
    return tuple(found)


def months_later(on: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


# --- the passes --------------------------------------------------------------------------------------------------------


def _plan(nodes: Sequence[Node], today: dt.date, held: Mapping[str, Row]) -> Plan:
    waits = _waits(nodes)
    planned = _planned(nodes)
    expected = _expected(nodes, waits, today, held)
    latest = _latest(nodes, waits)
    critical = _critical(nodes, waits, expected)
    rows = []
    for node in nodes:
        on, exact, holds, binding = expected[node.code]
        last, last_exact = latest[node.code]
        rows.append(
            Row(
                code=node.code,
                planned=planned[node.code],
                expected=on,
                exact=exact,
                latest=last,
                latest_exact=last_exact,
                slack=None if last is None or node.reached else (last - on).days,
                late=max((on - node.last).days, 0) if node.last else None,
                holds=holds,
                binding=binding,
                critical=node.code in critical,
            )
        )
    return Plan(rows=tuple(rows), complete=all(_known(node) for node in nodes))


def _known(node: Node) -> bool:
    """Return whether nothing about the length of what is to come is unknown."""
    return node.reached is not None or (node.first is not None if not node.after else node.days is not None)


def _waits(nodes: Sequence[Node]) -> dict[str, tuple[str, ...]]:
    """Return what each milestone waits for: its own, and what those of them that were reached too early left open."""
    reached = {node.code for node in nodes if node.reached}
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        left = [one for code in node.after if code in reached for one in found[code] if one not in reached]
        found[node.code] = tuple(dict.fromkeys([*node.after, *left]))
    return found


def _work(node: Node) -> dt.timedelta:
    return dt.timedelta(days=node.days or 0)


def _planned(nodes: Sequence[Node]) -> dict[str, dt.date | None]:
    found: dict[str, dt.date | None] = {}
    for node in nodes:
        known = [on for on in (found[code] for code in node.after) if on]
        if not node.after:
            found[node.code] = node.first
        elif node.days is None or len(known) < len(node.after):
            found[node.code] = None
        else:
            found[node.code] = max([on + _work(node) for on in known] + ([node.first] if node.first else []))
    return found


def _expected(
    nodes: Sequence[Node], waits: Mapping[str, tuple[str, ...]], today: dt.date, held: Mapping[str, Row]
) -> dict[str, tuple[dt.date, bool, Holds, str]]:
    """Return for each milestone the day, whether it is exact, what holds it, and the milestone that does.

    `held` are rows that come no earlier than they say, and no more exactly.
    """
    found: dict[str, tuple[dt.date, bool, Holds, str]] = {}
    for node in nodes:
        if node.reached:
            found[node.code] = (node.reached, True, "reached", "")
            continue
        before = waits[node.code]
        floors: list[tuple[dt.date, Holds, str]] = [(found[code][0] + _work(node), "after", code) for code in before]
        if node.first:
            floors.append((node.first, "announced", ""))
        if node.code in held:
            floors.append((held[node.code].expected, "slip", ""))
        floors.append((today, "today", ""))
        on, holds, binding = max(floors, key=lambda floor: floor[0])  # of equal ones the first
        if holds == "announced" and node.after:
            binding = max(floors[: len(before)], key=lambda floor: floor[0])[2]
        exact = holds != "today" and _known(node) and all(found[code][1] for code in before)
        if node.code in held:
            exact = exact and held[node.code].exact
        found[node.code] = (on, exact, holds, binding)
    return found


def _latest(nodes: Sequence[Node], waits: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[dt.date | None, bool]]:
    found: dict[str, tuple[dt.date | None, bool]] = {node.code: (node.last, True) for node in nodes}
    for node in reversed(nodes):
        last, exact = found[node.code]
        if last is None or node.reached:
            continue
        for code in waits[node.code]:
            old, old_exact = found[code]
            sure = exact and node.days is not None
            new = last - _work(node)
            found[code] = (min(old, new) if old else new, sure and old_exact)
    return found


def _critical(
    nodes: Sequence[Node],
    waits: Mapping[str, tuple[str, ...]],
    expected: Mapping[str, tuple[dt.date, bool, Holds, str]],
) -> set[str]:
    """Return what is not reached and lies on a critical path to the end of the plan, the end included."""
    waited_for = {code for node in nodes for code in node.after}
    ends = [node.code for node in nodes if node.code not in waited_for and not node.reached]
    last = max((expected[code][0] for code in ends), default=None)
    found = {code for code in ends if expected[code][0] == last}
    reached = {node.code for node in nodes if node.reached}
    for node in reversed(nodes):
        binding = expected[node.code][3]
        if node.code in found and binding:
            found |= {code for code in waits[node.code] if expected[code][0] == expected[binding][0]} - reached
    return found
