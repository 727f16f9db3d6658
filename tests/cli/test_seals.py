"""`rantau seals`: each seal in plain words, and an exit code that a script can ask."""

import datetime as dt
import subprocess
import sys

import pytest

from rantau.cli.seals import PROVES
from rantau.paper.keys import make_seal
from rantau.paper.sealing import open_seal, seal
from rantau.paper.typeset import pdf
from tests.cli.conftest import environment
from tests.paper.papers import paper

AT = dt.datetime(2026, 3, 5, 3, 0, tzinfo=dt.UTC)
OFFICE = open_seal(make_seal("Kementerian Contoh", passphrase="", at=AT, years=2), passphrase="")


def said(verdict: str, trust: str, name: str = "Siti Rahmawati") -> str:
    """Return what is printed of the one seal."""
    return (
        f"Ministry     {verdict}\nby           {name}\nat           2026-03-05 03:00+00:00\nreason       setuju\n"
        f"certificate  Kementerian Contoh, {trust}\n             SHA-256 {OFFICE.fingerprint}\n\n{PROVES}\n"
    )


@pytest.fixture(scope="module")
def bare() -> bytes:
    """Return a document without seals."""
    return pdf(paper(clauses=(), signatories=()))


@pytest.fixture
def sealed(bare, tmp_path):
    """Return a sealed document on disk."""
    path = tmp_path / "mou.pdf"
    path.write_bytes(seal(bare, by=OFFICE, field="Ministry", name="Siti Rahmawati", reason="setuju", at=AT))
    return path


def test_a_seal_that_holds(rantau, sealed, tmp_path):
    assert rantau("seals", sealed) == (0, said("INTACT", "not checked against one you trust"), "")
    own, other = tmp_path / "own.pem", tmp_path / "other.pem"
    own.write_bytes(OFFICE.pem())
    other.write_bytes(open_seal(make_seal("X", passphrase="", at=AT, years=2), passphrase="").pem())
    assert rantau("seals", sealed, "--trust", own, "--trust", other) == (0, said("INTACT", "trusted"), "")
    assert rantau("seals", sealed, "--trust", other) == (0, said("INTACT", "NOT led to a certificate you trust"), "")


def test_a_seal_on_a_changed_file(rantau, sealed, bare):
    data = bytearray(sealed.read_bytes())
    data[len(bare) // 2] ^= 1
    sealed.write_bytes(data)
    assert rantau("seals", sealed) == (1, said("CHANGED since it was sealed", "not checked against one you trust"), "")


def test_something_added_behind_the_seal(rantau, sealed):
    sealed.write_bytes(sealed.read_bytes() + b"\n")
    assert rantau("seals", sealed) == (
        1,
        said("CHANGED: more was added than seals", "not checked against one you trust"),
        "",
    )


def test_a_name_cannot_write_on_the_terminal(rantau, bare, tmp_path):
    path = tmp_path / "mou.pdf"
    path.write_bytes(seal(bare, by=OFFICE, field="Ministry", name="S\x1b[2J\nby X", reason="setuju", at=AT))
    assert rantau("seals", path) == (0, said("INTACT", "not checked against one you trust", "S?[2J?by X"), "")


def test_a_file_without_a_seal_or_that_is_none(rantau, bare, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(bare)
    assert rantau("seals", path) == (2, "", f"{path}: no seal\n")
    path.write_bytes(b"no PDF")
    assert rantau("seals", path) == (2, "", "seal.unreadable: {'reason': 'Illegal PDF header'}\n")
    code, out, err = rantau("seals", tmp_path / "absent")
    assert (code, out, "No such file" in err) == (2, "", True)


def test_a_certificate_that_is_none(rantau, sealed, tmp_path):
    path = tmp_path / "no.pem"
    path.write_bytes(b"x")
    assert rantau("seals", sealed, "--trust", path) == (2, "", "seal.broken_key\n")


def test_seals_need_no_django_and_no_database(sealed):
    code = (
        "import sys; from rantau.cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({name.split('.')[0] for name in sys.modules} & {'django', 'sqlite3', 'psycopg', 'typst'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "seals", str(sealed)], env=environment(), capture_output=True, text=True
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0 []", "")
