"""What a rehearsal needs is checked before anything is made: each problem on one line, exit code 2."""

import pytest

from rantau.cli.__main__ import main
from tests.engine.programmes import ASSUMED, RUSAL

SHIPPED = ["rehearse", "programmes/rusal-2026.toml", "--with", "programmes/rusal-2026.assumptions.toml"]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def lines(said: str) -> list[list[str]]:
    """Return place and field of each line, and what is wrong where there is no field."""
    return [line.split(": ")[:2] for line in said.splitlines()]


def test_every_problem_of_the_programme_stands_on_its_own_line(out, tmp_path, capsys):
    programme = tmp_path / "p.toml"
    programme.write_text(
        RUSAL.replace('kind = "real"', 'kind = "royal"').replace('home_country = "ID"', "home_country = 62")
    )
    code = main(["rehearse", str(programme), "--with", SHIPPED[3], "--applicants", "0", "--out", str(out)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert lines(said.err) == [
        [str(programme), "kind"],
        [str(programme), "home_country"],
        ["--applicants", "0 is not a number of people; 1 or more"],
    ]
    assert not out.exists()


def test_every_problem_of_the_assumptions_stands_on_its_own_line(out, tmp_path, capsys):
    assumptions = tmp_path / "a.toml"
    assumptions.write_text(ASSUMED.replace("min_average", "min_avrage").replace("reserve", "reserves"))
    code = main([*SHIPPED[:3], str(assumptions), "--out", str(out)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert lines(said.err) == [
        [str(assumptions), "eligibility.min_avrage"],
        [str(assumptions), "selection.reserves"],
        [str(assumptions), "departing.reserves_days"],
    ]
    assert not out.exists()


def test_a_file_that_is_no_toml_is_named_with_line_and_column(out, tmp_path, capsys):
    broken = tmp_path / "p.toml"
    broken.write_text('code = "x"\nkind = = "real"\n')
    code = main(["rehearse", str(broken), "--with", SHIPPED[3], "--out", str(out)])
    assert code == 2
    assert capsys.readouterr().err.startswith(f"{broken}:2:8: ")
    assert not out.exists()


def test_a_file_that_is_not_there_is_named(out, capsys):
    assert main(["rehearse", "no.toml", "--with", SHIPPED[3], "--out", str(out)]) == 2
    assert capsys.readouterr().err == "[Errno 2] No such file or directory: 'no.toml'\n"
    assert not out.exists()


@pytest.mark.parametrize("missing", ["--with", "--out"])
def test_assumptions_and_a_folder_are_asked_for(missing, out, capsys):
    argv = [*SHIPPED, "--out", str(out)]
    at = argv.index(missing)
    with pytest.raises(SystemExit) as ended:
        main(argv[:at] + argv[at + 2 :])
    assert ended.value.code == 2
    assert missing in capsys.readouterr().err
    assert not out.exists()


def test_an_earlier_rehearsal_stays_untouched(out, capsys):
    out.mkdir()
    (out / "rantau.sqlite3").write_bytes(b"an earlier one")
    assert main([*SHIPPED, "--out", str(out)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{out}/rantau.sqlite3: holds an earlier rehearsal; choose another folder, or --force to replace it"
    ]
    assert (out / "rantau.sqlite3").read_bytes() == b"an earlier one"
