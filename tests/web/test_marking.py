"""Sessions, attendance, marking, changes: each page once, nothing of the person on an examiner's, the same few queries."""

import io

import pytest
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.selection.actions import marking, sessions
from rantau.selection.models import Conflict, Mark, Session, Sitting
from tests.selection.build import HOUR, mark, officer, sat, session, world

pytestmark = pytest.mark.django_db
THREE = ("ani", "budi", "citra")


@pytest.fixture
def browse(client):
    """Return a function that signs somebody in and opens a page by name, in English."""

    def go(person, name, *args, method="get", data=None, **query):
        if person is None:
            client.logout()
        elif client.session.get("_auth_user_id") != str(person.pk):
            client.force_login(person)
        return getattr(client, method)(english(name, *args), data or query)

    return go


def english(name, *args):
    """Return a page's address in English, whatever the last page spoke."""
    with translation.override("en"):
        return reverse(name, args=args)


def leaks(w, response):
    """Return what tells who somebody is on a page or sheet of an examiner."""
    shown = response.content.decode(errors="replace")
    if response.content[:2] == b"PK":
        sheets = load_workbook(io.BytesIO(response.content)).worksheets
        shown = " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    secrets = ["Rahasia", "+628123456789"]
    for application in w.people.values():
        secrets += [application.person.name, application.code, application.ref, application.person.ref]
    return [secret for secret in secrets if secret in shown]


def ready(at, chance, *names, absent=()):
    w = world(at, chance, *(names or THREE))
    return w, sat(w, absent=absent)


# --- sessions ----------------------------------------------------------------------------------------------------------
def test_a_session_is_planned_and_filled(at, chance, browse):
    w = world(at, chance, "ani")
    day = {"on_0": "7", "on_1": "5", "on_2": "2026", "clock": "09.00"}
    given = {"criteria": ["care_test"], "place": "Balai, Bandung", "seats": "2", "travel": "own", **day}
    assert browse(w.coordinator, "session_plan", w.scope).status_code == 200
    response = browse(w.coordinator, "session_plan", w.scope, method="post", data=given)
    made = Session.objects.get()
    assert (response.status_code, response.url) == (302, f"/en/program/{w.scope}/sesi/{made.code}/")
    assert (made.place, made.seats, made.starts_at.isoformat()) == ("Balai, Bandung", 2, "2026-05-07T02:00:00+00:00")
    browse(w.coordinator, "session_assign", w.scope, made.code, method="post")
    assert Sitting.objects.get().application == w.people["ani"]


def test_what_is_wrong_with_a_session_is_said_at_its_field(at, chance, browse):
    w = world(at, chance)
    response = browse(w.coordinator, "session_plan", w.scope, method="post", data={"seats": "0", "clock": "9"})
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["clock", "criteria", "on", "place", "seats", "travel"]
    assert Session.objects.count() == 0


def test_who_came_is_one_tap_each(at, chance, browse):
    w = world(at, chance, *THREE)
    planned = session(w)
    called = sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)
    before = browse(w.coordinator, "attendance", w.scope, planned.code).content.decode()
    assert 'name="came"' not in before
    w.later(2 * HOUR)
    shown = browse(w.coordinator, "attendance", w.scope, planned.code).content.decode()
    assert [s.piece for s in called if f'name="came" value="{s.piece}"' not in shown] == []
    assert [a.person.name for a in w.people.values() if a.person.name not in shown] == []
    for data in ({"missed": called[0].piece}, {"came": called[1].piece}, {"all": "1"}):
        browse(w.coordinator, "attendance", w.scope, planned.code, method="post", data=data)
    assert [s.state for s in Sitting.objects.order_by("pk")] == ["missed", "attended", "attended"]
    second = session(w)
    page = browse(w.coordinator, "attendance", w.scope, planned.code).content.decode()
    assert f'value="{second.code}"' in page
    data = {"second": called[0].piece, "session": second.code}
    browse(w.coordinator, "attendance", w.scope, planned.code, method="post", data=data)
    assert Sitting.objects.get(pk=called[0].pk).session == second


def test_examiners_see_sessions_without_names(at, chance, browse):
    w, sittings = ready(at, chance)
    for name, *args in (
        ("sessions",),
        ("attendance", sittings["ani"].session.code),
        ("attendance_print", sittings["ani"].session.code),
    ):
        response = browse(w.examiner, name, w.scope, *args)
        assert (response.status_code, leaks(w, response)) == (200, [])
    paper = browse(w.coordinator, "attendance_print", w.scope, sittings["ani"].session.code).content.decode()
    assert [a.person.name for a in w.people.values() if a.person.name not in paper] == []


