"""Who plays: made-up schools, offices and young people with names and numbers that can be nobody's.

A NIK with regency 00, an NPSN of region 0 and an address below `.invalid` (RFC 2606) cannot exist.
"""

import datetime as dt
from dataclasses import dataclass

from rantau.engine.chance import Chance, below, happens, pick

GIVEN = {
    False: (
        "Agus Andi Arif Bagas Bayu Budi Dedi Dimas Eko Fajar Galih Hendra Ilham Joko Kurnia Lukman Made Nanda"
        " Oki Putra Rafi Rizky"
        " Satria Teguh Umar Wahyu Yoga Yusuf Zaki Gilang"
    ).split(),
    True: (
        "Anisa Ayu Citra Desi Dewi Eka Fitri Gita Hana Indah Intan Kartika Lestari Maya Nadia Novi Putri"
        " Rahma Ratna Rina Sari Sinta"
        " Siti Sri Tika Utami Wulan Yuni Zahra Laras"
    ).split(),
}
SECOND = (
    "Adiputra Anggara Firmansyah Gunawan Hakim Harahap Hidayat Iskandar Kurniawan Lubis Mahendra Maulana"
    " Nainggolan Nugroho Pangestu"
    " Permana Pranata Prasetyo Purnama Rahardjo Ramadhan Saputra Setiawan Simanjuntak Siregar Sitorus"
    " Suryadi Susanto Wibowo Wijaya"
).split()

PLACES = (
    ("11", "Aceh", "Kab. Peragaan Utara"),
    ("12", "Sumatera Utara", "Kota Peragaan Toba"),
    ("18", "Lampung", "Kab. Peragaan Way"),
    ("31", "DKI Jakarta", "Kota Peragaan Kota"),
    ("32", "Jawa Barat", "Kab. Peragaan Priangan"),
    ("33", "Jawa Tengah", "Kota Peragaan Muria"),
    ("35", "Jawa Timur", "Kab. Peragaan Brantas"),
    ("51", "Bali", "Kab. Peragaan Agung"),
    ("53", "Nusa Tenggara Timur", "Kab. Peragaan Sasando"),
    ("61", "Kalimantan Barat", "Kab. Peragaan Kapuas"),
    ("73", "Sulawesi Selatan", "Kota Peragaan Phinisi"),
    ("94", "Papua Tengah", "Kab. Peragaan Cenderawasih"),
)
"""Real provinces by their code, with regencies that do not exist."""


@dataclass(frozen=True)
class Character:
    """One young person as the story needs them; `ability` is in thousandths around 0, `fate` what will happen."""

    number: int
    name: str
    female: bool
    birth_on: dt.date
    nik: str
    major: str
    graduated: int
    average: int
    place: int
    ability: int
    fate: str


FATES = (
    ("drafts", 45),  # begins and never sends
    ("late", 15),  # comes after the last instant
    ("withdraws", 20),
    ("minor", 25),  # guardian agrees
    ("orphan", 10),  # under 18, guardian never answers
    ("too_old", 25),
    ("low_average", 25),
    ("duplicate", 10),  # registers a second time under another account
)
"""What happens to so many of 1,000; everybody else goes the straight way."""


def schools(count: int) -> list[dict[str, str]]:
    """Return made-up schools as clean rows of the school register."""
    rows = []
    for i in range(count):
        _, province, regency = PLACES[i % len(PLACES)]
        rows.append(
            {
                "npsn": f"0{i:07d}",
                "name": f"SMK Peragaan {i + 1:02d}",
                "ownership": "N" if i % 3 else "S",
                "province": province,
                "regency": regency,
                "district": "Kec. Peragaan",
            }
        )
    return rows


def bell(chance: Chance) -> int:
    """Return a number in thousandths around 0 with a spread of about 1,000: twelve uniform draws added."""
    return sum(below(1000, chance) for _ in range(12)) - 5994


def character(
    number: int, *, majors: tuple[str, ...], opens: dt.date, ages: tuple[int, int], chance: Chance
) -> Character:
    """Return the character of that number, drawn from `chance` alone."""
    roll, fate = below(1000, chance), "straight"
    for name, share in FATES:
        if roll < share:
            fate = name
            break
        roll -= share
    female = happens(340, chance)
    young, old = ages
    age = {"minor": young - 1, "orphan": young - 1, "too_old": old + 2}.get(fate, young + below(old - young, chance))
    birth_on = opens.replace(year=opens.year - age) - dt.timedelta(days=30 + below(300, chance))
    ability = bell(chance)
    average = 8300 + ability * 5 // 10 + bell(chance) * 3 // 10
    place = below(len(PLACES), chance)
    day = birth_on.day + 40 * female
    return Character(
        number=number,
        name=f"{pick(GIVEN[female], chance)} {pick(SECOND, chance)}",
        female=female,
        birth_on=birth_on,
        nik=f"{PLACES[place][0]}0000{day:02d}{birth_on:%m%y}{number % 9999 + 1:04d}",
        major=pick(majors, chance) if majors else "Teknik Pengelasan",
        graduated=opens.year if happens(600, chance) else opens.year - 1,
        average=6900 if fate == "low_average" else min(max(average, 7500), 9900),
        place=place,
        ability=ability,
        fate=fate,
    )
