"""The desk of mandates: recorded by what is typed exactly, confirmed by another, ended; the public sees offices alone."""

import pytest

from rantau.agreements.models import Mandate
from rantau.engine.flow import Role
from tests import build as people
from tests.agreements import build

pytestmark = pytest.mark.django_db
TYPED = {
    "office": "kp2mi",
    "contact": "sari@example.org",
    "powers": ["sign", "answer"],
    "capacity": "Direktur Penempatan",
    "basis": "SK 7/2026, 20 Januari 2026",
    "from_on_0": "20",
    "from_on_1": "1",
    "from_on_2": "2026",
    "until_on_0": "31",
    "until_on_1": "12",
    "until_on_2": "2026",
}


@pytest.fixture
def w():
    return build.world()


@pytest.fixture
def sari(w):
    return people.person(at=w.at, chance=w.chance, name="Sari Wulan", email="sari@example.org")


def record(w, visit, by=None, **changed):
    return visit(by or w.desk[0], "mandate_record", w.programme.code, post=True, data=TYPED | changed)


def test_anybody_sees_offices_and_no_person(w, visit):
    for person in (None, w.of("rusal", "sign")):
        seen = visit(person, "mandates", w.programme.code)
        assert [
            part
            for part in ("kp2mi sign", "rusal sign", "Direktur", "SK 1/2026")
            if part in seen.words.replace('<a href="/en/akun/">rusal sign', "")
        ] == []
        assert seen.words.count("a mandate is in force") == len(build.OFFICES)
        assert "no mandate in force" in seen.words
        assert "Record a mandate" not in seen.words


def test_a_mandate_is_recorded_by_one_and_confirmed_by_another(w, sari, visit):
    assert record(w, visit).status_code == 302
    mandate = Mandate.objects.get(person=sari)
    assert (mandate.state, mandate.office, mandate.powers) == ("recorded", "kp2mi", ["sign", "answer"])
    desk = visit(w.desk[1], "mandates", w.programme.code)
    for said in ("Sari Wulan", "sari@example.org", "Direktur Penempatan", "SK 7/2026", "Sign, Answer"):
        assert said in desk.words
    own = visit(w.desk[0], "mandate_confirm", w.programme.code, mandate.ref, post=True)
    assert own.status_code == 409
    assert "A second person has to do this" in own.words
    assert visit(w.desk[1], "mandate_confirm", w.programme.code, mandate.ref, post=True).status_code == 302
    mandate.refresh_from_db()
    assert mandate.state == "in_force"
    assert visit(w.desk[0], "mandate_end", w.programme.code, mandate.ref, post=True).status_code == 302
    mandate.refresh_from_db()
    assert mandate.state == "ended"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"contact": "Sari"}, "This is no phone number."),
        ({"contact": "sari@example"}, "This is no e-mail address."),
        ({"contact": "ani@example.org"}, "Nobody has signed up with exactly this e-mail, number or reference."),
        ({"office": "rusal-x"}, "Choose an office."),
        ({"powers": []}, "Choose at least one."),
        ({"basis": " "}, "Without a basis there is no mandate."),
        ({"until_on_2": "2025"}, "comes before the first"),
        ({"until_on_1": "13"}, "The month is a number from 1 to 12."),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_its_field_and_nothing_typed_is_lost(w, sari, visit, changed, said):
    before = Mandate.objects.count()
    seen = record(w, visit, **changed)
    assert seen.status_code == 422
    assert said in seen.words
    assert 'value="Direktur Penempatan"' in seen.words
    assert Mandate.objects.count() == before


def test_a_shared_number_needs_the_reference(w, sari, visit):
    for _ in range(2):
        people.person(at=w.at, chance=w.chance, phone="+6281234567890")
    seen = record(w, visit, contact="0812-3456-7890")
    assert "2 people share this number or address." in seen.words
    assert sari.ref in visit(sari, "account").words
    assert record(w, visit, contact=sari.ref).status_code == 302


def test_who_holds_another_role_is_refused_for_the_host_mission(w, visit):
    officer = people.person(
        at=w.at, chance=w.chance, email="sari@example.org", role=Role.VERIFIER, scope=w.programme.code
    )
    seen = record(w, visit, office="kedubes-rusia")
    assert seen.status_code == 422
    assert "a role that must never come together with this office (verifier)" in seen.words
    assert not Mandate.objects.filter(person=officer).exists()


def test_only_officers_record_and_nobody_for_themselves(w, sari, visit):
    own = people.person(
        at=w.at, chance=w.chance, email="panitia3@example.org", role=Role.COORDINATOR, scope=w.programme.code
    )
    seen = record(w, visit, by=own, contact="panitia3@example.org")
    assert "Nobody records a mandate for themselves." in seen.words
    auditor = people.person(at=w.at, chance=w.chance, role=Role.AUDITOR, scope=w.programme.code)
    for person in (auditor, w.of("rusal", "sign"), sari):
        assert record(w, visit, by=person).status_code == 403
        assert visit(person, "mandate_record", w.programme.code).status_code == 403
    assert "SK 1/2026" in visit(auditor, "mandates", w.programme.code).words
    assert not Mandate.objects.filter(person=sari).exists()


def test_a_mandate_of_one_programme_is_nothing_below_another(w, visit):
    other = people.programme(at=w.at, chance=w.chance, rehearsal=False)
    boss = people.person(at=w.at, chance=w.chance, role=Role.COORDINATOR, scope=other.code)
    mandate = Mandate.objects.first()
    assert visit(boss, "mandate_end", other.code, mandate.ref, post=True).status_code == 404
    mandate.refresh_from_db()
    assert mandate.state == "in_force"
