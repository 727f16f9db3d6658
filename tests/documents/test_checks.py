"""What is a document that a person can read, and what is not."""

from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from rantau.documents import checks
from rantau.documents.pdf import rewritten
from rantau.engine.refusal import Refusal

from .paper import bomb, opened, page, pdf, saved


def refusal(data: bytes) -> tuple[str, dict]:
    """Return the refusal of bytes: code and facts."""
    with pytest.raises(Refusal) as raised:
        checks.prepare(data)
    return raised.value.code, raised.value.facts


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_page_is_kept_as_a_jpeg_of_at_most_1600_pixels(kind):
    ready = checks.prepare(saved(page(), kind))
    assert (ready.type, ready.pages) == ("image/jpeg", 1)
    assert (opened(ready.data).format, opened(ready.data).size) == ("JPEG", (1131, 1600))


def test_a_small_page_is_not_enlarged():
    assert opened(checks.prepare(saved(page(width=600, height=800, letters=18))).data).size == (600, 800)


def test_the_same_bytes_become_the_same_bytes():
    assert checks.prepare(saved(page())).data == checks.prepare(saved(page())).data


def test_a_picture_is_turned_upright_and_loses_its_metadata():
    exif = Image.Exif()
    exif[0x0112] = 6  # held sideways
    exif[0x010F] = "Telepon Siti"
    exif.get_ifd(0x8825)[1] = "S"  # where it was taken
    ready = checks.prepare(saved(page(width=1600, height=1200), exif=exif, comment=b"rahasia"))
    kept = opened(ready.data)
    assert kept.size == (1200, 1600)
    assert dict(kept.getexif()) == {}
    assert set(kept.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [word for word in (b"Telepon", b"rahasia", b"Exif") if word in ready.data] == []


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1", "CMYK", "I;16"])
def test_every_way_of_keeping_colours_is_read(mode):
    grey = page().convert("L")
    picture = grey.point(lambda v: v * 256, "I").convert("I;16") if mode == "I;16" else page().convert(mode)
    ready = checks.prepare(saved(picture, "JPEG" if mode == "CMYK" else "PNG"))
    assert opened(ready.data).mode == "RGB"
    assert 215 < checks.brightness(checks.np.asarray(opened(ready.data).convert("L"))) < 245


def test_what_is_transparent_lies_on_white():
    clear = Image.new("RGBA", (1240, 1754), (0, 0, 0, 0))
    clear.paste(page(), (0, 0), mask=page().convert("L").point(lambda v: 255 if v < 128 else 0))
    assert opened(checks.prepare(saved(clear, "PNG")).data).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("letters", [18, 30, 48])
def test_sharp_and_slightly_blurred_letters_pass_and_heavily_blurred_do_not(letters):
    for blur in (0, 1, 2):
        assert checks.prepare(saved(page(letters=letters, blur=blur))).pages == 1
    for blur in (6, 9):
        code, facts = refusal(saved(page(letters=letters, blur=blur)))
        assert (code, facts["limit"], facts["found"] < facts["limit"]) == ("file.blurred", checks.SHARP, True)


def test_sharpness_falls_with_every_step_of_blur():
    measured = [checks.sharpness(checks.np.asarray(page(blur=blur).convert("L"))) for blur in (0, 1, 2, 4, 8)]
    assert measured == sorted(measured, reverse=True)
    assert len(set(measured)) == 5


def test_a_dark_photo_is_refused_and_a_dim_one_is_not():
    assert refusal(saved(page(ground=40, ink=5))) == ("file.dark", {"limit": 45, "found": 37})
    assert checks.prepare(saved(page(ground=90, ink=20))).pages == 1


def test_a_photo_without_letters_is_too_bright_and_a_white_scan_is_not():
    assert refusal(saved(page(ground=255, ink=235)))[0] == "file.bright"
    assert checks.prepare(saved(page(ground=255, ink=0))).pages == 1


def test_small_pictures_are_refused_by_their_long_side():
    assert refusal(saved(page(width=500, height=799))) == ("file.small", {"limit": 800, "found": 799})
    assert checks.prepare(saved(page(width=800, height=400))).pages == 1


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ""),
        (b"hello", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", ""),
        (b"<!doctype html><script>alert(1)</script>", ""),
        (b"GIF89a" + bytes(40), "gif"),
        (b"PK\x03\x04" + bytes(40), "zip"),
        (b"MZ" + bytes(80), "exe"),
        (b" %PDF-1.7", ""),
    ],
)
def test_everything_else_is_no_document(data, found):
    assert refusal(data) == ("file.type", {"found": found})


