"""What of a PDF is kept, and what no PDF gets past: bombs, hiding places, files that are two things at once."""

import io
import subprocess
import zipfile
import zlib

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from rantau.documents import apart, checks, inflating
from rantau.documents.pdf import rewritten
from rantau.engine.refusal import Refusal

from .paper import page, pdf, saved

SECRET = b"RAHASIALAMA"


def refusal(data: bytes, read=rewritten) -> tuple[str, dict]:
    """Return the refusal of bytes: code and facts."""
    with pytest.raises(Refusal) as raised:
        read(data)
    return raised.value.code, raised.value.facts


def named(**values) -> DictionaryObject:
    """Return a dictionary of a PDF by its names."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def stream(data: bytes, **values) -> StreamObject:
    """Return a stream of a PDF with its dictionary."""
    made = StreamObject()
    made._data = data
    made.update(named(**values))
    return made


def form(data: bytes = b"0 0 9 9 re f", **values) -> StreamObject:
    """Return a drawing of a PDF."""
    box = ArrayObject([NumberObject(0), NumberObject(0), NumberObject(9), NumberObject(9)])
    return stream(data, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box, **values)


def drawn(content: StreamObject | None = None, **xobjects: StreamObject) -> bytes:
    """Return a PDF of one page with contents and drawings."""

    def change(writer: PdfWriter) -> None:
        known = {NameObject(f"/{name}"): writer._add_object(one) for name, one in xobjects.items()}
        writer.pages[0][NameObject("/Resources")] = named(XObject=DictionaryObject(known))
        if content is not None:
            writer.pages[0][NameObject("/Contents")] = writer._add_object(content)

    return pdf(1, change)


def zeros(megabytes: int) -> bytes:
    """Return zeros as zlib packs them, to about a thousandth: one packed megabyte, again and again."""
    packer = zlib.compressobj(9)
    first, again = (packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * (megabytes - 1) + packer.flush()


def archive() -> bytes:
    """Return a small archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("Bahaya.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


# --- what is kept ------------------------------------------------------------------------------------------------------
def test_pages_and_what_they_draw_are_kept():
    shown = b"q 1 0 0 1 5 5 cm /A Do Q"
    kept, number = rewritten(drawn(stream(shown), A=form(b"0 0 7 7 re f")))
    [page_] = PdfReader(io.BytesIO(kept)).pages
    assert number == 1
    assert page_.get_contents().get_data() == shown
    assert page_["/Resources"]["/XObject"]["/A"].get_object().get_data() == b"0 0 7 7 re f"
    assert (page_.mediabox.width, page_.mediabox.height) == (595, 842)


def test_written_again_it_stays_the_same():
    once, _ = rewritten(pdf(3))
    assert (rewritten(pdf(3)), rewritten(once)) == ((once, 3), (once, 3))


def test_names_layers_notes_and_objects_without_a_page_are_gone():
    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Author": SECRET.decode()})
        said = TextStringObject(SECRET.decode())
        for key in ("/Metadata", "/PieceInfo", "/OCProperties", "/Outlines", "/Threads"):
            writer.root_object[NameObject(key)] = named(Said=said)
        writer._add_object(named(Said=said))
        writer.pages[0][NameObject("/PieceInfo")] = named(Said=said)
        layered = form(OC=named(Name=said), PieceInfo=named(Said=said))
        writer.pages[0][NameObject("/Resources")] = named(XObject=named(OC=writer._add_object(layered)))

    data = pdf(1, change)
    kept, _ = rewritten(data)
    [page_] = PdfReader(io.BytesIO(kept)).pages
    assert (SECRET in data, SECRET in kept) == (True, False)
    assert set(page_["/Resources"]["/XObject"]["/OC"].get_object()) == {"/Type", "/Subtype", "/BBox"}
    assert set(PdfReader(io.BytesIO(kept)).root_object) == {"/Type", "/Pages"}


def test_what_a_note_shows_stays_and_what_it_does_goes():
    def change(writer: PdfWriter) -> None:
        rect = ArrayObject([FloatObject(n) for n in (1, 1, 9, 9)])
        act = named(S=NameObject("/URI"), URI=TextStringObject("https://jahat.example/"))
        look = named(N=writer._add_object(form()))
        notes = [
            named(Subtype=NameObject("/Widget"), Rect=rect, AP=look, A=act, T=TextStringObject("isian")),
            named(Subtype=NameObject("/Link"), Rect=rect, A=act),
            named(Subtype=NameObject("/FreeText"), Rect=rect, AP=look, F=NumberObject(2)),
            named(Subtype=NameObject("/Text"), Rect=rect, Contents=TextStringObject(SECRET.decode())),
        ]
        writer.pages[0][NameObject("/Annots")] = ArrayObject(map(writer._add_object, notes))

    kept, _ = rewritten(pdf(1, change))
    [stamp] = PdfReader(io.BytesIO(kept)).pages[0]["/Annots"]
    assert set(stamp.get_object()) == {"/Type", "/Subtype", "/Rect", "/AP"}
    assert stamp.get_object()["/Subtype"] == "/Stamp"
    assert [word for word in (b"jahat", b"isian", SECRET) if word in kept] == []


def test_an_earlier_revision_does_not_survive_the_later_one():
    first = pdf(1, lambda w: w.add_metadata({"/Subject": SECRET.decode()}))
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream(b"0 0 1 1 re f"))
    out = io.BytesIO()
    writer.write(out)
    kept, _ = rewritten(out.getvalue())
    assert (out.getvalue().count(b"%%EOF"), kept.count(b"%%EOF")) == (2, 1)
    assert (SECRET in out.getvalue(), SECRET in kept) == (True, False)
    assert PdfReader(io.BytesIO(kept)).pages[0].get_contents().get_data() == b"0 0 1 1 re f"


