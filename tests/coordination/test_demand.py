"""Demand: versions that are never written over, a sheet taken by its right rows or not at all, totals beside supply."""

import pytest

from rantau.cli.database import due
from rantau.coordination import access, queries
from rantau.coordination.actions import demand as asking
from rantau.coordination.models import Demand, Sheet
from rantau.documents import actions as documents
from rantau.engine.flow import Role
from rantau.engine.known import Unpublished
from rantau.ledger.models import Entry
from rantau.programmes.actions import set_clock
from rantau.programmes.queries import terms
from tests.agreements import build as agreements
from tests.build import person
from tests.coordination import build
from tests.coordination.build import DAY, ROW, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    made = agreements.world()
    esdm = person(at=made.at, chance=made.chance, name="ESDM")
    agreements.mandate(made, esdm, "esdm", ("answer",))
    made.people["esdm", "answer"] = esdm
    return made


def take(w, sheet, *, whole=False, all_of_it=False, who=None):
    return asking.take_sheet(
        sheet=sheet,
        whole=whole,
        all_of_it=all_of_it,
        person=who or w.of("kemenperin", "answer"),
        at=w.at,
        chance=w.chance,
    )


def standing(w):
    return [(row.office, row.project, row.version, row.places) for row in queries.demand.of(w.programme)]


def test_a_correction_ends_the_old_row_and_begins_a_new_one(w):
    first = build.asked(w)
    w.at += DAY
    second = build.asked(w, code=first.code, places="15")
    found = Demand.objects.order_by("version").values_list("code", "version", "places", "begun_at", "ended_at")
    assert list(found) == [
        (first.code, 1, 12, first.begun_at, w.at),
        (first.code, 2, 15, w.at, None),
    ]
    assert standing(w) == [("kemenperin", "Smelter Contoh", 2, 15)]
    assert queries.demand.versions(second) == [second, first]


def test_the_same_again_is_no_new_version(w):
    first = build.asked(w)
    entries = Entry.objects.count()
    assert build.asked(w, code=first.code) == first
    assert (Demand.objects.count(), Entry.objects.count()) == (1, entries)


def test_what_stands_already_is_not_entered_beside_it(w):
    first, other = build.asked(w), build.asked(w, project="Kilang Contoh")
    with refused("demand.same", demand=first.code):
        build.asked(w, project="SMELTER  contoh", places="99")
    with refused("demand.same", demand=first.code):
        build.asked(w, code=other.code)


def test_a_wrong_row_is_not_entered(w):
    with refused("demand.wrong", field="places", problem="form"):
        build.asked(w, places="beberapa")


@pytest.mark.parametrize("office", ["kp2mi", "rusal", "kedubes-rusia"])
def test_only_a_partner_ministry_asks(w, office):
    with refused("role.missing"):
        build.asked(w, office)


def test_a_mandate_that_answers_nothing_or_a_role_alone_asks_for_nothing(w):
    partner = person(at=w.at, chance=w.chance, role=Role.PARTNER, scope=w.programme.code)
    for who in (w.of("kemenperin", "sign"), partner):
        with refused("role.missing"):
            asking.enter(programme=w.programme, given=ROW, person=who, at=w.at, chance=w.chance)


def test_a_ministry_neither_reads_nor_changes_the_rows_of_another(w):
    own, theirs = build.asked(w), build.asked(w, "esdm", project="PLTS Contoh")
    sheet, who = build.handed_in(w), w.of("esdm", "answer")
    assert list(access.demand(who, w.programme, at=w.at)) == [theirs]
    assert list(access.sheets(who, w.programme, at=w.at)) == []
    with pytest.raises(Demand.DoesNotExist):
        build.asked(w, "esdm", code=own.code)
    with pytest.raises(Demand.DoesNotExist):
        asking.end(programme=w.programme, code=own.code, person=who, at=w.at)
    with refused("role.missing"):
        take(w, sheet, who=who)
    assert standing(w) == [("esdm", "PLTS Contoh", 1, 12), ("kemenperin", "Smelter Contoh", 1, 12)]


def test_what_is_ended_is_asked_for_no_more_and_kept(w):
    found = build.asked(w)
    asking.end(programme=w.programme, code=found.code, person=w.of("kemenperin", "answer"), at=w.at)
    assert (standing(w), Demand.objects.count()) == ([], 1)
    with pytest.raises(Demand.DoesNotExist):
        build.asked(w, code=found.code)


def test_the_ledger_says_how_many_and_no_project(w):
    found = build.asked(w)
    entry = Entry.objects.get(subject=f"demand:{found.ref}")
    assert {key: entry.facts[key] for key in set(entry.facts) - {"digest"}} == {
        "code": found.code,
        "version": 1,
        "office": "kemenperin",
        "trade": "welder",
        "year": 2029,
        "places": 12,
    }


