"""The desks of a division: announced, decided, seen, published by another hand, decided again, ended; exemptions answered."""

import pytest

from rantau.allocation.models import Allocation, Exemption, Place
from rantau.engine.flow import Role
from rantau.people import actions as people
from tests.allocation import build
from tests.allocation.build import HOUR, again, announce, ask, close, decide, everything, published, seated, wish

pytestmark = pytest.mark.django_db
SECRET = "Ayah saya lumpuh dan hanya saya yang merawatnya."


ASKS = "".join(
    f'[[asks]]\nabout = "{about}"\noffice = "panti-contoh"\ntext.id = "?"\ntext.en = "?"\ntext.ru = "?"\n\n'
    for about in ("placing.postings", "windows.place_days")
)
"""The questions that stand for what is unpublished."""


@pytest.fixture
def desk(visit):
    """Return a function that opens or sends a page of the desk as an officer."""

    def go(w, page, kind="field", by="coordinator", **more):
        return visit(w.staff[by], page, w.scope, *([kind] if kind else []), **more)

    return go


def next_step(desk, w, kind="field"):
    page = desk(w, "allocation_desk", kind)
    return page.context["code"], page.context["ready"]


def test_a_division_walks_from_the_announcement_to_its_end(at, chance, desk):
    w = seated(at, chance)
    rows = desk(w, "allocations", None).context["rows"]
    assert [(row["kind"], row["ready"]) for row in rows] == [("field", True), ("posting", True)]
    seen = desk(w, "allocation_announce")
    assert (seen.context["code"], Allocation.objects.count()) == ("announce", 0)
    assert "Under this rule an honest list is the best one." in seen.words
    assert desk(w, "allocation_announce", post=True).status_code == 302
    assert next_step(desk, w) == ("open", False)
    allocation = Allocation.objects.get()
    for name in ("ani", "budi", "citra"):
        wish(w, allocation, name, "anak", "lansia")
    counts = desk(w, "allocation_desk").context["counts"]
    assert counts == {"people": 4, "lists": 3, "without": 1}
    w.later(allocation.wishes_until - w.at + HOUR)
    assert next_step(desk, w) == ("closing", False)
    build.due(w)
    assert next_step(desk, w) == ("decide", True)
    assert desk(w, "allocation_decide", post=True).status_code == 302
    assert next_step(desk, w) == ("publish", True)
    seen = desk(w, "allocation_publish", by="second")
    assert (seen.context["people"], seen.context["without"], Place.objects.count()) == (4, 1, 0)
    desk(w, "allocation_publish", by="second", post=True)
    assert (next_step(desk, w), Place.objects.count()) == (("answers", False), 3)
    build.answers(w, again(allocation))
    build.past(w, allocation)
    assert next_step(desk, w) == ("again", True)
    desk(w, "allocation_decide", post=True)
    assert desk(w, "allocation_desk").context["run"]["number"] == 2
    desk(w, "allocation_publish", by="second", post=True)
    build.past(w, allocation)
    assert desk(w, "allocation_finish", post=True).status_code == 302
    assert (next_step(desk, w), again(allocation).state) == (("settled", False), "settled")


def test_who_decided_cannot_publish_and_reads_why(at, chance, desk):
    w = seated(at, chance)
    allocation = announce(w)
    wish(w, allocation, "ani", "anak")
    close(w, allocation)
    decide(w, allocation)
    assert "Another officer than the one who made the decision publishes it." in desk(w, "allocation_publish").words
    before = everything()
    refused = desk(w, "allocation_publish", post=True)
    assert (refused.status_code, "A second person has to do this" in refused.words) == (409, True)
    assert everything() == before


def test_a_decision_names_what_it_waits_for(at, chance, desk):
    w = build.finished(at, chance)
    allocation = announce(w)
    build.take_seats(w)
    build.refresh(w)
    ask(w, allocation, "ani", "anak", SECRET)
    close(w, allocation)
    page = desk(w, "allocation_desk")
    assert (page.context["code"], page.context["ready"]) == ("waits", False)
    assert "requests for exemption are not answered: <b>1</b>" in page.words
    before = everything()
    assert desk(w, "allocation_decide", post=True).status_code == 409
    assert everything() == before


def test_minima_that_cannot_be_met_are_named_and_nothing_is_decided(at, chance, desk):
    few = {"ani": 9000, "budi": 6500, "citra": 6400, "dedi": 6300}
    w = seated(at, chance, build.programme(postings="exact", least={"osaka": 2}), **few)
    allocation = announce(w, "posting")
    for name in few:
        wish(w, allocation, name, "sendai", "sapporo")
    close(w, allocation)
    before = everything()
    page = desk(w, "allocation_decide", "posting", post=True)
    assert (page.status_code, everything() == before) == (409, True)
    assert page.context["infeasible"] == {
        "conflict": ["Osaka"],
        "short": [{"title": "Osaka", "group": "osaka", "available": 1, "required": 2}],
    }
    assert "Osaka must have at least 2; only 1 could go there." in page.words


