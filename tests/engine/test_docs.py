"""The numbers that the documents quote are those the engine gives."""

import datetime as dt
import json
import re
import subprocess
from pathlib import Path

from rantau.engine.clauses import DutyTerm, Timing
from rantau.engine.clearance import Document, Missing, State, missing, worst_first
from rantau.engine.duties import dates, standing
from rantau.engine.examiners import pairs
from rantau.engine.known import Assumed, Text, Unpublished
from rantau.engine.milestones import Node, path, plan, slip
from rantau.engine.outage import Outage, end, moved
from rantau.engine.phase import Course, phase
from rantau.engine.placing import Place, minima
from rantau.engine.preparation import Attended, Row, Standing, rows
from rantau.engine.programme_departure import DocumentRule, Topic
from rantau.engine.reminding import soon
from rantau.engine.required import WATCH, Given, doubts, due, ends
from tests.engine.programmes import rehearsed, rusal

ROOT = Path(__file__).parents[2]
VECTORS = Path(__file__).parent / "vectors"
RULES = (ROOT / "docs" / "rules.md").read_text()
VERIFY = (ROOT / "docs" / "verify.md").read_text()


def _vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text())


def _rows(heading):
    """Return the cells of the one table of a section of the rules, without its head."""
    section = RULES.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _tables(heading):
    """Return the cells of every table of a section, each without its head."""
    section = RULES.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    tables = re.findall(r"(?:^\| .*\n)+", section, re.MULTILINE)
    cells = [[[cell.strip() for cell in line.strip("|").split("|")] for line in t.splitlines()[2:]] for t in tables]
    return cells


def _points(value):
    return "–" if value is None else f"{value // 100}.{value % 100:02}"


def _list(marks):
    return ", ".join(map(_points, marks))


def test_means():
    assert _rows("1.") == [[_list(v["marks"]), _points(v["mean"])] for v in _vectors("scoring")["mean"]]


def test_examiners():
    expected = []
    for v in _vectors("scoring")["settle"]:
        result = "third examiner" if v["needs_third"] else _points(v["value"])
        expected.append([_list(v["marks"]), _points(v["tolerance"]), result])
    assert _rows("2.") == expected


def test_calls():
    expected = []
    for v in _vectors("scoring")["call"]:
        averages = ", ".join(f"{code} {_points(average)}" for code, average in v["rows"])
        expected.append([averages or "none", str(v["places"]), ", ".join(v["called"]) or "nobody"])
    assert _rows("3.") == expected


def test_totals():
    expected = []
    for v in _vectors("scoring")["total"]:
        parts = [
            f"{c['code']} {_points(v['marks'][c['code']])} of {_points(c['maximum'])}, weight {c['weight']}"
            for c in v["criteria"]
        ]
        expected.append(["; ".join(parts), _points(v["total"])])
    assert _rows("4.") == expected


def test_the_worked_round():
    vector = _vectors("selection")["rounds"][0]
    marks = {row["code"]: row["marks"] for row in vector["rows"]}
    expected = []
    for o in vector["outcomes"]:
        row = [_points(marks[o["code"]].get(c["code"])) for c in vector["rules"]["criteria"]]
        rank = str(o["rank"] or "–")
        expected.append([o["code"], *row, _points(o["total"]), rank, o["outcome"], o["step"], o["reason"]])
    assert _rows("5.") == expected
    assert f"The cut is {_points(vector['cut'])}." in RULES
    assert vector["seed"] == "rusal-2026-peragaan|2026|4-2-6-1-1-5|" + "0" * 64


def test_lots():
    seed = _vectors("selection")["rounds"][0]["seed"]
    lots = [v for v in _vectors("selection")["lots"] if v["seed"] == seed]
    assert _rows("6.") == [[v["code"], f"`{v['lot']}`"] for v in lots]


def test_leaf():
    v = _vectors("seal")["leaves"][0]
    row = json.dumps(v["row"], sort_keys=True, separators=(",", ":"))
    assert _rows("7.") == [[f"`{v['salt']}`", f"`{row}`", f"`{v['leaf']}`"]]


