"""Whether bytes are a document a person can read: type, size, light, sharpness, nothing hidden; bytes in, bytes out."""

import io
import zipfile
from collections.abc import Callable

import filetype
import numpy as np
from PIL import Image, ImageOps

from rantau.engine.canonical import Frozen
from rantau.engine.refusal import Refusal

from . import apart, straighten

JPEG, PDF = "image/jpeg", "application/pdf"
PICTURES = {JPEG: "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
LIMIT = 8 * 1024 * 1024
"""Bytes of an upload."""
PIXELS = 40_000_000
"""Pixels a picture may unpack to: 160 MB in memory; today's phones take 12 to 50 million and save fewer."""
SMALLEST, LARGEST = 800, 1600
"""Pixels of the long side: least that a certificate can be read in, most that is kept."""
MEASURED = 1024
"""Pixels of the long side of the copy on which light and sharpness are measured, so that phones compare."""
DARK = 45
"""Mean luminance (0 to 255) below which letters drown."""
BRIGHT, INK = 235, 170
"""Mean luminance above which, where even the darkest half per cent is lighter than `INK`, no letters are left."""
SHARP = 15
"""Least variance of the Laplacian. Measured on printed pages of 18 to 48 px letters, 1240 px wide: sharp 6,900 and more,
softened by 2 px 60 to 430, by 6 px below 6; a passport photo 73. Set low: a needless refusal costs more than a second
look by an officer."""
QUALITY = 85


class Ready(Frozen):
    """A document as it is kept: its bytes after re-encoding, their type, its pages."""

    data: bytes
    type: str
    pages: int


def prepare(data: bytes) -> Ready:
    """Return the document ready to be kept, written anew: a picture upright, its lines level, at most 1600 pixels, without
    its metadata; of a PDF its pages.

    :raises Refusal: `file.size`, `file.type`, `file.heic`, `file.twofold`, `file.broken`, `file.large`, `file.small`,
        `file.dark`, `file.bright`, `file.blurred`, `file.encrypted`, `file.active`, `file.pages`, `file.unpacks`
    """
    if len(data) > LIMIT:
        raise too_big(len(data))
    kind = sniff(data)
    if _archive(data):
        raise Refusal("file.twofold")
    if kind == PDF:
        paper, pages = apart.rewritten(data)
        return Ready(data=paper, type=PDF, pages=pages)
    picture = _picture(data, PICTURES[kind])
    _readable(picture)
    return Ready(data=_encoded(picture), type=JPEG, pages=1)


def too_big(size: int) -> Refusal:
    """Return the refusal of a file that has too many bytes."""
    return Refusal("file.size", limit=_megabytes(LIMIT), found=_megabytes(size))


def sniff(data: bytes) -> str:
    """Return what the bytes are, whatever their name says: a media type that is accepted.

    :raises Refusal: `file.type`, `file.heic`
    """
    found = filetype.guess(data)
    kind = found.mime if found else ""
    if kind in ("image/heic", "image/heif", "image/avif"):
        raise Refusal("file.heic")
    if (kind == PDF and not data.startswith(b"%PDF-")) or (kind != PDF and kind not in PICTURES):
        raise Refusal("file.type", found=found.extension if found else "")
    return kind


def _archive(data: bytes) -> bool:
    """Return whether the same bytes are an archive too, which is read from its end (GIFAR and its kin)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            return bool(found.namelist())
    except Exception:  # whatever keeps it from being one
        return False


def brightness(grey: np.ndarray) -> int:
    """Return the mean luminance, 0 to 255."""
    return round(float(grey.mean()))


def sharpness(grey: np.ndarray) -> int:
    """Return the variance of the Laplacian (Pech-Pacheco et al., ICPR 2000): edges make it large, blur takes it away."""
    g = grey.astype(np.float64)
    edges = g[:-2, 1:-1] + g[2:, 1:-1] + g[1:-1, :-2] + g[1:-1, 2:] - 4 * g[1:-1, 1:-1]
    return round(float(edges.var()))


def _picture(data: bytes, name: str) -> Image.Image:
    picture = _unpacked(lambda: Image.open(io.BytesIO(data), formats=(name,)))
    width, height = picture.size
    if width * height > PIXELS:
        raise Refusal("file.large", limit=PIXELS // 1_000_000, found=width * height // 1_000_000)
    if max(width, height) < SMALLEST:
        raise Refusal("file.small", limit=SMALLEST, found=max(width, height))
    return _unpacked(lambda: _upright(picture))


def _unpacked(step: Callable[[], Image.Image]) -> Image.Image:
    try:
        return step()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal("file.large", limit=PIXELS // 1_000_000, found=f"> {PIXELS // 1_000_000}") from None
    except Exception:  # whatever a decoder chokes on, the file is what is broken
        raise Refusal("file.broken") from None


def _upright(picture: Image.Image) -> Image.Image:
    """Return the decoded picture turned as its EXIF says, on white where it was transparent, in RGB."""
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):
        picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    return picture.convert("RGB")


def _readable(picture: Image.Image) -> None:
    copy = picture.convert("L")
    copy.thumbnail((MEASURED, MEASURED), Image.Resampling.BOX)
    grey = np.asarray(copy)
    light = brightness(grey)
    if light < DARK:
        raise Refusal("file.dark", limit=DARK, found=light)
    if light > BRIGHT and np.percentile(grey, 0.5) > INK:
        raise Refusal("file.bright", limit=BRIGHT, found=light)
    sharp = sharpness(grey)
    if sharp < SHARP:
        raise Refusal("file.blurred", limit=SHARP, found=sharp)


def _encoded(picture: Image.Image) -> bytes:
    degrees = straighten.angle(picture)
    if degrees:
        picture = straighten.turned(picture, degrees, LARGEST)
    else:
        picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())  # pixels alone: no metadata can follow
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"
