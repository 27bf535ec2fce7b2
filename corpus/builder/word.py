"""Makes a DOCX of a source, with real Word comments where the source has them."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from builder.blocks import Block, Cell, Kind, join_text
from builder.source import Source
from builder.tables import AMOUNT

ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # every part of the archive gets this date, so that the bytes repeat
STYLES = {Kind.PARAGRAPH: "Normal", Kind.CAPTION: "Caption"}


def render_docx(source: Source) -> bytes:
    """Return the document as DOCX; the same bytes each time on one machine."""
    document = Document()
    _set_styles(document, source)
    _write_margins(document, source)
    document.add_paragraph(source.title, style="Title")
    for line in filter(None, source.subtitle.split("\n")):
        document.add_paragraph(line, style="Subtitle")
    for block in source.blocks:
        _write_block(document, block, source)
    _set_properties(document, source)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fix_dates(buffer.getvalue())


def _set_styles(document: WordDocument, source: Source) -> None:
    color = RGBColor.from_string(source.layout.accent.lstrip("#").upper())
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(source.layout.size)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        document.styles[name].font.color.rgb = color


def _write_margins(document: WordDocument, source: Source) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = source.layout.header
    before, between, after = source.layout.footer.replace("{pages}", "{page}").split("{page}")
    footer = section.footer.paragraphs[0]
    for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
        footer.add_run(text)
        _add_field(footer, code)
    footer.add_run(after)


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)  # python-docx has no call for fields


def _write_block(document: WordDocument, block: Block, source: Source) -> None:
    if block.kind is Kind.DIRECTIVE:
        _obey(document, block.directive, source)
    elif block.kind is Kind.TABLE:
        _write_table(document, block)
    elif block.kind is Kind.BOX:
        for child in block.children:
            _write_runs(document.add_paragraph(style="Intense Quote"), child.runs)
    elif block.kind is Kind.HEADING:
        _write_runs(document.add_paragraph(style=f"Heading {block.level}"), block.runs)
    elif block.kind is Kind.ITEM:
        depth = "" if block.level == 1 else f" {block.level}"
        _write_runs(document.add_paragraph(style=f"List {'Number' if block.marker else 'Bullet'}{depth}"), block.runs)
    else:
        _write_runs(document.add_paragraph(style=STYLES[block.kind]), block.runs)


def _write_runs(paragraph: Paragraph, runs: Cell) -> None:
    for run in runs:
        if run.note is not None:
            raise ValueError("footnotes are for PDF only: python-docx cannot write them")
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None


def _write_table(document: WordDocument, block: Block) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]), style="Light Grid Accent 1")
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, runs in zip(row.cells, cells, strict=True):
            _write_runs(cell.paragraphs[0], runs)
            if AMOUNT.fullmatch(join_text(runs).strip()):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _obey(document: WordDocument, directive: tuple[str, ...], source: Source) -> None:
    """Break the page, or anchor a comment: `kommentar | author | initials | date | words it is about | text`."""
    if directive[0] == "sideskift":
        document.add_page_break()
        return
    _, author, initials, day, words, text = directive
    paragraph = document.paragraphs[-1]
    before, found, after = paragraph.text.partition(words)
    if not found:
        raise ValueError(f"{source.path.name}: the comment's words are not in the paragraph above: {words}")
    paragraph.clear()
    paragraph.add_run(before)
    run = paragraph.add_run(words)
    paragraph.add_run(after)
    comment = document.add_comment(run, text=text, author=author, initials=initials)
    comment._comment_elm.set(qn("w:date"), f"{day}T09:00:00Z")  # else the time of building


def _set_properties(document: WordDocument, source: Source) -> None:
    made = datetime.combine(source.made, time(9))
    properties = document.core_properties
    properties.title, properties.author = source.title, f"{source.municipality} kommune"
    properties.created = properties.modified = made
    properties.last_modified_by = properties.author
    properties.comments = ""


def _fix_dates(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()
