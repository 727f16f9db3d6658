"""Whether a PDF is only paper, and that paper written anew: readable, few pages, no lock, nothing that acts or hides.

What comes out holds the pages as the last revision shows them and what they draw with: no names, layers, links, forms,
attachments, metadata, earlier revisions, objects without a page, nothing before the header or behind the end. What cannot
be rewritten is refused. How long a viewer draws is not measured. Hostile files are read in a process of their own: `apart`.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter, overwrite_configuration
from pypdf.errors import LimitReachedError
from pypdf.filters import decode_stream_data
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, IndirectObject, NameObject, StreamObject

from rantau.engine.refusal import Refusal

from . import inflating

MOST_PAGES = 10
MOST_OBJECTS = 20_000
"""Objects looked at; ten honest pages have some hundreds."""
PIXELS = 40_000_000
"""Pixels of a picture on a page: an A4 sheet at 600 dpi has 35 million."""

ACTING_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent", "/XFA"}
ACTING_NAMES = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute",
    "/RichMedia", "/FileAttachment", "/EmbeddedFile", "/Movie", "/Sound", "/Screen", "/3D",
}  # fmt: skip
_PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")

PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group", "/Annots"}
"""What a page keeps."""
NOT_DRAWN = {
    "/AF", "/Alternates", "/F", "/FDecodeParms", "/FFilter", "/LastModified", "/Measure", "/Metadata", "/OC", "/OPI",
    "/PieceInfo", "/PtData", "/Ref", "/StructParent", "/StructParents",
}  # fmt: skip
"""What a form or a picture on a page loses: other files, layers, notes of the program that made it."""
STAMP = ("/Rect", "/AS", "/C", "/Border")
UNSEEN = 2 | 32
"""Flags of an annotation that a viewer does not show (ISO 32000-2, table 167: Hidden, NoView)."""


def rewritten(data: bytes) -> tuple[bytes, int]:
    """Return a PDF that is only paper, written anew, and how many pages it has.

    :raises Refusal: `file.broken`, `file.encrypted`, `file.active`, `file.pages`, `file.unpacks`, `file.large`
    """
    overwrite_configuration(zlib_maximum_output_length=inflating.OBJECTS, jbig2dec_binary=None)
    try:
        return _rewritten(data)
    except Refusal:
        raise
    except LimitReachedError:
        raise Refusal("file.unpacks", limit=inflating.OBJECTS // 1_000_000) from None
    except Exception:  # whatever the parser chokes on, the file is what is broken
        raise Refusal("file.broken") from None


def _rewritten(data: bytes) -> tuple[bytes, int]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Refusal("file.encrypted")
    if found := _PLAIN.search(data):
        raise Refusal("file.active", found=found[1].decode())
    for name in _acting(reader):
        raise Refusal("file.active", found=name.removeprefix("/"))
    number = len(reader.pages)
    if number == 0:
        raise Refusal("file.broken")
    if number > MOST_PAGES:
        raise Refusal("file.pages", limit=MOST_PAGES, found=number)
    for page in reader.pages:
        _bare(page)
    _only_drawing(list(reader.pages))
    writer, out = PdfWriter(), io.BytesIO()
    writer.metadata = None
    for page in reader.pages:
        writer.add_page(page)
    writer.write(out)
    return out.getvalue(), number


def _acting(reader: PdfReader) -> Iterator[str]:
    """Yield what acts or hides among all objects: those of every table, whether a page leads to them or not."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table if number}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise Refusal("file.broken")
    heap: list[Any] = [reader.trailer]
    heap += [reader.get_object(IndirectObject(number, generation, reader)) for number, generation in sorted(numbers)]
    seen = 0
    while heap:
        item = heap.pop()
        seen += 1
        if seen > 10 * MOST_OBJECTS:
            raise Refusal("file.broken")
        if isinstance(item, DictionaryObject):
            yield from sorted(ACTING_KEYS & set(item))
            heap += item.values() if item is not reader.trailer else []
        elif isinstance(item, ArrayObject):
            heap += item
        elif isinstance(item, NameObject) and item in ACTING_NAMES:
            yield str(item)


def _bare(page: DictionaryObject) -> None:
    """Take from a page all that is no drawing; what an annotation shows stays as a stamp, without what it did.

    :raises Refusal: `file.broken` for a page of no size, which is one that could not be read to its end
    """
    if "/MediaBox" not in page:
        raise Refusal("file.broken")
    for key in set(page) - PAGE:
        del page[key]
    stamps = ArrayObject(
        _stamp(note) for one in page.get("/Annots", ArrayObject()) if "/N" in (note := one.get_object()).get("/AP", {})
    )
    page[NameObject("/Annots")] = ArrayObject(stamp for stamp in stamps if stamp)
    if not page["/Annots"]:
        del page["/Annots"]


def _stamp(note: DictionaryObject) -> DictionaryObject:
    stamp = DictionaryObject()
    if int(note.get("/F", 0)) & UNSEEN or note.get("/Subtype") in ("/Link", "/Popup"):
        return stamp
    stamp.update({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Stamp")})
    stamp.update({NameObject(key): note.raw_get(key) for key in STAMP if key in note})
    stamp[NameObject("/AP")] = DictionaryObject({NameObject("/N"): note["/AP"].raw_get("/N")})
    return stamp


def _only_drawing(heap: list[Any]) -> None:
    """Take what is not drawn from everything that pages lead to, and measure what it unpacks to.

    :raises Refusal: `file.unpacks`, `file.large`, and `file.broken` where a drawing leads back to pages
    """
    tops, seen, left = {id(page) for page in heap}, set(), inflating.TOTAL
    while heap:
        item = heap.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        if isinstance(item, StreamObject):
            for key in NOT_DRAWN & set(item):
                del item[key]
            left -= _measured(item, left)
        if isinstance(item, DictionaryObject):
            if item.get("/Type") in ("/Page", "/Pages", "/Catalog") and id(item) not in tops:
                raise Refusal("file.broken")
            heap += item.values()
        elif isinstance(item, ArrayObject):
            heap += item


def _measured(stream: StreamObject, left: int) -> int:
    """Return how many bytes a stream unpacks to, at most `left`; a picture's pixels are looked at too."""
    pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    names = stream.get("/Filter", ArrayObject())
    filters = [str(one.get_object()) for one in (names if isinstance(names, ArrayObject) else [names])]
    data, size = stream._data, len(stream._data)
    for place, name in enumerate(filters):
        if name in inflating.PICTURES:
            pixels = max(pixels, _pixels(data, inflating.PICTURES[name]))
            break
        data, size = inflating.unpacked(data, name, _one_step, left=left, more=place + 1 < len(filters))
    if pixels > PIXELS:
        raise Refusal("file.large", limit=PIXELS // 1_000_000, found=pixels // 1_000_000)
    return size


def _one_step(data: bytes, name: str) -> bytes:
    """Return data after one filter of the kinds that the parser unpacks."""
    step = EncodedStreamObject()
    step._data = data
    step[NameObject("/Filter")] = NameObject(name)
    return decode_stream_data(step)


def _pixels(data: bytes, kind: str) -> int:
    """Return how many pixels a picture says it has; 0 for fax and JBIG2, whose size stands in the page alone."""
    if not kind:
        return 0
    with Image.open(io.BytesIO(data), formats=(kind,)) as picture:
        return picture.size[0] * picture.size[1]
