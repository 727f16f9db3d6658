"""How far the streams of a PDF may unpack: counted a piece at a time, so that a bomb is seen before it is whole."""

import zlib
from collections.abc import Callable

from rantau.engine.refusal import Refusal

OBJECTS = 16_000_000
"""Bytes that a table or a stream of objects may unpack to; honest ones have some thousands."""
ONE = 128_000_000
"""Bytes of one stream: an A4 sheet at 600 dpi in colour has 105 million."""
TOTAL = 400_000_000
"""Bytes of all streams on the pages: ten sheets at 300 dpi in colour have 260 million."""
PIECE = 1_000_000

FLATE = ("/FlateDecode", "/Fl")
SMALL = ("/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL")
PICTURES = {
    "/DCTDecode": "JPEG",
    "/DCT": "JPEG",
    "/JPXDecode": "JPEG2000",
    "/CCITTFaxDecode": "",
    "/CCF": "",
    "/JBIG2Decode": "",
}


def unpacked(
    data: bytes, name: str, step: Callable[[bytes, str], bytes], *, left: int, more: bool
) -> tuple[bytes, int]:
    """Return what one filter makes of data, and its size; the bytes of the last one are counted and not kept.

    :raises Refusal: `file.unpacks` beyond `ONE` or `left`, `file.broken` for a filter that no scanner or phone writes
    """
    if name in FLATE:
        found, size = _inflated(data, min(ONE, left), keep=more)
    elif name in SMALL:
        found = step(data, name)
        size = len(found)
    else:
        raise Refusal("file.broken")
    if size > min(ONE, left):
        raise Refusal("file.unpacks", limit=min(ONE, left) // 1_000_000)
    return found, size


def _inflated(data: bytes, limit: int, *, keep: bool) -> tuple[bytes, int]:
    """Return inflated bytes (empty unless kept) and their number, which is above the limit for a bomb."""
    stream, pieces, size = zlib.decompressobj(), [], 0
    while data and size <= limit and not stream.eof:
        try:
            piece = stream.decompress(data, PIECE)
        except zlib.error:  # viewers show what comes before a damaged end
            break
        size += len(piece)
        data = stream.unconsumed_tail
        if keep:
            pieces.append(piece)
    return b"".join(pieces), size
