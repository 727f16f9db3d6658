"""Rounds: frozen, drawn, decided, published, once more as final; what is published verifies, and nothing else does."""

import json

import pytest

from rantau.applications.actions import registration, verification
from rantau.applications.models import Application
from rantau.engine import publication
from rantau.ledger.models import Entry
from rantau.selection import queries
from rantau.selection.actions import marking, objections, rounds, sessions
from rantau.selection.models import Listing, Round, Sitting
from tests.selection.build import (
    DAY,
    HOUR,
    applicant,
    examined,
    final,
    frozen,
    mark,
    objected,
    outcomes,
    provisional,
    refused,
    sat,
    session,
    states,
    world,
)

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 5600}
PUBLISHED = [
    ("ani", "selected"),
    ("budi", "selected"),
    ("citra", "reserve"),
    ("dedi", "reserve"),
    ("eka", "unsuccessful"),
]


def freeze(w, **changed):
    given = {"intake": w.intake, "source": "dadu", "substitutes": ["koin", "notaris"], "planned_at": w.at + DAY}
    return rounds.freeze(**{**given, "person": w.coordinator, "at": w.at, **changed}, chance=w.chance)


def test_a_round_goes_from_the_freeze_to_the_published_list(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = frozen(w)
    assert (round_.state, len(round_.rows), Listing.objects.count()) == ("frozen", 5, 5)
    assert Entry.objects.get(action="freeze").facts["root"] == round_.root
    w.later(2 * DAY)
    rounds.draw(round_=round_, value=" 4-2-6 ", evidence=b"", person=w.coordinator, at=w.at)
    assert round_.seed == f"{w.scope}|{w.intake.code}|4-2-6|{round_.root}"
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.second, at=w.at)
    assert outcomes(Round.objects.get(), w) == PUBLISHED
    assert set(states(w).values()) == {"verified"}  # a provisional list changes nobody's state
    assert round_.objections_until > w.at


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"source": " "}, "round.source"),
        ({"source": "dadu|koin"}, "round.source"),
        ({"substitutes": []}, "round.substitutes"),
        ({"substitutes": ["koin", " "]}, "round.substitutes"),
        ({"substitutes": ["koin", "dadu "]}, "round.substitutes"),
        ({"substitutes": ["koin|notaris"]}, "round.substitutes"),
        ({"person": "examiner"}, "role.missing"),
        ({"person": "auditor"}, "role.missing"),
    ],
)
def test_a_freeze_names_its_source_ahead(at, chance, changed, code):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    given = {key: w.staff[value] if key == "person" else value for key, value in changed.items()}
    with refused(code):
        freeze(w, **given)


def test_a_freeze_waits_for_everything_open(at, chance):
    w = world(at, chance, "ani", "budi", "citra", "dedi")
    with refused("round.pending", waiting=["uncalled: 4"]):
        freeze(w)
    planned = session(w)
    called = sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)
    with refused("round.pending", waiting=["attendance: 4"]):
        freeze(w)
    w.later(2 * HOUR)
    sessions.record(sittings=called, came=True, person=w.coordinator, at=w.at)
    drafts = mark(w, called[0], "care_test", 8000, lock=False)
    applicant(w, "eka", step="refuse")
    with refused("round.pending", waiting=["marks: 1", "missing: 8"]):
        freeze(w)
    marking.lock(marks=drafts, person=w.examiner, at=w.at)
    assert queries.pending(w.intake) == {"missing": 7}
    Application.objects.filter(pk=w.people["dedi"].pk).update(state="filed")
    assert queries.pending(w.intake)["files"] == 1


def test_nobody_verified_is_no_round_and_one_round_is_enough(at, chance):
    w = world(at, chance)
    with refused("round.nobody"):
        freeze(w)
    w.people["ani"] = applicant(w, "ani")
    examined(w, ani=8000)
    frozen(w)
    with refused("round.exists"):
        freeze(w)


