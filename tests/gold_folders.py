"""Gold folders on disk and rows of labels, as small as a test can do with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compliance.evaluate.gold import LabelRow
from compliance.records import Level


def make_row(number: object = 0, **labels: Any) -> LabelRow:
    """Build a row without any label, but for those given."""
    empty = {"goals": (), "elements": (), "level": Level.BACKGROUND, "reuse": "own", "source": None, "local": False}
    return LabelRow(id=str(number), **{**empty, **labels})


def write_gold(
    folder: Path,
    texts: Sequence[str] = ("Vi skal dele data.",),
    *,
    labels: Sequence[LabelRow] | None = None,
    labels_name: str = "labels.jsonl",
    **description: object,
) -> Path:
    """Write a gold folder whose passages are numbered from 0; `gold.json` where something is described."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    _write(folder / "passages.jsonl", [json.dumps(row, ensure_ascii=False) for row in rows])
    if labels is not None:
        _write(folder / labels_name, [row.model_dump_json() for row in labels])
    if description:
        _write(folder / "gold.json", [json.dumps(description)])
    return folder


def _write(file: Path, lines: Sequence[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
