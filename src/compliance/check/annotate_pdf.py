"""A copy of a PDF with notes as highlights that open; its text and its own annotations stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.check import AUTHOR
from compliance.files import write_atomically
from compliance.ingest.pdf.open import load_pymupdf
from compliance.records import Box, Passage, Reading
from compliance.report.remarks import Remark

if TYPE_CHECKING:
    import pymupdf

_AMBER = (1.0, 0.85, 0.4)  # red, green, blue: black text stays readable on it, also in print
_CORNER = (20, 20)  # points from the top left: where the note of a passage without a box is put
_MARGIN = 2  # points around a passage's boxes within which its words are searched for


def annotate_pdf(source: Path, reading: Reading, remarks: Sequence[Remark], *, out: Path) -> None:
    """Write a copy of the PDF with each note on the words that it is about.

    A note whose words are not found on the page as they are in the text marks the whole passage. One of a passage
    without boxes becomes a sticky note in the corner of its page. Raises SettingsError where `out` cannot be written.
    """
    passages = {passage.id: passage for passage in reading.passages}
    with load_pymupdf().open(source) as document:
        for remark in remarks:
            words = reading.document.text[slice(*remark.span)]
            _add_note(document, remark, passages[remark.passage_id], words=words)
        content = document.tobytes(garbage=0, deflate=True)
    with write_atomically(out) as file:
        file.write(content)


def _add_note(document: pymupdf.Document, remark: Remark, passage: Passage, *, words: str) -> None:
    content = remark.text
    for number, quads in _find_places(document, passage, words=words):
        page = document[number - 1]
        mark = page.add_highlight_annot(quads) if quads else page.add_text_annot(_CORNER, content)
        if quads:
            mark.set_colors(stroke=_AMBER)  # type: ignore[no-untyped-call]
        mark.set_info(title=AUTHOR, content=content)  # type: ignore[no-untyped-call]
        mark.update()
        content = ""  # a passage that runs on over a page break is marked on both pages and told of on the first


def _find_places(
    document: pymupdf.Document, passage: Passage, *, words: str
) -> Iterator[tuple[int, list[pymupdf.Quad]]]:
    """Yield the pages that the words are on, numbered from 1, with what to mark on each; nothing to mark: no box."""
    pages: dict[int, list[Box]] = {}
    for box in passage.boxes:
        pages.setdefault(box.page, []).append(box)
    found = {number: _search(document[number - 1], words, boxes) for number, boxes in pages.items()}
    if any(found.values()):
        yield from ((number, quads) for number, quads in found.items() if quads)
    elif pages:
        yield from ((number, [_cover(document[number - 1], box) for box in boxes]) for number, boxes in pages.items())
    else:
        yield passage.pages[0], []


def _search(page: pymupdf.Page, words: str, boxes: Sequence[Box]) -> list[pymupdf.Quad]:
    rect = load_pymupdf().Rect
    area = rect()
    for box in boxes:
        area |= rect(box.x0 - _MARGIN, box.y0 - _MARGIN, box.x1 + _MARGIN, box.y1 + _MARGIN)
    quads: list[pymupdf.Quad] = page.search_for(words, clip=area, quads=True)
    return quads


def _cover(page: pymupdf.Page, box: Box) -> pymupdf.Quad:
    """Return a box, which is as the page is shown, in the page's own coordinates: they differ on a turned page."""
    quad: pymupdf.Quad = (load_pymupdf().Rect(box.x0, box.y0, box.x1, box.y1) * page.derotation_matrix).quad
    return quad