@pytest.mark.parametrize("number", [1, 3])
def test_sessions_and_attendance_take_the_same_queries_for_any_number(
    at, chance, browse, django_assert_num_queries, number
):
    w = world(at, chance, *THREE)
    places = [session(w, seats=number) for _ in range(number)]
    sessions.assign(session=places[0], person=w.coordinator, at=w.at, chance=w.chance)
    browse(w.coordinator, "desk", w.scope)
    with django_assert_num_queries(18):
        assert len(browse(w.coordinator, "sessions", w.scope).context["rows"]) == number
    with django_assert_num_queries(12):
        assert len(browse(w.coordinator, "attendance", w.scope, places[0].code).context["sittings"]) == number


# --- marking -----------------------------------------------------------------------------------------------------------
def test_marks_are_kept_looked_at_and_locked(at, chance, browse):
    w, sittings = ready(at, chance)
    where = (w.scope, sittings["ani"].session.code, "care_test")
    assert browse(w.examiner, "marking", w.scope).status_code == 200
    codes = {name: s.piece for name, s in sittings.items()}
    data = {f"mark-{codes['ani']}": "81,4", f"mark-{codes['budi']}": "100.5", "check": "1"}
    response = browse(w.examiner, "pieces", *where, method="post", data=data)
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="100.5"' in shown
    assert "A number from 0 to 100." in shown
    assert [(m.application, m.value, m.state) for m in Mark.objects.all()] == [(w.people["ani"], 8140, "draft")]
    data = {f"mark-{codes['ani']}": "81.4", f"mark-{codes['budi']}": "70", "check": "1"}
    assert browse(w.examiner, "pieces", *where, method="post", data=data).url == english("pieces_lock", *where)
    page = browse(w.examiner, "pieces_lock", *where)
    assert (page.status_code, [m.value for _, m in page.context["drafts"]]) == (200, sorted_values(codes))
    seen = {f"seen-{codes['ani']}": "8140", f"seen-{codes['budi']}": "6900"}
    browse(w.examiner, "pieces_lock", *where, method="post", data=seen)
    assert {m.application: m.state for m in Mark.objects.all()} == {
        w.people["ani"]: "locked",
        w.people["budi"]: "draft",
    }


def sorted_values(codes):
    return [value for _, value in sorted({codes["ani"]: 8140, codes["budi"]: 7000}.items())]


def test_an_interview_shows_its_descriptors_and_hides_the_other_mark(at, chance, browse):
    w, sittings = ready(at, chance, "ani")
    where = (w.scope, sittings["ani"].session.code, "employer_interview")
    mark(w, sittings["ani"], "employer_interview", 100, "colleague")
    shown = browse(w.examiner, "pieces", *where).content.decode()
    assert [n for n in range(4) if f'<option value="{n}">' not in shown] == []
    assert "answers with several examples" in shown
    assert "<b>1.00</b>" not in shown
    data = {f"mark-{sittings['ani'].piece}": "3"}
    browse(w.examiner, "pieces", *where, method="post", data=data)
    assert "<b>1.00</b>" not in browse(w.examiner, "pieces", *where).content.decode()
    marking.lock(marks=list(Mark.objects.filter(examiner=w.examiner)), person=w.examiner, at=w.at)
    shown = browse(w.examiner, "pieces", *where).content.decode()
    assert "<b>1.00</b>" in shown
    assert "<b>3.00</b>" in shown


def test_half_a_point_is_no_interview_mark(at, chance, browse):
    w, sittings = ready(at, chance, "ani")
    where = (w.scope, sittings["ani"].session.code, "employer_interview")
    response = browse(w.examiner, "pieces", *where, method="post", data={f"mark-{sittings['ani'].piece}": "1.5"})
    assert (response.status_code, Mark.objects.count()) == (422, 0)
    assert "A whole number from 0 to 3." in response.content.decode()


