"""Writing and tabling: a first draft nobody else sees, working copies, versions, what a new one leaves accepted."""

import pytest

from rantau.agreements import access, queries
from rantau.agreements.actions import drafting
from rantau.agreements.models import Agreement, Draft, Working
from rantau.engine.clauses import Clause
from rantau.ledger.models import Entry
from rantau.programmes import actions as programmes
from tests.agreements import build
from tests.selection.build import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


def seen(w, office: str, power: str = "draft") -> list[str]:
    found = access.visible(w.of(office, power), w.programme, at=w.at)
    return list(found.values_list("kind", flat=True))


def table(w, agreement, office="rusal", **given):
    return drafting.table(agreement=agreement, person=w.of(office, "draft"), at=w.at, **given)


def put(w, agreement, office="rusal", code="contract", after="", clause=None):
    clause = clause or build.reworded(agreement, code)
    return drafting.put(agreement=agreement, clause=clause, after=after, person=w.of(office, "draft"), at=w.at)


def test_a_first_draft_is_seen_by_the_office_that_writes_it_alone(w):
    agreement = build.drafted(w)
    assert (agreement.state, queries.newest(agreement).number, agreement.code[:2]) == ("draft", 1, "M-")
    assert {office: seen(w, office) for office in build.OFFICES} == {
        "kp2mi": ["mou"],
        "rusal": [],
        "kedubes-rusia": [],
        "kbri-moskow": [],
        "kemenperin": [],
    }
    assert access.visible(w.desk[0], w.programme, at=w.at).count() == 0


def test_its_sides_follow_the_template_and_the_programme(w):
    agreement = build.drafted(w)
    parts = [(side.office, side.part, side.state) for side in agreement.sides.order_by("position")]
    assert parts == [
        ("kp2mi", "signs", "new"),
        ("rusal", "signs", "new"),
        ("kedubes-rusia", "agrees", "new"),
        ("kbri-moskow", "consulted", "new"),
        ("kemenperin", "consulted", "new"),
        ("esdm", "consulted", "new"),
    ]


def test_who_would_not_sign_drafts_nothing(w):
    for office in ("kedubes-rusia", "kbri-moskow", "kemenperin"):
        with refused("agreement.drafter", office=office):
            build.drafted(w, office=office)
    with refused("mandate.missing", power="draft"):
        drafting.draft(programme=w.programme, kind="mou", person=w.of("kp2mi", "sign"), at=w.at, chance=w.chance)
    with refused("mandate.missing", power="draft"):
        drafting.draft(programme=w.programme, kind="mou", person=w.desk[0], at=w.at, chance=w.chance)


def test_on_the_table_every_side_reads_it_and_has_a_day_to_answer(w):
    agreement = build.tabled(w)
    assert {office: seen(w, office) for office in build.OFFICES} == {office: ["mou"] for office in build.OFFICES}
    assert set(build.sides(agreement).values()) == {"reading"}
    assert {side.reply_by.isoformat() for side in agreement.sides.all()} == {"2026-02-26T16:59:59+00:00"}
    with refused("agreement.same"):
        table(w, agreement)


def test_a_working_copy_is_the_offices_own_until_it_is_tabled(w):
    agreement = build.tabled(w)
    put(w, agreement)
    assert (Draft.objects.count(), [one.office for one in Working.objects.all()]) == (1, ["rusal"])
    put(w, agreement, office="kp2mi", code="data")
    version = table(w, agreement, note="Masa lima tahun.")
    assert (version.number, version.office, version.note) == (2, "rusal", "Masa lima tahun.")
    assert build.clause(agreement, "contract").text.id.endswith("Ditambah.")
    assert not build.clause(agreement, "data").text.id.endswith("Ditambah.")


def test_a_copy_begun_before_another_office_tabled_is_stale_and_kept(w):
    agreement = build.tabled(w)
    put(w, agreement, office="kp2mi", code="data")
    put(w, agreement)
    table(w, agreement)
    with refused("agreement.stale", number=2):
        table(w, agreement, office="kp2mi")
    with refused("agreement.stale", number=2):
        put(w, agreement, office="kp2mi", code="never")
    kept = Working.objects.get(office="kp2mi")
    assert [one.text.id.endswith("Ditambah.") for one in queries.clauses(kept) if one.code == "data"] == [True]
    drafting.discard(agreement=agreement, person=w.of("kp2mi", "draft"), at=w.at)
    put(w, agreement, office="kp2mi", code="data")
    assert table(w, agreement, office="kp2mi").number == 3


