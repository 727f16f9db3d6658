"""Duties: from the clauses of an agreement in force, shown with evidence, doubted, excused, seen by whom."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from rantau.agreements import access
from rantau.agreements.actions import approving, deadlines, duties
from rantau.agreements.models import Agreement, Duty
from rantau.agreements.queries import boards
from rantau.engine.flow import Role
from rantau.programmes.models import Programme
from tests import build as fewest
from tests.agreements import build
from tests.agreements.build import AT, DAY, refused

pytestmark = pytest.mark.django_db
HOST = "kedubes-rusia"


@pytest.fixture
def w():
    return build.world()


def one(agreement, office="rusal", term="contact-employer", number=1):
    return agreement.duties.get(office=office, term=term, number=number)


def show(w, duty, person, evidence="Surat dikirim.", address="Surat 7/2026"):
    return duties.show(duty=duty, evidence=evidence, address=address, person=person, at=w.at)


def meeting(w, office="rusal", by=0, **changed):
    given = {
        "what": {"id": "Mengirim daftar."},
        "wanted": {"id": "Daftar."},
        "due_on": dt.date(2026, 2, 10),
        "origin": "R-1",
    } | changed
    return duties.owe(
        programme=w.programme,
        office=office,
        person=w.desk[by],
        roles=frozenset({Role.COORDINATOR}),
        at=w.at,
        chance=w.chance,
        **given,
    )


def test_every_duty_of_an_agreement_in_force_names_its_clause_its_office_and_its_day(w):
    agreement = build.in_force(w)
    made = list(agreement.duties.order_by("pk"))
    clauses = {clause.code: clause for clause in build.queries.clauses(build.queries.newest(agreement))}
    sides = set(agreement.sides.values_list("office", flat=True))
    assert {duty.term for duty in made} > {"contact-employer", "quarterly-meeting", "renewal"}
    for duty in made:
        assert duty.office in sides
        assert duty.state == "open"
        if duty.term != "renewal":
            assert duty.term in {term.code for term in clauses[duty.clause].duties}
    contact = one(agreement)
    assert (contact.due_at, contact.remind_at, contact.escalate_at) == (
        dt.datetime(2026, 2, 10, 16, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2026, 1, 27, 16, 59, 59, tzinfo=dt.UTC),
        dt.datetime(2026, 2, 24, 16, 59, 59, tzinfo=dt.UTC),
    )
    assert {duty.office for duty in made if duty.term == "renewal"} == {"kp2mi", "rusal"}


def test_an_office_shows_its_duty_done_with_words_and_a_place(w):
    duty = one(build.in_force(w))
    person = w.of("rusal", "answer")
    for evidence, address in (("", "Surat 7"), ("Dikirim.", " ")):
        with refused("duty.evidence"):
            show(w, duty, person, evidence, address)
    for other in (w.of("kp2mi", "answer"), w.of("rusal", "sign"), w.of(HOST, "answer"), w.desk[0]):
        with refused("mandate.missing", power="answer", office="rusal"):
            show(w, duty, other)
    assert show(w, duty, person).state == "done"
    assert (duty.evidence, duty.address, duty.done_at) == ("Surat dikirim.", "Surat 7/2026", w.at)
    assert [(h.step, h.late) for h in boards.history(duty)] == [("owe", False), ("show", False)]
    with refused("step.state", flow="duty", step="show", state="done"):
        show(w, duty, person)


def test_evidence_after_the_day_is_taken_and_said_to_be_late(w):
    duty = one(build.in_force(w))
    w.at += 60 * DAY
    assert boards.standing(duty, at=w.at) == "late"
    show(w, duty, w.of("rusal", "answer"))
    assert boards.standing(duty, at=w.at) == "done"
    assert boards.history(duty)[-1].late


def test_another_party_or_a_coordinator_doubts_the_evidence_but_never_the_office_itself(w):
    duty = one(build.in_force(w))
    show(w, duty, w.of("rusal", "answer"))
    with refused("duty.self"):
        duties.doubt(duty=duty, reason="Kosong.", person=w.of("rusal", "sign"), at=w.at)
    with refused("mandate.missing", office=""):
        duties.doubt(duty=duty, reason="Kosong.", person=w.of("kp2mi", "sign"), at=w.at)
    with refused("duty.reason"):
        duties.doubt(duty=duty, reason=" ", person=w.desk[0], at=w.at)
    duties.doubt(duty=duty, reason="Surat tanpa tanggal.", person=w.desk[0], at=w.at)
    assert (duty.state, duty.done_at, duty.reason) == ("open", None, "Surat tanpa tanggal.")
    show(w, duty, w.of("rusal", "answer"), "Surat baru.", "Surat 8/2026")
    assert (duty.state, duty.reason, duty.address) == ("done", "", "Surat 8/2026")


def test_who_may_excuse_is_the_office_that_the_clause_names_and_no_coordinator_then(w):
    agreement = build.in_force(w)
    duty = one(agreement, "rusal", "mission-access")
    assert duty.excused_by == "kbri-moskow"
    for person in (w.desk[0], w.of("kp2mi", "answer"), w.of(HOST, "answer")):
        with refused("mandate.missing", office="kbri-moskow"):
            duties.excuse(duty=duty, reason="Sudah lewat jalur lain.", person=person, at=w.at)
    with refused("duty.self"):
        duties.excuse(duty=duty, reason="Tidak perlu.", person=w.of("rusal", "answer"), at=w.at)
    with refused("duty.reason"):
        duties.excuse(duty=duty, reason="", person=w.of("kbri-moskow", "answer"), at=w.at)
    duties.excuse(duty=duty, reason="Akses sudah ada.", person=w.of("kbri-moskow", "answer"), at=w.at)
    assert (duty.state, duty.reason) == ("excused", "Akses sudah ada.")
    with refused("step.state", flow="duty", step="excuse", state="excused"):
        duties.excuse(duty=duty, reason="Lagi.", person=w.of("kbri-moskow", "answer"), at=w.at)
    coordinated = one(agreement)
    duties.excuse(duty=coordinated, reason="Digabung.", person=w.desk[0], at=w.at)
    assert coordinated.state == "excused"


def test_a_coordinator_who_acts_for_the_office_does_not_judge_it(w):
    duty = one(build.in_force(w), "kp2mi", "contact-ministry")
    build.mandate(w, w.of("kp2mi", "answer"), "kp2mi", ("answer",))
    both = fewest.person(at=AT, chance=w.chance, role=Role.COORDINATOR, scope=w.programme.code)
    build.mandate(w, both, "kp2mi", ("legal",))
    with refused("duty.self"):
        duties.excuse(duty=duty, reason="Tidak perlu.", person=both, at=w.at)
    assert boards.possible(both, duty, at=w.at) == frozenset()


def test_a_page_offers_what_the_actions_take(w):
    duty = one(build.in_force(w), "rusal", "mission-access")
    people = {
        "rusal": w.of("rusal", "answer"),
        "rusal sign": w.of("rusal", "sign"),
        "kbri": w.of("kbri-moskow", "sign"),
        "host": w.of(HOST, "answer"),
        "desk": w.desk[0],
    }
    offered = {name: set(boards.possible(person, duty, at=w.at)) for name, person in people.items()}
    assert offered == {"rusal": {"show"}, "rusal sign": set(), "kbri": {"excuse"}, "host": set(), "desk": set()}
    show(w, duty, people["rusal"])
    offered = {name: set(boards.possible(person, duty, at=w.at)) for name, person in people.items()}
    assert offered == {"rusal": set(), "rusal sign": set(), "kbri": {"doubt"}, "host": set(), "desk": set()}


def test_a_joint_name_s_duty_is_shown_by_any_of_its_members(w):
    duty = meeting(w, "kp2mi-rusal")
    with refused("mandate.missing", office="kp2mi-rusal"):
        show(w, duty, w.of("kemenperin", "answer"))
    assert show(w, duty, w.of("rusal", "answer")).state == "done"


def test_a_meeting_makes_a_duty_for_an_office_and_a_day_that_is_not_past(w):
    with refused("duty.office", office="esok"):
        meeting(w, "esok")
    with refused("duty.date", on=dt.date(2026, 1, 26)):
        meeting(w, due_on=dt.date(2026, 1, 26))
    assert meeting(w, due_on=dt.date(2026, 1, 27)).state == "open"


def test_the_open_duties_of_an_agreement_end_with_its_notice_and_what_was_done_stays(w):
    agreement = build.in_force(w)
    done = show(w, one(agreement), w.of("rusal", "answer"))
    decided = meeting(w, due_on=dt.date(2026, 12, 1))
    last = dt.date(2026, 2, 5)
    approving.terminate(agreement=agreement, person=w.of("rusal", "sign"), at=w.at, reason="Selesai.", ends_on=last)
    for at, states in ((w.at + 9 * DAY, {"open"}), (w.at + 10 * DAY, {"ended"})):
        Programme.objects.update(clock_at=at)
        deadlines.take(programme=Programme.objects.get(pk=w.programme.pk), at=at, reached={})
        assert set(agreement.duties.exclude(pk=done.pk).values_list("state", flat=True)) == states
    done.refresh_from_db()
    decided.refresh_from_db()
    assert (done.state, decided.state) == ("done", "open")


def test_who_sees_which_duties(w):
    agreement = build.in_force(w)
    decided = meeting(w, "rusal")
    judged = meeting(w, "kemenperin", excused_by="kp2mi")
    every = set(agreement.duties.values_list("code", flat=True))

    def seen(person):
        return {row.duty.code for row in boards.owed(person, w.programme, at=w.at)}

    assert seen(w.desk[0]) == every | {decided.code, judged.code}
    assert seen(w.of("rusal", "sign")) == every | {decided.code}
    assert seen(w.of("kp2mi", "answer")) == every | {judged.code}
    assert seen(w.of(HOST, "answer")) == every
    former = w.of("rusal", "legal")
    build.mandates.end(mandate=former.mandates.get(), person=w.desk[0], at=w.at)
    for person in (former, AnonymousUser(), fewest.person(at=AT, chance=w.chance)):
        with refused("mandate.missing"):
            seen(person)


def test_anybody_sees_the_duties_of_agreements_in_force_and_no_others(w):
    agreement = build.in_force(w)
    decided = meeting(w)
    shown = {row.duty.code for row in boards.told(w.programme, at=w.at)}
    assert shown == set(agreement.duties.values_list("code", flat=True))
    nobody = AnonymousUser()
    rows, full = boards.board(nobody, w.programme, at=w.at)
    assert ({row.duty.code for row in rows}, full) == (shown, False)
    with pytest.raises(Duty.DoesNotExist):
        boards.one(nobody, w.programme, decided.code, at=w.at)
    own, full = boards.one(w.of("rusal", "sign"), w.programme, decided.code, at=w.at)
    assert (own.duty, own.own, full) == (decided, True, True)
    Agreement.objects.update(state="agreed")
    assert boards.told(w.programme, at=w.at) == []


def test_nobody_s_duty_is_below_another_programme(w):
    duty = one(build.in_force(w))
    other = fewest.programme(at=AT, chance=w.chance, rehearsal=False)
    for person in (AnonymousUser(), w.of("rusal", "answer")):
        with pytest.raises(Duty.DoesNotExist):
            boards.one(person, other, duty.code, at=w.at)


def test_the_board_counts_by_standing_office_and_month(w):
    agreement = build.in_force(w)
    agreement.duties.exclude(term__in=["contact-employer", "contact-ministry", "mission-access"]).delete()
    rows = boards.owed(w.desk[0], w.programme, at=w.at)
    assert [(row.due, row.office.code, row.standing) for row in rows] == [
        (dt.date(2026, 2, 10), "kp2mi", "soon"),
        (dt.date(2026, 2, 10), "rusal", "soon"),
        (dt.date(2026, 8, 2), "rusal", "due"),
    ]
    show(w, one(agreement), w.of("rusal", "answer"))
    after = boards.owed(w.desk[0], w.programme, at=w.at + 15 * DAY)
    counts = {office.code: dict(count) for office, count in boards.counts(after)}
    assert counts == {"kp2mi": {"late": 1}, "rusal": {"done": 1, "due": 1}}
    assert [(month, len(own)) for month, own in boards.months(after)] == [
        (dt.date(2026, 2, 1), 2),
        (dt.date(2026, 8, 1), 1),
    ]


def test_a_second_change_of_a_duty_is_counted(w):
    duty = one(build.in_force(w))
    assert boards.changes(w.programme)[duty.ref] == (w.at, 1)
    w.at += DAY
    show(w, duty, w.of("rusal", "answer"))
    assert boards.changes(w.programme)[duty.ref] == (w.at, 2)
    assert access.duties(w.desk[0], w.programme, at=w.at).get(code=duty.code).state == "done"
