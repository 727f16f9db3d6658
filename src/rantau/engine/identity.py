"""Form checks of Indonesian numbers: NIK, NISN, NPSN; they prove form only, never that a number is somebody's."""

import datetime as dt
import re

from .finding import Finding, Severity

PROVINCES = {
    "11": "Aceh",
    "12": "Sumatera Utara",
    "13": "Sumatera Barat",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau",
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "33": "Jawa Tengah",
    "34": "DI Yogyakarta",
    "35": "Jawa Timur",
    "36": "Banten",
    "51": "Bali",
    "52": "Nusa Tenggara Barat",
    "53": "Nusa Tenggara Timur",
    "61": "Kalimantan Barat",
    "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "65": "Kalimantan Utara",
    "71": "Sulawesi Utara",
    "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara",
    "75": "Gorontalo",
    "76": "Sulawesi Barat",
    "81": "Maluku",
    "82": "Maluku Utara",
    "91": "Papua",
    "92": "Papua Barat",
    "93": "Papua Selatan",
    "94": "Papua Tengah",
    "95": "Papua Pegunungan",
    "96": "Papua Barat Daya",
}
"""The 38 provinces by code (Kepmendagri 300.2.2-2138/2025)."""

FORMER = {"54": "Timor Timur"}
"""Codes that older numbers may carry; a NIK keeps the place of first registration for life."""

NIK_FORM = "Dukcapil Klaten, Arti 16 digit NIK"
NIK_FOR_LIFE = "PP 40/2019 art. 30(2)"
NISN_FORM = "NISN, standar pengkodean"
NPSN_FORM = "Arti kode NPSN (2013)"


def nik(number: str, *, birth_on: dt.date | None, female: bool | None) -> tuple[Finding, ...]:
    """Return what the form of a NIK says: errors for what cannot be one, warnings for what a person should look at.

    16 digits: province, regency, district of first registration; day (women + 40), month, year of birth; serial. The
    number is for life even where it is wrong (PP 40/2019 art. 30(2)), so a mismatch is never more than a warning.
    """
    if wrong := _digits("nik", number, 16, NIK_FORM):
        return wrong
    found = []
    if number[:2] not in PROVINCES.keys() | FORMER.keys():
        found.append(_finding("nik.region", "warning", NIK_FOR_LIFE, found=number[:2]))
    if number[-4:] == "0000":
        found.append(_finding("nik.serial", "warning", NIK_FORM, found=number[-4:]))
    day, written_female = int(number[6:8]), int(number[6:8]) > 40
    written = f"{day - 40 * written_female:02}{number[8:12]}"
    if not _is_date(written):
        return *found, _finding("nik.date", "warning", NIK_FOR_LIFE, found=number[6:12])
    if birth_on is not None and written != birth_on.strftime("%d%m%y"):
        found.append(
            _finding("nik.birth", "warning", NIK_FOR_LIFE, found=written, expected=birth_on.strftime("%d%m%y"))
        )
    if female is not None and female != written_female:
        found.append(_finding("nik.sex", "warning", NIK_FOR_LIFE, found="female" if written_female else "male"))
    return tuple(found)


def nisn(number: str, *, birth_on: dt.date | None) -> tuple[Finding, ...]:
    """Return what the form of a NISN says: 10 digits, the first three the last three of the year of birth.

    A NISN is kept even where they do not match, so a mismatch is a warning.
    """
    if wrong := _digits("nisn", number, 10, NISN_FORM):
        return wrong
    if birth_on is not None and number[:3] != f"{birth_on.year:04}"[1:]:
        return (_finding("nisn.birth", "warning", NISN_FORM, found=number[:3], expected=f"{birth_on.year:04}"[1:]),)
    return ()


def npsn(number: str) -> tuple[Finding, ...]:
    """Return what the form of a school's number says: 8 digits, the first a region (1 to 6, or 9 abroad)."""
    if wrong := _digits("npsn", number, 8, NPSN_FORM):
        return wrong
    if number[0] not in "1234569":
        return (_finding("npsn.region", "warning", NPSN_FORM, found=number[0]),)
    return ()


def _digits(kind: str, number: str, length: int, source: str) -> tuple[Finding, ...]:
    if not re.fullmatch("[0-9]*", number):
        return (_finding(f"{kind}.digits", "error", source, expected=length),)
    if len(number) != length:
        return (_finding(f"{kind}.length", "error", source, found=len(number), expected=length),)
    return ()


def _is_date(ddmmyy: str) -> bool:
    """Return whether day and month can be a birth date in the 1900s or the 2000s."""
    day, month, year = int(ddmmyy[:2]), int(ddmmyy[2:4]), int(ddmmyy[4:])
    for century in (1900, 2000):
        try:
            dt.date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _finding(code: str, severity: Severity, source: str, **facts: str | int) -> Finding:
    return Finding(code=code, severity=severity, rule=code.partition(".")[0], source=source, facts=facts)
