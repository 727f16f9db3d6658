"""A few prepared documents, drawn once: legible, plainly marked as made up, small."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

TITLES = {
    "identity_card": "KARTU IDENTITAS",
    "diploma": "IJAZAH SMK",
    "report": "RAPOR SEMESTER 1-5",
    "photo": "PAS FOTO",
}


@cache
def prepared() -> dict[str, bytes]:
    """Return one JPEG of each kind of document."""
    return {kind: _paper(title) for kind, title in TITLES.items()}


def _paper(title: str) -> bytes:
    page = Image.new("RGB", (1000, 700), "#f4f1e8")
    draw = ImageDraw.Draw(page)
    draw.rectangle((24, 24, 976, 676), outline="#333333", width=4)
    draw.text((70, 70), title, fill="#111111", font=ImageFont.load_default(56))
    draw.text((70, 160), "PERAGAAN - DATA REKAAN", fill="#8a1c1c", font=ImageFont.load_default(44))
    for line in range(9):
        draw.text(
            (70, 250 + 44 * line),
            f"Baris {line + 1}: tulisan contoh yang terbaca jelas 1234567890",
            fill="#222222",
            font=ImageFont.load_default(30),
        )
    out = io.BytesIO()
    page.save(out, "JPEG", quality=88)
    return out.getvalue()
