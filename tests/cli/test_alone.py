"""Commands that need neither Django nor a database: verify, programme check, secrets, and the help of all."""

import json
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from rantau import __version__
from rantau.cli.__main__ import main
from rantau.engine.publication import dump
from tests.cli.conftest import environment, typed
from tests.engine.programmes import ASSUMED, RUSAL
from tests.engine.rounds import files

COMMANDS = [
    *(
        "verify",
        "allocate",
        "select",
        "sheet",
        "agreement",
        "programme",
        "programme check",
        "questions",
        "seals",
        "secrets",
        "rehearse",
        "migrate",
        "serve",
    ),
    *("load", "due", "import", "import schools", "ledger", "ledger verify", "ledger checkpoint"),
]
SIGNED = "signed with key 1d29 c6e5 dd22 6731 d666 843c 224f cf3c\n"
RUSAL_FILE, ASSUMED_FILE = "programmes/rusal-2026.toml", "programmes/rusal-2026.assumptions.toml"


@pytest.fixture
def published(tmp_path):
    """Return a published file on disk."""
    path = tmp_path / "round.json"
    path.write_bytes(dump(files()["final public"]))
    return path


def test_verify_says_verified(rantau, published):
    assert rantau("verify", published) == (0, "VERIFIED\n", SIGNED)


def test_verify_names_what_differs(rantau, published):
    file = json.loads(published.read_text())
    file["rows"][0]["total"] += 1
    published.write_text(json.dumps(file))
    assert rantau("verify", published) == (1, "DIFFERENT rows[0].total\n", "")


@pytest.mark.parametrize("text", ["", "[]", '{"format":"rantau.round/2"}', "\xff"])
def test_verify_says_why_a_file_cannot_be_read(rantau, published, text):
    published.write_bytes(text.encode("latin-1"))
    code, out, err = rantau("verify", published)
    assert (code, out) == (2, "")
    assert err.startswith(f"{published}: ")
    assert len(err.splitlines()) == 1


def test_verify_needs_a_file_that_is_there(rantau, tmp_path):
    code, out, err = rantau("verify", tmp_path / "no.json")
    assert (code, out) == (2, "")
    assert "No such file" in err


