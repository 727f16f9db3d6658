"""What changed between two versions as a page says it: words counted, clauses moved, taken out and new, duties changed."""

import pytest

from rantau.agreements.actions import drafting
from rantau.engine.clauses import Timing
from tests.agreements import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


def put(w, agreement, clause, after=""):
    drafting.put(agreement=agreement, clause=clause, after=after, person=w.of("rusal", "draft"), at=w.at)


def tabled(w, agreement):
    drafting.table(agreement=agreement, person=w.of("rusal", "draft"), at=w.at)


def changes(w, visit, agreement, **asked):
    """Return the page between two versions, and its rows by the clause's code."""
    seen = visit(w.of("kp2mi", "accept"), "agreement_changes", w.programme.code, agreement.code, **asked)
    return seen, {row["code"]: row for row in seen.context["rows"]["clauses"]}


def test_words_that_went_and_came_are_counted_and_marked_not_by_colour_alone(w, visit):
    agreement = build.tabled(w)
    old = build.clause(agreement, "purpose")
    words = {"en": old.text.en.replace("safely and under a clear contract", "with care"), "id": f"{old.text.id} Baru."}
    put(w, agreement, old.model_copy(update={"text": old.text.model_copy(update=words)}))
    tabled(w, agreement)
    seen, rows = changes(w, visit, agreement)
    row = rows["purpose"]
    assert (list(rows), row["gone"], row["new"], len(seen.context["rows"]["same"])) == (["purpose"], 6, 2, 16)
    assert [one["language"] for one in row["shown"]] == ["en"]
    assert [(one["language"], one["gone"], one["new"]) for one in row["others"]] == [("id", 0, 1)]
    assert '<del><span class="hidden">(gone:) </span>safely and under a clear contract.</del>' in seen.words
    assert '<ins><span class="hidden">(new:) </span>with care.</ins>' in seen.words
    assert "Clause 1, Purpose" in seen.words


def test_clauses_moved_taken_out_and_new_are_told_from_changed_ones(w, visit):
    agreement = build.tabled(w)
    meetings = build.clause(agreement, "meetings")
    drafting.remove(agreement=agreement, code="meetings", person=w.of("rusal", "draft"), at=w.at)
    put(w, agreement, meetings, after="purpose")
    drafting.remove(agreement=agreement, code="languages", person=w.of("rusal", "draft"), at=w.at)
    put(w, agreement, meetings.model_copy(update={"code": "glossary", "duties": ()}))
    tabled(w, agreement)
    seen, rows = changes(w, visit, agreement)
    assert {code: (row["was"], row["now"], row["tone"]) for code, row in rows.items()} == {
        "meetings": (14, 2, "wait"),
        "languages": (17, None, "bad"),
        "glossary": (None, 17, "now"),
    }
    assert "moved, its words as before</span> · it was clause 14" in seen.words
    assert "Former clause 17, Texts and languages" in seen.words


def test_a_duty_that_came_went_or_changed_is_said_in_words(w, visit):
    agreement = build.tabled(w)
    roles, sharing = build.clause(agreement, "roles"), build.clause(agreement, "sharing")
    later = roles.duties[0].model_copy(update={"timing": Timing(days=30), "owner": "employer"})
    put(w, agreement, roles.model_copy(update={"duties": (later,)}))
    put(w, agreement, sharing.model_copy(update={"duties": (*sharing.duties, roles.duties[1])}))
    tabled(w, agreement)
    _seen, rows = changes(w, visit, agreement)
    changed, gone = rows["roles"]["duties"]
    assert changed["when"] == (
        "14 days after the agreement comes into force",
        "30 days after the agreement comes into force",
    )
    assert changed["owner"] == ("Ministry for the Protection of Indonesian Migrant Workers (KP2MI)", "RUSAL")
    assert gone["words"].startswith("Duty no longer there: RUSAL: Name the Employer's contact officer")
    assert rows["sharing"]["duties"][0]["words"].startswith("New duty of RUSAL: Name the Employer's contact officer")
    assert (rows["roles"]["gone"], rows["roles"]["new"]) == (0, 0)


def test_any_two_versions_can_be_compared_and_nonsense_shows_the_last_two(w, visit):
    agreement = build.tabled(w)
    for number in (1, 2):
        put(w, agreement, build.reworded(agreement, "purpose", f"Kalimat {number}."))
        tabled(w, agreement)
    pairs = {}
    for asked in ({}, {"dari": 1, "ke": 3}, {"dari": 3, "ke": 1}, {"dari": 9, "ke": "x"}):
        seen, _rows = changes(w, visit, agreement, **asked)
        pairs[tuple(asked.values())] = (seen.context["old"].number, seen.context["new"].number)
    assert pairs == {(): (2, 3), (1, 3): (1, 3), (3, 1): (3, 1), (9, "x"): (2, 3)}
    listed = visit(w.of("kp2mi", "accept"), "agreement_versions", w.programme.code, agreement.code)
    assert [row["draft"].number for row in listed.context["rows"]] == [3, 2, 1]
    alone = build.tabled(w, "data_sharing")
    assert "There is one version so far" in changes(w, visit, alone)[0].words
