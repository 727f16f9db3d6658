"""A document as DOCX, to be worked on: headings, columns by language, the same bytes for the same value."""

import datetime as dt
import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .layout import Plain, laid_out
from .values import Paper, printable

TAGS = {"id": "id-ID", "en": "en-GB", "ru": "ru-RU"}
QUIET = RGBColor(0x59, 0x59, 0x59)
WIDTH = Mm(162)


def docx(paper: Paper, *, languages: tuple[str, ...] = ("id", "ru")) -> bytes:
    """Return a document as DOCX: a heading a clause, below it a column a language, signatures last.

    :raises Refusal: `paper.glyphs` with the characters that cannot be printed
    """
    printable(paper)
    plain = laid_out(paper, languages)
    made = Document()
    _set_up(made, paper, plain)
    _title(made, plain)
    for clause in plain["clauses"]:
        _clause(made, clause)
    if plain["annexes"]:
        _words(made.add_heading(level=1), _labelled(plain, "annex"), between=" · ")
    for clause in plain["annexes"]:
        _clause(made, clause)
    _signatures(made, plain)
    out = io.BytesIO()
    made.save(out)
    return _same(out.getvalue())


def _set_up(made: Any, paper: Paper, plain: Plain) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    for name, size in (("Normal", 10), ("Title", 16), ("Heading 1", 13), ("Heading 2", 11)):
        style = made.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    title = made.styles["Title"].element.pPr
    title.remove(title.find(qn("w:pBdr")))
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    known = made.core_properties
    known.title, known.subject = plain["title"][0]["text"], plain["subtitle"][0]["text"]
    known.keywords, known.version, known.category = f"{paper.code}, {paper.version}", paper.version, paper.kind
    known.author = known.last_modified_by = ""
    known.comments, known.language, known.revision = "", TAGS[plain["languages"][0]], 1
    known.created = known.modified = dt.datetime.combine(paper.on, dt.time.min)
    top = section.header.paragraphs[0]
    _quiet(top.add_run(f"{paper.code} · {plain['labels']['version'][0]} {paper.version} · SHA-256 {plain['short']} …"))
    for words in plain["behind"]:
        run = section.header.add_paragraph().add_run(words)
        run.bold, run.font.color.rgb = True, RGBColor(0x80, 0x80, 0x80)
    _foot(section.footer, plain)


