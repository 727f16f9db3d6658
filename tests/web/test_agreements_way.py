"""An agreement's whole way on the pages: drafted, tabled, commented, rewritten, accepted, approved, signed, read by anybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.agreements import queries
from rantau.agreements.models import Agreement, Annex, Comment, Working
from tests.agreements import build
from tests.documents.paper import pdf

pytestmark = pytest.mark.django_db
SIDES = ("kp2mi", "rusal", "kedubes-rusia")


@pytest.fixture
def w():
    return build.world()


@pytest.fixture
def go(visit, w):
    """Return a function that opens or sends a page of the one agreement as somebody of an office."""

    def to(office, power, name, *args, **more):
        given = [w.programme.code, Agreement.objects.get().code, *args]
        return visit(w.of(office, power) if office else None, name, *given, **more)

    return to


def send(go, office, power, name, *args, **data):
    """Send a form, and ask that it was taken."""
    answer = go(office, power, name, *args, post=True, data=data)
    assert answer.status_code == 302, answer.words[:3000]
    return answer


def clause(agreement, code):
    """Return a clause of the newest version as its form has it, Indonesian words doubled in no language."""
    one = build.clause(agreement, code)
    found = {}
    for at in ("id", "en", "ru"):
        found |= {f"title_{at}": getattr(one.title, at), f"text_{at}": getattr(one.text, at)}
        found[f"rows_{at}"] = "\n".join(getattr(row, at) for row in one.rows)
    return found


def move(w):
    """Let a day pass, as the programme's own time does."""
    w.at += build.DAY
    w.programme.clock_at = w.at
    w.programme.save()


def rewrite(go, w):
    """Reword a clause for RUSAL and put it on the table."""
    agreement = Agreement.objects.get()
    words = clause(agreement, "contract")
    words["text_en"] += "\nCounted from the first day of work."
    words["text_id"] += "\nDihitung sejak hari pertama kerja."
    send(go, "rusal", "draft", "agreement_clause", "contract", **words)
    seen = go("rusal", "draft", "agreement_writing")
    assert [one["code"] for one in seen.context["rows"]["clauses"]] == ["contract"]
    assert go("kedubes-rusia", "draft", "agreement").context["working"] is None
    on = {"reply_on_0": "10", "reply_on_1": "2", "reply_on_2": "2026"}
    send(go, "rusal", "draft", "agreement_table", note="Kami tambah satu kalimat.", **on)


def accept_all(go, office):
    """Accept every clause that is left."""
    seen = go(office, "accept", "agreement")
    send(go, office, "accept", "agreement_accept", number=seen.context["draft"].number, clauses=seen.context["left"])


def approve(go, office):
    """Take an office from its acceptance to its approval."""
    send(go, office, "draft", "agreement_desks", desks="Sekretariat")
    send(go, office, "legal", "agreement_clear", note="Tidak ada keberatan.")
    send(go, office, "approve", "agreement_approve", note="")


def test_from_a_first_draft_to_words_that_anybody_reads(w, go, visit):
    drafter = w.of("kp2mi", "draft")
    assert "Start a draft" in visit(drafter, "agreements", w.programme.code).words
    assert visit(drafter, "agreement_start", w.programme.code, post=True).status_code == 422
    visit(drafter, "agreement_start", w.programme.code, post=True, data={"kind": "mou"})
    agreement = Agreement.objects.get()
    assert (agreement.state, go("rusal", "draft", "agreement").status_code) == ("draft", 404)
    move(w)
    send(go, "kp2mi", "draft", "agreement_table", note="", reply_on_0="20", reply_on_1="2", reply_on_2="2026")
    seen = go("rusal", "accept", "agreement")
    assert seen.context["turn"].code == "accept"
    assert "Until Friday, 20 February 2026, 23:59 WIB" in seen.words
    assert go("kbri-moskow", "accept", "agreement").context["may"] == frozenset({"comment"})

    send(go, "rusal", "accept", "agreement_comment", clause="contract", number=1, text="Sejak kapan lima tahun itu?")
    send(go, "kp2mi", "accept", "agreement_settle", Comment.objects.get().ref, answer="Sejak hari pertama kerja.")
    send(go, "rusal", "accept", "agreement_accept", number=1, clauses=["purpose"])
    send(go, "rusal", "accept", "agreement_take_back", number=1, clause="purpose")
    accept_all(go, "kp2mi")
    move(w)
    rewrite(go, w)
    seen = go("kp2mi", "accept", "agreement")
    assert (seen.context["draft"].number, seen.context["left"]) == (2, ["contract"])
    changes = go("kp2mi", "accept", "agreement_changes")
    assert "Clause 7, Employment contract" in changes.words
    assert "words gone: 0, words new: 7" in changes.words

    for office in SIDES:
        accept_all(go, office)
        approve(go, office)
    assert Agreement.objects.get().state == "agreed"
    assert go(None, "", "agreement").status_code == 404
    for office in ("kp2mi", "rusal"):
        seen = go(office, "sign", "agreement_sign")
        assert "SK 1/2026, 20 Januari 2026" in seen.words
        send(go, office, "sign", "agreement_sign", digest=seen.context["draft"].digest, read="on")
    assert Agreement.objects.get().state == "in_force"
    public = go(None, "", "agreement")
    assert public.status_code == 200
    assert "Counted from the first day of work." in public.words
    assert "Sejak kapan lima tahun itu?" not in public.words
    assert "In force since" in public.words


