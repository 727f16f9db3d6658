"""The fixed words of printed documents, in each language they can be printed in."""

NAME = {"id": "Bahasa Indonesia", "en": "English", "ru": "Русский"}

REHEARSAL = "PERAGAAN · РЕПЕТИЦИЯ · REHEARSAL"
DRAFT = "RANCANGAN · ПРОЕКТ · DRAFT"
"""Behind the text of every page, in all languages at once: a loose page says it to whoever finds it."""

UNOFFICIAL = "bukan dokumen resmi · не официальный документ · not an official document"
MADE_UP = "peragaan, semua data rekaan · репетиция, все данные вымышлены · rehearsal, all data made up"

LABELS = {
    "id": {
        "page": "Halaman {page} dari {pages}",
        "code": "Kode",
        "version": "Versi",
        "date": "Tanggal",
        "status": "Status",
        "digest": "Sidik digital (SHA-256)",
        "check": "Periksa di",
        "qr": "Kode QR untuk memeriksa dokumen ini",
        "parties": "Para pihak",
        "annex": "Lampiran",
        "signatures": "Tanda tangan",
        "signature": "Tanda tangan",
        "name": "Nama",
        "capacity": "Jabatan",
    },
    "en": {
        "page": "Page {page} of {pages}",
        "code": "Code",
        "version": "Version",
        "date": "Date",
        "status": "Status",
        "digest": "Fingerprint (SHA-256)",
        "check": "Check at",
        "qr": "QR code to check this document",
        "parties": "The parties",
        "annex": "Annex",
        "signatures": "Signatures",
        "signature": "Signature",
        "name": "Name",
        "capacity": "Capacity",
    },
    "ru": {
        "page": "Страница {page} из {pages}",
        "code": "Код",
        "version": "Редакция",
        "date": "Дата",
        "status": "Статус",
        "digest": "Отпечаток (SHA-256)",
        "check": "Проверить",
        "qr": "QR-код для проверки документа",
        "parties": "Стороны",
        "annex": "Приложение",
        "signatures": "Подписи",
        "signature": "Подпись",
        "name": "Фамилия, имя",
        "capacity": "Должность",
    },
}

STATUS = {
    "id": {
        "draft": "rancangan",
        "agreed": "disepakati, belum ditandatangani",
        "signed": "ditandatangani",
        "in_force": "berlaku",
        "ended": "berakhir",
    },
    "en": {
        "draft": "draft",
        "agreed": "agreed, not yet signed",
        "signed": "signed",
        "in_force": "in force",
        "ended": "ended",
    },
    "ru": {
        "draft": "проект",
        "agreed": "согласовано, ещё не подписано",
        "signed": "подписано",
        "in_force": "действует",
        "ended": "прекращено",
    },
}
