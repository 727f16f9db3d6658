"""The public page of a division: steps, rules, drawing, list, reserve, certificate, the exact files; what is unpublished."""

import hashlib
from pathlib import Path

import pytest
from django.urls import reverse

from rantau.allocation.models import Run
from rantau.engine import allocation as engine
from rantau.engine.instance import read
from rantau.engine.shape import parse
from rantau.people import actions as people
from rantau.programmes import actions as programmes
from tests.allocation import build
from tests.allocation.build import announce, answer, close, decide, past, publish, published, run, seated

pytestmark = pytest.mark.django_db
WISHES = {name: ("anak", "lansia") for name in ("ani", "budi", "citra")} | {"dedi": ("lansia",)}


def steps(page):
    return [(str(event["title"]), event["state"]) for event in page.context["events"]]


def told(w, rows):
    names = build.names(w)
    return [(row["rank"], names[row["code"]], row["place"]) for row in rows]


def test_before_a_run_the_rules_stand_and_nobody_does(at, chance, visit):
    w = seated(at, chance)
    assert visit(None, "allocation", w.scope, "field").status_code == 404
    allocation = announce(w)
    page = visit(None, "allocation", w.scope, "field")
    assert (page.context["run"], page.context["state"][0] == "lists are open") == (None, False)
    assert steps(page)[:3] == [
        ("Aturan diumumkan, daftar dibuka", "done"),
        ("Daftar pilihan", "now"),
        ("Keputusan menurut aturan", "next"),
    ]
    assert [(p["title"], p["capacity"]) for p in page.context["rules"]["places"]] == [
        ("Field lansia", 2),
        ("Field anak", 2),
    ]
    assert "rehearsal assumption" in page.words
    close(w, allocation)
    decide(w, allocation)
    page = visit(None, "allocation", w.scope, "field")
    assert [code for code in build.names(w) if code in page.words] == []
    assert (
        "The list of wishes" in page.words,
        visit(None, "allocation_file", w.scope, "field", 1, "result").status_code,
    ) == (
        False,
        404,
    )
    assert [state for _, state in steps(page)][:3] == ["done", "done", "now"]


def test_a_published_run_shows_places_ranks_reserve_and_certificate(at, chance, visit):
    w = seated(at, chance)
    published(w, **WISHES)
    page = visit(None, "allocation", w.scope, "field")
    assert told(w, page.context["rows"]) == [
        (1, "ani", "Field anak"),
        (2, "budi", "Field anak"),
        (3, "citra", "Field lansia"),
        (4, "dedi", "Field lansia"),
    ]
    assert [(p["title"], p["capacity"], p["first"], p["placed"], p["last"]) for p in page.context["places"]] == [
        ("Field lansia", 2, 1, 2, 4),
        ("Field anak", 2, 3, 2, 2),
    ]
    names = build.names(w)
    assert [[(names[code], rank) for code, rank in p["reserve"]] for p in page.context["places"]] == [
        [],
        [("citra", 3)],
    ]
    assert [(bar["title"], bar["first"]["width"], bar["placed"]["width"]) for bar in page.context["bars"]] == [
        ("Field lansia", "29.3%", "58.7%"),
        ("Field anak", "88.0%", "58.7%"),
    ]
    said = ("Valid.", "Nobody is passed over.", "Best for those who wished.", "4 of 4 people placed.")
    assert [words for words in said if words not in page.words] == []
    assert [x for a in w.people.values() for x in (a.person.name, a.code, a.ref) if x in page.words] == []


def test_a_code_is_found_and_another_is_not(at, chance, visit):
    w = seated(at, chance)
    published(w, **WISHES)
    code = next(code for code, name in build.names(w).items() if name == "budi")
    page = visit(None, "allocation", w.scope, "field", kode=code.lower().replace("-", " "))
    assert told(w, page.context["rows"]) == [(2, "budi", "Field anak")]
    lost = visit(None, "allocation", w.scope, "field", kode="R-0000000000")
    assert (lost.context["rows"], "R-0000000000 is not in this list." in lost.words) == ([], True)
    assert visit(None, "allocation", w.scope, "field", hal="x", putaran="9").context["run"]["number"] == 1