@pytest.mark.parametrize(
    "data",
    [
        pdf(1) + b"\n<script>alert(1)</script>",
        pdf(1).replace(b"\n", b"\n%<html><script>alert(1)</script>\n", 1),
        pdf(1) + b"MZ" + b"<script>" * 20,
    ],
    ids=["behind the end", "behind the header", "a program"],
)
def test_what_stands_around_the_pages_is_gone(data):
    kept, _ = rewritten(data)
    assert (b"<script>" in data, b"<script>" in kept, kept[:5], kept.endswith(b"%%EOF\n")) == (
        True,
        False,
        b"%PDF-",
        True,
    )


# --- bombs -------------------------------------------------------------------------------------------------------------
def test_a_stream_that_unpacks_to_a_gigabyte_is_not_unpacked():
    data = drawn(stream(zeros(1000), Filter=NameObject("/FlateDecode")))
    assert len(data) < 1_100_000
    assert refusal(data, apart.rewritten) == ("file.unpacks", {"limit": 128})


def test_a_bomb_in_a_bomb_is_seen():
    packed = zlib.compress(zeros(200), 9)
    twice = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    assert refusal(drawn(stream(packed, Filter=twice))) == ("file.unpacks", {"limit": 128})


def test_many_streams_are_counted_together(monkeypatch):
    monkeypatch.setattr(inflating, "TOTAL", 5_000_000)
    part = {"data": zeros(2), "Filter": NameObject("/FlateDecode")}
    assert rewritten(drawn(A=form(**part), B=form(**part)))[1] == 1
    assert refusal(drawn(A=form(**part), B=form(**part), C=form(**part)))[0] == "file.unpacks"


def _table(entries: bytes, **values) -> bytes:
    """Return a PDF whose table of objects is a packed stream."""
    said = b"".join(b"/%s %s " % (key.encode(), value) for key, value in values.items())
    table = b"1 0 obj\n<</Type/XRef/Filter/FlateDecode/Root 2 0 R %s/Length %d>>\nstream\n" % (said, len(entries))
    return b"%PDF-1.7\n" + table + entries + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize(
    "data",
    [
        _table(zeros(100), Size=b"14000000", W=b"[1 4 2]"),
        _table(zlib.compress(bytes(7)), Size=b"2000000000", W=b"[1 4 2]", Index=b"[0 2000000000]"),
        _table(zlib.compress(bytes(7)), Size=b"9", W=b"[1 4 2]", Prev=b"9"),
    ],
    ids=["a table of 100 MB", "a table that says it is long", "a table before itself"],
)
def test_a_table_of_objects_that_is_a_bomb_ends_soon(data):
    assert refusal(data, apart.rewritten)[0] in ("file.broken", "file.unpacks")


