"""Who sees what of an agreement on its pages: drafts, versions, comments, annexes that could leak and do not."""

import pytest

from rantau.agreements.actions import drafting, negotiating
from tests.agreements import build
from tests.documents.paper import pdf

pytestmark = pytest.mark.django_db
DRAFTED, SAID, NOTED = "Kalimat rancangan rahasia", "Keberatan rahasia di meja", "Unit rahasia"
PAGES = [
    ("agreement",),
    ("agreement_versions",),
    ("agreement_version", 1),
    ("agreement_changes",),
    ("agreement_writing",),
    ("agreement_clause", "purpose"),
    ("agreement_pdf", 1, "id"),
    ("agreement_docx", 1, "id"),
]
"""The pages that say words of an agreement, each with what it needs."""


@pytest.fixture
def w():
    return build.world()


@pytest.fixture
def see(visit, w):
    """Return a function that gives the status of a page of an agreement, and which of the secrets it says."""

    def to(office, agreement, name="agreement", *args, power="accept"):
        person = w.of(office, power) if office else None
        answer = visit(person, name, w.programme.code, agreement.code, *args)
        return answer.status_code, {secret for secret in (DRAFTED, SAID, NOTED) if secret in answer.words}

    return to


def rewritten(w, office, agreement, text):
    """Add a sentence to a clause in an office's copy."""
    clause = build.reworded(agreement, "purpose", text)
    drafting.put(agreement=agreement, clause=clause, after="", person=w.of(office, "draft"), at=w.at)


def test_the_first_draft_of_one_office_is_nothing_to_all_others(w, see):
    agreement = build.drafted(w)
    rewritten(w, "kp2mi", agreement, DRAFTED)
    assert see("kp2mi", agreement, "agreement_writing") == (200, {DRAFTED})
    for office in ("rusal", "kedubes-rusia", "kbri-moskow", "kemenperin"):
        assert [see(office, agreement, *page) for page in PAGES] == [(404, set())] * len(PAGES)


def test_lists_name_no_draft_that_is_not_theirs_to_see(w, visit):
    agreement = build.drafted(w)
    found = {}
    for office in build.OFFICES:
        found[office] = agreement.code[2:6] in visit(w.of(office, "accept"), "agreements", w.programme.code).words
    found["outside"] = agreement.code[2:6] in visit(None, "agreements", w.programme.code).words
    found["desk"] = agreement.code[2:6] in visit(w.desk[0], "agreements", w.programme.code).words
    assert {name for name, there in found.items() if there} == {"kp2mi"}


def test_a_copy_is_seen_by_its_office_alone_while_the_version_is_on_the_table(w, see):
    agreement = build.tabled(w)
    rewritten(w, "rusal", agreement, DRAFTED)
    assert see("rusal", agreement, "agreement_table") == (200, {DRAFTED})
    for office in ("kp2mi", "kedubes-rusia"):
        for page in ("agreement", "agreement_writing", "agreement_changes"):
            assert see(office, agreement, page) == (200, set())
    assert see("kbri-moskow", agreement, "agreement_writing") == (404, set())


def test_a_first_draft_rewritten_before_it_was_tabled_stays_hidden(w, see):
    agreement = build.drafted(w)
    w.at += build.DAY
    w.programme.clock_at = w.at
    w.programme.save()
    rewritten(w, "kp2mi", agreement, "Sudah diperhalus.")
    drafting.table(agreement=agreement, person=w.of("kp2mi", "draft"), at=w.at)
    assert see("kp2mi", agreement, "agreement_version", 1)[0] == 200
    for name in ("agreement_version", "agreement_pdf", "agreement_docx"):
        more = (1,) if name == "agreement_version" else (1, "id")
        assert see("rusal", agreement, name, *more)[0] == 404
    assert see("rusal", agreement, "agreement_version", 2)[0] == 200


def test_an_office_sees_only_agreements_in_which_it_has_a_side(w, see, visit):
    agreement, other = build.tabled(w), build.tabled(w, "data_sharing")
    other.sides.filter(office="kedubes-rusia").delete()
    for office in ("kedubes-rusia", "kemenperin"):
        assert see(office, agreement)[0] == 200
        assert [see(office, other, *page)[0] for page in PAGES] == [404] * len(PAGES)
        rows = visit(w.of(office, "accept"), "agreements", w.programme.code).context["own"]
        assert [row["agreement"].kind for row in rows] == ["mou"]


def test_what_was_said_at_the_table_never_becomes_public(w, see):
    agreement = build.tabled(w)
    drafting.annex(
        agreement=agreement, title="Peta", data=pdf(), type_="application/pdf", person=w.of("kp2mi", "draft"), at=w.at
    )
    said = {"agreement": agreement, "number": 1, "clause": "contract", "at": w.at, "chance": w.chance}
    negotiating.comment(text=SAID, person=w.of("kbri-moskow", "accept"), **said)
    assert see("kemenperin", agreement) == (200, {SAID})
    assert see(None, agreement) == (404, set())
    for office in ("kp2mi", "rusal", "kedubes-rusia"):
        build.accept_all(w, agreement, office)
        build.approve_all(w, agreement, office, desks=("Sekretariat", NOTED))
    assert see(None, agreement, "agreement_annex_file", 1)[0] == 404
    agreement.refresh_from_db()
    for office in ("kp2mi", "rusal"):
        build.approving.sign(agreement=agreement, person=w.of(office, "sign"), at=w.at, chance=w.chance)
    assert see("rusal", agreement) == (200, {SAID, NOTED})
    assert see(None, agreement) == (200, set())
    assert see(None, agreement, "agreement_annex_file", 1)[0] == 200
    assert see(None, agreement, "agreement_versions")[0] == 302
    assert see(None, agreement, "agreement_pdf", 1, "id")[0] == 200


def test_who_reads_everything_reads_no_draft_and_changes_nothing(w, visit):
    drafted = build.drafted(w, "technical_proposal")
    tabled = build.tabled(w)
    auditor = w.desk[0]
    assert visit(auditor, "agreement", w.programme.code, drafted.code).status_code == 404
    seen = visit(auditor, "agreement", w.programme.code, tabled.code)
    assert (seen.status_code, seen.context["may"], seen.context["turn"].code) == (200, frozenset(), "watch")
    data = {"number": 1, "clauses": ["purpose"]}
    refused = visit(auditor, "agreement_accept", w.programme.code, tabled.code, post=True, data=data)
    assert (refused.status_code, tabled.sides.filter(acceptances__isnull=False).count()) == (403, 0)