def test_clauses_are_added_where_they_are_put_and_taken_out(w):
    agreement = build.tabled(w)
    new = Clause.read({"code": "tools", "title": {"id": "Alat"}, "text": {"id": "Alat kerja disediakan."}})
    put(w, agreement, clause=new, after="contract")
    drafting.remove(agreement=agreement, code="languages", person=w.of("rusal", "draft"), at=w.at)
    table(w, agreement)
    codes = [one.code for one in queries.clauses(queries.newest(agreement))]
    assert codes[codes.index("contract") + 1] == "tools"
    assert "languages" not in codes


def test_the_last_clause_stays(w):
    agreement = build.drafted(w)
    person = w.of("kp2mi", "draft")
    codes = [one.code for one in queries.clauses(queries.newest(agreement))]
    for code in codes[1:]:
        drafting.remove(agreement=agreement, code=code, person=person, at=w.at)
    with refused("agreement.empty"):
        drafting.remove(agreement=agreement, code=codes[0], person=person, at=w.at)


def test_what_did_not_change_stays_accepted_and_who_had_agreed_reads_again(w):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "kp2mi")
    put(w, agreement)
    table(w, agreement)
    side = agreement.sides.get(office="kp2mi")
    draft = queries.newest(agreement)
    assert side.state == "reading"
    assert set(queries.digests(draft)) - queries.accepted(side, draft) == {"contract"}


def test_a_redraft_follows_the_programme_as_it_is_known_now(w):
    agreement = build.tabled(w)
    text = w.programme.version.text.replace('code = "passport"\n', 'code = "passport"\n# seen\n')
    text = text.replace("seats = { value = 50,", "seats = { value = 40,")
    text = text.replace("value = 25,", "value = 20,")
    assumed = w.programme.version.assumptions.replace("seats = 25", "seats = 20")
    assumed = assumed.replace("value = 10, assumed", "value = 8, assumed")
    programmes.store(text=text, assumptions=assumed, person=w.desk[0], at=w.at, clock_at=w.at)
    agreement = Agreement.objects.get(pk=agreement.pk)
    drafting.redraft(agreement=agreement, person=w.of("rusal", "draft"), at=w.at)
    version = table(w, agreement)
    changed = [
        new.code
        for old, new in zip(queries.clauses(queries.version(agreement, 1)), queries.clauses(version), strict=True)
        if old != new
    ]
    assert (version.version.digest == w.programme.version.digest, changed) == (False, ["phases", "sharing"])


def test_annexes_are_numbered_and_closed_once_a_desk_has_cleared(w):
    agreement = build.tabled(w)
    given = {"agreement": agreement, "title": "Peta", "data": b"%PDF-", "type_": "application/pdf", "at": w.at}
    made = [drafting.annex(person=w.of("rusal", "draft"), **given) for _ in range(2)]
    assert [(one.number, one.office) for one in made] == [(1, "rusal"), (2, "rusal")]
    with refused("agreement.consulted"):
        drafting.annex(person=w.of("kbri-moskow", "draft"), **given)
    build.accept_all(w, agreement, "kp2mi")
    build.approve_all(w, agreement, "kp2mi")
    with refused("agreement.signing"):
        drafting.annex(person=w.of("rusal", "draft"), **given)


def test_who_wrote_it_withdraws_it_and_nobody_else(w):
    agreement = build.tabled(w)
    with refused("agreement.drafter", office="rusal"):
        drafting.withdraw(agreement=agreement, person=w.of("rusal", "draft"), at=w.at)
    drafting.withdraw(agreement=agreement, person=w.of("kp2mi", "draft"), at=w.at)
    assert (agreement.state, seen(w, "rusal")) == ("withdrawn", ["mou"])
    with refused("agreement.closed", state="withdrawn"):
        put(w, agreement)


def test_the_ledger_holds_digests_and_offices_and_no_words(w):
    agreement = build.tabled(w)
    facts = list(Entry.objects.filter(subject=f"agreement:{agreement.ref}").order_by("position"))
    assert [(one.action, sorted(one.facts)) for one in facts] == [
        ("draft", ["from", "kind", "office", "text", "to"]),
        ("table", ["from", "number", "office", "text", "to"]),
    ]
