"""A document as PDF, set by Typst with its own fonts: the same value gives the same bytes on every machine."""

import ast
import json
import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from rantau.engine.refusal import Refusal

from .layout import laid_out
from .pack import Pack
from .pack import laid_out as pack_laid_out
from .values import Paper, named, printable

FORMS = Path(__file__).resolve().parent / "forms"
_SHOWN = re.compile(r'the text `("(?:[^"\\]|\\.)*")` could not be displayed')
_LONG = re.compile(r"\S{31,}")
_turn = threading.Lock()  # a compiler is used by one thread at a time


def pdf(paper: Paper, *, languages: tuple[str, ...] = ("id", "ru"), form: str = "agreement") -> bytes:
    """Return a document as PDF, its languages side by side, a row for each paragraph; one language has the full width.

    It can be kept for decades (PDF/A-2a) and read aloud (PDF/UA-1).
    Compile in the process that serves: a child forked after the first document would wait for ever.

    :raises Refusal: `paper.glyphs` with the characters that cannot be printed
    """
    printable(paper)
    return _set(laid_out(paper, languages), form)


def pack(taken: Pack) -> bytes:
    """Return a departure pack as PDF, in its one language, kept and read aloud as every document.

    :raises Refusal: `paper.glyphs` with the characters that cannot be printed
    """
    printable(taken)
    return _set(pack_laid_out(taken), "pack")


def _set(plain: dict[str, Any], form: str) -> bytes:
    data = json.dumps(_breakable(plain), ensure_ascii=False, sort_keys=True)
    try:
        with _turn:  # both standards forbid a character that no font has, and one of them a file nobody can read aloud
            made = _compiler(form).compile(sys_inputs={"data": data}, format="pdf", pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        found = sorted({sign for text in _SHOWN.findall(error.diagnostic) for sign in ast.literal_eval(text)})
        if not found:
            raise
        raise Refusal("paper.glyphs", found=[named(sign) for sign in found]) from None
    assert isinstance(made, bytes)
    return made


def _breakable(plain: Any, name: str = "") -> Any:
    """Return the data with places to break in its longest unbroken runs, so that nothing leaves its column."""
    if isinstance(plain, dict):
        return {key: _breakable(value, key) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_breakable(value, name) for value in plain]
    if name in ("text", "name", "number"):
        return _LONG.sub(lambda run: "\N{ZERO WIDTH SPACE}".join(re.findall(".{1,10}", run[0])), plain)
    return plain


@cache
def _compiler(form: str) -> typst.Compiler:
    """Return the one compiler of a form, made when it is first needed: a kept one is faster by a third."""
    return typst.Compiler(FORMS / f"{form}.typ", root=FORMS, ignore_system_fonts=True)