def test_no_page_of_an_examiner_tells_who_it_is(at, chance, browse):
    w, sittings = ready(at, chance)
    where = (w.scope, sittings["ani"].session.code, "care_test")
    (own,) = mark(w, sittings["ani"], "care_test", 8000)
    mark(w, sittings["budi"], "care_test", 7000, lock=False)
    piece = sittings["citra"].piece
    pages = [
        ("marking", w.scope),
        ("pieces", *where),
        ("pieces_lock", *where),
        ("piece_conflict", *where, piece),
        ("disputes", w.scope),
        ("dispute", w.scope, own.ref),
    ]
    for name, *args in pages:
        response = browse(w.examiner, name, *args)
        assert (name, response.status_code, leaks(w, response)) == (name, 200, [])
    response = browse(w.examiner, "disputes", w.scope, karya=sittings["ani"].piece)
    assert (own.ref in response.content.decode(), leaks(w, response)) == (True, [])
    for kind in ("xlsx", "csv"):
        assert leaks(w, browse(w.examiner, "pieces_out", *where, kind)) == []


def test_a_conflict_is_declared_in_two_taps(at, chance, browse):
    w, sittings = ready(at, chance)
    where = (w.scope, sittings["ani"].session.code, "care_test", sittings["ani"].piece)
    assert browse(w.examiner, "piece_conflict", *where, method="post").status_code == 302
    assert Conflict.objects.get().application == w.people["ani"]
    assert browse(w.examiner, "piece_conflict", *where).status_code == 404
    shown = browse(w.examiner, "pieces", *where[:3]).content.decode()
    assert (f"mark-{sittings['ani'].piece}" in shown, f"mark-{sittings['budi'].piece}" in shown) == (False, True)


@pytest.mark.parametrize("names", [("ani",), THREE])
def test_marking_takes_the_same_queries_for_any_number(at, chance, browse, django_assert_num_queries, names):
    w, sittings = ready(at, chance, *names)
    mark(w, sittings["ani"], "care_test", 8000, lock=False)
    browse(w.examiner, "sessions", w.scope)
    with django_assert_num_queries(12):
        assert browse(w.examiner, "marking", w.scope).context["rows"][0].pieces == len(names)
    with django_assert_num_queries(14):
        page = browse(w.examiner, "pieces", w.scope, sittings["ani"].session.code, "care_test")
    assert len(page.context["rows"]) == len(names)


# --- sheets ------------------------------------------------------------------------------------------------------------
def sheet(rows, name="nilai.csv"):
    file = io.BytesIO("\n".join(rows).encode())
    file.name = name
    return file


def test_a_sheet_goes_out_and_comes_back_with_row_errors(at, chance, browse):
    w, sittings = ready(at, chance)
    where = (w.scope, sittings["ani"].session.code, "care_test")
    out = browse(w.examiner, "pieces_out", *where, "xlsx")
    book = load_workbook(io.BytesIO(out.content))
    found = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    blank = [[code, None, "to be marked"] for code in sorted(s.piece for s in sittings.values())]
    assert found == [["Piece", "Mark", "State"], *blank]
    rows = [
        "karya;nilai",
        f"{sittings['ani'].piece};81,4",
        f"{sittings['budi'].piece};200",
        f"{sittings['citra'].piece};",
        "T-0000000000;50",
        f"{sittings['ani'].piece};90",
    ]
    response = browse(w.examiner, "pieces_in", *where, method="post", data={"sheet": sheet(rows)})
    outcome = response.context["outcome"]
    assert (response.status_code, outcome.done, outcome.skipped) == (422, [sittings["ani"].piece], 1)
    assert [p.row for p in outcome.problems] == [3, 5, 6]
    assert [(m.value, m.state) for m in Mark.objects.all()] == [(8140, "draft")]
    good = [rows[0], rows[1], f"{sittings['budi'].piece};70"]
    response = browse(w.examiner, "pieces_in", *where, method="post", data={"sheet": sheet(good)})
    assert (response.status_code, response.context["outcome"].before) == (200, 1)
    csv_out = browse(w.examiner, "pieces_out", *where, "csv").content.decode("utf-8-sig")
    assert f"{sittings['ani'].piece},81.40,draft" in csv_out
    again = sheet([line.replace(",", ";") for line in csv_out.splitlines()])
    response = browse(w.examiner, "pieces_in", *where, method="post", data={"sheet": again})
    assert (response.context["outcome"].before, Mark.objects.count()) == (2, 2)