def test_verify_needs_no_django_and_no_database(published):
    code = (
        "import sys; from rantau.cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({name.split('.')[0] for name in sys.modules} & {'django', 'sqlite3', 'psycopg', 'rich'}))"
    )
    command = [sys.executable, "-c", code, "verify", str(published)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("VERIFIED\n0 []\n", SIGNED)


def test_a_sheet_is_written_in_the_language_asked_for_and_indonesian_else(rantau, published, tmp_path):
    path = tmp_path / "round.xlsx"
    for arguments, title in (([], "Hasil seleksi, dihitung ulang dengan rumus"), (["--language", "ru"], None)):
        assert rantau("sheet", published, "--out", path, *arguments) == (0, "", "")
        found = load_workbook(path)
        assert found.sheetnames == ["Rules", "Rows", "Check"]
        assert found["Rules"]["A1"].value == (title or "Результат отбора, пересчитанный формулами")
        assert found["Rows"].max_row == 11


NO_SHEET = {
    "counts.tested": lambda file: file["counts"].update(tested="ten"),
    "rules: ": lambda file: file["rules"].update(seats=0),
    "sheet.rows": lambda file: file.update(rows=file["rows"][:1] * 5001),
}


@pytest.mark.parametrize(("named", "spoil"), NO_SHEET.items(), ids=NO_SHEET)
def test_no_sheet_is_written_of_what_cannot_be_one(rantau, published, tmp_path, named, spoil):
    file = json.loads(published.read_text())
    spoil(file)
    published.write_text(json.dumps(file))
    out = tmp_path / "round.xlsx"
    code, said, error = rantau("sheet", published, "--out", out)
    assert (code, said, out.exists(), named in error, len(error.splitlines())) == (2, "", False, True, 1)


def test_a_sheet_needs_no_django_and_no_database(published, tmp_path):
    code = (
        "import sys; from rantau.cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({name.split('.')[0] for name in sys.modules} & {'django', 'sqlite3', 'psycopg'}))"
    )
    command = [sys.executable, "-c", code, "sheet", str(published), "--out", str(tmp_path / "round.xlsx")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("0 []\n", "")


@pytest.mark.parametrize(
    "arguments", [[RUSAL_FILE], [RUSAL_FILE, "--with", ASSUMED_FILE], ["programmes/contoh-jepang.toml"]]
)
def test_the_shipped_files_have_no_problems(rantau, arguments):
    assert rantau("programme", "check", *arguments) == (0, "", "")


def test_each_problem_of_a_programme_is_one_line_with_its_place(rantau, tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(
        RUSAL.replace('kind = "real"', 'kind = "royal"').replace('home_country = "ID"', "home_country = 62")
    )
    code, out, err = rantau("programme", "check", path)
    assert (code, out) == (2, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [[str(path), "kind"], [str(path), "home_country"]]
    assert [line for line in err.splitlines() if "; allowed: " not in line] == []


def test_each_problem_of_assumptions_is_one_line_with_its_place(rantau, tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(ASSUMED.replace("min_average", "min_avrage"))
    code, out, err = rantau("programme", "check", RUSAL_FILE, "--with", path)
    assert (code, out) == (2, "")
    assert [line.split(": ")[:2] for line in err.splitlines()] == [[str(path), "eligibility.min_avrage"]]


def test_what_is_no_toml_is_named_with_line_and_column(rantau, tmp_path):
    path = tmp_path / "p.toml"
    path.write_text('code = "x"\nkind = = "real"\n')
    code, out, err = rantau("programme", "check", path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:2:8: ")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "said"), [(None, "No such file"), (b"\xff\xfe", "codec can't decode")], ids=["absent", "not UTF-8"]
)
def test_a_file_that_cannot_be_read_is_no_traceback(rantau, tmp_path, content, said):
    path = tmp_path / "p.toml"
    if content is not None:
        path.write_bytes(content)
    code, out, err = rantau("programme", "check", path)
    assert (code, out) == (2, "")
    assert said in err


RATINGS = '{"ratings": [[1, 2], [2, 4], [3, 3]]}'
AGREEMENT = (
    '{"format":"rantau.agreement/1","alpha":0.242424,"icc":{"ICC(1,1)":0.285714,"ICC(1,k)":0.444444,"ICC(2,1)":0.375,'
    '"ICC(2,k)":0.545455,"ICC(3,1)":0.5,"ICC(3,k)":0.666667},"items":3,"metric":"interval","pairable":6,"raters":2}\n'
)


def test_agreement_is_alone_on_the_terminal_and_the_same_in_a_file(rantau, tmp_path):
    path, out = tmp_path / "ratings.json", tmp_path / "out.json"
    path.write_text(RATINGS)
    assert rantau("agreement", path) == (0, AGREEMENT, "")
    assert rantau("agreement", path, "--out", out) == (0, AGREEMENT, "")
    assert out.read_text() == AGREEMENT


def test_agreement_without_a_figure_says_why_and_is_no_failure(rantau, tmp_path):
    path = tmp_path / "ratings.json"
    path.write_text('{"ratings": [[5, 5], [5, null]]}')
    code, out, err = rantau("agreement", path)
    said = json.loads(out)
    assert (code, err, said["alpha"], said["why"], said["icc"]) == (0, "", None, "no_variation", None)


def test_agreement_names_the_rating_that_is_none_and_writes_nothing(rantau, tmp_path):
    path, out = tmp_path / "ratings.json", tmp_path / "out.json"
    path.write_text('{"ratings": [[5, "five"]]}')
    said = rantau("agreement", path, "--out", out)
    assert said == (2, "", f"{path}: ratings[0][1]: should be a number or null\n")
    assert not out.exists()


def test_agreement_that_cannot_be_written_is_not_printed_either(rantau, tmp_path):
    path = tmp_path / "ratings.json"
    path.write_text(RATINGS)
    code, out, err = rantau("agreement", path, "--out", tmp_path / "no" / "out.json")
    assert (code, out) == (2, "")
    assert err.endswith("No such file or directory: '" + str(tmp_path / "no" / "out.json") + "'\n")


def test_secrets_are_fresh_and_whole(rantau):
    (code, one, err), (_, other, _) = rantau("secrets"), rantau("secrets")
    assert (code, err) == (0, "")
    lines = [dict(line.split("=") for line in said.splitlines()) for said in (one, other)]
    assert [set(line) for line in lines] == [{"RANTAU_SECRET_KEY", "RANTAU_MASTER_KEY", "RANTAU_SIGNING_KEY"}] * 2
    values = [value for line in lines for value in line.values()]
    assert [len(bytes.fromhex(value)) for value in values] == [32] * 6
    assert len(set(values)) == 6


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (0, "")
    assert said.out.startswith(" ".join(["usage: rantau", *command.split()]))


def test_the_version_is_the_packages(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"{__version__}\n")


@pytest.mark.parametrize("arguments", [[], ["fly"], ["ledger"], ["programme"], ["verify"], ["due", "--when", "now"]])
def test_what_is_no_command_is_refused_with_its_use(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert said.err.startswith("usage: rantau")


def test_a_command_is_found_in_a_process_of_its_own():
    done = typed("programme", "check", RUSAL_FILE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("key", ["xyz", "AB" * 32, "ab" * 31])
def test_a_signing_key_that_is_none_is_refused_at_the_start(key):
    done = typed("ledger", "verify", RANTAU_MODE="test", RANTAU_SIGNING_KEY=key)
    assert (done.returncode, done.stdout) == (2, "")
    assert "settings.invalid" in done.stderr
    assert key not in done.stderr
