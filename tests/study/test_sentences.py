"""What a reader finds in a few sentences of notes, field by field (sentences/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from study.sheets import STUDY_DATE, is_same, read_sheet

FOLDER = Path(__file__).parent / "sentences"
_SHOWN = 60  # characters of the notes that a test is called by


def list_rows() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            notes, day = row.pop("notes"), row.pop("as_of", STUDY_DATE)
            yield pytest.param(notes, day, row, id=f"{path.stem}: {' '.join(notes.split())[:_SHOWN]}")


@pytest.mark.parametrize(("notes", "day", "fields"), [*list_rows()])
def test_a_reader_would_find_the_same(tmp_path: Path, notes: str, day: date, fields: dict[str, Any]) -> None:
    sheet = read_sheet(tmp_path, notes, as_of=day)
    found = {field: sheet.find(field) for field in fields}
    wrong = {field: found[field] for field, value in fields.items() if not is_same(field, found[field], value)}
    assert not wrong, f"{wrong} instead of {fields}"
