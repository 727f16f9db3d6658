"""What the rehearsal's first chapter leaves: agreements in force, a party that was late, duties, meetings, the plan."""

import json
import sqlite3
from contextlib import closing

import pytest


@pytest.fixture(scope="module")
def ask(played):
    """Return what asks the rehearsal's database."""
    with closing(sqlite3.connect(played.out / "rantau.sqlite3")) as database:
        yield lambda query: database.execute(query).fetchall()


def test_the_talks_end_with_agreements_in_force_rewritten_where_somebody_asked(ask):
    found = ask(
        "select kind, state, date(starts_at), count(d.id) from agreements_agreement a"
        " join agreements_draft d on d.agreement_id = a.id group by a.id"
    )
    assert found == [
        ("mou", "in_force", "2026-03-27", 2),
        ("technical_proposal", "in_force", "2026-03-11", 2),
        ("data_sharing", "in_force", "2026-04-13", 1),
    ]
    assert ask("select about, office, state from agreements_answer") == [("contract.employer", "rusal", "approved")]
    assert ask("select count(*) from agreements_comment where settled_at is null") == [(0,)]


def test_one_party_answered_late_and_was_reminded(ask):
    found = ask("select facts, date(at) from ledger_entry where action = 'remind' and subject like 'side:%'")
    assert [(json.loads(facts)["office"], on) for facts, on in found] == [("kedubes-rusia", "2026-03-05")]


def test_duties_are_done_excused_late_and_still_to_come(ask):
    states = dict(ask("select state, count(*) from agreements_duty group by state"))
    assert sorted(states) == ["done", "excused", "late", "open"]
    assert ask("select count(*) from agreements_duty where state = 'done' and (evidence = '' or address = '')") == [
        (0,)
    ]
    assert ask("select count(*) from agreements_duty where state = 'excused' and reason = ''") == [(0,)]


def test_meetings_demand_and_declarations_are_there(ask):
    assert ask("select state, count(*) from coordination_meeting group by state") == [("approved", 3)]
    assert ask("select count(*) from agreements_duty where origin <> ''") == [(5,)]
    assert ask("select count(distinct office), sum(places) from coordination_demand") == [(2, 335)]


def test_the_report_holds_the_plan_against_what_came_and_asks_what_two_months_would_do(played):
    plan = played.report["plan"]
    assert (plan["planned"]["memorandum"], plan["reached"]["memorandum"]) == ("2026-03-27", "2026-03-27")
    assert (plan["planned"]["recruitment"], plan["reached"]["recruitment"]) == ("2026-05-01", "2026-05-04")
    assert (plan["reached"]["visas"], plan["reached"]["departure"]) == ("2026-09-12", "2026-09-15")
    assert plan["slip"] == {
        "milestone": "memorandum",
        "days": 60,
        "moved": {
            "talks": 0,
            "technical-proposal": 0,
            "memorandum": 60,
            "data-sharing": 60,
            "rules": 0,
            "recruitment": 39,
            "selection": 39,
            "visas": 39,
            "departure": 35,
        },
        "missed": ["recruitment", "departure"],
    }


def test_nobody_acted_for_an_office_without_a_mandate(ask):
    acted = {office for (office,) in ask("select distinct office from agreements_side where state <> 'new'")}
    mandated = {office for (office,) in ask("select distinct office from agreements_mandate where state = 'in_force'")}
    assert acted <= mandated