def test_a_sheet_waits_and_changes_nothing_until_it_is_taken(w):
    sheet = build.handed_in(w)
    assert standing(w) == []
    assert take(w, sheet) == {"new": 1, "changed": 0, "same": 0, "ended": 0}
    assert standing(w) == [("kemenperin", "Smelter Contoh", 1, 10)]
    sheet.refresh_from_db()
    assert (sheet.data, sheet.lines, sheet.taken_at) == (None, None, w.at)
    entry = Entry.objects.get(subject=f"sheet:{sheet.ref}")
    assert {key: entry.facts[key] for key in ("office", "digest", "left", "new")} == {
        "office": "kemenperin",
        "digest": sheet.digest,
        "left": 1,
        "new": 1,
    }
    with refused("demand.taken"):
        take(w, sheet)


def test_all_or_none(w):
    sheet = build.handed_in(w)
    with refused("demand.rows", wrong=1):
        take(w, sheet, whole=True)
    right = build.handed_in(w, build.LINES[:-1])
    assert take(w, right, whole=True)["new"] == 1


def test_a_sheet_without_a_known_column_or_a_right_row_takes_nothing(w):
    strange = build.handed_in(w, [(1, ["a", "b"]), (2, ["c", "d"])])
    wrong = build.handed_in(w, [build.LINES[1], build.LINES[3]])
    with refused("demand.columns", missing=["project", "trade", "year", "places"]):
        take(w, strange)
    with refused("demand.nothing"):
        take(w, wrong)


def test_a_corrected_column_is_what_is_read(w):
    sheet = build.handed_in(w, [(1, ["a", "b", "c", "d"]), (2, ["Smelter", "Las", "2029", "4"])])
    columns = {"project": 0, "trade": 1, "year": 2, "places": 3}
    asking.correct(sheet=sheet, heading=1, columns=columns, years={})
    take(w, sheet)
    assert standing(w) == [("kemenperin", "Smelter", 1, 4)]


@pytest.mark.parametrize(("all_of_it", "left"), [(False, ["Kilang", "Smelter Contoh"]), (True, ["Smelter Contoh"])])
def test_a_sheet_is_added_or_is_everything(w, all_of_it, left):
    build.asked(w, project="Kilang")
    build.asked(w, grade="", region="", note="", places="10")
    build.asked(w, "esdm", project="Bendungan")
    counts = take(w, build.handed_in(w), all_of_it=all_of_it)
    assert counts == {"new": 0, "changed": 0, "same": 1, "ended": int(all_of_it)}
    mine = [row.project for row in queries.demand.of(w.programme, "kemenperin")]
    assert (sorted(mine), len(queries.demand.of(w.programme, "esdm"))) == (left, 1)


def test_a_row_that_stands_is_brought_up_to_date(w):
    old = build.asked(w, grade="", region="", note="", places="7")
    assert take(w, build.handed_in(w))["changed"] == 1
    assert [(row.code, row.version, row.places) for row in queries.demand.of(w.programme)] == [(old.code, 2, 10)]


def test_a_sheet_is_put_away_by_hand_or_after_thirty_days(w):
    first, second = build.handed_in(w), build.handed_in(w)
    asking.put_away(sheet=first)
    assert asking.sweep(programme=w.programme, at=w.at + 30 * DAY) == 0
    assert asking.sweep(programme=w.programme, at=w.at + 31 * DAY) == 1
    assert list(Sheet.objects.values_list("data", "lines", "taken_at")) == [(None, None, None)] * 2
    with refused("demand.taken"):
        take(w, second)


def test_the_daily_sweep_goes_by_the_programme_s_own_time(w):
    build.handed_in(w)
    documents.sweep(w.at)  # the suite keeps all files in one memory
    assert due.sweep(w.at) == 0
    set_clock(programme=w.programme, clock_at=w.at + 31 * DAY)
    assert due.sweep(w.at) == 1


def test_totals_by_trade_year_and_ministry(w):
    build.asked(w)
    build.asked(w, project="Kilang", trade="Pengelas", places="3")
    build.asked(w, "esdm", project="PLTS", places="5")
    build.asked(w, "esdm", project="PLTS", trade="Listrik", year="2028")
    found = queries.demand.picture(w.programme)
    assert [(one.trade, one.year, one.by_office, one.places) for one in found.totals] == [
        ("electrician", 2028, {"esdm": 12}, 12),
        ("welder", 2029, {"kemenperin": 15, "esdm": 5}, 20),
    ]
    assert (found.places, found.projects, found.offices) == (32, 3, ("esdm", "kemenperin"))


def test_the_supply_begins_when_departure_and_training_say_and_not_before(w):
    found = queries.demand.picture(w.programme).supply
    assert [(one.posting, one.home, one.seats.value, one.trade, one.year, one.assumed) for one in found] == [
        ("russia", False, 25, "welder", 2028, False),
        ("indonesia", True, 25, "welder", 2028, False),
    ]


def test_an_unpublished_departure_leaves_the_year_unknown(w):
    known = terms(w.programme.version)
    dates = known.dates.model_copy(update={"departure": Unpublished(owes="kp2mi")})
    silent = known.model_copy(update={"dates": dates})
    assert [(one.seats.value, one.year) for one in queries.demand.supply(silent)] == [(25, None), (25, None)]
