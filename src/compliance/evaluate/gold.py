"""A gold set: a folder whose files decide what can be measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compliance.errors import GoldError

PASSAGES, DOCUMENT = "passages.jsonl", "document.pdf"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A passage as a reader cut it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One document's gold: its passages in order, and the file they were read from where there is one."""

    name: str
    passages: tuple[GoldPassage, ...]
    document: Path | None


def load_gold(folder: Path) -> GoldSet:
    """Read one gold folder.

    Raises GoldError when the folder has no passages, a line is not as GOLD.md says, or an id comes twice.
    """
    file = folder / PASSAGES
    if not file.is_file():
        raise GoldError(f"mappen har ingen {PASSAGES}", file=folder)
    passages = tuple(_read_passages(file))
    if not passages:
        raise GoldError("filen har ingen avsnitt", file=file)
    document = folder / DOCUMENT
    return GoldSet(folder.name, passages, document if document.is_file() else None)


def _read_passages(file: Path) -> Iterator[GoldPassage]:
    seen: set[str] = set()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        passage = _parse_passage(line, file=file, number=number)
        if passage.id in seen:
            raise GoldError(f"id {passage.id} står to ganger", file=file, line=number)
        seen.add(passage.id)
        yield passage


def _parse_passage(line: str, *, file: Path, number: int) -> GoldPassage:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"ikke gyldig JSON: {error.msg}", file=file, line=number) from error
    if not (isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("text"), str)):
        raise GoldError('linjen må være {"id": "…", "text": "…"}', file=file, line=number)
    return GoldPassage(row["id"], row["text"])
