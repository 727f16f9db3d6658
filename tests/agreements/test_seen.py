"""Which versions, comments and withdrawn drafts are seen by whom: what was never tabled stays with its office."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from rantau.agreements import access, papers, queries
from rantau.agreements.actions import approving, drafting, negotiating
from rantau.agreements.models import Agreement, Comment
from tests.agreements import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


def numbers(w, agreement, person):
    return list(access.versions(person, agreement, at=w.at).values_list("number", flat=True))


def rewritten(w, office, agreement, code="contract"):
    """Reword a clause in an office's copy and put it on the table."""
    clause = build.reworded(agreement, code)
    drafting.put(agreement=agreement, clause=clause, after="", person=w.of(office, "draft"), at=w.at)
    drafting.table(agreement=agreement, person=w.of(office, "draft"), at=w.at)


def test_a_draft_that_was_withdrawn_before_it_was_tabled_stays_with_its_office(w):
    agreement = build.drafted(w)
    drafting.withdraw(agreement=agreement, person=w.of("kp2mi", "draft"), at=w.at)
    seen = {office: access.visible(w.of(office, "draft"), w.programme, at=w.at).count() for office in build.OFFICES}
    assert seen == {"kp2mi": 1, "rusal": 0, "kedubes-rusia": 0, "kbri-moskow": 0, "kemenperin": 0}
    with pytest.raises(Agreement.DoesNotExist):
        access.get(w.of("rusal", "draft"), w.programme, agreement.code, at=w.at)
    assert access.visible(w.desk[0], w.programme, at=w.at).count() == 0


def test_a_first_draft_rewritten_before_it_was_tabled_is_no_version_for_the_others(w):
    agreement = build.drafted(w)
    w.at += build.DAY
    rewritten(w, "kp2mi", agreement)
    w.at += build.DAY
    rewritten(w, "rusal", agreement, "purpose")
    assert numbers(w, agreement, w.of("kp2mi", "accept")) == [1, 2, 3]
    assert numbers(w, agreement, w.of("rusal", "accept")) == [2, 3]
    assert numbers(w, agreement, w.desk[0]) == [2, 3]


def test_a_first_draft_tabled_as_it_was_is_a_version_for_all_sides(w):
    agreement = build.tabled(w)
    w.at += build.DAY
    rewritten(w, "rusal", agreement)
    assert numbers(w, agreement, w.of("kbri-moskow", "accept")) == [1, 2]


def test_who_has_no_side_reads_the_newest_version_and_no_comment(w):
    agreement = build.tabled(w)
    said = {"agreement": agreement, "number": 1, "clause": "contract", "at": w.at, "chance": w.chance}
    negotiating.comment(text="Rahasia meja.", person=w.of("rusal", "accept"), **said)
    rewritten(w, "rusal", agreement)
    for office in ("kp2mi", "rusal", "kedubes-rusia"):
        build.accept_all(w, agreement, office)
        build.approve_all(w, agreement, office)
    for office in ("kp2mi", "rusal"):
        approving.sign(agreement=agreement, person=w.of(office, "sign"), at=w.at, chance=w.chance)
    made, outsider = Comment.objects.get(), AnonymousUser()
    assert (numbers(w, agreement, outsider), access.inside(outsider, agreement, at=w.at)) == ([2], False)
    with pytest.raises(Comment.DoesNotExist):
        access.comment(outsider, agreement, made.ref, at=w.at)
    assert access.comment(w.of("kbri-moskow", "accept"), agreement, made.ref, at=w.at) == made
    assert access.comment(w.desk[0], agreement, made.ref, at=w.at) == made


def test_the_reason_for_sending_back_lasts_until_the_side_has_answered_anew(w):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    approving.send_back(agreement=agreement, person=w.of("rusal", "legal"), at=w.at, reason="Pasal 4 belum jelas.")
    side, draft = agreement.sides.get(office="rusal"), queries.newest(agreement)
    assert queries.returned(side, draft).note == "Pasal 4 belum jelas."
    build.accept_all(w, agreement, "rusal")
    assert queries.returned(agreement.sides.get(office="rusal"), draft) is None


def test_who_gave_notice_is_known_and_nobody_did_while_it_runs_on(w):
    agreement = build.in_force(w)
    assert queries.notice(agreement) is None
    given = {"reason": "Proyek berhenti.", "ends_on": dt.date(2026, 7, 31)}
    approving.terminate(agreement=agreement, person=w.of("rusal", "sign"), at=w.at, **given)
    found = queries.notice(agreement)
    assert (found.side.office, found.note) == ("rusal", "Proyek berhenti.")


def test_a_version_leaves_as_a_document_to_be_worked_on(w):
    agreement = build.drafted(w)
    assert papers.docx(agreement, queries.newest(agreement), languages=("id",))[:2] == b"PK"
