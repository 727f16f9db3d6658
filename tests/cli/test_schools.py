"""The school register from a file: one spelling of places, bad rows named, good rows kept, nothing changed twice."""

import argparse

import pytest

from rantau.cli.database import schools
from rantau.people.models import Organisation

HEADING = "npsn,name,status,province,regency,district,lat,lon\n"
GOOD = (
    "20109165,SMKN 61  JAKARTA,N,Prov. D.K.I. Jakarta,Kab. Kepulauan Seribu,Kec. Kepulauan Seribu Selatan,-5.8,106.5\n"
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    """Return a maker that reads a register and returns (exit code, stdout, stderr, refused rows written)."""

    def read(text, *, encoding="utf-8"):
        file, errors = tmp_path / "schools.csv", tmp_path / "errors.csv"
        file.write_bytes(text.encode(encoding))
        code = schools.run(argparse.Namespace(file=file, errors=errors))
        said = capsys.readouterr()
        return code, said.out, said.err, errors.read_text().splitlines() if errors.exists() else None

    return read


def kept():
    columns = ("npsn", "code", "kind", "name", "ownership", "province", "regency", "district")
    return list(Organisation.objects.order_by("npsn").values_list(*columns))


def test_a_good_register_is_kept_and_a_second_reading_changes_nothing(run):
    assert run(HEADING + GOOD) == (
        0,
        "1 schools: 1 new, 0 changed; 0 rows refused\n",
        "",
        ["row,column,found,wrong"],
    )
    expected = (
        *("20109165", "npsn-20109165", "school", "SMKN 61 JAKARTA", "N"),
        *("DKI Jakarta", "Kab. Kepulauan Seribu", "Kec. Kepulauan Seribu Selatan"),
    )
    assert kept() == [expected]
    assert run(HEADING + GOOD)[:2] == (0, "1 schools: 0 new, 0 changed; 0 rows refused\n")
    assert kept() == [expected]


def test_a_corrected_row_is_changed(run):
    run(HEADING + GOOD)
    code, said, _err, _rows = run(HEADING + GOOD.replace("61  JAKARTA", "62 JAKARTA"))
    assert (code, said, kept()[0][3]) == (0, "1 schools: 0 new, 1 changed; 0 rows refused\n", "SMKN 62 JAKARTA")


def test_bad_rows_are_named_and_good_ones_kept(run):
    bad = [
        "NP932528,SMK A,S,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "2010916,SMK B,S,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "20109165,SMK C,S,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "20109166,  ,S,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "20109167,SMK D,X,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "20109168,SMK E,S,Prov. Atlantis,Kota Serang,Kec. Serang,0,0",
        "20109169,SMK F,S,Prov. Banten,,Kec. Serang,0,0",
        f"20109170,{'x' * 161},S,Prov. Banten,Kota Serang,Kec. Serang,0,0",
        "20109171",
    ]
    code, said, err, rows = run(HEADING + GOOD + "\n".join(bad) + "\n")
    assert (code, said) == (1, "1 schools: 1 new, 0 changed; 9 rows refused\n")
    assert rows == [
        "row,column,found,wrong",
        "3,npsn,NP932528,an NPSN has 8 digits",
        "4,npsn,2010916,an NPSN has 8 digits",
        "5,npsn,20109165,a second row with this NPSN; the first is SMKN 61 JAKARTA",
        "6,name,,empty",
        "7,status,X,neither N (state) nor S (private)",
        "8,province,Prov. Atlantis,none of the 38 provinces",
        "9,regency,,empty",
        f"10,name,{'x' * 161},longer than 160 letters",
        "11,name,,empty",
    ]
    assert err.splitlines()[0] == "row 3: npsn 'NP932528': an NPSN has 8 digits"
    assert len(err.splitlines()) == 9
    assert [row[0] for row in kept()] == ["20109165"]


def test_twenty_refused_rows_are_listed_and_the_rest_counted(run):
    _code, _said, err, rows = run(HEADING + "x,SMK,S,Prov. Banten,Kota Serang,Kec. Serang,0,0\n" * 23)
    assert (len(err.splitlines()), err.splitlines()[-1]) == (21, "… and 3 more; --errors FILE writes all")
    assert len(rows) == 24


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Kab. Bandung", "Kab. Bandung"),
        ("KAB. BANGGAI LAUT", "Kab. Banggai Laut"),
        ("kab. Puncak", "Kab. Puncak"),
        ("Kab. Padang Lawas utara", "Kab. Padang Lawas Utara"),
        ("Kab. Kota Baru", "Kab. Kota Baru"),
        ("Kota tangerang Selatan", "Kota Tangerang Selatan"),
        ("Kota Bandung", "Kota Bandung"),
        ("Kec.Talaga", "Kec. Talaga"),
        ("Kek. Satu", "Kec. Satu"),
        ("Kotawaringin", "Kotawaringin"),
        ("Kab. Fak-Fak", "Kab. Fak-Fak"),
    ],
)
def test_a_place_has_one_spelling_and_keeps_its_kind(written, place):
    assert schools.place(written) == place


@pytest.mark.parametrize(
    ("written", "province"),
    [
        ("Prov. D.I. Yogyakarta", "DI Yogyakarta"),
        ("PROV. BANTEN", "Banten"),
        ("Prov. Bangka Belitung", "Kepulauan Bangka Belitung"),
        ("Papua Tengah", "Papua Tengah"),
        ("Prov. Jawa", ""),
        ("", ""),
    ],
)
def test_a_province_is_one_of_the_38(written, province):
    assert schools.province(written) == province


def test_a_file_that_cannot_be_read_changes_nothing(run, tmp_path, capsys):
    run(HEADING + GOOD)
    before = kept()
    assert run("npsn,name\n1,2\n")[0] == 2
    code, _said, err, _rows = run(HEADING + "20109199,SMK Größe,S,Prov. Banten,Kota Serang,x,0,0", encoding="latin-1")
    assert (code, "utf-8" in err) == (2, True)
    assert schools.run(argparse.Namespace(file=tmp_path / "none.csv", errors=None)) == 2
    assert "none.csv" in capsys.readouterr().err
    assert kept() == before


def test_an_errors_file_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "schools.csv").write_text(HEADING + GOOD)
    assert schools.run(argparse.Namespace(file=tmp_path / "schools.csv", errors=tmp_path / "no" / "e.csv")) == 2
    assert "e.csv" in capsys.readouterr().err


def test_a_register_can_be_loaded_on_the_way_to_something_else(tmp_path):
    (tmp_path / "schools.csv").write_text(HEADING + GOOD)
    assert schools.load(tmp_path / "schools.csv") == []
    assert schools.load(tmp_path / "none.csv") is None
