"""What became of a published sentence."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.known import Text, Version
from rantau.engine.promises import Claim, Evidence, Firmness, Judgement, Status, judge
from tests.engine.programmes import rusal

SAID = dt.date(2026, 1, 27)
DUE = dt.date(2026, 5, 31)
LATER = dt.date(2026, 6, 1)

GOLDEN = {
    "seats": "not_due not_due not_due",
    "two-years": "not_due not_due not_due",
    "language-year": "not_due not_due not_due",
    "technical-year": "not_due not_due not_due",
    "five-fields": "not_due not_due not_due",
    "in-russia": "not_due not_due not_due",
    "training-free": "not_due not_due not_due",
    "five-year-contract": "not_due not_due not_due",
    "welding": "not_due not_due not_due",
    "ceiling": "contradicted contradicted contradicted",
    "split": "not_due not_due not_due",
    "curriculum": "not_published not_published not_published",
    "basics": "not_due not_due not_due",
    "absorption": "not_published not_published not_published",
    "recruitment": "not_due past_no_evidence past_no_evidence",
    "departure": "not_due not_due past_no_evidence",
    "memorandum": "not_published not_published not_published",
    "technical-proposal": "not_published not_published not_published",
    "protection": "not_published not_published not_published",
}
"""RUSAL's claims in the order of the announcement, on 1 April, 1 June and 24 November 2026, nothing being known."""


def claim(**changes) -> Claim:
    plain = {
        "code": "recruitment",
        "text": Text(id="Rekrutmen mulai."),
        "office": "kp2mi",
        "on": SAID,
        "sources": ("suara",),
        "firmness": Firmness.AGREED,
        "measure": "recruitment.opened",
        "due": DUE,
    }
    return Claim(**{**plain, **changes})


def evidence(says: str, on: dt.date = SAID, measure: str = "recruitment.opened") -> Evidence:
    return Evidence(measure=measure, says=says, on=on, sources=("notice 1",))


def found(judgement: Judgement) -> tuple[str, str]:
    return judgement.status.value, judgement.reason


def test_the_nineteen_claims_on_three_days():
    days = (dt.date(2026, 4, 1), LATER, dt.date(2026, 11, 24))
    judged = {c.code: " ".join(judge(c, (), day).status for day in days) for c in rusal().claims}
    assert list(judged.items()) == list(GOLDEN.items())


@pytest.mark.parametrize(
    ("says", "on", "firmness", "expected"),
    [
        ("kept", SAID, "agreed", ("kept", "evidence.kept")),
        ("partly", LATER, "planned", ("partly", "evidence.partly")),
        ("broken", LATER, "agreed", ("not_met", "evidence.broken")),
        ("broken", LATER, "planned", ("contradicted", "evidence.not_firm")),
        ("broken", LATER, "expected", ("contradicted", "evidence.not_firm")),
        ("broken", LATER, "possible", ("contradicted", "evidence.not_firm")),
        ("broken", DUE, "agreed", ("not_due", "evidence.early")),
    ],
)
def test_evidence_decides(says, on, firmness, expected):
    judged = judge(claim(firmness=Firmness(firmness)), [evidence(says)], on)
    assert (found(judged), judged.facts) == (expected, (evidence(says),))


def test_the_last_day_is_not_past():
    assert found(judge(claim(), (), DUE)) == ("not_due", "date.ahead")
    assert found(judge(claim(), (), LATER)) == ("past_no_evidence", "date.past")


def test_evidence_against_a_claim_that_is_never_due_accuses_nobody():
    assert found(judge(claim(due=None), [evidence("broken")], LATER)) == ("not_due", "evidence.early")


def test_the_latest_evidence_counts_and_on_one_day_the_least_kind():
    early, late = evidence("broken"), evidence("kept", DUE)
    assert judge(claim(), [late, early], LATER).status is Status.KEPT
    assert judge(claim(), [late, evidence("partly", DUE)], LATER).facts == (late, evidence("partly", DUE))
    assert judge(claim(), [late, evidence("partly", DUE)], LATER).status is Status.PARTLY


def test_evidence_of_tomorrow_and_of_another_measure_is_not_looked_at():
    facts = [evidence("kept", LATER), evidence("kept", measure="departure")]
    assert judge(claim(), facts, DUE).facts == ()


def test_what_happened_outranks_sayings_that_disagree():
    versions = tuple(Version[Text](value=Text(id=text), sources=("suara",)) for text in ("Rp43,8 juta", "Rp30 juta"))
    contested = claim(versions=versions, due=None)
    assert found(judge(contested, (), LATER)) == ("contradicted", "versions.disagree")
    assert found(judge(contested, [evidence("kept")], LATER)) == ("kept", "evidence.kept")


def test_a_claim_that_follows_an_event_is_due_its_months_after_it():
    year = claim(measure="training.language", due=None, follows="departure", months=12)
    left = evidence("kept", dt.date(2028, 2, 29), "departure")
    assert found(judge(year, (), DUE)) == ("not_due", "date.waits")
    assert judge(year, [left], dt.date(2029, 2, 28)).due == dt.date(2029, 2, 28)
    assert found(judge(year, [left], dt.date(2029, 2, 28))) == ("not_due", "date.ahead")
    assert found(judge(year, [left], dt.date(2029, 3, 1))) == ("past_no_evidence", "date.past")
    assert judge(year, [evidence("broken", SAID, "departure")], LATER).due is None


def test_a_claim_without_a_date_is_not_published():
    assert found(judge(claim(due=None), (), LATER)) == ("not_published", "date.unpublished")


@settings(deadline=None)
@given(
    says=st.lists(st.sampled_from(["kept", "partly", "broken"]), max_size=3),
    firmness=st.sampled_from(list(Firmness)),
    due=st.none() | st.dates(SAID, dt.date(2033, 1, 1)),
    on=st.dates(SAID, dt.date(2033, 1, 1)),
)
def test_only_what_was_agreed_is_overdue_and_has_evidence_is_not_met(says, firmness, due, on):
    judged = judge(claim(firmness=firmness, due=due), [evidence(word) for word in says], on)
    accused = firmness is Firmness.AGREED and due is not None and on > due and "broken" in says
    assert (judged.status is Status.NOT_MET) == accused
