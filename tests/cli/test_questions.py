"""`rantau questions`: what nobody has announced, by office, in three languages, with nothing set up."""

import datetime as dt
import json
import subprocess
import sys

import pytest

from rantau.agreements.answering import answered
from rantau.engine.programme_answering import Origin
from rantau.engine.programme_answering import typed as typed_value
from rantau.engine.programme_shapes import shape_at
from tests.cli.conftest import environment, typed
from tests.engine.answers import given_at
from tests.engine.programmes import EXAMPLE, RUSAL, changed, example, rusal

ON = ("--on", "2026-05-11")


def test_questions_stand_under_the_office_that_owes_the_answer(rantau):
    code, out, err = rantau("questions", "rusal-2026", *ON)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "SMK Go Global × RUSAL 2026: Pertanyaan terbuka per 2026-05-11"
    assert [line for line in lines if line.endswith(")") and line[0] != " "] == [
        "Kementerian Pelindungan Pekerja Migran Indonesia (KP2MI) (7)",
        "RUSAL (12)",
        "KP2MI dan RUSAL bersama-sama (7)",
    ]
    at = next(n for n, line in enumerate(lines) if line.endswith("Berapa gaji pada bulan pertama bekerja?"))
    assert lines[at + 1 : at + 3] == ["     jawaban ditunggu sampai 2026-04-30, lewat 11 hari", "     pay.base"]
    at = next(n for n, line in enumerate(lines) if line.endswith("Tanggal berapa peserta berangkat?"))
    assert lines[at + 1] == "     jawaban ditunggu sampai 2026-08-31, 112 hari lagi"
    assert lines.count("     tanggal belum diumumkan") == 1
    assert lines[-1] == "26 pertanyaan terbuka, 136 nilai belum diumumkan, 21 pertanyaan lewat waktu"
    paths = [line.strip() for line in lines if line.startswith("     ") and " " not in line.strip()]
    assert sorted(paths) == sorted(path for question in rusal().questions() for path in question.paths)


@pytest.mark.parametrize(
    ("language", "due", "total"),
    [
        (
            "en",
            "answer due by 2026-04-30, today",
            "26 open questions, 136 values not announced, 0 questions over their day",
        ),
        (
            "ru",
            "ответ ожидается до 2026-04-30, сегодня",
            "Открытых вопросов: 26; не объявлено значений: 136; просрочено вопросов: 0",
        ),
    ],
)
def test_the_words_are_there_in_other_languages(rantau, language, due, total):
    _, out, _ = rantau("questions", "rusal-2026", "--lang", language, "--on", "2026-04-30")
    assert out.count(due) == 21
    assert out.splitlines()[-1] == total


def test_as_data_there_is_everything_that_is_printed(rantau):
    code, out, err = rantau("questions", "programmes/rusal-2026.toml", "--json", *ON)
    data = json.loads(out)
    assert (code, err, out.startswith('{"format":"rantau.questions/1",')) == (0, "", True)
    assert {key: data[key] for key in ("programme", "on", "total", "values", "over")} == {
        "programme": "rusal-2026",
        "on": "2026-05-11",
        "total": 26,
        "values": 136,
        "over": 21,
    }
    (base,) = [row for row in data["questions"] if row["about"] == "pay.base"]
    assert (base["office"], base["office_name"]["id"], base["paths"]) == ("rusal", "RUSAL", ["pay.base"])
    assert (base["due"], base["days_over"]) == ("2026-04-30", 11)


def test_a_programme_without_open_questions_says_so(rantau, tmp_path):
    where = Origin(title="Surat", address="B.1/2026", on=dt.date(2026, 3, 1))
    open_ = [path for question in example().questions() for path in question.paths]
    values = {path: typed_value(shape_at(example(), path), given_at(example(), path)) for path in open_}
    path = tmp_path / "p.toml"
    path.write_text(answered(EXAMPLE, "", office="dinas-contoh", values=values, where=where)[0])
    code, out, err = rantau("questions", path)
    assert (code, out.splitlines()[-1], err) == (0, "Tidak ada pertanyaan terbuka.", "")


def test_what_cannot_be_read_is_said_on_the_other_channel(rantau, tmp_path):
    for named in ("no-such-programme", tmp_path / "no.toml", tmp_path):
        code, out, err = rantau("questions", named)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
    path = tmp_path / "bad.toml"
    path.write_text(changed(RUSAL, (("home_country",), 62), (("kind",), "royal")))
    code, out, err = rantau("questions", path)
    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["kind", "home_country"]


def test_it_needs_no_django_no_database_and_no_folder_of_its_own(tmp_path):
    code = (
        "import sys; from rantau.cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({name.split('.')[0] for name in sys.modules} & {'django', 'sqlite3', 'tomlkit', 'numpy'}))"
    )
    command = [sys.executable, "-c", code, "questions", "rusal-2026", *ON]
    done = subprocess.run(command, env=environment(), cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0 []", "")


def test_without_a_day_it_is_today():
    done = typed("questions", "rusal-2026")
    assert (done.returncode, done.stderr) == (0, "")
