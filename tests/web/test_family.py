"""The pages for those at home: read aloud in two minutes, true of any programme; notes and kin that nobody else opens."""

import datetime as dt
import html
import re

import pytest
from django.utils.translation import override

from rantau.departure.actions import kin, notes
from rantau.departure.models import Clearance, Kin, Note
from rantau.departure.queries import family
from rantau.figures import queries as figures
from rantau.web.family import cards, words
from rantau.web.logs import LINK
from tests.departure import build
from tests.web import build_programmes as programmes

pytestmark = pytest.mark.django_db
LIMIT = 330
WORDS = "Bu, saya sehat."


def main(response):
    """Return the words of a page's main part in one line."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found).split())).replace(" .", ".")


def spoken(text):
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def parents(client, programme, prefix=""):
    return client.get(f"{prefix}/program/{programme.code}/untuk-orang-tua/")


# --- for parents --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_it_is_read_aloud_in_two_minutes(client, at, chance, prefix):
    stored = [programmes.real(at=at, chance=chance), programmes.played(at=at, chance=chance)]
    found = [spoken(main(parents(client, programme, prefix))) for programme in stored]
    assert all(200 < number <= (300 if not prefix else LIMIT) for number in found), found


def test_it_says_of_the_real_programme_what_is_known_and_what_is_not(client, at, chance):
    text = main(parents(client, programmes.real(at=at, chance=chance), "/en"))
    for said in (
        "On 26 January 2026 a plan was announced. Who is to take part: Ministry for the Protection of Indonesian Migrant"
        " Workers (KP2MI) and RUSAL.",
        "We know of no written agreement between them that is in force.",
        "This site is not official.",
        "Education and training. Said to be free. Placement: registration, selection, arranging. Must be free, by law.",
        "There are 9 expenses of which nobody has said who pays them. Among them: tickets there and back, housing during"
        " study, insurance during study.",
        "First they study for 2 years. After that they work for 5 years. The country is Russia.",
        "Who pays the way home nobody has said",
        "There your child is helped by: Embassy of Indonesia in Moscow (KBRI).",
        "0800 1000 or +62 21 2924 4800",
    ):
        assert said in text
    assert "rehearsal" not in text


def test_the_time_of_leaving_is_announced_then_past_without_news_then_known(at, chance):
    programme = programmes.real(at=at, chance=chance)
    days = [dt.datetime(2026, 9, 30, 3, tzinfo=dt.UTC), dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)]
    with override("en"):
        found = [words.leaving(figures.announcement(programme, at=day), None)[:2] for day in days]
        known = words.leaving(figures.announcement(programme, at=days[1]), dt.date(2026, 9, 21))
    assert found == [("month", "September 2026"), ("past", "September 2026")]
    assert known == ("known", "21 September 2026", False)


def test_in_a_rehearsal_it_says_so_and_marks_what_is_assumed(client, at, chance):
    response = parents(client, programmes.played(at=at, chance=chance), "/en")
    text = main(response)
    assert "You are reading a rehearsal: people and events in it are made up." in text
    assert "The time announced for leaving: Tuesday, 15 September 2026. rehearsal assumption" in text
    assert "band-play" in response.content.decode()


def test_it_knows_who_left_and_an_invented_programme_says_that_it_is(client, at, chance, settings):
    settings.PUBLISHER = "Kementerian"
    w = build.world(at, chance)
    Clearance.objects.filter(application=w.people["ani"]).update(departed_at=w.at, state="departed")
    text = main(parents(client, w.programme, "/en"))
    for said in (
        "No. This programme is invented.",
        "Training. Free. rehearsal assumption",
        "First they study for 4 months. rehearsal assumption After that they work for 3 years.",
        "The first group left on 6 May 2026.",
        "The way home is paid by: Example Care Homes (invented).",
    ):
        assert said in text
    assert "not official" not in text


def test_the_announcement_leads_to_it(client, at, chance):
    programme = programmes.real(at=at, chance=chance)
    for address in ("/", f"/program/{programme.code}/"):
        assert f'href="/program/{programme.code}/untuk-orang-tua/"' in client.get(address).content.decode()


# --- notes --------------------------------------------------------------------------------------------------------------
def page(visit, w, name, *args, who="ani", **more):
    owner = w.people[who]
    return visit(owner.person, name, w.scope, owner.code, *args, **more)


def test_a_note_is_written_shared_once_shown_and_taken_back(at, chance, visit):
    w = build.world(at, chance)
    assert page(visit, w, "own_notes", post=True, data={"text": WORDS}).status_code == 302
    ref = Note.objects.get().ref
    assert "not shared" in page(visit, w, "own_notes").words
    link = page(visit, w, "note_share", ref, post=True, data={"named": "on"})
    secret = re.search(r"testserver/kabar/([0-9A-Z]{26})/", link.words)[1]
    shown = visit(None, "shared_note", secret)
    assert (WORDS in shown.words, "A note from Nama" in shown.words, "REHEARSAL" in shown.words) == (True, True, True)
    assert "May 2026" in shown.words
    for private in (w.scope, w.people["ani"].code, "Nama ani", ref):
        assert private not in shown.words
    assert shown["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert (shown["Referrer-Policy"], "no-store" in shown["Cache-Control"]) == ("same-origin", True)
    assert secret not in page(visit, w, "own_notes").words
    page(visit, w, "note_take_back", ref, post=True)
    gone, unknown = visit(None, "shared_note", secret), visit(None, "shared_note", "0" * 26)
    assert gone.status_code == unknown.status_code == 404
    assert gone.words.replace(secret, "") == unknown.words.replace("0" * 26, "")
    assert "This note is no longer shared" in gone.words
    assert LINK.sub(r"/\1/…", f"GET /en/kabar/{secret}/") == "GET /en/kabar/…/"


def test_a_note_that_does_not_fit_is_explained_and_nothing_is_lost(at, chance, visit):
    w = build.world(at, chance)
    before = build.everything()
    typed = "y" * 501
    answer = page(visit, w, "own_notes", post=True, data={"text": typed})
    assert (answer.status_code, "At most 500 characters fit; there are 501." in answer.words) == (422, True)
    assert typed in answer.words
    assert build.everything() == before


def test_nobody_with_a_role_opens_a_note_or_whom_somebody_named(at, chance, visit):
    w = build.world(at, chance)
    owner = w.people["ani"]
    note = notes.write(clearance=build.way(w, "ani"), text=WORDS, person=owner.person, at=w.at, chance=w.chance)
    named(w)
    Clearance.objects.filter(application=owner).update(state="arrived", departed_at=w.at)
    build.teacher(w)
    before = build.everything()
    for person in (*w.staff.values(), w.people["budi"].person):
        for name, args in (
            ("own_notes", ()),
            ("note_share", (note.ref,)),
            ("note_throw_away", (note.ref,)),
            ("own_kin", ()),
        ):
            for post in (False, True):
                answer = visit(person, name, w.scope, owner.code, *args, post=post)
                assert (answer.status_code, WORDS in answer.words, "Ibu Ratna" in answer.words) == (404, False, False)
    assert build.everything() == before


def test_the_owner_throws_a_note_away(at, chance, visit):
    w = build.world(at, chance)
    page(visit, w, "own_notes", post=True, data={"text": WORDS})
    ref = Note.objects.get().ref
    assert "The words of May 2026 are destroyed" in page(visit, w, "note_throw_away", ref).words
    assert page(visit, w, "note_throw_away", ref, post=True).status_code == 302
    assert WORDS not in page(visit, w, "own_notes").words
    assert page(visit, w, "note_share", ref).status_code == 404


# --- whom to tell -------------------------------------------------------------------------------------------------------
GIVEN = {"called": "Ibu Ratna", "phone": "0812 3456 7890", "of": ["arrival"], "agreed": "on"}


def named(w, who="ani"):
    kin.name(
        clearance=build.way(w, who),
        called="Ibu Ratna",
        phone="081234567890",
        of=("arrival",),
        wording="0" * 64,
        person=w.people[who].person,
        at=w.at,
        chance=w.chance,
    )


def test_somebody_is_named_read_and_taken_back_on_the_own_page(at, chance, visit):
    w = build.world(at, chance)
    assert page(visit, w, "own_kin", post=True, data=GIVEN).status_code == 302
    assert family.named(build.way(w, "ani"))[:3] == ("Ibu Ratna", "+6281234567890", ("arrival",))
    Clearance.objects.filter(application=w.people["ani"]).update(state="arrived")
    assert "Nobody so far." in page(visit, w, "own_kin").words
    family.kin(build.way(w, "ani"), "arrival", person=w.home_mission, at=w.at)
    assert "The Indonesian embassy · that I have arrived" in page(visit, w, "own_kin").words
    assert page(visit, w, "kin_take_back", post=True).status_code == 302
    assert "Ibu Ratna" not in page(visit, w, "own_kin").words


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"phone": "tidak ada"}, ["phone"]),
        ({"agreed": ""}, ["agreed"]),
        ({"of": []}, ["of"]),
        ({"called": "", "of": ["gossip"]}, ["called", "of"]),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(at, chance, visit, changed, errors):
    w = build.world(at, chance)
    answer = page(visit, w, "own_kin", post=True, data={**GIVEN, **changed})
    assert (answer.status_code, sorted(answer.context["form"].errors), Kin.objects.count()) == (422, errors, 0)


def test_the_card_says_what_is_there_to_its_owner_alone(at, chance):
    w = build.world(at, chance)
    owner = w.people["ani"].person

    def said(person=owner):
        tasks = cards.own(build.way(w, "ani"), person=person, at=w.at)["tasks"]
        with override("en"):
            return [str(task["words"]) for task in tasks]

    assert said() == ["none this month", "nobody named"]
    note = notes.write(clearance=build.way(w, "ani"), text=WORDS, person=owner, at=w.at, chance=w.chance)
    named(w)
    assert said() == ["written, not shared", "named"]
    notes.share(note=note, named=False, person=owner, at=w.at, chance=w.chance)
    assert said() == ["shared", "named"]
    assert said(w.coordinator) == []
