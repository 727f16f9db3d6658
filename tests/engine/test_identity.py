"""NIK, NISN and NPSN: errors only for what cannot be one, warnings for the rest."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.identity import PROVINCES, nik, nisn, npsn

BORN = dt.date(2008, 7, 15)


def _short(findings):
    return [(f.code, f.severity, f.facts) for f in findings]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("3201011507080001", []),
        ("5401011507080001", []),
        ("9601011507080001", []),
        ("", [("nik.length", "error", {"found": 0, "expected": 16})]),
        ("320101150708001", [("nik.length", "error", {"found": 15, "expected": 16})]),
        ("32010115070800011", [("nik.length", "error", {"found": 17, "expected": 16})]),
        ("3201011507O80001", [("nik.digits", "error", {"expected": 16})]),
        ("３201011507080001", [("nik.digits", "error", {"expected": 16})]),
        ("2001011507080001", [("nik.region", "warning", {"found": "20"})]),
        ("3201011507080000", [("nik.serial", "warning", {"found": "0000"})]),
        ("3201011513080001", [("nik.date", "warning", {"found": "151308"})]),
        ("3201013002080001", [("nik.date", "warning", {"found": "300208"})]),
        ("3201010007080001", [("nik.date", "warning", {"found": "000708"})]),
        ("3201017207080001", [("nik.date", "warning", {"found": "720708"})]),
        ("3201011607080001", [("nik.birth", "warning", {"found": "160708", "expected": "150708"})]),
        ("3201015507080001", [("nik.sex", "warning", {"found": "female"})]),
        ("0001011607080000", [
            ("nik.region", "warning", {"found": "00"}),
            ("nik.serial", "warning", {"found": "0000"}),
            ("nik.birth", "warning", {"found": "160708", "expected": "150708"}),
        ]),
    ],
)  # fmt: skip
def test_a_nik_of_a_man_born_on_15_july_2008(number, found):
    assert _short(nik(number, birth_on=BORN, female=False)) == found


def test_a_womans_day_is_40_higher():
    assert nik("3201015507080001", birth_on=BORN, female=True) == ()
    assert _short(nik("3201011507080001", birth_on=BORN, female=True)) == [("nik.sex", "warning", {"found": "male"})]


def test_what_is_not_known_is_not_compared():
    assert nik("3201015507080001", birth_on=None, female=None) == ()


def test_29_february_needs_a_leap_year_in_either_century():
    assert nik("3201012902080001", birth_on=dt.date(2008, 2, 29), female=False) == ()
    assert [f.code for f in nik("3201012902070001", birth_on=None, female=None)] == ["nik.date"]
    assert nik("3201012902000001", birth_on=None, female=None) == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(PROVINCES)), st.dates(), st.booleans(), st.integers(1, 9999))
def test_a_nik_made_from_a_person_fits_the_person(province, birth_on, female, serial):
    day = birth_on.day + 40 * female
    number = f"{province}0101{day:02}{birth_on.month:02}{birth_on.year % 100:02}{serial:04}"
    assert nik(number, birth_on=birth_on, female=female) == ()


def test_no_finding_about_a_number_for_life_is_more_than_a_warning():
    findings = nik("0001019913990000", birth_on=BORN, female=True)
    assert {f.severity for f in findings} == {"warning"}
    assert findings[0].source == "PP 40/2019 art. 30(2)"


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("0081234567", []),
        ("0071234567", [("nisn.birth", "warning", {"found": "007", "expected": "008"})]),
        ("008123456", [("nisn.length", "error", {"found": 9, "expected": 10})]),
        ("008-234567", [("nisn.digits", "error", {"expected": 10})]),
    ],
)
def test_a_nisn_of_a_pupil_born_in_2008(number, found):
    assert _short(nisn(number, birth_on=BORN)) == found


def test_a_nisn_without_a_birth_date_is_not_compared():
    assert nisn("9991234567", birth_on=None) == ()


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("20109165", []),
        ("90109165", []),
        ("70109165", [("npsn.region", "warning", {"found": "7"})]),
        ("2010916", [("npsn.length", "error", {"found": 7, "expected": 8})]),
        ("P0109165", [("npsn.digits", "error", {"expected": 8})]),
    ],
)
def test_a_schools_number(number, found):
    assert _short(npsn(number)) == found


def test_there_are_38_provinces():
    assert (len(PROVINCES), len(set(PROVINCES.values()))) == (38, 38)
