"""The lists that a planner edits by, as a spreadsheet beside the report: one workbook a document."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeAlias

from compliance.files import write_atomically
from compliance.report.catalogue import Catalogue
from compliance.report.surroundings import Uptake
from compliance.report.views.commitments import Commitment
from compliance.report.views.document import DocumentReport
from compliance.report.views.second_opinions import SecondReader
from compliance.report.views.steps import last_day

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

Cell: TypeAlias = str | int | date | None
HOLE: Final = "FDF3E1"  # the report's amber: looked at, not wrong
HEAD: Final = "DDEAF6"
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")  # what Excel would take for a formula
MAX_CELL: Final = 32_000  # characters: Excel holds 32,767


@dataclass(frozen=True, slots=True)
class SheetList:
    """One list: its name, its columns with their widths in characters, its rows, and which cells are holes."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    holes: frozenset[tuple[int, int]]  # row and column, from 0


def build_lists(report: DocumentReport, *, texts: Catalogue) -> tuple[SheetList, ...]:
    """Return the four lists that a planner edits by, and the goals; what a second reader says, where one was asked."""
    second = [_list_second(report.second, texts)] if report.second else []
    return (
        _list_commitments(report, texts),
        _list_not_found(report, texts),
        _list_words(report, texts),
        _list_doubts(report, texts),
        _list_goals(report, texts),
        *second,
    )


