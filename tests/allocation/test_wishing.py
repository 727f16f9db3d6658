"""Announcing, wishing and hardship: every refusal leaves all as it was, and nobody learns why somebody asked."""

import logging

import pytest

from rantau.allocation import queries
from rantau.allocation.actions import wishing
from rantau.allocation.models import Allocation, Exemption, Wishes
from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.ledger.models import Entry
from rantau.people import actions as people
from tests.allocation.build import (
    again,
    announce,
    ask,
    close,
    decide,
    finished,
    judge,
    programme,
    refused,
    seated,
    wish,
)
from tests.selection.build import HOUR, examined, final, provisional, states, world

pytestmark = pytest.mark.django_db
WHY = "Ibu saya cuci darah tiap pekan."
ASKS = '[[asks]]\nabout = "postings"'
NOBODY_SAID = f'[[asks]]\nabout = "windows"\noffice = "panti-contoh"\ntext.id = "Berapa lama?"\n\n{ASKS}'


def days(name, value):
    return f'{name} = {{ value = {value}, assumed = true, model = "rekaan" }}'


def entries(action):
    return list(Entry.objects.filter(action=action).order_by("position"))


def test_the_rules_are_frozen_before_anybody_wishes(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    kept = again(allocation)
    assert (kept.kind, kept.state, kept.announced_at) == ("posting", "open", w.at)
    assert kept.wishes_until.isoformat() == "2026-05-21T16:59:59+00:00"  # the end of the seventh day in Jakarta
    rules = queries.rules(kept)
    assert [(p.code, p.capacity, p.minimum, p.needs) for p in rules.places] == [
        ("osaka", 2, 0, {"care_test": 7000}),
        ("sendai", 1, 0, {}),
        ("sapporo", 1, 0, {}),
        ("nagano", 0, 0, {}),
    ]
    (entry,) = entries("announce")
    assert entry.subject == f"allocation:{kept.ref}"
    assert entry.facts == {"from": "new", "to": "open", "kind": "posting", "rules": digest(rules)}


def test_an_allocation_is_announced_once_by_a_coordinator_after_the_final_round(at, chance):
    w = world(at, chance, "ani", "budi", text=programme())
    examined(w, ani=9000, budi=8000)
    provisional(w)
    with refused("allocation.no_final"):
        announce(w)
    final(w)
    for name in ("verifier", "auditor", "examiner"):
        with refused("role.missing"):
            wishing.announce(intake=w.intake, kind="field", person=w.staff[name], at=w.at, chance=w.chance)
    announce(w)
    with refused("allocation.exists", kind="field"):
        announce(w)
    announce(w, "posting")
    assert Allocation.objects.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("wish_days", 7, "windows.wish_days"),
        ("place_days", 5, "windows.place_days"),
    ],
)
def test_nothing_is_announced_while_its_days_are_unpublished(at, chance, old, new, path):
    w = seated(at, chance, programme(more={days(old, new): f'{old} = "unpublished"', ASKS: NOBODY_SAID}))
    with refused("placing.unpublished", missing=(path,)):
        announce(w)


def test_nothing_is_announced_where_nobody_is_divided(at, chance):
    w = seated(at, chance, programme(more={"fields_split = { value = true,": "fields_split = { value = false,"}))
    for kind in ("field", "grade"):
        with refused("placing.undivided", kind=kind):
            announce(w, kind)