def test_heic_is_refused_with_a_code_of_its_own():
    assert refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)) == ("file.heic", {})


def test_the_size_is_looked_at_first():
    data = saved(page()).ljust(checks.LIMIT + 1024 * 1024, b"x")
    assert refusal(data) == ("file.size", {"limit": "8.0", "found": "9.0"})


@pytest.mark.parametrize("side", [7_000, 10_000, 30_000])
def test_a_picture_that_unpacks_to_too_much_is_not_unpacked(side):
    data = bomb(side)
    assert len(data) < 100_000
    code, facts = refusal(data)
    assert (code, facts["limit"]) == ("file.large", 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_broken(kind):
    data = saved(page(), kind)
    assert refusal(data[: len(data) // 3]) == ("file.broken", {})


def test_a_magic_number_alone_is_broken():
    assert refusal(b"\xff\xd8\xff\xe0" + bytes(300)) == ("file.broken", {})


def test_what_hides_behind_a_picture_does_not_survive():
    shell = b"<?php system($_GET['c']); ?>"
    data = saved(page(), comment=shell) + shell + b"PK\x03\x04payload.zip"
    kept = checks.prepare(data).data
    assert shell in data
    assert [hidden for hidden in (b"<?php", b"PK\x03\x04", b"payload") if hidden in kept] == []


# --- PDF -------------------------------------------------------------------------------------------------------------
def unfit(data: bytes) -> tuple[str, dict]:
    """Return the refusal of a PDF: code and facts."""
    with pytest.raises(Refusal) as raised:
        rewritten(data)
    return raised.value.code, raised.value.facts


def test_a_pdf_is_written_anew_with_its_pages():
    paper, number = rewritten(pdf(10))
    assert checks.prepare(pdf(10)) == checks.Ready(data=paper, type="application/pdf", pages=number)


def test_more_than_ten_pages_are_refused():
    assert unfit(pdf(11)) == ("file.pages", {"limit": 10, "found": 11})


def test_a_locked_pdf_is_refused():
    assert unfit(pdf(1, lambda w: w.encrypt("rahasia", algorithm="RC4-128"))) == ("file.encrypted", {})
    assert unfit(pdf(1, lambda w: w.encrypt("", "pemilik", algorithm="RC4-128"))) == ("file.encrypted", {})


def _action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("app.alert(1)")})


def _on_opening(kind: str) -> Callable[[PdfWriter], None]:
    """Return a change that makes a document act when it is opened."""
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): _action(kind)})


def _attached(writer: PdfWriter) -> None:
    inner = DictionaryObject({NameObject("/Type"): NameObject("/Filespec"), NameObject("/EF"): DictionaryObject()})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/Zz"): inner})


def _hidden(writer: PdfWriter) -> None:
    """Leave an action in an object to which no page leads."""
    writer._add_object(DictionaryObject({NameObject("/S"): NameObject("/Rendition")}))


def _page_action(writer: PdfWriter) -> None:
    act = DictionaryObject({NameObject("/S"): NameObject("/SubmitForm")})
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): act})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_on_opening("/JavaScript"), "JavaScript"),
        (_on_opening("/Launch"), "Launch"),
        (_on_opening("/Named"), "JS"),
        (_attached, "EF"),
        (_hidden, "Rendition"),
        (_page_action, "SubmitForm"),
    ],
)
def test_a_pdf_that_acts_or_hides_is_refused(change, found):
    assert unfit(pdf(1, change)) == ("file.active", {"found": found})


def test_a_name_written_in_disguise_is_read():
    data = pdf(
        1,
        lambda w: w.root_object.update(
            {NameObject("/Zz"): DictionaryObject({NameObject("/JS"): TextStringObject("x")})}
        ),
    )
    disguised = data.replace(b"/JS", b"/#4A#53")
    assert (b"/JS" in disguised, unfit(disguised)) == (False, ("file.active", {"found": "JS"}))


def test_a_link_to_a_page_of_its_own_is_no_action():
    def inner_link(writer: PdfWriter) -> None:
        there = ArrayObject([writer.pages[1].indirect_reference, NameObject("/Fit")])
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): there}
        )

    assert rewritten(pdf(2, inner_link))[1] == 2


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(500), pdf(1)[:200], pdf(0)])
def test_a_pdf_that_cannot_be_read_is_broken(data):
    assert unfit(data) == ("file.broken", {})