def test_what_is_typed_is_not_lost_when_another_version_was_tabled(w, go):
    agreement = build.tabled(w)
    move(w)
    send(go, "kp2mi", "draft", "agreement_clause", "purpose", **clause(agreement, "purpose") | {"title_id": "Maksud"})
    rewrite(go, w)
    words = clause(agreement, "purpose") | {"title_id": "Maksud dan tujuan"}
    refused = go("kp2mi", "draft", "agreement_clause", "purpose", post=True, data=words)
    assert refused.status_code == 422
    assert 'value="Maksud dan tujuan"' in refused.words
    assert "Meanwhile version 2 was tabled." in refused.words
    stale = go("kp2mi", "draft", "agreement_writing")
    assert (stale.context["stale"], [one["code"] for one in stale.context["rows"]["clauses"]]) == (True, ["purpose"])
    data = {"clause": "contract", "number": 1, "text": "Kalimat yang panjang dan penting."}
    lost = go("kp2mi", "accept", "agreement_comment", post=True, data=data)
    assert (lost.status_code, Comment.objects.count()) == (409, 0)
    assert "Kalimat yang panjang dan penting." in lost.words
    send(go, "kp2mi", "draft", "agreement_discard", sure="on")
    assert not Working.objects.exists()


def test_a_clause_and_its_duties_are_written_in_three_languages(w, go):
    build.drafted(w)
    words = {"title_id": "Bahasa kerja", "text_id": "Bahasa kerja disepakati.", "after": "purpose"}
    send(go, "kp2mi", "draft", "agreement_clause_new", **words)
    copy = queries.clauses(Working.objects.get())
    assert [one.code for one in copy][:2] == ["purpose", "bahasa-kerja"]
    duty = {"owner": "ministry", "time": "every", "every": "quarter", "day": "20"}
    wrong = go("kp2mi", "draft", "agreement_duty_new", "bahasa-kerja", post=True, data=duty)
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"what_id", "evidence_id"})
    duty |= {"what_id": "Menyusun kamus", "what_en": "Write a glossary", "evidence_id": "Kamus terbit"}
    send(go, "kp2mi", "draft", "agreement_duty_new", "bahasa-kerja", **duty)
    term = queries.clauses(Working.objects.get())[1].duties[0]
    assert (term.code, term.owner, term.timing.every, term.timing.day) == (
        "write-a-glossary",
        "ministry",
        "quarter",
        20,
    )
    seen = go("kp2mi", "draft", "agreement_duty", "bahasa-kerja", "write-a-glossary")
    assert seen.context["form"].initial["time"] == "every"
    duty |= {"time": "before", "before": ""}
    missing = go("kp2mi", "draft", "agreement_duty", "bahasa-kerja", "write-a-glossary", post=True, data=duty)
    assert set(missing.context["form"].errors) == {"before"}
    duty |= {"before": "recruitment", "days": "30"}
    send(go, "kp2mi", "draft", "agreement_duty", "bahasa-kerja", "write-a-glossary", **duty)
    term = queries.clauses(Working.objects.get())[1].duties[0]
    assert (term.timing.before, term.timing.days, term.timing.every) == ("recruitment", 30, "")
    send(go, "kp2mi", "draft", "agreement_duty_remove", "bahasa-kerja", "write-a-glossary")
    send(go, "kp2mi", "draft", "agreement_clause_remove", "bahasa-kerja")
    assert [one.code for one in queries.clauses(Working.objects.get())][:2] == ["purpose", "terms"]


