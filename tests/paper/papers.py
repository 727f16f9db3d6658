"""A fourteen-clause agreement in two languages and a half, as the tests print it."""

import datetime as dt
import hashlib
from typing import Any

from rantau.paper.values import Clause, Paper, Signatory, Table, alike

SUBJECTS = (
    ("Tujuan", "Цель", "Purpose"),
    ("Ruang lingkup", "Предмет соглашения", "Scope"),
    ("Kursi dan bidang", "Места и направления", "Seats and fields"),
    ("Tahapan", "Этапы", "Phases"),
    ("Kewajiban Kementerian", "Обязанности Министерства", "Duties of the Ministry"),
    ("Kewajiban Perusahaan", "Обязанности Компании", "Duties of the Company"),
    ("Pelindungan peserta", "Защита участников", "Protection of participants"),
    ("Biaya", "Расходы", "Costs"),
    ("Data pribadi", "Персональные данные", "Personal data"),
    ("Pemberitahuan", "Уведомления", "Notices"),
    ("Penyelesaian perselisihan", "Разрешение споров", "Settlement of disputes"),
    ("Perubahan", "Изменения", "Amendments"),
    ("Masa berlaku", "Срок действия", "Validity"),
    ("Ketentuan penutup", "Заключительные положения", "Final provisions"),
)
INDONESIAN = (
    "Para Pihak bekerja sama dalam program pendidikan dan kerja bagi lulusan sekolah menengah kejuruan,"
    " dengan pelindungan penuh atas hak-hak peserta sejak pengumuman sampai dengan kepulangan ke tanah air."
)
RUSSIAN = (
    "Стороны сотрудничают в осуществлении программы обучения и трудоустройства выпускников профессиональных школ"
    " при полном соблюдении прав участников с момента объявления до возвращения на родину."
)
ITEMS = (
    {"id": "menanggung biaya perjalanan pergi dan pulang;", "ru": "оплачивает проезд в обе стороны;"},
    {
        "id": "menyerahkan kontrak dalam bahasa peserta sebelum keberangkatan;",
        "ru": "передаёт договор на языке участника до отъезда;",
    },
    {
        "id": "tidak menahan paspor peserta dalam keadaan apa pun.",
        "ru": "ни при каких обстоятельствах не удерживает паспорт участника.",
    },
)
SEATS = Table(
    head=(
        {"id": "Bidang", "ru": "Направление"},
        {"id": "Kursi", "ru": "Места"},
        {"id": "Upah per bulan", "ru": "Оплата в месяц"},
    ),
    rows=(
        ({"id": "Pengelasan", "ru": "Сварка"}, alike("25"), alike("200 000 ₽")),
        ({"id": "Tenaga listrik", "ru": "Электроэнергетика"}, alike("15"), alike("180 000 ₽")),
        ({"id": "Ilmu bahan", "ru": "Материаловедение"}, alike("10"), alike("175 500 ₽")),
    ),
)
PARTIES = (
    {"id": "Kementerian Contoh Republik Indonesia", "ru": "Министерство-пример Республики Индонезия"},
    {"id": "Perusahaan Contoh", "ru": "Компания-пример"},
)


def clauses() -> tuple[Clause, ...]:
    """Return fourteen clauses: one with items, one with a table."""
    return tuple(
        Clause(
            number=str(place),
            title={"id": one, "ru": two, "en": three},
            text={"id": f"{INDONESIAN}\nPasal ke-{place}.", "ru": f"{RUSSIAN}\nСтатья {place}-я."},
            items=ITEMS if place == 6 else (),
            table=SEATS if place == 3 else None,
        )
        for place, (one, two, three) in enumerate(SUBJECTS, start=1)
    )


def paper(**changes: Any) -> Paper:
    """Return the agreement, agreed and not yet signed, with these values instead of its own."""
    values: dict[str, Any] = {
        "kind": "memorandum",
        "title": {"id": "Nota Kesepahaman", "ru": "Меморандум о взаимопонимании", "en": "Memorandum of Understanding"},
        "subtitle": {"id": "tentang pendidikan dan kerja", "ru": "об обучении и трудоустройстве"},
        "code": "M-7Q2KX9W4TB",
        "version": "3",
        "digest": hashlib.sha256(b"text").hexdigest(),
        "on": dt.date(2026, 3, 2),
        "parties": PARTIES,
        "clauses": clauses(),
        "signatories": tuple(Signatory(party=party) for party in PARTIES),
        "status": "agreed",
        "rehearsal": False,
        "official": True,
        "address": "https://rantau.example/c/M-7Q2KX9W4TB",
    }
    return Paper(**values | changes)
