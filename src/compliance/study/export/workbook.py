"""A study as a workbook: a sheet for each view, the matrices of municipalities, and a codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.files import write_atomically
from compliance.records import Run, ScoreSubject
from compliance.records.study import CRITERION, Study, StudyCell
from compliance.report.sheet import HEAD, make_safe, save_book
from compliance.store.exports import View, Views
from compliance.study.export.codes import Code
from compliance.study.export.views import load_view_texts

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_ROWS: Final = 1_048_575  # that Excel takes under the head
WIDE: Final = frozenset({"quote", "text", "plan_text", "budget_text", "source_text", "value", "definition", "reason"})
SHADES: Final = ("FFFFFF", "EEF4FA", "DDEAF6", "A9C9E8", "5F97CF")  # by step; the number is in the cell too
MATRICES: Final = {
    ScoreSubject.THEME.value: "Temaer × kommune",
    ScoreSubject.GOAL.value: "Mål × kommune",
    ScoreSubject.ELEMENT.value: "Elementer × kommune",
    CRITERION: "Kriterier × kommune",
}
STEPS: Final = "0 ikke funnet, 1 bare nevnt, 2 omtalt, 3 skal, 4 konkret (kriterier: 0 ikke funnet, 1 berørt, 2 svart)"


@dataclass(frozen=True, slots=True)
class WorkbookInput:
    """What the workbook is made of; without a study it has the views of the run alone."""

    run: Run
    study: Study | None
    codes: Sequence[Code]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: its head with the width of each column in characters, its rows, and how many columns stay in sight."""

    name: str
    head: tuple[tuple[str, int], ...]
    rows: Iterable[Sequence[Any]]
    frozen: int = 0  # columns
    shaded: bool = False  # by the number in the cell


