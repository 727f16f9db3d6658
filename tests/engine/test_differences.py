"""Versions side by side: the change leads to the later version, and an edit of one word shows one word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.clauses import LOCALES, Clause, DutyTerm, Timing
from rantau.engine.differences import Segment, Summary, compare, summary, words
from rantau.engine.known import Text

WORDS = st.sampled_from(["upah", "dibayar", "setiap", "bulan", "43\xa0800", "Peserta.", "dan"])
TEXT = st.sampled_from(
    [
        Text(id="upah dibayar setiap bulan", en="wages are paid monthly", ru="платят ежемесячно"),
        Text(id="upah dibayar dua kali sebulan", en="wages are paid twice a month", ru="платят дважды в месяц"),
        Text(id="dua kali", en="", ru="43\xa0800 рупий\nв месяц"),
        Text(id="upah", en="pay", ru=""),
    ]
)
TIMING = st.sampled_from([Timing(days=3), Timing(every="month"), Timing(days=3, before="departure")])
DUTY = st.builds(
    DutyTerm,
    code=st.sampled_from(["one", "two", "three"]),
    owner=st.sampled_from(["ministry", "employer"]),
    what=TEXT,
    evidence=TEXT,
    timing=TIMING,
    excused_by=st.sampled_from([None, "ministry"]),
)
CLAUSE = st.builds(
    Clause,
    code=st.sampled_from(list("abcdef")),
    title=TEXT,
    text=TEXT,
    rows=st.lists(TEXT, max_size=2).map(tuple),
    table=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    open=st.lists(st.sampled_from(["seats", "pay.base"]), unique=True).map(tuple),
    duties=st.lists(DUTY, max_size=2, unique_by=lambda duty: duty.code).map(tuple),
)
VERSION = st.lists(CLAUSE, max_size=5, unique_by=lambda clause: clause.code).map(tuple)


def _side(passage, kinds):
    return {at: "".join(part.text for part in getattr(passage, at) if part.kind in kinds) for at in LOCALES}


def _text(passage, kinds):
    return Text(**side) if (side := _side(passage, kinds))["id"] else None


def _duty(change, place, kinds, old):
    pick = {
        name: old.get(name) if (pair := getattr(change, name)) is None else pair[place]
        for name in ("owner", "timing", "excused_by")
    }
    return DutyTerm(code=change.code, what=_text(change.what, kinds), evidence=_text(change.evidence, kinds), **pick)


def _rebuilt(changes, place, other):
    """Return one of the two versions, made of the changes and of what the other version's duties have in common."""
    kinds = ("kept", "gone") if place == 0 else ("kept", "new")
    number = "was" if place == 0 else "now"
    skip = "added" if place == 0 else "removed"
    terms = {(clause.code, duty.code): dict(duty) for clause in other for duty in clause.duties}
    standing = sorted((change for change in changes if change.kind != skip), key=lambda change: getattr(change, number))
    return [
        {
            "code": change.code,
            "title": _text(change.title, kinds),
            "text": _text(change.text, kinds),
            "rows": [text for row in change.rows if (text := _text(row, kinds))],
            "table": [cells for line in change.table if None not in (cells := [_text(cell, kinds) for cell in line])],
            "duties": sorted(
                (
                    _duty(duty, place, kinds, terms.get((change.code, duty.code), {}))
                    for duty in change.duties
                    if duty.kind != skip
                ),
                key=lambda duty: duty.code,
            ),
        }
        for change in standing
    ]


def _plain(version):
    return [
        {
            "code": clause.code,
            "title": clause.title,
            "text": clause.text,
            "rows": list(clause.rows),
            "table": [list(line) for line in clause.table],
            "duties": sorted(clause.duties, key=lambda duty: duty.code),
        }
        for clause in version
    ]


@settings(max_examples=60, deadline=None)
@given(VERSION, VERSION)
def test_the_change_leads_from_one_version_to_the_other_and_back(before, after):
    changes = compare(before, after)
    assert _rebuilt(changes, 1, before) == _plain(after)
    assert _rebuilt(changes, 0, after) == _plain(before)
    assert sum(dict(summary(changes)).values()) == len(changes)


@settings(max_examples=30, deadline=None)
@given(VERSION)
def test_a_version_does_not_differ_from_itself(version):
    changes = compare(version, version)
    assert summary(changes) == Summary(unchanged=len(version))
    assert [change.code for change in changes] == [clause.code for clause in version]
    for change in changes:
        passages = [change.title, change.text, *change.rows, *(cell for line in change.table for cell in line)]
        assert not any(passage.changed for passage in passages)
        assert {(duty.kind, duty.owner, duty.timing, duty.excused_by) for duty in change.duties} <= {
            ("unchanged", None, None, None)
        }


