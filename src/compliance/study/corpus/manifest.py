"""`manifest.csv`: a row a file, filled in from what was read, and corrected by a person, whose word stands.

Beside it lies `.manifest.json` with what was read of each file when the manifest was last written. A cell that says
what was read is ours and is filled in anew; any other is a person's, and is never changed. Without that file every cell
is a person's.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from compliance.config import Correction
from compliance.errors import SettingsError, describe_os_error
from compliance.files import write_atomically
from compliance.guidelines.study_rules import ManifestStatus, load_study_rules
from compliance.ingest.encoding import decode_text
from compliance.ingest.profile.document_type import match_type
from compliance.records import DocumentType, parse_date
from compliance.study.files import MANIFEST_NAME, STATE_NAME

COLUMNS: Final = (
    "municipality_number",
    "type",
    "title",
    "status",
    "period",
    "adopted",
    "url",
    "file",
    "sha256",
    "source",
    "licence",
    "note",
)
READ_COLUMNS: Final = ("municipality_number", "type", "title", "status", "period", "adopted")  # filled in from the file
_ALIASES: Final = {"municipality": "municipality_number", "license": "licence"}
_PERIOD: Final = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})")
_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SEVERAL: Final = re.compile(r"\s*[|+;]\s*")

Cells = Mapping[str, str]  # by column


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One row: `cells` by column, the columns of a person's own too; `line` in the file, 0 for a new row."""

    cells: Cells
    line: int = 0

    def __getitem__(self, column: str) -> str:
        """Return a cell, empty where the row has none."""
        return self.cells.get(column, "")

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Numbers or names; several where a document is several municipalities' own: «1106 | 1108»."""
        return tuple(each for each in _SEVERAL.split(self["municipality_number"].strip()) if each)

    @property
    def document_type(self) -> DocumentType | None:
        """The type, as our name for it or as a planner would write it."""
        return read_type(self["type"])

    @property
    def status(self) -> ManifestStatus | None:
        """What the row says of the document, or of there being none."""
        return load_study_rules().find_status(self["status"]) if self["status"] else None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows in their order, and what was read of the files when they were last written, by sha256."""

    rows: tuple[ManifestRow, ...] = ()
    read: Mapping[str, Cells] = field(default_factory=dict)
    columns: tuple[str, ...] = COLUMNS
    delimiter: str = ","

    def find_file(self, file: str, sha256: str) -> ManifestRow | None:
        """Return the row of a file: the one with its name, else the one with its content."""
        named = (row for row in self.rows if row["file"] == file)
        same = (row for row in self.rows if sha256 and row["sha256"] == sha256)
        return next(named, None) or next(same, None)

    def is_persons(self, row: ManifestRow, column: str) -> bool:
        """Whether a person wrote (or emptied) the cell, rather than the program."""
        if column not in READ_COLUMNS:
            return bool(row[column])
        known = self.read.get(row["sha256"])
        return bool(row[column]) if known is None else row[column] != known.get(column, "")

    def list_corrections(self) -> tuple[Correction, ...]:
        """Return what a person says of the files, in the place of what would be read from them."""
        corrections = (self._correct(row) for row in self.rows if row["sha256"])
        return tuple(each for each in corrections if each != Correction(sha256=each.sha256))

    def _correct(self, row: ManifestRow) -> Correction:
        def said(column: str) -> str | None:
            return row[column] if self.is_persons(row, column) else None

        draft = row.status is ManifestStatus.DRAFT and self.is_persons(row, "status")
        municipality, kind = said("municipality_number"), row.document_type if said("type") else None
        return Correction(
            sha256=row["sha256"],
            municipality=row.municipalities[0] if municipality and row.municipalities else None,
            document_type=kind.value if kind else None,
            period=said("period"),
            adopted="" if draft else said("adopted"),
        )


def read_manifest(folder: Path) -> Manifest:
    """Return the folder's manifest, empty where there is none.

    Commas, semicolons and tabs are told apart, and so are encodings. Raises SettingsError naming the line where a date,
    period, type or status cannot be read.
    """
    path = folder / MANIFEST_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Manifest(read=_read_state(folder))
    except OSError as error:
        raise SettingsError(f"{path}: kan ikke leses: {describe_os_error(error)}", file=path) from error
    text = decode_text(content)
    if text is None:
        raise SettingsError(f"{path}: er ikke en tekstfil. Lagre den som CSV.", file=path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    names = [_ALIASES.get(name.strip().casefold(), name.strip()) for name in next(reader, [])]
    if "file" not in names:
        raise SettingsError(f"{path}: kolonnen «file» mangler i første linje.", file=path)
    rows = [
        _check(ManifestRow(dict(zip(names, map(str.strip, cells), strict=False)), reader.line_num), path)
        for cells in reader
        if any(map(str.strip, cells))
    ]
    columns = (*COLUMNS, *[name for name in names if name and name not in COLUMNS])
    return Manifest(tuple(rows), _read_state(folder), columns, delimiter)


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write the manifest and what was read, each whole or not at all, and return the manifest's path."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=manifest.delimiter, lineterminator="\n")
    writer.writerow(manifest.columns)
    writer.writerows([row[column] for column in manifest.columns] for row in manifest.rows)
    held = {row["sha256"] for row in manifest.rows}
    state = {"version": 1, "read": {sha256: dict(cells) for sha256, cells in manifest.read.items() if sha256 in held}}
    path = folder / MANIFEST_NAME
    with write_atomically(path) as stream:  # first: with an old state every new cell is taken for a person's
        stream.write(text.getvalue().encode())
    with write_atomically(folder / STATE_NAME) as stream:
        stream.write(json.dumps(state, ensure_ascii=False, indent=1).encode())
    return path


def fill_in(manifest: Manifest, read: Mapping[str, tuple[str, Cells]]) -> Manifest:
    """Return the manifest with a row for each file and its empty cells filled in; a person's cells stay.

    `read` has, by the file's name in the folder, its sha256 and what was read of it; columns that it lacks stay as they
    are.
    """
    rows = list(manifest.rows)
    for file, (sha256, cells) in read.items():
        known = manifest.find_file(file, sha256)
        if known is None:
            rows.append(ManifestRow({**cells, "file": file, "sha256": sha256}))
            continue
        kept = {column for column in READ_COLUMNS if manifest.is_persons(known, column)}
        filled = {column: value for column, value in cells.items() if column not in kept}
        rows[rows.index(known)] = replace(known, cells={**known.cells, **filled, "file": file, "sha256": sha256})
    known_cells = {sha256: {**manifest.read.get(sha256, {}), **cells} for sha256, cells in read.values()}
    return replace(manifest, rows=tuple(rows), read={**manifest.read, **known_cells})


def read_type(written: str) -> DocumentType | None:
    """Return the document type that a person means, None where it is none that we know."""
    folded = written.strip().casefold()
    known = next((each for each in DocumentType if folded == each.value), None)
    return known or (match_type(written) if written.strip() else None)


def _read_state(folder: Path) -> Mapping[str, Cells]:
    path = folder / STATE_NAME
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        return {str(sha256): dict(cells) for sha256, cells in state["read"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise SettingsError(f"{path}: er skadet. Slett filen; alt i manifest.csv regnes da som ditt.") from error


def _check(row: ManifestRow, path: Path) -> ManifestRow:
    """Return the row with dates and periods as we write them. Raises SettingsError."""

    def fail(column: str, advice: str) -> SettingsError:
        where = f"{path}: linje {row.line}: {column}"
        return SettingsError(f"{where}: «{row[column]}» kan ikke leses. {advice}", file=path, field=column)

    if row["type"] and row.document_type is None:
        raise fail("type", f"Velg en av {', '.join(DocumentType)}.")
    if row["status"] and row.status is None:
        words = (words[0] for words in load_study_rules().manifest_status.values())
        raise fail("status", f"Skriv en av {', '.join(words)}.")
    cells = dict(row.cells)
    if row["period"]:
        found = _PERIOD.fullmatch(row["period"])
        if not found or found[1] > found[2]:
            raise fail("period", "Skriv første og siste år: 2024-2027.")
        cells["period"] = f"{found[1]}-{found[2]}"
    if row["adopted"]:
        cells["adopted"] = _DAY.sub(lambda day: f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}", row["adopted"])
        try:
            parse_date(cells["adopted"])
        except (ValueError, TypeError) as error:
            raise fail("adopted", f"Skriv dagen som {date.today().isoformat()}, eller bare året.") from error
    return replace(row, cells=cells)


def name_files(paths: Iterable[Path], *, folder: Path) -> dict[Path, str]:
    """Return each file's name in the manifest: its path from the folder, with «/» between."""
    root = folder.resolve()
    return {path: path.resolve().relative_to(root).as_posix() for path in paths}


def list_without_files(rows: Sequence[ManifestRow]) -> tuple[ManifestRow, ...]:
    """Return the rows that say what is known where there is no document."""
    return tuple(row for row in rows if not row["file"] and row["municipality_number"])
