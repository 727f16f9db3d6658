"""Documents are given with what their rule asks, seen, confirmed by a source, sent back, watched; specific data by need."""

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import ObjectDoesNotExist

from rantau.departure import access, queries
from rantau.departure.actions import beginning, deadlines, papers
from rantau.departure.models import Clearance, Paper, Visa
from rantau.ledger.queries import history
from rantau.programmes import actions as programmes
from rantau.programmes.queries import day
from tests.departure import build

pytestmark = pytest.mark.django_db

ISSUED = dt.date(2026, 5, 1)
TYPED = {
    "passport": {"number": "X1234567", "issued_on": ISSUED, "expires_on": dt.date(2031, 5, 1)},
    "family-consent": {"details": {"consenter": "Ibu Siti", "village_head": "Pak Lurah"}},
    "health": {"issued_on": ISSUED, "details": {"result": "fit"}},
    "study-visa": {"number": "77 1234567", "expires_on": dt.date(2027, 8, 1)},
}


def give(w, name, kind, **changes):
    """Give a document by its owner's hand, with a file that was stored before."""
    one = build.paper(w, name, kind)
    typed = {**TYPED[kind], "prepared": build.scan(w, name), **changes}
    return papers.give(paper=one, person=one.clearance.application.person, at=w.at, chance=w.chance, **typed)


def test_a_given_document_is_valid_in_form_and_nothing_more(at, chance):
    w = build.world(at, chance)
    given = give(w, "ani", "passport")
    assert (given.state, given.expires_on, queries.sealed(given)) == (
        "given",
        dt.date(2031, 5, 1),
        {"number": "X1234567"},
    )
    assert b"X1234567" not in bytes(given.number)
    assert [one.truth for one in queries.state(build.way(w, "ani")).documents if one.code == "passport"] == ["form"]
    assert "X1234567" not in str([entry.facts for entry in history(f"paper:{given.ref}")])


@pytest.mark.parametrize(
    ("kind", "changes", "code"),
    [
        ("passport", {"number": " "}, "paper.missing"),
        ("family-consent", {"details": {"consenter": "Ibu"}}, "paper.missing"),
        ("passport", {"issued_on": dt.date(2027, 1, 1)}, "paper.dates"),
        ("passport", {"expires_on": ISSUED}, "paper.dates"),
        ("passport", {"expires_on": dt.date(2027, 6, 6)}, "paper.ends"),
        ("health", {"details": {"result": "perfect"}}, "paper.result"),
        ("passport", {"prepared": None}, "paper.no_file"),
        ("passport", {"number": "X" * 161}, "paper.long"),
    ],
)
def test_what_cannot_be_true_is_refused_and_leaves_nothing(at, chance, kind, changes, code):
    w = build.world(at, chance)
    build.scan(w, "ani")
    with build.refused(code):
        give(w, "ani", kind, **changes)


def test_nobody_gives_for_another(at, chance):
    w = build.world(at, chance)
    one, file = build.paper(w, "ani", "passport"), build.scan(w, "ani")
    for person in (w.people["budi"].person, w.coordinator, w.verifier):
        with build.refused("step.role"):
            papers.give(paper=one, person=person, at=w.at, chance=w.chance, prepared=file, **TYPED["passport"])


def test_an_officer_sees_and_a_source_confirms(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "passport")
    papers.see(paper=one, person=w.verifier, at=w.at)
    with build.refused("paper.source"):
        papers.confirm(paper=one, source=" ", person=w.verifier, at=w.at)
    papers.confirm(paper=one, source="Imigrasi, 5 Mei 2026, surat 12", person=w.verifier, at=w.at)
    assert (one.state, one.confirmed_from) == ("confirmed", "Imigrasi, 5 Mei 2026, surat 12")
    for person in (w.employer, w.host_mission, one.clearance.application.person):
        with build.refused("step.role"):
            papers.send_back(paper=one, reason="expired", note="", person=person, at=w.at)


def test_a_visa_is_confirmed_only_by_the_state_that_issues_it(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "study-visa")
    with build.refused("paper.visa"):
        papers.confirm(paper=one, source="Kedutaan", person=w.verifier, at=w.at)
    Visa.objects.create(
        ref="v", clearance=one.clearance, state="issued", asked_at=w.at, valid_until=dt.date(2027, 8, 1)
    )
    assert papers.confirm(paper=one, source="Kedutaan", person=w.verifier, at=w.at).state == "confirmed"


def test_sent_back_it_can_be_mended_for_a_week_and_says_why(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "passport")
    w.later(dt.datetime(2027, 4, 27, tzinfo=dt.UTC) - w.at)
    papers.send_back(paper=one, reason="unreadable", note="Foto gelap", person=w.verifier, at=w.at)
    assert (one.state, one.reason, day(one.due_at)) == ("asked", "unreadable", dt.date(2027, 5, 4))
    again = give(w, "ani", "passport")
    assert (again.state, again.reason, again.note) == ("given", "", "")


def test_a_health_paper_opens_to_who_needs_it_and_the_owner_reads_who_looked(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "health")
    assert papers.details(paper=one, person=w.verifier, at=w.at) == {"result": "fit"}
    assert queries.looks(one) == [(w.at, "verifier")]
    for person in (w.coordinator, w.home_mission, w.employer, w.host_mission):
        with build.refused("paper.need"):
            papers.details(paper=one, person=person, at=w.at)
    seen = {name: access.papers(w.staff[name], scope=w.scope, at=w.at).count() for name in build.OFFICERS}
    assert seen == dict.fromkeys(build.OFFICERS, 0)


