"""Papers for the tests, drawn: pages of letters, PDFs written by hand."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypdf import PdfWriter

WORDS = "IJAZAH Sekolah Menengah Kejuruan Nomor 2026 Teknik Pengelasan"


def page(
    *, width: int = 1240, height: int = 1754, ground: int = 245, ink: int = 30, letters: int = 30, blur: int = 0
) -> Image.Image:
    """Return a page of letters, as a camera sees it."""
    picture = Image.new("RGB", (width, height), (ground,) * 3)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(letters)
    for top in range(60, height - 60, letters * 2):
        draw.text((60, top), f"{WORDS} {top}", fill=(ink,) * 3, font=font)
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture


def saved(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """Return a picture's bytes."""
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the picture of bytes."""
    return Image.open(io.BytesIO(data))


def pdf(pages: int = 1, change: Callable[[PdfWriter], Any] | None = None) -> bytes:
    """Return a PDF of blank pages, changed before it is written."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """Return a PNG of a few kilobytes that says it is `side` × `side` pixels of zeros."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * min(side, 2000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