def test_a_sheet_does_not_move_a_locked_mark(at, chance, browse):
    w, sittings = ready(at, chance, "ani")
    where = (w.scope, sittings["ani"].session.code, "care_test")
    mark(w, sittings["ani"], "care_test", 8000)
    rows = ["karya,nilai", f"{sittings['ani'].piece},90"]
    response = browse(w.examiner, "pieces_in", *where, method="post", data={"sheet": sheet(rows)})
    assert (response.status_code, len(response.context["outcome"].problems)) == (422, 1)
    assert Mark.objects.get().value == 8000
    assert browse(w.examiner, "pieces_in", *where, method="post", data={}).status_code == 422
    assert browse(w.examiner, "pieces_out", *where, "pdf").status_code == 404


# --- changes -----------------------------------------------------------------------------------------------------------
def test_a_change_is_proposed_and_decided_by_another(at, chance, browse):
    w, sittings = ready(at, chance)
    (given,) = mark(w, sittings["ani"], "care_test", 8000)
    where = (w.scope, given.ref)
    response = browse(w.examiner, "dispute", *where, method="post", data={"proposed": "85"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    data = {"proposed": "85", "reason": "salah salin"}
    assert browse(w.examiner, "dispute", *where, method="post", data=data).status_code == 302
    own = browse(w.examiner, "dispute", *where).content.decode()
    assert ("a second person decides" in own, 'name="agree"' in own) == (True, False)
    assert browse(w.examiner, "dispute", *where, method="post", data={"agree": "1"}).status_code == 409
    assert 'name="agree"' in browse(w.coordinator, "dispute", *where).content.decode()
    browse(w.coordinator, "dispute", *where, method="post", data={"agree": "1"})
    kept = Mark.objects.get()
    assert (kept.value, kept.changed, kept.state) == (8500, 1, "locked")
    assert "salah salin" in browse(w.coordinator, "disputes", w.scope).content.decode()


def test_another_examiners_lonely_mark_has_no_page(at, chance, browse):
    w, sittings = ready(at, chance)
    (given,) = mark(w, sittings["ani"], "employer_interview", 100, "colleague")
    assert browse(w.examiner, "dispute", w.scope, given.ref).status_code == 404
    assert browse(w.colleague, "dispute", w.scope, given.ref).status_code == 200


@pytest.mark.parametrize("names", [("ani",), THREE])
def test_changes_take_the_same_queries_for_any_number(at, chance, browse, django_assert_num_queries, names):
    w, sittings = ready(at, chance, *names)
    for name in names:
        (given,) = mark(w, sittings[name], "care_test", 8000)
        marking.dispute(mark=given, proposed=8500, reason="salah salin", person=w.examiner, at=w.at)
    browse(w.coordinator, "sessions", w.scope)
    with django_assert_num_queries(11):
        assert len(browse(w.coordinator, "disputes", w.scope).context["open"]) == len(names)


# --- who may not -------------------------------------------------------------------------------------------------------
def test_nobody_else_gets_in(at, chance, browse):
    w, sittings = ready(at, chance)
    (given,) = mark(w, sittings["ani"], "care_test", 8000)
    code = sittings["ani"].session.code
    pages = {
        "sessions": (),
        "attendance": (code,),
        "attendance_print": (code,),
        "marking": (),
        "pieces": (code, "care_test"),
        "pieces_lock": (code, "care_test"),
        "piece_conflict": (code, "care_test", sittings["ani"].piece),
        "pieces_out": (code, "care_test", "xlsx"),
        "disputes": (),
        "dispute": (given.ref,),
    }
    elsewhere = officer("jauh", Role.EXAMINER, "program-lain", w.at, w.chance)
    stranger = people.register(at=w.at, chance=w.chance, name="Orang luar")
    for name, args in pages.items():
        assert (name, browse(None, name, w.scope, *args).status_code) == (name, 302)
        for person in (elsewhere, w.auditor, stranger):
            response = browse(person, name, w.scope, *args)
            assert (name, response.status_code, leaks(w, response)) == (name, 403, [])
    for name in ("marking", "pieces", "pieces_lock", "pieces_out"):
        assert (name, browse(w.coordinator, name, w.scope, *pages[name]).status_code) == (name, 403)
    assert browse(w.examiner, "session_plan", w.scope).status_code == 403
    assert browse(w.examiner, "pieces", w.scope, "S-0000000000", "care_test").status_code == 404
    assert browse(w.examiner, "pieces", w.scope, code, "report").status_code == 404
