"""What the sheets of a round say, in three languages, so that they are written without Django too."""

LANGUAGES = ("id", "en", "ru")

WORDS = {
    "title": (
        "Hasil seleksi, dihitung ulang dengan rumus",
        "A selection result, computed again by formulas",
        "Результат отбора, пересчитанный формулами",
    ),
    "unofficial": (
        "Ini bukan keputusan resmi. Rumus di sini menghitung ulang berkas hasil; ubah sebuah nilai dan lihat akibatnya.",
        "This is not the official decision. The formulas compute the file of a result again; change a value and see.",
        "Это не официальное решение. Формулы пересчитывают файл результата; измените значение и посмотрите.",
    ),
    "hundredths": (
        "Nilai dan jumlah ditulis dalam perseratus: 8860 adalah 88,60. Jumlah dibulatkan satu kali, tepat di tengah ke genap.",
        "Marks and totals are in hundredths: 8860 is 88.60. A total is rounded once, exactly half way to the even one.",
        "Оценки и суммы — в сотых долях: 8860 — это 88,60. Сумма округляется один раз, ровно посередине — к чётному.",
    ),
    "lots": (
        "Angka undian tertulis sebagai nilai: 32 angka heksadesimal pertama dari HMAC-SHA256, yang tidak dapat dihitung "
        "oleh lembar ini. Sidik jari dan segel juga tidak diperiksa di sini. Untuk itu: verify.html atau verify.py.",
        "Lot numbers stand here as values: the first 32 hexadecimal digits of HMAC-SHA256, which a sheet cannot compute. "
        "Nor are fingerprints and the seal checked here. For that: verify.html or verify.py.",
        "Числа жребия записаны значениями: первые 32 шестнадцатеричные цифры HMAC-SHA256, которых таблица вычислить "
        "не может. Отпечатки и печать здесь тоже не проверяются. Для этого: verify.html или verify.py.",
    ),
    "hidden": (
        "Nilai hanya terbuka untuk yang terpilih dan cadangan. Untuk baris lain jumlahnya diambil seperti diumumkan, dan "
        "urutan pada jumlah yang sama menurut daftar.",
        "Marks are public for selected and reserve only. Other totals are taken as published, and equal ones among them "
        "in the order of the list.",
        "Оценки открыты только у отобранных и резерва. Прочие суммы взяты как опубликованы, равные среди них — "
        "в порядке списка.",
    ),
    "open": (
        "Berkas ini untuk auditor: semua nilai ada di sini. Jangan disebarkan.",
        "This file is for auditors: every mark stands here. Do not pass it on.",
        "Это файл для аудиторов: здесь все оценки. Не передавайте его дальше.",
    ),
    "rehearsal": ("PERAGAAN · data rekaan", "REHEARSAL · made-up data", "РЕПЕТИЦИЯ · вымышленные данные"),
    "programme": ("Program", "Programme", "Программа"),
    "intake": ("Angkatan", "Intake", "Набор"),
    "kind": ("Hasil", "Result", "Результат"),
    "seed": ("Benih undian", "Seed of the lot", "Зерно жребия"),
    "root": ("Angka daftar beku", "Number of the frozen list", "Число зафиксированного списка"),
    "seats": ("Kursi", "Seats", "Места"),
    "reserve": ("Daftar cadangan", "Reserve list", "Резервный список"),
    "common": (
        "Kelipatan bersama nilai tertinggi",
        "Common multiple of the highest marks",
        "Общее кратное высших оценок",
    ),
    "criterion": ("Kriteria", "Criterion", "Критерий"),
    "maximum": ("Nilai tertinggi", "Highest mark", "Высшая оценка"),
    "weight": ("Bobot", "Weight", "Вес"),
    "pass_mark": ("Nilai batas", "Pass mark", "Пороговая оценка"),
    "factor": (
        "Pengali: 100 x bobot x kelipatan / nilai tertinggi",
        "Factor: 100 x weight x common multiple / highest mark",
        "Множитель: 100 x вес x кратное / высшая оценка",
    ),
    "tie_break": (
        "Pembeda jumlah yang sama, berurutan; lalu undian",
        "What parts equal totals, in order; then the lot",
        "Что решает при равной сумме, по порядку; затем жребий",
    ),
    "code": ("Kode publikasi", "Publication code", "Код публикации"),
    "rank": ("Peringkat diumumkan", "Rank, published", "Место, опубликовано"),
    "total": ("Jumlah diumumkan", "Total, published", "Сумма, опубликовано"),
    "outcome": ("Hasil diumumkan", "Outcome, published", "Исход, опубликовано"),
    "step": ("Pembeda diumumkan", "Step, published", "Основание, опубликовано"),
    "lot": ("Angka undian (nilai)", "Lot number (a value)", "Число жребия (значение)"),
    "gate": ("Tanpa peringkat karena", "No rank, because", "Без места, потому что"),
    "numerator": ("Jumlah nilai x pengali", "Sum of marks x factors", "Сумма оценок x множители"),
    "key": ("Kunci pada jumlah yang sama", "Key among equal totals", "Ключ при равной сумме"),
    "rank_again": ("Peringkat dihitung", "Rank, computed", "Место, вычислено"),
    "total_again": ("Jumlah dihitung", "Total, computed", "Сумма, вычислено"),
    "outcome_again": ("Hasil dihitung", "Outcome, computed", "Исход, вычислено"),
    "step_again": ("Pembeda dihitung", "Step, computed", "Основание, вычислено"),
    "same": ("Sama (1) atau tidak (0)", "Same (1) or not (0)", "Совпало (1) или нет (0)"),
    "checked": ("Yang diperiksa", "What is checked", "Что проверяется"),
    "found": ("Dihitung", "Computed", "Вычислено"),
    "wanted": ("Seharusnya", "Should be", "Должно быть"),
    "listed": ("Baris yang terdaftar", "Rows listed", "Строк в списке"),
    "frozen": ("Baris yang dibekukan", "Rows frozen", "Строк зафиксировано"),
    "ranked": ("Baris yang diperingkat", "Rows ranked", "Строк с местом"),
    "weights": ("Jumlah semua bobot", "All weights together", "Сумма весов"),
    "marks_high": (
        "Nilai di atas nilai tertinggi",
        "Marks above the highest possible",
        "Оценок выше высшей возможной",
    ),
    "chosen": ("Baris yang terpilih", "Rows selected", "Строк отобрано"),
    "ranks_same": ("Peringkat yang sama", "Ranks that are the same", "Совпавших мест"),
    "totals_same": ("Jumlah yang sama", "Totals that are the same", "Совпавших сумм"),
    "outcomes_same": ("Hasil yang sama", "Outcomes that are the same", "Совпавших исходов"),
    "steps_same": ("Pembeda yang sama", "Steps that are the same", "Совпавших оснований"),
    "rows_same": ("Baris yang seluruhnya sama", "Rows that are wholly the same", "Полностью совпавших строк"),
    "verdict": ("Kesimpulan", "Verdict", "Итог"),
    "all_same": (
        "Semua yang dihitung di sini sama",
        "All that is computed here is the same",
        "Всё вычисленное здесь совпало",
    ),
    "some_differ": ("Ada yang berbeda", "Something differs", "Есть расхождения"),
    "of_marks": (
        "Jumlah yang dihitung dari nilai",
        "Totals computed from marks",
        "Сумм, вычисленных из оценок",
    ),
    "cut": ("Jumlah terendah yang terpilih", "Lowest total selected", "Наименьшая сумма отобранных"),
    "at_cut": ("Baris dengan jumlah itu", "Rows with that total", "Строк с этой суммой"),
    "by_lot": ("Baris yang dibedakan undian", "Rows parted by the lot", "Строк, где решил жребий"),
}
"""Indonesian, English, Russian."""