def _foot(footer: Any, plain: Plain) -> None:
    paragraph = footer.paragraphs[0]
    for words in plain["notices"]:
        _quiet(paragraph.add_run(words))
        paragraph = footer.add_paragraph()
    for place, one in enumerate(_labelled(plain, "page")):
        before, _, rest = one["text"].partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, field in (((" · " if place else "") + before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            _quiet(_in(paragraph.add_run(text), one["lang"]))
            if field:
                _field(paragraph, field)


def _field(paragraph: Any, name: str) -> None:
    """Add what the reader's program counts: the page, the pages."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    _quiet(run)
    field.append(run._r)
    paragraph._p.append(field)


def _title(made: Any, plain: Plain) -> None:
    for one in plain["title"]:
        _words(made.add_paragraph(style="Title"), [one])
    if any(one["text"] for one in plain["subtitle"]):
        _words(made.add_paragraph(), plain["subtitle"], between="\n")
    for name in ("code", "version", "date", "status", "digest", "address"):
        value = plain[name] if isinstance(plain[name], list) else [{"text": plain[name], "lang": "en"}]
        if value[0]["text"]:
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            _words(paragraph, _labelled(plain, "check" if name == "address" else name), between=" · ")
            for run in paragraph.runs:
                _quiet(run)
            _quiet(paragraph.add_run(": "))
            _words(paragraph, value, between=" · ")
    if plain["parties"]:
        _words(made.add_heading(level=2), _labelled(plain, "parties"), between=" · ")
        for place, party in enumerate(plain["parties"], start=1):
            paragraph = made.add_paragraph(f"{place}. ")
            _words(paragraph, party, between=" · ")


def _clause(made: Any, clause: Plain) -> None:
    heading = made.add_heading(level=2)
    heading.add_run(f"{clause['number']}. ".lstrip(". "))
    _words(heading, clause["title"], between=" · ")
    rows = [("", row) for row in clause["rows"]]
    rows += [(f"({place}) ", row) for place, row in enumerate(clause["items"], start=1)]
    if rows:
        _columns(made, rows)
    if clause["table"]:
        made.add_paragraph().paragraph_format.space_after = Pt(0)  # two tables without text between become one
        _table(made, clause["table"])


def _columns(made: Any, rows: list[tuple[str, list[Plain]]]) -> None:
    """Add rows of text, a column a language; one language needs no table."""
    if len(rows[0][1]) == 1:
        for number, (one,) in rows:
            _words(made.add_paragraph(number), [one])
        return
    table = made.add_table(rows=0, cols=len(rows[0][1]))
    for number, row in rows:
        for cell, one in zip(table.add_row().cells, row, strict=True):
            cell.width = WIDTH // len(row)
            _words(cell.paragraphs[0], [{**one, "text": number + one["text"]}] if one["text"] else [])


def _table(made: Any, plain: Plain) -> None:
    table = made.add_table(rows=0, cols=len(plain["head"]))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _lines(table)
    for place, row in enumerate([plain["head"], *plain["rows"]]):
        added = table.add_row()
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if place == 0:
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, parts, number in zip(added.cells, row, plain["numeric"], strict=True):
            paragraph = cell.paragraphs[0]
            _words(paragraph, parts, between="\n")
            if number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.bold = place == 0
    made.add_paragraph()


def _lines(table: Any) -> None:
    """Give a table lines between its rows, and no boxes."""
    borders = OxmlElement("w:tblBorders")
    for side, width in (("top", "8"), ("bottom", "8"), ("insideH", "2")):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", width), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    later = [found for found in table._tbl.tblPr if found.tag in (qn("w:tblLayout"), qn("w:tblLook"))]
    later[0].addprevious(borders)


def _signatures(made: Any, plain: Plain) -> None:
    if not plain["signatories"]:
        return
    _words(made.add_heading(level=1), _labelled(plain, "signatures"), between=" · ")
    table = made.add_table(rows=0, cols=2)
    for one in plain["signatories"]:
        values = [
            ("signature", []),
            ("name", [{"text": one["name"], "lang": plain["languages"][0]}]),
            ("capacity", one["capacity"]),
            ("date", one["on"]),
        ]
        head = table.add_row().cells
        _words(head[0].merge(head[1]).paragraphs[0], one["party"], between="\n")
        for run in head[0].paragraphs[0].runs:
            run.bold = True
        for name, parts in values:
            row = table.add_row()
            row.cells[0].width, row.cells[1].width = WIDTH // 3, 2 * WIDTH // 3
            _words(row.cells[0].paragraphs[0], _labelled(plain, name), between=" · ")
            written = [part for part in parts if part["text"]]
            _words(row.cells[1].paragraphs[0], written or [{"text": "_" * 40, "lang": "en"}], between=" · ")


def _labelled(plain: Plain, name: str) -> list[Plain]:
    texts = dict(zip(plain["labels"][name], plain["languages"], strict=True))
    return [{"text": text, "lang": language} for text, language in texts.items()]


def _words(paragraph: Any, parts: list[Plain], *, between: str = "") -> None:
    """Add texts, each marked with its language; one that stands in for another bears its mark."""
    for place, one in enumerate(parts):
        if place and between:
            paragraph.add_run(between)
        _in(paragraph.add_run(one["text"]), one["lang"])
        if one.get("borrowed"):
            _quiet(paragraph.add_run(f" ({one['lang'].upper()})"))


def _in(run: Any, language: str) -> Any:
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), TAGS[language])
    run._r.get_or_add_rPr().append(tag)
    return run


def _quiet(run: Any) -> Any:
    run.font.size, run.font.color.rgb = Pt(8), QUIET
    return run


def _same(data: bytes) -> bytes:
    """Return a DOCX packed anew without the hour at which it was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