def test_the_draw_waits_for_its_instant_and_takes_one_sound_value(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = frozen(w)
    with refused("round.early", planned=w.at + DAY):
        rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    w.later(2 * DAY)
    for value in (" ", "4|2", "4" * 201):
        with refused("round.value", longest=200):
            rounds.draw(round_=round_, value=value, evidence=b"", person=w.coordinator, at=w.at)
    with refused("round.evidence", limit=8):
        rounds.draw(round_=round_, value="4", evidence=bytes(8 * 1024 * 1024 + 1), person=w.coordinator, at=w.at)
    with refused("step.role"):
        rounds.draw(round_=round_, value="4", evidence=b"", person=w.verifier, at=w.at)
    with refused("step.state"):
        rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    with refused("step.state"):
        rounds.draw(round_=round_, value="5", evidence=b"", person=w.coordinator, at=w.at)
    with refused("step.state"):
        rounds.publish(round_=round_, person=w.coordinator, at=w.at)


def test_rows_changed_in_the_database_stop_the_run(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = frozen(w)
    w.later(2 * DAY)
    rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    round_.rows[0]["marks"]["care_test"] = 9000
    round_.save()
    with refused("round.changed"):
        rounds.run(round_=round_, person=w.coordinator, at=w.at)


def test_who_withdraws_after_the_freeze_stands_in_the_list_and_leaves_the_final_one(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = frozen(w)
    w.later(2 * DAY)
    registration.withdraw(application=w.people["budi"], person=w.people["budi"].person, at=w.at)
    rounds.draw(round_=round_, value="4-2-6", evidence=b"", person=w.coordinator, at=w.at)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    assert outcomes(round_, w) == PUBLISHED
    assert publication.verify(bytes(round_.public)).ok
    last = final(w)
    assert outcomes(last, w) == [
        (n, o) for (n, _), (_, o) in zip(PUBLISHED[:1] + PUBLISHED[2:], PUBLISHED, strict=False)
    ]
    code = Listing.objects.get(application=w.people["budi"]).code
    differences = {d["code"]: d for d in json.loads(bytes(last.public))["differences"]}
    assert differences[code] == {"code": code, "from": {"outcome": "selected", "rank": 2}, "to": None}
    assert states(w) == {
        "ani": "offered",
        "budi": "withdrawn",
        "citra": "offered",
        "dedi": "reserve",
        "eka": "reserve",
    }


def test_a_seat_of_somebody_who_withdrew_after_the_final_freeze_goes_to_the_reserve(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    w.later(provisional(w).objections_until - w.at + HOUR)
    last = rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    registration.withdraw(application=w.people["ani"], person=w.people["ani"].person, at=w.at)
    rounds.run(round_=last, person=w.coordinator, at=w.at)
    rounds.publish(round_=last, person=w.coordinator, at=w.at)
    assert outcomes(last, w) == PUBLISHED
    assert states(w) == {
        "ani": "withdrawn",
        "budi": "offered",
        "citra": "offered",
        "dedi": "reserve",
        "eka": "unsuccessful",
    }


def test_a_file_reopened_after_the_final_freeze_stops_the_publication(at, chance):
    w = world(at, chance, "ani", "budi")
    examined(w, ani=8000, budi=7000)
    w.later(provisional(w).objections_until - w.at + HOUR)
    last = rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    rounds.run(round_=last, person=w.coordinator, at=w.at)
    Application.objects.filter(pk=w.people["ani"].pk).update(state="filed")
    with refused("round.pending", waiting=["files: 1"]):
        rounds.publish(round_=last, person=w.coordinator, at=w.at)


def test_the_final_round_waits_for_the_window_and_for_objections(at, chance):
    w = world(at, chance, "ani")
    with refused("round.not_provisional"):
        rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    examined(w, ani=8000)
    round_ = provisional(w)
    with refused("round.window", until=round_.objections_until):
        rounds.freeze_final(intake=w.intake, person=w.coordinator, at=round_.objections_until, chance=w.chance)
    objected(w, "ani")
    after = round_.objections_until + HOUR
    with refused("round.pending", waiting=["objections: 1"]):
        rounds.freeze_final(intake=w.intake, person=w.coordinator, at=after, chance=w.chance)
    with refused("role.missing"):
        rounds.freeze_final(intake=w.intake, person=w.verifier, at=after, chance=w.chance)


def test_the_final_round_waits_for_the_window_of_who_was_refused_last(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = provisional(w)
    late = applicant(w, "budi", step="refuse")
    Application.objects.filter(pk=late.pk).update(objection_until=round_.objections_until + DAY)
    with refused("round.window", until=round_.objections_until + DAY):
        rounds.freeze_final(intake=w.intake, person=w.coordinator, at=round_.objections_until + HOUR, chance=w.chance)


def test_there_is_one_final_round(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    provisional(w)
    last = final(w)
    assert (last.kind, last.seed) == ("final", queries.round_of(w.intake, "provisional").seed)
    with refused("round.exists"):
        rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)


def test_who_was_kept_out_by_an_error_is_tested_and_enters_the_final_list(at, chance):
    w = world(at, chance, "ani", "budi")
    w.people["citra"] = applicant(w, "citra", step="refuse")
    ready = {name: w.people.pop(name) for name in ("citra",)}
    examined(w, ani=8000, budi=7000)
    w.people |= ready
    Application.objects.filter(pk=w.people["citra"].pk).update(objection_until=w.at + 5 * DAY)
    w.people["citra"].refresh_from_db()
    provisional(w)
    objections.decide(
        objection=objected(w, "citra", ""), upheld=True, answer="Petugas keliru.", person=w.other_verifier, at=w.at
    )
    assert queries.pending(w.intake) == {"uncalled": 1}
    sitting = sat(w)["citra"]
    mark(w, sitting, "care_test", 9000)
    mark(w, sitting, "employer_interview", 300)
    last = final(w)
    assert outcomes(last, w)[0] == ("citra", "selected")
    code = Listing.objects.get(application=w.people["citra"]).code
    assert next(d for d in json.loads(bytes(last.public))["differences"] if d["code"] == code)["from"] is None
    assert publication.verify(bytes(last.public)).ok


@pytest.mark.parametrize("kind", ["provisional", "final"])
def test_both_files_verify_and_no_changed_copy_does(at, chance, kind):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = provisional(w)
    if kind == "final":
        given = mark_of(w, "dedi")
        objections.decide(
            objection=objected(w, "dedi"),
            upheld=True,
            answer="Tertukar.",
            person=w.second,
            at=w.at,
            mark=given,
            value=9500,
        )
        round_ = final(w)
    for name in ("public", "audit"):
        data = bytes(getattr(round_, name))
        assert publication.verify(data) == publication.Verdict(ok=True, path="")
        assert data.startswith(b'{"format":"rantau.round/1",')
        file = json.loads(data)
        assert (file["rehearsal"], file["kind"], file["audience"]) == (True, kind, name)
        for change in ({"seed": file["seed"] + "x"}, {"counts": {**file["counts"], "changed_marks": 7}}):
            assert not publication.verify(publication.dump({**file, **change})).ok
        file["rows"][0]["total"] += 1
        assert not publication.verify(publication.dump(file)).ok


def mark_of(w, name, criterion="care_test"):
    return w.people[name].marks.filter(criterion=criterion).first()


def test_the_public_file_tells_nobody_who_it_is(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **{**FIVE, "eka": 100})
    data = bytes(provisional(w).public).decode()
    for application in w.people.values():
        for leak in (application.person.name, application.code, application.ref, application.person.ref, "Rahasia"):
            assert leak not in data
    assert "below_pass" not in data


def test_a_second_officers_reopening_between_the_rounds_is_waited_for(at, chance):
    w = world(at, chance, "ani", "budi")
    examined(w, ani=8000, budi=7000)
    round_ = provisional(w)
    Application.objects.filter(pk=w.people["ani"].pk).update(state="filed")
    w.people["ani"].refresh_from_db()
    assert queries.pending(w.intake) == {"files": 1}
    verification.claim(person=w.other_verifier, scope=w.scope, at=w.at, application=w.people["ani"])
    w.people["ani"].refresh_from_db()
    verification.decide(
        application=w.people["ani"], person=w.other_verifier, verdict="refuse", reason="other_major", at=w.at
    )
    assert [n for n, _ in outcomes(round_, w)] == ["ani", "budi"]
    w.later(DAY)
    assert [n for n, _ in outcomes(final(w), w)] == ["budi"]
    assert Sitting.objects.count() == 2