def test_a_list_is_kept_in_place_of_the_one_before_and_only_that_it_was_given_is_said(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sendai", "osaka")
    w.later(HOUR)
    wish(w, allocation, "ani", "osaka")
    wish(w, allocation, "eka", "sapporo", "sendai")  # the reserve may be called
    kept = Wishes.objects.get(application=w.people["ani"])
    assert (kept.list, kept.at) == (["osaka"], w.at)
    assert queries.wishes(allocation, w.people["ani"]) == ("osaka",)
    assert queries.wishes(allocation, w.people["eka"]) == ("sapporo", "sendai")
    assert queries.wishes(allocation, w.people["budi"]) == ()
    given = entries("wish")
    assert [entry.subject for entry in given] == [f"application:{w.people[name].ref}" for name in ("ani", "ani", "eka")]
    assert [entry.facts for entry in given] == [{"kind": "posting"}] * 3


def test_a_list_that_cannot_be_kept_is_refused_and_the_old_one_stays(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "sendai")
    wish(w, allocation, "dedi", "sendai")
    with refused("allocation.unknown_place", place="lansia"):
        wish(w, allocation, "ani", "osaka", "lansia")
    with refused("allocation.twice", place="osaka"):
        wish(w, allocation, "ani", "osaka", "sendai", "osaka")
    with refused("allocation.barred", place="osaka", why="needs:care_test"):
        wish(w, allocation, "dedi", "sapporo", "osaka")
    with refused("allocation.empty"):
        wish(w, allocation, "ani")
    judge(w, ask(w, allocation, "ani", "sapporo"))
    with refused("allocation.barred", place="sapporo", why="exempt"):
        wish(w, allocation, "ani", "sapporo")
    close(w, allocation)
    with refused("allocation.not_open", until=allocation.wishes_until):
        wish(w, allocation, "ani", "osaka")
    with refused("allocation.not_open"):
        ask(w, allocation, "ani", "osaka")


def test_a_list_is_late_at_its_instant_whether_or_not_it_was_closed(at, chance):
    w = seated(at, chance)
    allocation = announce(w)
    w.later(allocation.wishes_until - w.at)
    wish(w, allocation, "ani", "anak")
    w.later(HOUR / 3600)
    with refused("allocation.not_open", until=allocation.wishes_until):
        wish(w, allocation, "ani", "lansia")
    with refused("allocation.not_open"):
        ask(w, allocation, "ani", "lansia")
    assert Wishes.objects.get().list == ["anak"]


def test_a_list_held_open_in_another_window_is_refused_once_it_is_closed(at, chance):
    w = seated(at, chance)
    stale = announce(w)
    before = w.at
    close(w, stale)
    w.at = before  # a request that began in time, and came to its turn too late
    assert stale.state == "open"
    with refused("allocation.not_open"):
        wish(w, stale, "ani", "anak")


def test_nobody_wishes_for_another_or_without_a_seat(at, chance):
    w = finished(
        at, chance, gita=9100, **{"ani": 9000, "budi": 8500, "citra": 8000, "dedi": 7900, "eka": 6000, "x": 5600}
    )
    allocation, ani = announce(w), w.people["ani"]
    assert states(w) == dict.fromkeys(("gita", "ani", "budi", "citra"), "offered") | dict.fromkeys(
        ("dedi", "eka"), "reserve"
    ) | {"x": "unsuccessful"}
    for person in (w.coordinator, w.people["budi"].person, w.protector):
        with refused("allocation.not_yours"):
            wishing.wish(allocation=allocation, application=ani, places=["anak"], person=person, at=w.at)
        with refused("allocation.not_yours"):
            wishing.ask_exemption(
                allocation=allocation,
                application=ani,
                place="anak",
                why=WHY,
                person=person,
                at=w.at,
                chance=w.chance,
            )
    with refused("allocation.not_yours"):
        wish(w, allocation, "x", "anak")
    wish(w, allocation, "ani", "anak")
    wish(w, allocation, "eka", "anak")
    Allocation.objects.filter(pk=allocation.pk).update(state="new")
    with refused("allocation.not_open"):
        wish(w, allocation, "ani", "lansia")


def test_the_list_of_the_registration_counts_for_fields_until_another_is_given(at, chance):
    w = seated(at, chance)
    for application in w.people.values():
        application.wishes = ["anak", "gone", "lansia"]
        application.save(update_fields=["wishes"])
    fields, postings = announce(w, "field"), announce(w, "posting")
    assert queries.wishes(fields, w.people["ani"]) == ("anak", "lansia")
    assert queries.wishes(postings, w.people["ani"]) == ()
    wish(w, fields, "ani", "lansia")
    assert queries.wishes(fields, w.people["ani"]) == ("lansia",)
    judge(w, ask(w, fields, "budi", "anak"))
    assert queries.wishes(fields, w.people["budi"]) == ("lansia",)
    found = {application.pk: wisher.wishes for application, wisher in queries.wishers(fields)}
    assert [found[w.people[name].pk] for name in ("ani", "budi", "citra")] == [
        ("lansia",),
        ("lansia",),
        ("anak", "lansia"),
    ]


def test_a_place_granted_away_leaves_the_list_and_cannot_come_back(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "osaka", "sendai", "sapporo")
    wish(w, allocation, "budi", "osaka")
    exemption = ask(w, allocation, "ani", "osaka", WHY)
    assert queries.wishes(allocation, w.people["ani"]) == ("osaka", "sendai", "sapporo")
    judge(w, exemption)
    kept = Exemption.objects.get()
    assert (kept.state, kept.decided_by, kept.decided_at, kept.answer) == (
        "granted",
        w.protector,
        w.at,
        "Sudah diperiksa.",
    )
    assert Wishes.objects.get(application=w.people["ani"]).list == ["sendai", "sapporo"]
    assert Wishes.objects.get(application=w.people["budi"]).list == ["osaka"]
    assert queries.open_places(allocation, w.people["ani"]) == {
        "osaka": "exempt",
        "sendai": "",
        "sapporo": "",
        "nagano": "",
    }
    assert queries.open_places(allocation, w.people["eka"])["osaka"] == "needs:care_test"


def test_a_refused_hardship_leaves_the_list_and_is_not_asked_twice(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "osaka")
    exemption = ask(w, allocation, "ani", "osaka")
    with refused("exemption.exists", place="osaka"):
        ask(w, allocation, "ani", "osaka")
    with refused("exemption.answer", longest=300):
        wishing.judge(exemption=exemption, grants=False, answer=" ", person=w.protector, at=w.at)
    with refused("exemption.answer"):
        wishing.judge(exemption=exemption, grants=False, answer="x" * 301, person=w.protector, at=w.at)
    judge(w, exemption, grants=False, person="coordinator")
    assert Wishes.objects.get().list == ["osaka"]
    with refused("exemption.exists", place="osaka"):
        ask(w, allocation, "ani", "osaka")
    with refused("step.state", state="refused"):
        judge(w, exemption)
    ask(w, allocation, "ani", "sendai")
    assert [(row.place, row.state) for row in queries.requests(allocation, w.people["ani"])] == [
        ("sendai", "asked"),
        ("osaka", "refused"),
    ]


def test_a_hardship_that_cannot_be_asked_is_refused(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    with refused("allocation.unknown_place", place="anak"):
        ask(w, allocation, "ani", "anak")
    for why in (" ", "x" * 301):
        with refused("exemption.why", longest=300):
            ask(w, allocation, "ani", "osaka", why)
    ask(w, allocation, "ani", "osaka", f" {'x' * 300} ")


def test_a_request_is_taken_back_by_its_person_alone_and_its_reason_is_gone(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    exemption = ask(w, allocation, "ani", "osaka", WHY)
    for person in (w.protector, w.coordinator, w.people["budi"].person):
        with refused("step.role"):
            wishing.take_back(exemption=exemption, person=person, at=w.at)
    wishing.take_back(exemption=exemption, person=w.people["ani"].person, at=w.at)
    kept = Exemption.objects.get()
    assert (kept.state, kept.why, queries.reason(kept)) == ("taken_back", None, "")
    with refused("step.state"):
        judge(w, exemption)
    second = ask(w, allocation, "ani", "osaka", WHY)
    judge(w, second)
    with refused("step.state"):
        wishing.take_back(exemption=second, person=w.people["ani"].person, at=w.at)
    assert sorted(Exemption.objects.values_list("state", flat=True)) == ["granted", "taken_back"]


def test_nobody_judges_their_own_hardship_and_nobody_without_the_office_any(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    exemption = ask(w, allocation, "ani", "osaka")
    people.grant(to=w.people["ani"].person, role=Role.PROTECTION, scope=w.scope, at=w.at, person=w.coordinator)
    w.staff["ani"] = w.people["ani"].person
    w.staff["budi"] = w.people["budi"].person
    for name in ("ani", "budi", "verifier", "auditor", "examiner"):
        with refused("step.role"):
            judge(w, exemption, person=name)


def test_why_somebody_asked_is_read_with_their_key_and_is_nowhere_else(at, chance, caplog):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    with caplog.at_level(logging.DEBUG):
        exemption = ask(w, allocation, "ani", "osaka", WHY)
        judge(w, exemption)
    kept = Exemption.objects.get()
    assert queries.reason(kept) == WHY
    assert WHY.encode() not in bytes(kept.why)
    about = Entry.objects.filter(subject=f"exemption:{kept.ref}").order_by("position")
    assert [(entry.action, entry.facts) for entry in about] == [
        ("ask", {"from": "new", "to": "asked", "place": "osaka"}),
        ("grant", {"from": "asked", "to": "granted", "place": "osaka"}),
    ]
    words = ("cuci", "darah", "Ibu", "diperiksa")
    said = caplog.text + "".join(str(facts) for facts in Entry.objects.values_list("facts", flat=True))
    assert [word for word in words if word in said] == []
    w.people["ani"].person.key.delete()
    with pytest.raises(LookupError):
        queries.reason(Exemption.objects.get())


def test_the_ledger_of_an_allocation_names_nobody_and_lists_nothing(at, chance):
    w = seated(at, chance)
    allocation = announce(w, "posting")
    wish(w, allocation, "ani", "osaka", "sendai")
    close(w, allocation)
    decide(w, allocation)
    since = entries("announce")[-1].position
    facts = {e.action: sorted(e.facts) for e in Entry.objects.filter(chain=w.intake.chain, position__gte=since)}
    assert facts == {
        "announce": ["from", "kind", "rules", "to"],
        "wish": ["kind"],
        "close": ["from", "lists", "to"],
        "decide": ["from", "instance", "mechanism", "placed", "result", "run", "to"],
    }
    said = [str(e.facts) for e in Entry.objects.filter(chain=w.intake.chain, position__gte=since)]
    ani = w.people["ani"]
    secrets = ("osaka", "sendai", "Nama", ani.code, ani.ref, ani.listing.code, ani.person.ref)
    assert [(secret, line) for line in said for secret in secrets if secret in line] == []