def test_leaves_of_outcomes():
    expected = []
    for v in _vectors("seal")["outcomes"]:
        outcome = json.dumps(v["of"] | {"rows": v["rows"]} | v["row"], sort_keys=True, separators=(",", ":"))
        expected.append([f"`{cell}`" for cell in (v["salt"], v["outcome_salt"], outcome, v["leaf"])])
    assert _rows("9.") == expected


def test_school_marks():
    expected = []
    for v in _vectors("comparable")["moderation"]["pupils"]:
        school = "; ".join(f"{_points(m)}, {_points(t)}, {n}" for m, t, n in v["school"])
        expected.append([school, _list([v["mark"], v["test"]]), _points(v["moderated"]), v["why"]])
    assert _rows("10.") == expected


def _tenths(value):
    return f"{value // 10}.{value % 10}"


def test_one_scale():
    scores, weights = _tables("11.")
    found = _vectors("comparable")
    assert scores == [[_list(v["group"]), _points(v["mark"]), _tenths(v["score"])] for v in found["standardise"]]
    expected = []
    for v in found["weights"]:
        rows = "; ".join(f"{_tenths(row['written'])}, {_tenths(row['practical'])}" for row in v["rows"])
        effective = ", ".join(f"{_points(share)} %" for share in v["effective"].values()) or v["why"]
        expected.append([rows, ", ".join(map(str, v["weights"].values())), effective])
    assert weights == expected
    assert [f"are {_points(v['composite'])}." in RULES for v in found["composite"]] == [True, False]


def test_who_marks_and_when_a_third_looks():
    dealt, tolerances, gates = _tables("12.")
    found = _vectors("comparable")
    plan = pairs(**found["pairs"])
    assert dealt == [[a.piece, ", ".join(a.pair), a.third, ", ".join(a.others) or "–"] for a in plan]
    assert tolerances == [[_points(v["error"]), _points(v["tolerance"])] for v in found["tolerance"]]
    assert gates == [
        [_list(v["marks"]), _points(v["gate"]), "third examiner" if v["value"] is None else _points(v["value"])]
        for v in found["gate"]
    ]


def test_severities():
    assert _rows("13.") == [
        [str(v["pieces"]), _points(v["above"]), _points(v["effect"]), v["why"]]
        for v in _vectors("comparable")["severity"]
    ]


def test_agreement():
    expected = []
    for v in _vectors("comparable")["agreement"]:
        figures = v.get("alpha") or v["icc"]
        expected.append([v["name"], ", ".join(f"{name} {value}" for name, value in figures.items())])
    assert _rows("14.") == expected