def write_sheet(report: DocumentReport, path: Path, *, texts: Catalogue) -> None:
    """Write the report's lists as one workbook; raises SettingsError where it cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for each in build_lists(report, texts=texts):
        _fill(book.create_sheet(each.name[:31]), each)  # 31: the longest name that Excel takes
    with write_atomically(path) as stream:
        save_book(book, stream)


def save_book(book: Workbook, stream: IO[bytes]) -> None:
    """Write a workbook, and leave nothing open where that is interrupted, as `Workbook.save` does."""
    from openpyxl.writer.excel import ExcelWriter

    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def _fill(sheet: Worksheet, listed: SheetList) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head, hole = PatternFill("solid", fgColor=HEAD), PatternFill("solid", fgColor=HOLE)
    sheet.append([name for name, _ in listed.columns])
    for number, (_, width) in enumerate(listed.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(1, number)
        cell.font, cell.fill = Font(bold=True), head
    styles: dict[tuple[bool, bool], StyleArray] = {}
    for row, values in enumerate(listed.rows):
        for column, value in enumerate(values):
            cell = sheet.cell(row + 2, column + 1, make_safe(value))
            kind = (row, column) in listed.holes, isinstance(value, date)
            if kind in styles:  # looking each of its parts up for every cell takes longer than all the rest
                cell._style = copy(styles[kind])  # type: ignore[attr-defined]
                continue
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if kind[0]:
                cell.fill = hole
            if kind[1]:
                cell.number_format = "yyyy-mm-dd"
            styles[kind] = copy(cell._style)  # type: ignore[attr-defined]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def make_safe(value: Cell) -> Cell:
    """Return the value so that nothing from a document is read as a formula, and no control sign breaks the file."""
    if not isinstance(value, str):
        return value
    clean = "".join(sign for sign in value if sign >= " " or sign == "\n")[:MAX_CELL]
    clean = clean.encode("utf-8", "replace").decode()  # a broken file may hold half a surrogate pair
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) else clean


def _columns(texts: Catalogue, *named: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((texts.text(f"sheet.column.{name}"), width) for name, width in named)


def _list_commitments(report: DocumentReport, texts: Catalogue) -> SheetList:
    names = ("who", "when", "much")
    rows, holes = [], set()
    for number, each in enumerate(report.commitments):
        rows.append(_show_commitment(each, texts))
        holes |= {(number, 1 + names.index(hole)) for hole in each.holes}
        if each.past:
            holes.add((number, 2))
    columns = _columns(
        texts,
        ("measure", 70),
        ("owner", 24),
        ("deadline", 14),
        ("money", 16),
        ("gain", 24),
        ("note", 18),
        ("place", 22),
        ("goals", 18),
    )
    return SheetList(texts.text("sheet.commitments"), columns, tuple(rows), frozenset(holes))


def _show_commitment(each: Commitment, texts: Catalogue) -> tuple[Cell, ...]:
    note = texts.text("commitments.done") if each.done else texts.text("commitments.past") if each.past else ""
    return (
        each.text,
        each.owner,
        _read_deadline(each.deadlines) or each.rhythm or None,
        each.money,
        each.gain,
        note,
        each.place.full,
        ", ".join(each.goals),
    )


def _read_deadline(deadlines: Sequence[str]) -> Cell:
    """Return the last deadline as a date where it is one day, else as it is known: «2026», «2026-06»."""
    if not deadlines:
        return None
    last = max(deadlines, key=last_day)
    return date.fromisoformat(last) if len(last) == 10 and last[4] == "-" else last


def _tell_uptake(uptake: Uptake, texts: Catalogue) -> str:
    return texts.text(f"goals.uptake.{uptake.step}", n=uptake.taken_up, total=uptake.compared)


def _list_not_found(report: DocumentReport, texts: Catalogue) -> SheetList:
    rows = [
        (
            each.id,
            each.title.text,
            texts.text(f"certainty.{each.certainty.value}"),
            each.nearest.text if each.nearest else texts.text("goals.nothing_near"),
            each.nearest.place.full if each.nearest else "",
            ", ".join(each.elsewhere),
            _tell_uptake(each.uptake, texts) if each.uptake else "",
            ", ".join(each.searched),
        )
        for each in report.not_found
    ]
    columns = _columns(
        texts,
        ("goal", 10),
        ("title", 40),
        ("certainty", 12),
        ("nearest", 70),
        ("place", 22),
        ("elsewhere", 32),
        ("common", 28),
        ("searched", 34),
    )
    return SheetList(texts.text("sheet.not_found"), columns, tuple(rows), frozenset())


def _list_words(report: DocumentReport, texts: Catalogue) -> SheetList:
    rows = [
        (
            each.place.full,
            each.text,
            each.source_name,
            texts.text(f"status.{each.status.value}"),
            "".join(piece.text + " " for piece in each.source).strip(),
            " ".join(each.changes),
        )
        for each in report.words.stretches
    ]
    columns = _columns(
        texts, ("place", 22), ("own_words", 70), ("source", 34), ("status", 16), ("their_words", 70), ("changes", 34)
    )
    return SheetList(texts.text("sheet.words"), columns, tuple(rows), frozenset())


def _list_doubts(report: DocumentReport, texts: Catalogue) -> SheetList:
    rows = [
        (each.goal, each.title.text, each.quote.text, each.quote.place.full, each.yes, each.no, None)
        for each in report.doubts
    ]
    columns = _columns(
        texts, ("goal", 10), ("title", 40), ("text", 70), ("place", 22), ("yes", 16), ("no", 16), ("answer", 12)
    )
    return SheetList(texts.text("sheet.doubts"), columns, tuple(rows), frozenset())


def _list_second(second: SecondReader, texts: Catalogue) -> SheetList:
    rows = tuple(
        (
            each.goal,
            each.title.text,
            each.quote.text,
            each.quote.place.full,
            _say(given=each.ours, texts=texts),
            texts.percent(each.probability) if each.probability is not None else "",
            _say(given=each.theirs, texts=texts),
            " ".join(piece.text for piece in each.quote.pieces if piece.marked),
        )
        for each in second.opinions
    )
    holes = frozenset((row, 6) for row, each in enumerate(second.opinions) if each.differs)
    columns = _columns(
        texts,
        ("goal", 10),
        ("title", 40),
        ("text", 70),
        ("place", 22),
        ("ours", 12),
        ("probability", 14),
        ("theirs", 14),
        ("their_quote", 50),
    )
    return SheetList(texts.text("sheet.second"), columns, rows, holes)


def _say(*, given: bool | None, texts: Catalogue) -> str:
    """Return yes, no, or nothing where there is no opinion."""
    return "" if given is None else texts.text("answer.yes" if given else "answer.no")


def _list_goals(report: DocumentReport, texts: Catalogue) -> SheetList:
    rows: Iterable[tuple[Cell, ...]] = (
        (
            each.id,
            each.title.text,
            each.step,
            texts.text(f"step.{each.step}"),
            texts.text(f"certainty.{each.certainty.value}"),
            each.pages,
            each.missing,
            each.advice,
        )
        for each in report.goals
    )
    columns = _columns(
        texts,
        ("goal", 10),
        ("title", 40),
        ("step", 8),
        ("how_far", 16),
        ("certainty", 12),
        ("place", 16),
        ("missing", 50),
        ("advice", 50),
    )
    return SheetList(texts.text("sheet.goals"), columns, tuple(rows), frozenset())