def test_who_is_late_is_told_once_and_what_ends_is_asked_for_anew_once(at, chance):
    w = build.world(at, chance)
    for name in build.FOUR:
        give(w, name, "family-consent")
        give(w, name, "health")
    give(w, "ani", "passport", expires_on=dt.date(2027, 7, 1))
    w.later(dt.datetime(2027, 4, 22, tzinfo=dt.UTC) - w.at)
    taken = deadlines.due(intake=w.intake, at=w.at)
    renewed = build.paper(w, "ani", "passport")
    assert (taken, renewed.turn, day(renewed.due_at)) == (3 + 1, 2, dt.date(2027, 7, 1))
    assert [one.truth for one in queries.state(build.way(w, "ani")).documents if one.code == "passport"] == ["form"]
    assert deadlines.due(intake=w.intake, at=w.at) == 0
    w.later(dt.datetime(2027, 4, 29, tzinfo=dt.UTC) - w.at)
    assert deadlines.due(intake=w.intake, at=w.at) == 3
    assert deadlines.due(intake=w.intake, at=w.at) == 0
    w.later(dt.datetime(2027, 7, 2, tzinfo=dt.UTC) - w.at)
    deadlines.due(intake=w.intake, at=w.at)
    turns = Paper.objects.filter(clearance=build.way(w, "ani"), kind="passport").order_by("turn")
    assert list(turns.values_list("turn", "state")) == [
        (1, "expired"),
        (2, "asked"),
    ]
    given = give(w, "ani", "passport")
    assert (given.turn, Paper.objects.get(kind="passport", clearance=given.clearance, turn=1).state) == (2, "replaced")


def test_a_health_paper_is_decided_only_by_who_needs_it_and_has_opened_it(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "health")
    for step in (
        papers.see,
        partial(papers.confirm, source="Klinik"),
        partial(papers.send_back, reason="expired", note=""),
    ):
        with build.refused("paper.unread"):
            step(paper=one, person=w.verifier, at=w.at)
    papers.details(paper=one, person=w.verifier, at=w.at)
    with build.refused("paper.unread"):
        papers.see(paper=one, person=w.other_verifier, at=w.at)
    Clearance.objects.filter(pk=one.clearance_id).update(state="arrived", departed_at=w.at)
    one = build.paper(w, "ani", "health")
    with build.refused("paper.need"):
        papers.see(paper=one, person=w.verifier, at=w.at)
    Clearance.objects.filter(pk=one.clearance_id).update(state="preparing", departed_at=None)
    one = build.paper(w, "ani", "health")
    papers.send_back(paper=one, reason="unreadable", note="", person=w.verifier, at=w.at)
    w.later(build.DAY)
    again = give(w, "ani", "health")
    with build.refused("paper.unread"):  # what was opened was another paper
        papers.see(paper=again, person=w.verifier, at=w.at)


def test_days_to_mend_are_never_taken_back_and_move_only_when_the_rule_s_day_does(at, chance):
    w = build.world(at, chance)
    one = give(w, "ani", "passport")
    w.later(dt.datetime(2027, 4, 26, tzinfo=dt.UTC) - w.at)
    papers.send_back(paper=one, reason="unreadable", note="", person=w.verifier, at=w.at)
    assert day(one.due_at) == dt.date(2027, 5, 3)
    beginning.ask(clearance=build.way(w, "ani"), at=w.at)
    assert day(build.paper(w, "ani", "passport").due_at) == dt.date(2027, 5, 3)
    moved = w.at + 8 * build.DAY  # as an outage does
    Paper.objects.filter(clearance=build.way(w, "budi"), kind="passport").update(due_at=moved, late_at=moved)
    beginning.ask(clearance=build.way(w, "budi"), at=w.at)
    assert build.paper(w, "budi", "passport").due_at == moved


def test_one_run_says_one_thing_of_a_document_and_no_reminder_follows_on_the_heels(at, chance):
    w = build.world(at, chance)
    one = build.paper(w, "ani", "passport")
    w.later(dt.datetime(2027, 4, 30, tzinfo=dt.UTC) - w.at)
    papers.due(intake=w.intake, at=w.at)
    told = [entry.action for entry in history(f"paper:{one.ref}")]
    assert told == ["ask", "overdue"]
    given = give(w, "ani", "passport")
    papers.send_back(paper=given, reason="unreadable", note="", person=w.verifier, at=w.at)
    w.later(build.HOUR)
    assert papers.due(intake=w.intake, at=w.at) == 0


def test_what_no_rule_asks_any_more_is_asked_no_more(at, chance):
    w = build.world(at, chance)
    give(w, "ani", "health")
    changed = "\n".join(build.programme().split('[[documents]]\ncode = "health"')[:1])
    rest = build.programme().split('[[documents]]\ncode = "health"')[1].split("[[documents]]", 1)[1]
    programmes.store(text=f"{changed}[[documents]]{rest}", person=w.coordinator, at=w.at, clock_at=w.at)
    w.intake.refresh_from_db()
    one = Paper.objects.get(clearance=build.way(w, "ani"), kind="health")
    with pytest.raises(ObjectDoesNotExist):
        queries.rule(one.clearance, "health")
    build.begin(w)
    one.refresh_from_db()
    assert one.state == "ended"
    assert "health" not in {row.kind for row in queries.papers(build.way(w, "ani"))}