def test_the_commands_by_hand_give_what_the_file_says():
    file = _vectors("round-final-public")
    by_hand, by_lot = re.findall(r"```sh\n(.*?)```", VERIFY, re.DOTALL)
    said = subprocess.run(["/bin/sh", "-c", by_hand], capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == file["rows"][0]["leaf"]
    assert f"\n    {file['rows'][0]['leaf']}\n" in VERIFY
    assert re.findall("-hmac '(.*)'", by_lot) == [file["seed"]] * 2
    tied = [row for row in file["rows"] if row["code"] in ("R-F", "R-G")]
    assert [(row["code"], row["step"]) for row in tied] == [("R-F", "total"), ("R-G", "lot")]


def test_the_worked_selections():
    found = _vectors("quotas")[:2]
    people = {person["id"]: person for person in found[0]["instance"]["candidates"]}
    assert found[1]["instance"]["candidates"] == found[0]["instance"]["candidates"]
    assert {v["instance"]["seed"] for v in found} == {_vectors("selection")["rounds"][0]["seed"]}
    assert [v["instance"]["rule"].get("counting", "one_to_all") for v in found] == ["one_to_all", "one_to_one"]
    rows = {}
    for v in found:
        for code, reason in (
            *v["result"]["refused"].items(),
            *((code, "selected") for code in v["result"]["selected"]),
        ):
            rows.setdefault(code, []).append(reason)
    expected = [
        [code, str(person["score"]), ", ".join(sorted(person.get("groups", []))) or "–", *rows[code]]
        for code, person in sorted(people.items())
    ]
    assert sorted(_rows("15.")) == expected


def test_shares_of_minima():
    for least, people, expected in _rows("16."):
        places = [
            Place(code=str(number), capacity=99, minimum=int(seats), needs={})
            for number, seats in enumerate(least.split(", "))
        ]
        assert ", ".join(map(str, minima(places, int(people)).values())) == expected


def _nodes(terms):
    """Return a programme's milestones, the meeting reached on its day."""
    found = []
    for row in terms.milestones:
        first, last = terms.announced(row) or (None, None)
        reached = first if row.by == "announced" else None
        node = Node(code=row.code, after=row.after, days=row.days.value, first=first, last=last, reached=reached)
        found.append(node)
    return found


def test_the_worked_plan_and_its_slip():
    def announced(node):
        return "–" if node.first is None else " to ".join(dict.fromkeys((str(node.first), str(node.last))))

    def row(node):
        found = worked.row(node.code)
        after, days = ", ".join(node.after) or "–", str(node.days) if node.after else "–"
        room = "–" if found.slack is None else str(found.slack)
        return [node.code, after, days, announced(node), str(found.expected), str(found.latest), room]

    nodes, meeting = _nodes(rehearsed()), dt.date(2026, 1, 26)
    worked, late = plan(nodes, today=meeting), slip(nodes, "memorandum", 60, today=meeting)
    rows, moved = _tables("17.")
    assert rows == [row(node) for node in nodes]
    assert f"The critical path is {', '.join(path(worked, 'departure'))}." in " ".join(RULES.split())
    assert moved == [
        [one.code, str(one.before), str(one.after), str(one.days), "missed" if one.code in late.missed else "–"]
        for one in late.moved
        if one.days
    ]
    open_ = plan(_nodes(rusal()), today=dt.date(2026, 6, 10)).row("recruitment")
    assert f"no earlier than {open_.expected}, {open_.late} days late at the least." in " ".join(RULES.split())
    [opens] = [node for node in nodes if node.code == "recruitment"]
    assert worked.row("rules").expected + dt.timedelta(days=opens.days) == dt.date(2026, 4, 25)


def _owed(words):
    """Return the timing that a worked example describes."""
    if again := re.fullmatch(r"every (\w+), day (\d+)(?:, after (\w+))?", words):
        return Timing(every=again[1], day=int(again[2]), after=again[3])
    days, side, what = re.fullmatch(r"(\d+) days (before|after) (.*)", words).groups()
    return Timing(days=int(days), **({} if what == "it is in force" else {side: what}))


def _day(words):
    return None if words in ("unknown", "no date", "no day") else dt.date.fromisoformat(words)


def test_the_days_of_duties():
    worked, board = _tables("18.")
    words = Text(id="x")
    for owed, milestone, expected in worked:
        term = DutyTerm(code="x", owner="ministry", what=words, evidence=words, timing=_owed(owed))
        milestones = {} if milestone in ("", "-") else {"departure": _day(milestone)}
        found = dates(term, starts=dt.date(2026, 3, 2), ends=dt.date(2027, 3, 1), milestones=milestones)
        assert (", ".join(f"{on}" if on else "no date" for on in found) or "not owed") == expected
    assert [[standing(_day(due), dt.date(2026, 5, 1), state)] for due, state, _ in board] == [row[2:] for row in board]


WIB = dt.timezone(dt.timedelta(hours=7))


def _at(words):
    return dt.datetime.fromisoformat(words).replace(tzinfo=WIB)


def test_reminders():
    found = _rows("19.")
    assert [_at(reminded) for _, _, reminded in found] == [
        soon(_at(begins), _at(ends)).replace(microsecond=0) for begins, ends, _ in found
    ]


def test_what_an_outage_moves():
    spans, deadlines = _tables("20.")
    outages = [Outage(from_at=_at(begins), until_at=_at(ends)) for begins, ends, _ in spans]
    assert [end(one, WIB) for one in outages] == [_at(new) for _, _, new in spans]
    assert [moved(_at(before), outages[0], WIB) for before, _ in deadlines] == [_at(after) for _, after in deadlines]


def test_how_far_a_person_is_prepared():
    [worked] = _tables("21.")
    words = Text(id="x")
    for hours, share, minutes, result, asked, stands in worked:
        said = Unpublished(owes="x") if hours == "unknown" else Assumed(value=int(hours), assumed=True, model="x")
        topic = Topic(code="x", title=words, kind="basics", hours=said, basis=words)
        has = Attended(topic="x", minutes=int(minutes), result=result)
        [row] = rows([topic], [has], share=None if share == "unknown" else int(share))
        assert (f"{row.asked or 'one lesson'}", row.standing.value) == (asked, stands)


def _rule(length=40, unit="days", side="before", event="departure", **more):
    """Return a rule of an invented document."""
    known = Unpublished(owes="ministry") if length == "unpublished" else int(length)
    when = {"side": side, "event": event, "unit": unit, "length": known}
    about = {"code": "x", "title": Text(id="x"), "phase": "student", "kind": "identity", "standing": "reading"}
    return DocumentRule(**about, basis=Text(id="x"), due=when, **more)


def _on(words):
    return None if words == "–" else dt.date.fromisoformat(words)


def test_the_days_of_documents():
    zone = dt.timezone(dt.timedelta(hours=7))
    events = {
        "departure": dt.datetime(2027, 6, 7, 9, 30, tzinfo=zone),
        "arrival": dt.datetime(2027, 6, 8, 4, 15, tzinfo=zone),
        "visa_end": None,
    }
    days, lengths, typed = _tables("22.")
    for words, expected in days:
        found = due(_rule(*re.fullmatch(r"(\w+) (days|hours) (before|after) (\w+)", words).groups()), events)
        assert (f"{found:%Y-%m-%d %H:%M:%S}" if found else "no day") == expected
    for issued, months, last, anew in lengths:
        found = ends(_rule(valid=int(months)), Given(issued_on=_on(issued)))
        assert (str(found), str(found - dt.timedelta(days=WATCH))) == (last, anew)
    asked = _rule(asks=("issued_on", "expires_on"))
    for issued, last, expected in typed:
        given = Given(issued_on=_on(issued), expires_on=_on(last))
        found = doubts(asked, given, on=dt.date(2027, 1, 10), departs_on=dt.date(2027, 6, 7))
        assert (", ".join(one.code for one in found) or "none") == expected


def test_the_legal_phases():
    for on, country, expected in _rows("23."):
        course = Course(
            home="ID",
            departed_on=dt.date(2027, 6, 7),
            work_begins_on=dt.date(2029, 7, 1),
            country=country,
            ended_on=dt.date(2034, 7, 1),
        )
        assert phase(course, on=_on(on)) == expected


def test_what_is_missing_and_who_stands_worst():
    states, people = _tables("24.")
    for truth, last, topic, visa, group, expected in states:
        state = State(
            documents=(Document(code="passport", truth=truth, ends_on=_on(last)),),
            preparation=(Row(topic="safety", standing=Standing(topic), attended=0, asked=90),),
            visa=visa,
            departs_on=None if group == "–" else dt.date(2027, 6, 7),
            met_by=group == "met",
        )
        assert (", ".join(one.code for one in missing(state)) or "nothing") == expected
    rows = [
        (
            code,
            [] if days == "nothing is missing" else [Missing(code="x", due_on=_day(day)) for day in days.split(", ")],
        )
        for code, days, _place in people
    ]
    order = worst_first(rows, on=dt.date(2027, 5, 1))
    assert {code: str(order.index(code) + 1) for code, _, _ in people} == {code: place for code, _, place in people}