def test_unpublished_rules_are_listed_with_who_owes_them(at, chance, desk):
    text = build.programme(
        more={
            'postings = { value = "merit_wishes", assumed = true, model = "rekaan" }': 'postings = "unpublished"',
            'place_days = { value = 5, assumed = true, model = "rekaan" }': 'place_days = "unpublished"',
            '[[asks]]\nabout = "contract"': f'{ASKS}[[asks]]\nabout = "contract"',
        }
    )
    w = seated(at, chance, text)
    page = desk(w, "allocation_announce", "posting")
    assert (page.context["code"], len(page.context["missing"]), "rules" in page.context) == ("unpublished", 2, False)
    assert "the rule by which people are divided among the places of work" in page.words
    assert page.words.count("Owed by: ") == 2
    before = everything()
    assert desk(w, "allocation_announce", "posting", post=True).status_code == 409
    assert desk(w, "allocations", None).context["rows"][1]["ready"] is False
    assert everything() == before
    assert desk(w, "allocation_announce", "mars").status_code == 404


def test_a_programme_that_divides_nobody_says_so(at, chance, desk):
    w = seated(at, chance, build.programme(more={"fields_split = { value = true,": "fields_split = { value = false,"}))
    assert [row["kind"] for row in desk(w, "allocations", None).context["rows"]] == ["posting"]
    assert "There is nothing to divide" in desk(w, "allocation_announce").words
    assert desk(w, "allocation_announce", post=True).status_code == 409


def test_an_auditor_reads_and_changes_nothing(at, chance, desk):
    w = seated(at, chance)
    published(w, ani=("anak",))
    assert [
        desk(w, page, kind, by="auditor").status_code
        for page, kind in (("allocations", None), ("allocation_desk", "field"))
    ] == [
        200,
        200,
    ]
    before = everything()
    sent = [
        desk(w, f"allocation_{page}", by="auditor", post=True) for page in ("announce", "decide", "publish", "finish")
    ]
    assert [answer.status_code for answer in sent] == [403, 403, 403, 403]
    assert everything() == before
    assert "<form" not in desk(w, "allocation_desk", by="auditor").words.partition("<main")[2].partition("</main")[0]


def test_the_coordinators_desk_counts_what_waits(at, chance, desk):
    w = seated(at, chance)
    waits = {row["name"]: row["count"] for row in desk(w, "desk", None).context["waits"]}
    assert (waits["exemptions"], waits["allocations"]) == (0, 2)
    ask(w, announce(w), "ani", "anak", SECRET)
    waits = {row["name"]: row["count"] for row in desk(w, "desk", None).context["waits"]}
    assert (waits["exemptions"], waits["allocations"]) == (1, 1)


# --- exemptions -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("by", ["protector", "coordinator"])
def test_a_request_is_answered_by_who_sees_no_wishes(at, chance, visit, by):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sapporo", "osaka")
    asked = ask(w, allocation, "ani", "osaka", SECRET)
    officer = w.staff[by]
    queue = visit(officer, "exemptions", w.scope)
    assert ([row["place"] for row in queue.context["open"]], SECRET in queue.words) == (["Osaka"], False)
    page = visit(officer, "exemption_judge", w.scope, asked.ref)
    assert (SECRET in page.words, "Sapporo" in page.words, "Nama ani" in page.words) == (True, False, False)
    bad = visit(officer, "exemption_judge", w.scope, asked.ref, post=True, data={"grants": "1", "answer": " "})
    assert (bad.status_code, Exemption.objects.get().state) == (422, "asked")
    sent = {"grants": "1", "answer": "Surat dokter sudah kami baca."}
    assert visit(officer, "exemption_judge", w.scope, asked.ref, post=True, data=sent).status_code == 302
    assert Exemption.objects.get().state == "granted"
    after = visit(officer, "exemption_judge", w.scope, asked.ref)
    assert (SECRET in after.words, "Surat dokter sudah kami baca." in after.words) == (False, True)
    assert visit(officer, "exemption_judge", w.scope, asked.ref, post=True, data=sent).status_code == 409
    assert (
        "Requests for exemption"
        in visit(officer, "account" if by == "protector" else "desk", *([] if by == "protector" else [w.scope])).words
    )


def test_what_was_taken_back_is_not_shown_and_nobody_answers_their_own(at, chance, visit):
    w = seated(at, chance)
    asked = ask(w, announce(w, "posting"), "ani", "osaka", SECRET)
    own = asked.application.person
    people.grant(to=own, role=Role.PROTECTION, scope=w.scope, at=w.at, person=own)
    assert visit(own, "exemptions", w.scope).context["open"] == []
    assert visit(own, "exemption_judge", w.scope, asked.ref).status_code == 404
    visit(own, "exemption_back", w.scope, w.people["ani"].code, "posting", asked.ref, post=True)
    assert visit(w.protector, "exemptions", w.scope).context["answered"] == []
    assert visit(w.protector, "exemption_judge", w.scope, asked.ref).status_code == 404