def test_a_list_stands_in_its_place_in_every_language(w, go):
    agreement = build.drafted(w)
    words = clause(agreement, "phases") | {"rows_ru": "Один этап."}
    wrong = go("kp2mi", "draft", "agreement_clause", "phases", post=True, data=words)
    assert set(wrong.context["form"].errors) == {"rows_ru"}
    assert not Working.objects.exists()


def test_an_annex_is_checked_kept_and_leaves_as_a_download(w, go):
    agreement = build.tabled(w)
    wrong = go("kp2mi", "draft", "agreement_annex", post=True, data={"title": "Peta", "file": _file(b"no paper")})
    assert (wrong.status_code, set(wrong.context["form"].errors), Annex.objects.count()) == (422, {"file"}, 0)
    send(go, "kp2mi", "draft", "agreement_annex", title="Peta lokasi", file=_file(pdf()))
    annex = Annex.objects.get()
    assert (annex.number, annex.title, annex.office) == (1, "Peta lokasi", "kp2mi")
    got = go("rusal", "accept", "agreement_annex_file", 1)
    assert (got.content[:5], got["X-Content-Type-Options"]) == (b"%PDF-", "nosniff")
    assert got["Content-Disposition"] == f'attachment; filename="{agreement.code}-lampiran-1.pdf"'
    assert go(None, "", "agreement_annex_file", 1).status_code == 404


def _file(data):
    return SimpleUploadedFile("lampiran.pdf", data)


