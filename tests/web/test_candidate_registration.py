"""A registration through its pages, from the first question to the receipt."""

import pytest

pytestmark = pytest.mark.django_db


def test_smoke(client, at, chance):
    from tests import build

    p = build.programme(at=at, chance=chance)
    i = build.intake(at=at, chance=chance, programme=p)
    assert client.get("/program/rusal-2026-peragaan/daftar/").status_code == 200
    a = build.applicant(at=at, chance=chance, intake=i, submitted=False)
    client.force_login(a.person)
    base = f"/program/{p.code}/pendaftaran/{a.code}/"
    assert client.get("/program/rusal-2026-peragaan/daftar/").status_code == 200
    assert client.get(base).status_code == 200
    for t in "birth name identity school study average home wishes".split():
        assert client.get(base + f"isi/{t}/").status_code == 200, t
    assert client.get(base + "isi/school/?province=Prov. Jawa Barat&regency=Kab. Garut").status_code == 200
    assert client.get(base + "isi/school/tidak-ada/").status_code == 200
    assert client.get(base + "periksa/").status_code == 200
    assert client.post(base + "periksa/", {"selection": "on"}).status_code == 302
    assert client.get(base + "tanda-terima/").status_code == 200
    assert client.get(base + "lembar/").status_code == 200
    assert client.get(base + "undur-diri/").status_code == 200
    assert client.get(base).status_code == 200
    assert client.get(f"/program/{p.code}/periksa/{a.code}/").status_code == 200
    assert client.get(f"/program/{p.code}/periksa/").status_code == 200
    assert client.get(f"/program/{p.code}/periksa/xx/").status_code == 404
