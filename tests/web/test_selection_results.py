"""What anybody reads of the selection: what is frozen, the list by code, the exact file; and the auditor's room."""

import hashlib
import json

import pytest
from django.urls import reverse
from django.utils import translation

from rantau.engine import publication
from rantau.engine.flow import Role
from rantau.ledger.models import Entry, Head
from rantau.selection.actions import objections
from rantau.selection.models import Listing, Mark, Round
from tests.selection.build import examined, final, frozen, objected, officer, provisional, world
from tests.web.formulas import Book

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 100}


@pytest.fixture
def read(client):
    """Return a function that opens a page by name in English, signed in or not."""

    def go(name, *args, person=None, **query):
        if person is not None:
            client.force_login(person)
        with translation.override("en"):
            address = reverse(name, args=args)
        return client.get(address, query)

    return go


def published(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    return w, provisional(w)


def corrected(w):
    """Uphold one objection and publish the final round."""
    objections.decide(
        objection=objected(w, "dedi"),
        upheld=True,
        answer="Tertukar.",
        person=w.second,
        at=w.at,
        mark=Mark.objects.get(application=w.people["dedi"], criterion="care_test"),
        value=9900,
    )
    return final(w)


def code_of(w, name):
    return Listing.objects.get(application=w.people[name]).code


def test_before_a_round_there_is_nothing_and_then_what_is_frozen(at, chance, read):
    w = world(at, chance, "ani")
    assert "There is no result yet." in read("results", w.scope).content.decode()
    examined(w, ani=8000)
    round_ = frozen(w)
    shown = read("results", w.scope).content.decode()
    told = (round_.root, Entry.objects.get(action="freeze").facts["rules"], "dadu")
    assert [text for text in told if text not in shown] == []
    assert code_of(w, "ani") not in shown
    assert read("round_file", w.scope, "provisional").status_code == 404


def test_the_provisional_list_is_read_by_anybody(at, chance, read):
    w, round_ = published(at, chance)
    page = read("results", w.scope)
    assert [(row["rank"], row["code"]) for row in page.context["rows"]] == [
        (1, code_of(w, "ani")),
        (2, code_of(w, "budi")),
        (3, code_of(w, "citra")),
        (4, code_of(w, "dedi")),
        (None, code_of(w, "eka")),
    ]
    shown = page.content.decode()
    digest = hashlib.sha256(bytes(round_.public)).hexdigest()
    assert [text for text in (digest, round_.root, round_.seed, "Provisional result") if text not in shown] == []
    leaks = [x for a in w.people.values() for x in (a.person.name, a.code, a.ref) if x in shown]
    assert (leaks, "below_pass" in shown, "Rahasia" in shown) == ([], False, False)


def test_a_code_is_found_without_a_script(at, chance, read):
    w, _ = published(at, chance)
    code = code_of(w, "budi")
    page = read("results", w.scope, kode=code.lower().replace("-", " "))
    assert [row["rank"] for row in page.context["rows"]] == [1, 2, 3]
    assert "Practical care test: 80.00 of 100.00" in " ".join(page.content.decode().split())
    lost = read("results", w.scope, kode="R-0000000000").content.decode()
    assert "R-0000000000 is not in this list." in lost
    alone = read("results", w.scope, kode=code_of(w, "eka"))
    assert "Why is shown to the person alone." in alone.content.decode()
    assert "Practical care test: 1.00" not in alone.content.decode()


def test_the_list_is_read_page_by_page_and_by_outcome(at, chance, read):
    w, round_ = published(at, chance)
    file = json.loads(bytes(round_.public))
    file["rows"] = [{**file["rows"][0], "code": f"R-{number:010}X"} for number in range(250)]
    Round.objects.update(public=publication.dump(file))
    page = read("results", w.scope, hal="3")
    assert (len(page.context["rows"]), page.context["pages"], page.context["rows"][0]["code"]) == (
        50,
        3,
        "R-0000000200X",
    )
    assert [read("results", w.scope, hal=asked).context["page"] for asked in ("0", "9", "x", "-1")] == [1, 3, 1, 1]
    assert read("results", w.scope, nasib="reserve").context["number"] == 0
    assert read("results", w.scope, nasib="apa-saja").context["number"] == 250


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(at, chance, read, django_assert_num_queries, number):
    names = ("ani", "budi", "citra")[:number]
    w = world(at, chance, *names)
    examined(w, **dict.fromkeys(names, 8000))
    provisional(w)
    with django_assert_num_queries(4):
        assert len(read("results", w.scope).context["rows"]) == number


def test_the_final_list_names_every_difference(at, chance, read):
    w, _ = published(at, chance)
    corrected(w)
    page = read("results", w.scope)
    changed = {d["code"]: (d["before"]["rank"], d["now"]["rank"]) for d in page.context["differences"]}
    assert changed == {
        code_of(w, "dedi"): (4, 1),
        code_of(w, "ani"): (1, 2),
        code_of(w, "budi"): (2, 3),
        code_of(w, "citra"): (3, 4),
    }
    assert page.context["file"]["counts"] == {
        "tested": 5,
        "ranked": 4,
        "changed_marks": 1,
        "objections": 1,
        "upheld": 1,
    }
    old = read("results", w.scope, tahap="provisional")
    assert (old.context["round"].kind, old.context["differences"]) == ("provisional", [])


def test_the_file_is_served_byte_for_byte_and_verifies(at, chance, read):
    w, _ = published(at, chance)
    corrected(w)
    for kind in ("provisional", "final"):
        response = read("round_file", w.scope, kind)
        assert response.content == bytes(Round.objects.get(kind=kind).public)
        assert publication.verify(response.content).ok
        assert (response["Content-Type"], response["Cache-Control"]) == (
            "application/json",
            "public, max-age=31536000, immutable",
        )
    assert read("round_file", w.scope, "lain").status_code == 404


def test_the_result_is_a_sheet_too_that_computes_the_same(at, chance, read):
    w, _ = published(at, chance)
    response = read("round_sheet", w.scope, "provisional")
    assert response["Content-Disposition"] == f'attachment; filename="{w.scope}-provisional.xlsx"'
    book = Book(response.content)
    assert book.value("Rules", 1, 1) == "A selection result, computed again by formulas"
    rows = book.rows("Rows")
    assert [(row[0], row[-1]) for row in rows[1:]] == [(code_of(w, name), 1) for name in FIVE]
    assert book.value("Check", 2, 14) == "All that is computed here is the same"
    assert read("round_sheet", w.scope, "final").status_code == 404


def test_the_page_leads_to_the_ways_to_check(at, chance, read):
    w, _ = published(at, chance)
    shown = read("results", w.scope).content.decode()
    ways = ["/en/cara-memeriksa/verify.html", f"/en/program/{w.scope}/hasil/provisional.xlsx"]
    assert [way for way in ways if f'href="{way}"' not in shown] == []


def test_every_language_has_the_page(at, chance, client):
    w, _ = published(at, chance)
    for locale, word in (("id", "Hasil sementara"), ("en", "Provisional result"), ("ru", "Предварительный результат")):
        with translation.override(locale):
            address = reverse("results", args=[w.scope])
        assert word in client.get(address).content.decode()


# --- auditors ----------------------------------------------------------------------------------------------------------
def test_the_auditor_has_the_complete_file_and_the_chain(at, chance, read):
    w, _ = published(at, chance)
    corrected(w)
    page = read("audit", w.scope, person=w.auditor)
    shown = page.content.decode()
    head = Head.objects.get(name=w.intake.chain)
    assert (page.context["faults"], page.context["changed"], head.hash in shown) == ([], 1, True)
    assert [(e.action, str(words)) for e, words in page.context["changes"]] == [
        ("correct", "corrected after an upheld objection")
    ]
    response = read("audit_file", w.scope, "final")
    assert response.content == bytes(Round.objects.get(kind="final").audit)
    assert (publication.verify(response.content).ok, response["Cache-Control"]) == (True, "no-store")
    assert [a.person.name for a in w.people.values() if a.person.name in shown + response.content.decode()] == []


def test_a_broken_chain_is_named(at, chance, read):
    w, _ = published(at, chance)
    Head.objects.filter(name=w.intake.chain).update(length=3)
    shown = read("audit", w.scope, person=w.auditor).content.decode()
    assert ("No. What was written has been changed:" in shown, f"{w.intake.chain} entry" in shown) == (True, True)


def test_the_complete_file_is_for_auditors_and_coordinators_alone(at, chance, read, client):
    w, _ = published(at, chance)
    assert read("audit_file", w.scope, "provisional").status_code == 302
    others = [w.examiner, w.verifier, w.people["ani"].person, officer("jauh", Role.AUDITOR, "lain", w.at, w.chance)]
    for person in others:
        for name, *args in (("audit",), ("audit_file", "provisional")):
            response = read(name, w.scope, *args, person=person)
            assert (name, response.status_code, w.people["ani"].ref in response.content.decode()) == (name, 403, False)
    assert read("audit_file", w.scope, "provisional", person=w.coordinator).status_code == 200
    assert read("audit_file", w.scope, "final", person=w.coordinator).status_code == 404