def test_papers_of_a_version_leave_as_pdf_and_docx(w, go):
    build.drafted(w)
    made = go("kp2mi", "accept", "agreement_pdf", 1, "id-ru")
    assert (made.content[:5], made["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert go("kp2mi", "accept", "agreement_docx", 1, "en").content[:2] == b"PK"
    assert go("kp2mi", "accept", "agreement_pdf", 2, "id-ru").status_code == 404
    assert go("kp2mi", "accept", "agreement_pdf", 1, "fr").status_code == 404
    assert go("rusal", "accept", "agreement_pdf", 1, "id-ru").status_code == 404


def test_a_signature_is_for_the_text_that_was_shown(w, go):
    build.agreed(w)
    refused = go("kp2mi", "sign", "agreement_sign", post=True, data={"digest": "0" * 64, "read": "on"})
    assert (refused.status_code, Agreement.objects.get().sides.filter(state="signed").count()) == (422, 0)
    assert "The text has changed since this page was shown." in refused.words
    unread = go("kp2mi", "sign", "agreement_sign")
    assert "no provider that a law names has checked their identity" in unread.words
    digest = {"digest": unread.context["draft"].digest}
    assert go("kp2mi", "sign", "agreement_sign", post=True, data=digest).status_code == 422


def test_it_is_sent_back_with_a_reason_that_the_own_office_reads_alone(w, go):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    assert go("rusal", "legal", "agreement_send_back", post=True).status_code == 422
    send(go, "rusal", "legal", "agreement_send_back", reason="Pasal upah belum jelas bagi kami.")
    own, other = go("rusal", "accept", "agreement"), go("kp2mi", "accept", "agreement")
    assert own.context["turn"].code == "returned"
    assert ("Pasal upah belum jelas bagi kami." in own.words, "Pasal upah" in other.words) == (True, False)


def test_a_signatory_gives_notice_with_a_reason_that_the_sides_alone_read(w, go):
    build.in_force(w)
    day = {"ends_on_0": "31", "ends_on_1": "7", "ends_on_2": "2026"}
    assert go("rusal", "sign", "agreement_terminate", post=True, data=day).status_code == 422
    send(go, "rusal", "sign", "agreement_terminate", reason="Proyek berhenti.", **day)
    assert Agreement.objects.get().ends_at.isoformat() == "2026-07-31T16:59:59+00:00"
    public, inside = go(None, "", "agreement"), go("kp2mi", "accept", "agreement")
    assert ("Proyek berhenti." in inside.words, "Proyek berhenti." in public.words) == (True, False)


def test_a_draft_is_withdrawn_only_by_who_ticks_that_it_is_meant(w, go):
    build.drafted(w)
    assert go("kp2mi", "draft", "agreement_withdraw", post=True).status_code == 422
    send(go, "kp2mi", "draft", "agreement_withdraw", sure="on")
    assert Agreement.objects.get().state == "withdrawn"


def test_a_copy_is_filled_anew_or_thrown_away_only_by_who_ticks_that_it_is_meant(w, go):
    agreement = build.drafted(w)
    words = clause(agreement, "purpose") | {"title_id": "Ditulis tangan"}
    send(go, "kp2mi", "draft", "agreement_clause", "purpose", **words)
    send(go, "kp2mi", "draft", "agreement_redraft")
    send(go, "kp2mi", "draft", "agreement_discard")
    assert queries.clauses(Working.objects.get())[0].title.id == "Ditulis tangan"
    send(go, "kp2mi", "draft", "agreement_redraft", sure="on")
    assert queries.clauses(Working.objects.get()) == queries.clauses(queries.newest(agreement))
    send(go, "kp2mi", "draft", "agreement_discard", sure="on")
    assert not Working.objects.exists()


def test_a_clause_filled_in_by_hand_rests_on_nothing_unpublished_any_more(w, go):
    agreement = build.drafted(w)
    assert build.clause(agreement, "phases").open != ()
    words = clause(agreement, "phases")
    for at in ("id", "en", "ru"):
        words[f"rows_{at}"] = "Satu tahap: 12."
    send(go, "kp2mi", "draft", "agreement_clause", "phases", **words)
    written = next(one for one in queries.clauses(Working.objects.get()) if one.code == "phases")
    assert (written.open, [row.id for row in written.rows]) == ((), ["Satu tahap: 12."])


def test_a_table_keeps_its_width_in_every_language(w, visit):
    person, scope = w.of("kp2mi", "draft"), w.programme.code
    agreement = build.drafted(w, "technical_proposal")
    form = visit(person, "agreement_clause", scope, agreement.code, "fields").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    narrow = sent | {"table_ru": sent["table_ru"].replace(" | ", " ", 1)}
    wrong = visit(person, "agreement_clause", scope, agreement.code, "fields", post=True, data=narrow)
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"table_ru"})
    more = {at: sent[f"table_{at}"] + "\nLas | 5" for at in ("id", "en", "ru")}
    data = sent | {f"table_{at}": said for at, said in more.items()}
    visit(person, "agreement_clause", scope, agreement.code, "fields", post=True, data=data)
    written = next(one for one in queries.clauses(Working.objects.get()) if one.code == "fields")
    assert [cell.ru for cell in written.table[-1]] == ["Las", "5"]
    assert written.table[:-1] == build.clause(agreement, "fields").table


def test_nothing_is_tabled_twice_and_a_reply_day_lies_ahead(w, go):
    build.tabled(w)
    assert "There is nothing to put there." in go("rusal", "draft", "agreement_table").words
    for day in ("27", "31"):
        on = {"reply_on_0": day, "reply_on_1": "1" if day == "27" else "12", "reply_on_2": "2026"}
        wrong = go("rusal", "draft", "agreement_table", post=True, data=on)
        assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"reply_on"})
    on = {"reply_on_0": "1", "reply_on_1": "3", "reply_on_2": "2026"}
    assert go("rusal", "draft", "agreement_table", post=True, data=on).status_code == 409


def test_desks_are_named_one_on_a_line_and_each_once(w, go):
    agreement = build.tabled(w)
    for typed in ("", "Satu\nSatu", "\n".join(f"Unit {number}" for number in range(7))):
        wrong = go("rusal", "draft", "agreement_desks", post=True, data={"desks": typed})
        assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"desks"})
    send(go, "rusal", "draft", "agreement_desks", desks=" Biro \n\nDireksi ")
    assert agreement.sides.get(office="rusal").desks == ["Biro", "Direksi"]
    assert go("rusal", "draft", "agreement_desks").context["form"]["desks"].value() == "Biro\nDireksi"