@given(st.lists(WORDS, min_size=1, max_size=9), st.data())
def test_an_edit_of_one_word_shows_one_word(line, data):
    at = data.draw(st.integers(0, len(line) - 1))
    changed = [*line[:at], "hari", *line[at + 1 :]]
    parts = words(" ".join(line), " ".join(changed))
    assert [(part.kind, part.text) for part in parts if part.kind != "kept"] == [("gone", line[at]), ("new", "hari")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "upah baru", [("new", "upah baru")]),
        ("upah lama", "", [("gone", "upah lama")]),
        ("dua kali sebulan", "dua kali sebulan", [("kept", "dua kali sebulan")]),
        (
            "paling lambat 7 hari kerja",
            "paling lambat 3 hari",
            [("kept", "paling lambat "), ("gone", "7"), ("new", "3"), ("kept", " hari"), ("gone", " kerja")],
        ),
        ("a b", "a x b", [("kept", "a "), ("new", "x "), ("kept", "b")]),
        ("43\xa0800 ₽\nx", "43\xa0900 ₽\nx", [("gone", "43\xa0800"), ("new", "43\xa0900"), ("kept", " ₽\nx")]),
        ("x y", "p y q z", [("gone", "x"), ("new", "p"), ("kept", " y"), ("new", " q z")]),
    ],
)
def test_words(before, after, expected):
    assert words(before, after) == tuple(Segment(kind=kind, text=text) for kind, text in expected)


def _clause(code, text="isi", **more):
    return Clause(code=code, title=Text(id=code), text=Text(id=text), **more)


def _fates(before, after):
    return [
        (change.code, change.kind, change.moved, change.was, change.now)
        for change in compare(tuple(map(_clause, before)), tuple(map(_clause, after)))
    ]


def test_a_clause_put_in_moves_no_other():
    assert _fates("abc", "xabc") == [
        ("x", "added", False, None, 1),
        ("a", "unchanged", False, 1, 2),
        ("b", "unchanged", False, 2, 3),
        ("c", "unchanged", False, 3, 4),
    ]


def test_one_clause_that_jumps_is_the_only_one_moved():
    assert _fates("abcd", "dabc") == [
        ("d", "moved", True, 4, 1),
        ("a", "unchanged", False, 1, 2),
        ("b", "unchanged", False, 2, 3),
        ("c", "unchanged", False, 3, 4),
    ]


def test_removed_clauses_follow_their_old_neighbours():
    assert [row[:2] for row in _fates("abcd", "bd")] == [
        ("a", "removed"),
        ("b", "unchanged"),
        ("c", "removed"),
        ("d", "unchanged"),
    ]


def test_a_clause_changed_and_moved_is_changed():
    changes = compare((_clause("a"), _clause("b"), _clause("c")), (_clause("c", "lain"), _clause("a"), _clause("b")))
    assert [(change.code, change.kind, change.moved) for change in changes] == [
        ("c", "changed", True),
        ("a", "unchanged", False),
        ("b", "unchanged", False),
    ]
    assert summary(changes) == Summary(changed=1, unchanged=2)


def test_what_was_answered_and_what_opened():
    before, after = _clause("a", open=("seats", "pay.base")), _clause("a", open=("seats", "pay.stipend"))
    change = compare((before,), (after,))[0]
    assert (change.kind, change.answered, change.opened) == ("changed", ("pay.base",), ("pay.stipend",))


def test_a_table_that_grows_a_column_and_loses_a_row():
    cell = {name: Text(id=name) for name in "abcd"}
    before = _clause("t", table=((cell["a"],), (cell["b"],), (cell["c"],)))
    after = _clause("t", table=((cell["a"], cell["d"]), (cell["c"],)))
    table = compare((before,), (after,))[0].table
    kinds = [[[(part.kind, part.text) for part in passage.id] for passage in line] for line in table]
    assert kinds == [[[("kept", "a")], [("new", "d")]], [[("gone", "b")]], [[("kept", "c")]]]


def test_a_duty_that_changes_owner_and_day():
    duty = DutyTerm(
        code="pay-file",
        owner="employer",
        what=Text(id="Menyerahkan berkas"),
        evidence=Text(id="Berkas"),
        timing=Timing(days=7),
    )
    later = duty.model_copy(update={"owner": "ministry", "timing": Timing(days=9), "excused_by": "employer"})
    added = duty.model_copy(update={"code": "another"})
    change = compare((_clause("a", duties=(duty,)),), (_clause("a", duties=(added, later)),))[0]
    assert [(one.code, one.kind, one.owner, one.timing, one.excused_by) for one in change.duties] == [
        ("another", "added", (None, "employer"), (None, Timing(days=7)), None),
        ("pay-file", "changed", ("employer", "ministry"), (Timing(days=7), Timing(days=9)), (None, "employer")),
    ]
    assert change.duties[1].what.changed is False


def test_a_code_that_stands_twice_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="twice"):
        compare((_clause("a"), _clause("a")), ())
