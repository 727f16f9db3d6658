"""Who sees what of an allocation; each refusal holds data that could leak."""

import pytest

from rantau.allocation import access, queries
from rantau.allocation.models import Allocation, Run
from rantau.allocation.queries import public
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from tests.allocation.build import (
    again,
    announce,
    answer,
    answers,
    ask,
    close,
    decide,
    judge,
    names,
    past,
    publish,
    published,
    refresh,
    run,
    seated,
    take_seats,
    wish,
)
from tests.selection.build import officer

pytestmark = pytest.mark.django_db
BOTH = {name: ("anak", "lansia") for name in ("ani", "budi", "citra", "dedi")}
WHY = "Ibu saya cuci darah tiap pekan."


def refused(get, person, w):
    with pytest.raises(Refusal) as caught:
        get(person, scope=w.scope, at=w.at)
    return caught.value.code == "role.missing"


def with_a_request(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sendai", "osaka")
    return w, allocation, ask(w, allocation, "ani", "osaka", WHY)


def test_who_runs_an_allocation_and_who_reads_it(at, chance):
    w, allocation, _ = with_a_request(at, chance)
    fields = announce(w, "field")
    for name in ("coordinator", "second", "auditor"):
        assert list(access.desk(w.staff[name], scope=w.scope, at=w.at)) == [allocation, fields]
    for name in ("verifier", "examiner", "protector"):
        assert refused(access.desk, w.staff[name], w)
    assert refused(access.desk, w.people["ani"].person, w)
    assert refused(access.desk, officer("jauh", Role.COORDINATOR, "program-lain", w.at, w.chance), w)


def test_requests_reach_who_decides_them_and_nobody_else(at, chance):
    w, _, request = with_a_request(at, chance)
    for name in ("coordinator", "second", "protector"):
        assert list(access.exemptions(w.staff[name], scope=w.scope, at=w.at)) == [request]
    for name in ("verifier", "examiner", "auditor"):
        assert refused(access.exemptions, w.staff[name], w)
    for name in ("ani", "budi"):
        assert refused(access.exemptions, w.people[name].person, w)
    for role in (Role.PROTECTION, Role.COORDINATOR):
        assert refused(access.exemptions, officer(f"jauh-{role}", role, "program-lain", w.at, w.chance), w)


def test_an_officer_does_not_meet_their_own_request(at, chance):
    w, allocation, own = with_a_request(at, chance)
    other = ask(w, allocation, "budi", "osaka", WHY)
    person = w.people["ani"].person
    people.grant(to=person, role=Role.PROTECTION, scope=w.scope, at=w.at, person=w.coordinator)
    assert list(access.exemptions(person, scope=w.scope, at=w.at)) == [other]
    assert list(access.exemptions(w.protector, scope=w.scope, at=w.at)) == [own, other]


def test_only_what_is_announced_is_anybodys_to_read(at, chance):
    w = seated(at, chance)
    assert list(access.visible(w.programme)) == []
    allocation = announce(w)
    assert list(access.visible(w.programme)) == [allocation]
    assert access.get(w.programme, "field") == allocation
    Allocation.objects.create(ref="hidden", intake=w.intake, kind="posting")
    assert list(access.visible(w.programme)) == [allocation]
    with pytest.raises(Allocation.DoesNotExist):
        access.get(w.programme, "posting")


def test_a_run_is_nobodys_to_read_before_it_is_published(at, chance):
    w = seated(at, chance)
    allocation = announce(w)
    for name, places in BOTH.items():
        wish(w, allocation, name, *places)
    close(w, allocation)
    decide(w, allocation)
    ani = w.people["ani"]
    allocation = again(allocation)
    assert queries.newest(allocation).number == 1
    assert (queries.runs(allocation), public.told(allocation)["runs"]) == ([], [])
    with pytest.raises(Run.DoesNotExist):
        queries.run(allocation, 1)
    mine = queries.own(allocation, ani)
    assert (mine["run"], mine["lines"], mine["place"]) == (None, [], None)
    publish(w, allocation)
    answer(w, allocation, "ani", "decline")
    answers(w, allocation)
    take_seats(w)
    past(w, allocation)
    decide(w, allocation)
    assert [told["number"] for told in public.told(again(allocation))["runs"]] == [1]
    with pytest.raises(Run.DoesNotExist):
        queries.run(allocation, 2)


def test_a_person_reads_their_own_page_and_no_other(at, chance):
    w, allocation, request = with_a_request(at, chance)
    judge(w, request)
    for name in ("budi", "citra"):
        wish(w, allocation, name, "osaka", "sendai")
    close(w, allocation)
    run(w, allocation)
    ani, budi = w.people["ani"], w.people["budi"]
    (mine,) = queries.of_person(ani.person, ani)
    assert (mine["wishes"], mine["barred"]["osaka"], mine["place"].place) == (("sendai",), "exempt", "sendai")
    assert (mine["code"], mine["lines"]) == (ani.listing.code, [{"opening": "sendai", "code": "PLACED"}])
    assert list(mine["requests"]) == [request]
    (theirs,) = queries.of_person(budi.person, budi)
    assert (theirs["wishes"], theirs["requests"], theirs["barred"]["osaka"]) == (("osaka", "sendai"), [], "")
    for person in (budi.person, w.coordinator, w.protector):
        assert queries.of_person(person, ani) == []


def test_who_has_no_seat_has_no_page_unless_they_had_a_place(at, chance):
    w = seated(
        at, chance, **{"ani": 9000, "budi": 8500, "citra": 8000, "dedi": 7500, "eka": 6000, "x": 5700, "y": 5600}
    )
    allocation = published(w, **BOTH)
    for name in ("eka", "x"):  # the reserve
        (mine,) = queries.of_person(w.people[name].person, w.people[name])
        assert (mine["place"], mine["lines"]) == (None, [])
    assert queries.of_person(w.people["y"].person, w.people["y"]) == []
    answer(w, allocation, "ani", "decline")
    refresh(w)
    (mine,) = queries.of_person(w.people["ani"].person, w.people["ani"])
    assert (mine["place"].state, w.people["ani"].state) == ("declined", "declined")


def test_what_is_published_names_nobody_and_gives_no_reason_away(at, chance):
    w, allocation, request = with_a_request(at, chance)
    judge(w, request)
    wish(w, allocation, "budi", "osaka", "sendai")
    close(w, allocation)
    found = run(w, allocation)
    told = public.told(again(allocation))
    said = str(told["runs"]) + bytes(found.instance).decode() + bytes(found.result).decode()
    secrets = {"cuci darah", "Sudah diperiksa", "Nama", "Petugas", "Provinsi", "exempt"}
    for application in w.people.values():
        secrets |= {application.ref, application.code, application.person.ref}
    assert [secret for secret in secrets if secret in said] == []
    codes = names(w)
    assert [(codes[code], place) for code, place in told["runs"][0]["codes"]] == [
        ("ani", "sendai"),
        ("budi", "osaka"),
        ("citra", None),
        ("dedi", None),
    ]


def test_the_public_page_counts_what_people_want_and_where_the_line_is(at, chance):
    w = seated(at, chance)
    allocation = published(w, **BOTH)
    answer(w, allocation, "ani", "accept")
    answer(w, allocation, "budi", "decline")
    told = public.told(again(allocation))
    assert (told["answers"], told["seated"]) == ({"accepted": 1, "declined": 1, "offered": 2}, 3)
    (first,) = told["runs"]
    by_name = {name: code for code, name in names(w).items()}
    assert [{key: row[key] for key in ("code", "capacity", "first", "placed")} for row in first["places"]] == [
        {"code": "lansia", "capacity": 2, "first": 0, "placed": 2},
        {"code": "anak", "capacity": 2, "first": 4, "placed": 2},
    ]
    anak = first["places"][1]
    assert anak["reserve"] == [by_name["citra"], by_name["dedi"]]
    assert anak["cutoff"] == {"anak": by_name["budi"], "seats": by_name["dedi"]}
    answer(w, allocation, "citra", "wait")
    answer(w, allocation, "dedi", "accept")
    take_seats(w)
    past(w, allocation)
    run(w, allocation)
    second = public.told(again(allocation))["runs"][0]
    assert (second["number"], [row["first"] for row in second["places"]]) == (2, [1, 2])