def write_workbook(given: WorkbookInput, views: Views, path: Path) -> Path:
    """Write the workbook row by row, so that a corpus of hundreds of municipalities takes no more memory than one."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    shown = [view for view in _order(views.list_all()) if view.rows]
    _add(book, _Sheet("Les meg", (("Om arbeidsboken", 32), ("", 110)), _introduce(given, shown)))
    for sheet in _make_matrices(given):
        _add(book, sheet)
    for view in shown:
        _add(book, _make_view_sheet(view, views))
    _add(book, _Sheet("Kodebok", (("Kode", 40), ("Hører til", 34), ("Forklaring", 110)), _explain_codes(given.codes)))
    _add(book, _Sheet("Kolonner", (("Ark", 30), ("Kolonne", 22), ("Hva den inneholder", 90)), _explain_columns(shown)))
    with write_atomically(path) as stream:
        save_book(book, stream)
    return path


def _order(views: Sequence[View]) -> list[View]:
    """Return the views of the workbook in its order."""
    by_name = {view.name: view for view in views}
    texts = load_view_texts().views
    return [by_name[name] for name, text in texts.items() if text.sheet and name in by_name]


def _sheet_name(view: View) -> str:
    return load_view_texts().views[view.name].sheet or view.name


def _introduce(given: WorkbookInput, shown: Sequence[View]) -> Iterator[tuple[str, Any]]:
    run, study = given.run, given.study
    if study:
        yield "Studiedato", study.info.as_of
        yield "Korpus", study.info.corpus
        yield "Utvalg", study.info.selection or "alle kommunene"
        yield "Kommuner", len(study.municipalities)
    yield "Kjøring", run.id
    yield "Versjon", run.version
    yield "Innstillinger (sha256)", run.config_sha256
    yield "Målsett", ", ".join(run.guidelines)
    yield "Trinn", STEPS
    yield (
        "Usikkert",
        "Et spørsmålstegn etter tallet i en matrise: vurderingen er usikker. Les sitatet før du bruker den.",
    )
    yield "Ikke funnet", "Betyr at vi ikke fant noe. Det er ikke det samme som nei."
    for view in shown:
        extra = f" Bare de første {MAX_ROWS} radene er med; resten er i CSV." if view.rows > MAX_ROWS else ""
        yield f"Ark: {_sheet_name(view)}", f"{load_view_texts().views[view.name].text}{extra}"


def _make_matrices(given: WorkbookInput) -> Iterator[_Sheet]:
    if given.study is None:
        return
    names = {code.key: code.name for top in given.codes for code in top.list_all()}
    places = {each.id: each.name for each in given.study.municipalities}
    for subject, title in MATRICES.items():
        cells = [cell for cell in given.study.cells if cell.subject == subject]
        held = [place for place in places if any(cell.municipality == place for cell in cells)]
        if cells:
            head = (("Id", 10), ("Navn", 44), *((places[place], 12) for place in held))
            yield _Sheet(title, head, _fill_matrix(cells, held, names), frozen=2, shaded=True)


def _fill_matrix(
    cells: Sequence[StudyCell], places: Sequence[str], names: dict[str | None, str]
) -> Iterator[tuple[Any, ...]]:
    by_place = {(cell.label, cell.municipality): cell for cell in cells}
    for label in dict.fromkeys(cell.label for cell in cells):
        name = names.get(f"{cells[0].subject}:{label}", label).removeprefix(f"{label} ")
        yield (label, name, *(_show(by_place.get((label, place))) for place in places))


def _show(cell: StudyCell | None) -> int | str | None:
    """Return the step; with «?» where it is unsure, nothing where no document was held against it."""
    if cell is None:
        return None
    return cell.value if cell.sure else f"{cell.value} ?"


def _make_view_sheet(view: View, views: Views) -> _Sheet:
    head = tuple((column.name, 60 if column.name in WIDE else 16) for column in view.columns)
    named = [column.name for column in view.columns]
    frozen = named.index("name") + 1 if "name" in named[:3] else 1
    return _Sheet(_sheet_name(view), head, _limit(views.read_rows(view)), frozen=frozen)


def _limit(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number == MAX_ROWS:
            return
        yield row


def _explain_codes(codes: Sequence[Code]) -> Iterator[tuple[str, str, str]]:
    for code in codes:
        if code.key:
            yield code.name, "", code.description
        for child in code.children:
            yield child.name, code.name, child.description
            for each in child.children:
                yield each.name, child.name, each.description


def _explain_columns(shown: Sequence[View]) -> Iterator[tuple[str, str, str]]:
    texts = load_view_texts().columns
    for view in shown:
        for column in view.columns:
            yield _sheet_name(view), column.name, texts.get(column.name, "")


def _add(book: Workbook, sheet: _Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    written: Any = book.create_sheet(sheet.name[:31])  # its stubs leave out half of it
    written.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}2"
    for number, (_, width) in enumerate(sheet.head, start=1):
        written.column_dimensions[get_column_letter(number)].width = width
    head = [WriteOnlyCell(written, str(make_safe(name))) for name, _ in sheet.head]
    for cell in head:
        cell.font, cell.fill, cell.alignment = (
            Font(bold=True),
            PatternFill("solid", fgColor=HEAD),
            Alignment(wrap_text=True),
        )
    written.append(head)
    shades = [PatternFill("solid", fgColor=shade) for shade in SHADES]
    count = 1
    for count, row in enumerate(sheet.rows, start=2):  # noqa: B007
        values = [_simplify(value) for value in row]
        written.append([_shade(written, value, shades) for value in values] if sheet.shaded else values)
    written.auto_filter.ref = f"A1:{get_column_letter(len(sheet.head))}{count}"


def _shade(written: Any, value: Any, shades: Sequence[Any]) -> Any:
    from openpyxl.cell import WriteOnlyCell

    step = value if isinstance(value, int) else int(value[0]) if isinstance(value, str) and value[1:] == " ?" else None
    if step is None:
        return value
    cell = WriteOnlyCell(written, value)
    cell.fill = shades[min(step, len(shades) - 1)]
    return cell


def _simplify(value: Any) -> Any:
    """Return what a cell can hold; text from a document is never a formula."""
    if isinstance(value, list | tuple):
        return make_safe(", ".join(map(str, value)))
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return value if isinstance(value, int | float | date) else make_safe(None if value is None else str(value))