def _kids(writer: PdfWriter, count: int) -> None:
    leaf = writer.pages[0].indirect_reference
    writer.root_object["/Pages"][NameObject("/Kids")] = ArrayObject([leaf] * count)


def _ring(writer: PdfWriter) -> None:
    writer.root_object["/Pages"]["/Kids"].append(writer.root_object.raw_get("/Pages"))


def test_a_page_tree_that_never_ends_ends():
    assert refusal(pdf(1, _ring), apart.rewritten) == ("file.broken", {})
    assert refusal(pdf(1, lambda writer: _kids(writer, 90_000)), apart.rewritten) == (
        "file.pages",
        {"limit": 10, "found": 90_000},
    )


def test_nesting_without_a_bottom_is_broken():
    data = pdf(1, lambda w: w.pages[0].update({NameObject("/Resources"): named(Deep=NameObject("/Bottom"))}))
    for deep in (b"[" * 30_000 + b"]" * 30_000, b"<</A" * 30_000 + b" 1" + b">>" * 30_000):
        assert refusal(data.replace(b"/Bottom", deep), apart.rewritten) == ("file.broken", {})


def test_a_drawing_that_leads_back_to_pages_is_broken():
    def change(writer: PdfWriter) -> None:
        hidden = named(Type=NameObject("/Page"), MediaBox=writer.pages[0]["/MediaBox"])
        writer.pages[0][NameObject("/Resources")] = named(Properties=named(MC0=writer._add_object(hidden)))

    assert refusal(pdf(1, change)) == ("file.broken", {})


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        ({"data": b"", "Width": NumberObject(60_000), "Height": NumberObject(60_000)}, 3600),
        ({"data": saved(page(width=8000, height=6000)), "Filter": NameObject("/DCTDecode")}, 48),
    ],
    ids=["as it says", "as its own header says"],
)
def test_a_picture_on_a_page_is_not_larger_than_one_alone(picture, found):
    data = drawn(
        A=stream(**{"Subtype": NameObject("/Image"), "Width": NumberObject(9), "Height": NumberObject(9), **picture})
    )
    assert refusal(data) == ("file.large", {"limit": 40, "found": found})


def test_an_unknown_way_of_packing_is_broken():
    assert refusal(drawn(stream(b"x", Filter=NameObject("/Zopfli")))) == ("file.broken", {})


# --- apart -------------------------------------------------------------------------------------------------------------
def test_apart_it_is_the_same():
    assert apart.rewritten(pdf(2)) == rewritten(pdf(2))
    assert refusal(pdf(11), apart.rewritten) == refusal(pdf(11))
    assert refusal(b"%PDF-1.7\n", apart.rewritten) == ("file.broken", {})


def test_apart_there_is_little_memory_no_file_and_no_secret():
    tries = (
        "import os, sys; from rantau.documents import apart, pdf; "
        "apart.SECONDS = 1; pdf.rewritten = lambda data: (eval(data), 1); sys.exit(apart.main())"
    )

    def run(does: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*apart.COMMAND[:1], "-c", tries],
            input=does,
            capture_output=True,
            env={"PYTHONPATH": str(apart.ROOT)},
            check=False,
        )

    assert run(b"b'x'").stdout == b'{"pages": 1}\nx'
    assert b"MemoryError" in run(b"bytes(10**9)").stderr
    assert run(b"any(iter(int, 1))").returncode == -9
    assert run(b"b'x' * (17 * 1024 * 1024)").returncode == 1


# --- two things at once ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [pdf(1) + archive(), saved(page()) + archive(), saved(page(), "PNG") + archive()],
    ids=["PDF", "JPEG", "PNG"],
)
def test_what_is_an_archive_too_is_refused(data):
    assert refusal(data, checks.prepare) == ("file.twofold", {})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + bytes(40) + archive(), "file.type"),
        (archive() + pdf(1), "file.type"),
        (b"<html><!--" + pdf(1), "file.type"),
        (b"\xef\xbb\xbf" + pdf(1), "file.type"),
        (b"\xff\xd8\xff\xe0" + pdf(1), "file.broken"),
    ],
    ids=["GIFAR", "an archive first", "a page first", "a mark first", "a photo first"],
)
def test_a_pdf_begins_with_its_header(data, code):
    assert refusal(data, checks.prepare)[0] == code