def test_both_files_are_the_stored_bytes_and_verify(at, chance, visit):
    w = seated(at, chance)
    allocation = published(w, **WISHES)
    stored = Run.objects.get(allocation=allocation)
    page = visit(None, "allocation", w.scope, "field")
    files = {}
    for name, kept in (("instance", stored.instance), ("result", stored.result)):
        answered = visit(None, "allocation_file", w.scope, "field", 1, name)
        files[name] = answered.content
        assert answered.content == bytes(kept)
        assert answered["Cache-Control"] == "public, max-age=31536000, immutable"
        assert hashlib.sha256(answered.content).hexdigest() in page.words
        assert reverse("allocation_file", args=[w.scope, "field", 1, name]) in page.words
    result, instance = engine.read(files["result"]), read(parse(files["instance"]))
    assert list(engine.verify(result, instance)) == []
    assert "rantau verify result.json --instance instance.json" in page.words
    assert [
        visit(None, "allocation_file", w.scope, kind, number, name).status_code
        for kind, number, name in (("field", 2, "result"), ("field", 1, "audit"), ("posting", 1, "result"))
    ] == [404, 404, 404]


def test_every_run_stays_readable_and_the_newest_is_shown(at, chance, visit):
    w = seated(at, chance)
    allocation = published(w, **WISHES)
    first = visit(None, "allocation_file", w.scope, "field", 1, "result").content
    answer(w, allocation, "ani", "decline")
    answer(w, allocation, "budi", "accept")
    answer(w, allocation, "citra", "wait")
    answer(w, allocation, "dedi", "accept")
    build.take_seats(w)
    past(w, allocation)
    run(w, allocation)
    page = visit(None, "allocation", w.scope, "field")
    assert told(w, page.context["rows"]) == [
        (2, "budi", "Field anak"),
        (3, "citra", "Field anak"),
        (4, "dedi", "Field lansia"),
        (5, "eka", ""),
    ]
    assert [one["number"] for one in page.context["runs"]] == [2, 1]
    assert "1 person has no place yet." in page.words
    old = visit(None, "allocation", w.scope, "field", putaran="1")
    assert told(w, old.context["rows"])[0] == (1, "ani", "Field anak")
    assert visit(None, "allocation_file", w.scope, "field", 1, "result").content == first


def test_places_that_choose_first_are_not_called_the_best_for_those_who_wished(at, chance, visit):
    w = seated(at, chance, build.programme(fields="opening_proposing_da"))
    allocation = published(w, **WISHES)
    page = visit(None, "allocation", w.scope, "field")
    best = engine.read(bytes(Run.objects.get(allocation=allocation).result))["certificate"]["best_for_applicants"]
    assert ("Best for those who wished." in page.words) is best
    assert "Each place asks the best people in its order." in page.words


def test_the_announcement_links_a_division_and_says_what_nobody_announced(at, chance, visit):
    w = seated(at, chance)
    announce(w)
    (field, posting) = visit(None, "programme", w.scope).context["divided"]
    assert (field["allocation"].kind, posting["allocation"]) == ("field", None)
    real = programmes.store(
        text=Path("programmes/rusal-2026.toml").read_text(), person=people.ensure_system(at=at, chance=chance), at=at
    )
    page = visit(None, "programme", real.code)
    assert [(row["kind"], row["rule"].status, row["allocation"]) for row in page.context["divided"]] == [
        ("field", "unpublished", None),
        ("posting", "unpublished", None),
    ]
    part = page.words.partition("How people are divided")[2].partition("<h2")[0]
    assert (part.count("not announced"), part.count("Owed by: ")) == (6, 6)
    assert visit(None, "allocation", real.code, "posting").status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_takes_the_same_queries_for_any_number(at, chance, visit, django_assert_num_queries, number):
    w = seated(at, chance, **dict(list(build.SIX.items())[:number]))
    allocation = announce(w)
    close(w, allocation)
    decide(w, allocation)
    publish(w, allocation)
    with django_assert_num_queries(13):
        page = visit(None, "allocation", w.scope, "field")
    assert (len(page.context["rows"]), page.context["unplaced"]) == (number, number)
