"""Seals: who, when, why; several on one file, and one changed byte told from none."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader, PdfWriter

from rantau.config import generated
from rantau.engine.refusal import Refusal
from rantau.paper.keys import make_seal
from rantau.paper.sealing import Seal, open_seal, read, seal
from rantau.paper.typeset import pdf
from tests.paper.papers import paper

AT = dt.datetime(2026, 3, 5, 3, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def ministry() -> Seal:
    """Return the seal of one party."""
    return open_seal(make_seal("Kementerian Contoh", passphrase="rahasia", at=AT, years=2), passphrase="rahasia")


@pytest.fixture(scope="module")
def company() -> Seal:
    """Return the seal of the other party, which cannot be opened by a passphrase."""
    return open_seal(make_seal("Компания-пример", passphrase="", at=AT, years=2), passphrase="")


@pytest.fixture(scope="module")
def bare() -> bytes:
    """Return a document without seals."""
    return pdf(paper(clauses=(), signatories=()))


@pytest.fixture(scope="module")
def once(bare, ministry) -> bytes:
    """Return a document with one seal."""
    return seal(bare, by=ministry, field="Ministry", name="Siti Rahmawati", reason="setuju · согласна", at=AT)


@pytest.fixture(scope="module")
def twice(once, company) -> bytes:
    """Return a document with two seals."""
    return seal(once, by=company, field="Company", name="Иван Петров", reason="согласен", at=LATER)


def flipped(data: bytes, place: int) -> bytes:
    """Return the data with one bit changed."""
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_a_document_without_seals_has_none(bare):
    assert read(bare) == ()


def test_a_seal_says_who_when_and_why(once, bare, ministry):
    (found,) = read(once)
    assert once.startswith(bare)
    assert (found.field, found.name, found.reason, found.at) == ("Ministry", "Siti Rahmawati", "setuju · согласна", AT)
    assert (found.certificate, found.certificate_name) == (ministry.fingerprint, "Kementerian Contoh")
    assert (found.intact, found.whole_file, found.trusted, found.holds) == (True, True, False, True)


def test_a_second_seal_leaves_the_first_what_it_is(twice, once, ministry, company):
    assert twice.startswith(once)
    found = read(twice, trust=[ministry.pem()])
    assert [(one.name, one.at, one.holds, one.trusted) for one in found] == [
        ("Siti Rahmawati", AT, True, True),
        ("Иван Петров", LATER, True, False),
    ]
    assert [one.trusted for one in read(twice, trust=[ministry.certificate, company.pem()])] == [True, True]


def test_a_seal_is_no_new_edition(once, bare):
    before, after = (PdfReader(io.BytesIO(data)) for data in (bare, once))
    assert after.metadata == before.metadata
    xmp = [reader.trailer["/Root"]["/Metadata"].get_object().get_data() for reader in (before, after)]
    assert xmp[0] == xmp[1]


def test_trust_ends_with_the_certificate(bare, ministry):
    late = seal(bare, by=ministry, field="A", name="n", reason="r", at=AT + dt.timedelta(days=731))
    (found,) = read(late, trust=[ministry.pem()])
    assert (found.holds, found.trusted) == (True, False)


def test_a_changed_byte_breaks_the_seals_that_cover_it(twice, once, bare):
    for place in (bare.index(b"/Type"), len(bare) // 2):
        assert [one.intact for one in read(flipped(twice, place))] == [False, False]
    later = twice.index(b"/Reason", len(once)) + 12
    found = read(flipped(twice, later))
    assert [one.intact for one in found] == [True, False]


def test_what_hides_in_the_room_left_for_a_signature_is_seen(once):
    place = once.rindex(b"00000000>")
    assert [one.intact for one in read(flipped(once, place))] == [False]


def test_a_changed_byte_that_breaks_the_file_itself_is_refused(once):
    with pytest.raises(Refusal) as refused:
        read(flipped(once, once.rindex(b"startxref")))
    assert refused.value.code == "seal.unreadable"


def test_what_is_added_behind_the_last_seal_is_seen(twice):
    assert [one.holds for one in read(twice + b"\n")] == [True, False]
    end = twice[twice.rindex(b"startxref") :]
    assert [one.holds for one in read(twice + b"% more\n" + end)] == [True, False]


def test_a_change_added_in_a_revision_of_its_own_is_seen(once):
    writer = PdfWriter(io.BytesIO(once), incremental=True)
    writer.pages[0].rotate(90)
    more = io.BytesIO()
    writer.write(more)
    (found,) = read(more.getvalue())
    assert more.getvalue().startswith(once)
    assert (found.intact, found.whole_file, found.holds) == (True, False, False)


def test_a_changed_file_is_not_sealed_again(once, bare, company):
    with pytest.raises(Refusal) as refused:
        seal(flipped(once, len(bare) // 2), by=company, field="Company", name="n", reason="r", at=LATER)
    assert (refused.value.code, refused.value.facts) == ("seal.changed", {"fields": ["Ministry"]})


def test_a_place_is_sealed_once(once, company):
    with pytest.raises(Refusal) as refused:
        seal(once, by=company, field="Ministry", name="n", reason="r", at=LATER)
    assert (refused.value.code, refused.value.facts) == ("seal.taken", {"field": "Ministry"})


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"])
def test_what_is_no_pdf_is_refused(data, ministry):
    for attempt in (lambda: read(data), lambda: seal(data, by=ministry, field="A", name="n", reason="r", at=AT)):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "seal.unreadable"


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [(b"", ""), (b"no key", ""), (make_seal("X", passphrase="a", at=AT, years=1), "b")],
    ids=["empty", "something else", "wrong passphrase"],
)
def test_a_key_that_cannot_be_read_is_refused(data, passphrase):
    with pytest.raises(Refusal) as refused:
        open_seal(data, passphrase=passphrase)
    assert (refused.value.code, refused.value.facts) == ("seal.broken_key", {})


@pytest.mark.parametrize(
    "data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_trusted_certificate_that_is_none_is_refused(once, data):
    with pytest.raises(Refusal) as refused:
        read(once, trust=[data])
    assert refused.value.code == "seal.broken_key"


def test_a_demo_makes_its_seal_once_and_names_it_so(tmp_path, monkeypatch):
    monkeypatch.delenv("SEAL", raising=False)
    made = [generated.paper_seal("SEAL", tmp_path / "var", passphrase="p", mode="demo") for _ in range(2)]
    assert made == [tmp_path / "var" / "paper-seal.p12"] * 2
    assert open_seal(made[0].read_bytes(), passphrase="p").name == "Rantau PERAGAAN (demo, no legal force)"
    assert (made[0].stat().st_mode & 0o777, len(list(made[0].parent.iterdir()))) == (0o600, 1)


def test_production_has_only_the_seal_it_was_given_and_a_rehearsal_none(tmp_path, monkeypatch):
    def found(mode):
        return generated.paper_seal("SEAL", tmp_path, passphrase="", mode=mode)

    monkeypatch.delenv("SEAL", raising=False)
    assert [found(mode) for mode in ("production", "rehearsal", "test")] == [None, None, None]
    monkeypatch.setenv("SEAL", "/seals/office.p12")
    assert [str(found(mode)) for mode in ("production", "demo", "rehearsal")] == ["/seals/office.p12"] * 2 + ["None"]
    assert list(tmp_path.iterdir()) == []
