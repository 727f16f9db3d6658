"""What anybody reads of agreements: how far they are, nothing where nothing is known, and what a sealed file is worth."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.agreements.models import Agreement, Annex
from rantau.figures import queries as figures
from rantau.paper import keys
from tests import build as people
from tests.agreements import build
from tests.documents.paper import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


@pytest.fixture
def sealed(settings, tmp_path):
    """Give the site a seal of its own."""
    path = tmp_path / "seal.p12"
    path.write_bytes(keys.make_seal("Contoh Segel", passphrase="", at=build.AT - build.DAY, years=3))
    settings.PAPER_SEAL, settings.PAPER_SEAL_PASSPHRASE = path, ""


def standing(w):
    """Return what became of the two sentences about drafting."""
    found = {claim.code: judgement.status.value for claim, judgement in figures.promises(w.programme, w.at)}
    return found["memorandum"], found["technical-proposal"]


def test_the_real_programme_says_honestly_that_nothing_is_known(visit):
    programme = people.programme(at=build.AT, chance=build.seeded("real"), rehearsal=False)
    seen = visit(None, "agreements", programme.code)
    assert seen.context["rows"] == []
    assert (
        "On 26 January 2026 both sides agreed to draft: Technical proposal, Memorandum of understanding" in seen.words
    )
    assert "No draft and no signature is known to us." in seen.words
    page = visit(None, "programme", programme.code)
    assert page.words.count("no draft and no signature known") == 3


def test_a_draft_is_no_evidence_a_tabled_text_is_in_part_and_one_in_force_is_kept(w):
    assert standing(w) == ("not_published", "not_published")
    build.drafted(w)
    assert standing(w) == ("not_published", "not_published")
    build.tabled(w, "technical_proposal")
    assert standing(w) == ("not_published", "partly")
    build.in_force(w)
    assert standing(w) == ("kept", "partly")
    facts = figures.drafted(w.programme)
    assert [(fact.measure, fact.says, fact.on) for fact in facts] == [
        ("memorandum", "kept", dt.date(2026, 1, 27)),
        ("technical_proposal", "partly", dt.date(2026, 1, 27)),
    ]


def test_anybody_reads_how_far_an_agreement_is_and_no_word_of_it(w, visit):
    agreement = build.tabled(w)
    seen = visit(None, "agreements", w.programme.code)
    row = seen.context["rows"][0]
    assert ([one.code for one in row["waits"]], row["readable"]) == (["kp2mi", "rusal", "kedubes-rusia"], False)
    assert "It is here: tabled." in seen.words
    assert "The text is before the parties." in seen.words
    assert build.clause(agreement, "purpose").text.en.splitlines()[0] not in seen.words
    assert "on the table · since 27 January 2026" in visit(None, "programme", w.programme.code).words.replace(
        "</span>", ""
    )


def test_who_has_a_mandate_reads_the_next_step_with_its_day(w, visit):
    build.tabled(w)
    seen = visit(w.of("rusal", "accept"), "agreements", w.programme.code)
    turn = seen.context["own"][0]["turn"]
    assert (turn.code, turn.mine, turn.until) == ("accept", True, dt.datetime(2026, 2, 26, 16, 59, 59, tzinfo=dt.UTC))
    assert "Read version 1 and answer for your office" in seen.words
    assert [kind for kind, _words in seen.context["starts"]][:2] == ["mou", "technical_proposal"]
    assert visit(w.of("kedubes-rusia", "draft"), "agreements", w.programme.code).context["starts"] == []


@pytest.mark.parametrize(
    ("state", "who", "code"),
    [
        ("drafted", ("kp2mi", "draft"), "table"),
        ("drafted", ("kp2mi", "legal"), "drafting"),
        ("tabled", ("kbri-moskow", "accept"), "comment"),
        ("tabled", ("rusal", "legal"), "read"),
        ("agreed", ("kp2mi", "sign"), "sign"),
        ("agreed", ("kp2mi", "draft"), "signatures"),
        ("in_force", ("kp2mi", "draft"), "force"),
    ],
)
def test_whose_turn_it_is_follows_the_state_and_the_mandate(w, visit, state, who, code):
    agreement = getattr(build, state)(w)
    seen = visit(w.of(*who), "agreement", w.programme.code, agreement.code)
    assert seen.context["turn"].code == code
    assert "%(" not in seen.words


def test_after_its_acceptance_an_office_names_desks_then_reviews_then_approves(w, visit):
    agreement = build.tabled(w)

    def turn(power):
        return visit(w.of("rusal", power), "agreement", w.programme.code, agreement.code).context["turn"].code

    build.accept_all(w, agreement, "rusal")
    assert (turn("draft"), turn("legal")) == ("chain", "inside")
    build.drafting.chain(agreement=agreement, desks=["Direksi"], person=w.of("rusal", "draft"), at=w.at)
    assert (turn("legal"), turn("approve")) == ("clear", "inside")
    build.approving.clear(agreement=agreement, person=w.of("rusal", "legal"), at=w.at)
    assert turn("approve") == "approve"
    build.approving.approve(agreement=agreement, person=w.of("rusal", "approve"), at=w.at)
    assert turn("approve") == "others"


def test_a_text_is_read_in_two_languages_with_its_gaps_marked(w, visit):
    agreement = build.in_force(w)
    seen = visit(None, "agreement", w.programme.code, agreement.code, teks="id-ru")
    assert '<span class="cell" lang="ru">' in seen.words
    assert '<em class="unknown">belum diumumkan</em>' in seen.words
    assert '<em class="unknown">не объявлено</em>' in seen.words
    gaps = {question.about for row in seen.context["rows"] for question in row["read"].gaps}
    assert gaps
    assert all(f'pertanyaan/#{about}"' in seen.words for about in gaps)
    assert "30 days before “Registration opens”" in seen.words
    plain = visit(None, "agreement", w.programme.code, agreement.code, teks="xx")
    assert 'class="cell" lang="ru"' not in plain.words


def sent(data):
    """Return a file as a browser sends it."""
    return {"file": SimpleUploadedFile("naskah.pdf", data)}


def signed(w, visit):
    """Return the file that both signatures sealed, signed on the pages."""
    agreement = build.agreed(w)
    for office in ("kp2mi", "rusal"):
        who, given = w.of(office, "sign"), (w.programme.code, agreement.code)
        digest = visit(who, "agreement_sign", *given).context["draft"].digest
        visit(who, "agreement_sign", *given, post=True, data={"digest": digest, "read": "on"})
    return visit(None, "agreement_sealed", w.programme.code, agreement.code).content


def test_a_sealed_file_is_told_from_a_changed_one_and_nothing_is_kept(w, visit, sealed):
    data = signed(w, visit)
    seen = visit(None, "agreement_check", w.programme.code, post=True, data=sent(data))
    found = seen.context["found"]
    assert [(row["office"].code, row["seal"].holds, row["own"]) for row in found["seals"]] == [
        ("kp2mi", True, True),
        ("rusal", True, True),
    ]
    assert (found["holds"], found["same"].kind) == (True, "mou")
    assert "It is, byte for byte, the file that we keep of this agreement" in seen.words
    changed = data.replace(b"/Title", b"/Titel", 1)
    assert changed != data
    seen = visit(None, "agreement_check", w.programme.code, post=True, data=sent(changed))
    assert (seen.context["found"]["holds"], seen.context["found"]["same"]) == (False, None)
    assert "A seal does not hold: do not rely on this file" in seen.words
    assert Annex.objects.count() == 0


def test_a_file_without_seals_and_what_is_no_pdf_prove_nothing(w, visit):
    plain = visit(None, "agreement_check", w.programme.code, post=True, data=sent(pdf()))
    assert "This file bears no seal" in plain.words
    wrong = visit(None, "agreement_check", w.programme.code, post=True, data=sent(b"%PDF-1.7 nothing"))
    assert (wrong.status_code, "its seals cannot be read" in wrong.words) == (422, True)
    assert visit(None, "agreement_check", w.programme.code, post=True).status_code == 422


def test_without_a_seal_a_signature_stands_in_the_ledger_alone(w, visit):
    assert signed(w, visit)[:5] != b"%PDF-"
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.sealed) == ("in_force", None)
