"""Whether a PDF is only paper: readable, few pages, no lock, nothing that acts and nothing hidden inside."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from rantau.engine.refusal import Refusal

MOST_PAGES = 10
MOST_OBJECTS = 20_000
"""Objects looked at; ten honest pages have some hundreds."""

ACTING_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent", "/XFA"}
ACTING_NAMES = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute",
    "/RichMedia", "/FileAttachment", "/EmbeddedFile", "/Movie", "/Sound", "/Screen", "/3D",
}  # fmt: skip
_PLAIN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")


def pages(data: bytes) -> int:
    """Return how many pages a PDF has that is only paper.

    :raises Refusal: `file.broken`, `file.encrypted`, `file.active`, `file.pages`
    """
    try:
        number = _pages(data)
    except Refusal:
        raise
    except Exception:  # whatever the parser chokes on, the file is what is broken
        raise Refusal("file.broken") from None
    if number == 0:
        raise Refusal("file.broken")
    if number > MOST_PAGES:
        raise Refusal("file.pages", limit=MOST_PAGES, found=number)
    return number


def _pages(data: bytes) -> int:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Refusal("file.encrypted")
    if found := _PLAIN.search(data):
        raise Refusal("file.active", found=found[1].decode())
    for name in _acting(reader):
        raise Refusal("file.active", found=name.removeprefix("/"))
    return len(reader.pages)


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
