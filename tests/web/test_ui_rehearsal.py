"""The door to the rehearsal: who is who, one click to be them, a clock that runs forward only."""

import datetime as dt

import pytest

from rantau.people import actions as people
from tests.web import build_programmes as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(at, chance):
    return build.played(at=at, chance=chance)


@pytest.mark.parametrize(
    ("prefix", "band", "role"),
    [
        ("", "PERAGAAN · data rekaan", "Koordinator"),
        ("/en", "REHEARSAL · made-up data", "Coordinator"),
        ("/ru", "РЕПЕТИЦИЯ · вымышленные данные", "Координатор"),
    ],
)
def test_the_door_tells_who_is_who(client, played, chance, prefix, band, role):
    build.opened(played, chance=chance)
    page = client.get(f"{prefix}/peragaan/").content.decode()
    assert [word for word in (band, role, "Panitia rekaan") if word not in page] == []


def test_nothing_is_played_yet(client):
    assert "Nothing is being played yet." in client.get("/en/peragaan/").content.decode()


def test_the_door_does_not_ask_more_for_more_people(client, played, chance, django_assert_num_queries):
    build.opened(played, chance=chance)
    with django_assert_num_queries(5):
        client.get("/peragaan/")
    build.officer(played, chance=chance, name="Kedua")
    with django_assert_num_queries(5):
        client.get("/peragaan/")


def test_real_people_are_not_listed(client, played, chance):
    build.officer(played, chance=chance, name="Orang Nyata", real_person=True)
    build.officer(played, chance=chance)
    page = client.get("/peragaan/").content.decode()
    assert ("Orang Nyata" in page, "Panitia rekaan" in page) == (False, True)


def test_one_click_signs_in_as_a_made_up_person(client, played, chance):
    person = build.officer(played, chance=chance)
    response = client.post(f"/peragaan/masuk/{person.ref}/")
    assert (response.status_code, response.url) == (302, "/akun/")
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize("change", [{"rehearsal": False}, {"is_active": False}])
def test_nobody_else_is_ever_signed_in(client, played, chance, change):
    person = build.officer(played, chance=chance)
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    assert client.post(f"/peragaan/masuk/{person.ref}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_system_person_is_never_signed_in(client, at, chance):
    system = people.ensure_system(at=at, chance=chance)
    assert client.post(f"/peragaan/masuk/{system.ref}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_made_up_person_sees_the_mark_everywhere_but_on_a_real_programme(client, played, at, chance):
    build.real(at=at, chance=chance)
    client.force_login(build.officer(played, chance=chance))
    marked = {path: "PERAGAAN" in client.get(path).content.decode() for path in ("/akun/", "/waspada/", "/")}
    assert marked == {"/akun/": True, "/waspada/": True, "/": False}


def test_a_link_does_not_sign_in(client, played, chance):
    person = build.officer(played, chance=chance)
    assert client.get(f"/peragaan/masuk/{person.ref}/").status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("days", [1, 7])
def test_time_moves_by_a_day_or_a_week(client, played, days):
    response = client.post("/peragaan/rusal-2026-peragaan/jam/", {"days": days})
    played.refresh_from_db()
    assert (response.status_code, played.clock_at) == (302, build.CLOCK + dt.timedelta(days=days))


@pytest.mark.parametrize("days", ["-1", "3", "", "x"])
def test_time_moves_no_other_way(client, played, days):
    client.post("/peragaan/rusal-2026-peragaan/jam/", {"days": days})
    played.refresh_from_db()
    assert played.clock_at == build.CLOCK


def test_a_real_programme_has_real_time(client, at, chance):
    real = build.real(at=at, chance=chance)
    response = client.post("/peragaan/rusal-2026/jam/", {"days": "1"})
    real.refresh_from_db()
    assert (response.status_code, real.clock_at) == (409, None)
