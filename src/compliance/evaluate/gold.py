"""A gold set: a folder whose files decide what can be measured."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from compliance.errors import GoldError, describe_os_error
from compliance.evaluate.facts import GoldCase, load_cases
from compliance.records import Level
from compliance.validation import describe_validation

PASSAGES, DOCUMENT, LABELS = "passages.jsonl", "document.pdf", "labels.jsonl"
ANNOTATORS = ("labels.A.jsonl", "labels.B.jsonl")
CASES = "cases"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A passage as a reader cut it."""

    id: str
    text: str


class LabelRow(BaseModel):
    """What a reader says of one passage (docs/evaluate.md)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    goals: tuple[str, ...]
    elements: tuple[str, ...]
    level: Level
    reuse: Literal["own", "quoted", "copied"]
    source: str | None = None
    local: bool


Labels = tuple[LabelRow, ...]


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One document's gold: its passages in order, and what else the folder has of it."""

    name: str
    passages: tuple[GoldPassage, ...]
    document: Path | None = None
    labels: Labels | None = None
    annotators: tuple[Labels, Labels] | None = None  # two readers' own labels, to compare with each other
    cases: tuple[GoldCase, ...] = ()


def load_gold(folder: Path) -> GoldSet:
    """Read one gold folder.

    Raises GoldError when the folder has no passages, a line is not as docs/evaluate.md says, or an id comes twice.
    """
    file, cases = folder / PASSAGES, load_cases(folder / CASES)
    if not folder.is_dir():
        raise GoldError("mappen finnes ikke", file=folder)
    if not file.is_file() and cases:
        return GoldSet(folder.name, (), cases=cases)
    if not file.is_file():
        raise GoldError(f"mappen har ingen {PASSAGES}", file=folder)
    passages = tuple(_read_passages(file))
    if not passages:
        raise GoldError("filen har ingen avsnitt", file=file)
    document, labels = folder / DOCUMENT, folder / LABELS
    first, second = (folder / name for name in ANNOTATORS)
    return GoldSet(
        name=folder.name,
        passages=passages,
        document=document if document.is_file() else None,
        labels=read_labels(labels, passages) if labels.is_file() else None,
        annotators=(read_labels(first, passages), read_labels(second, passages))
        if first.is_file() and second.is_file()
        else None,
        cases=cases,
    )


def read_labels(file: Path, passages: Sequence[GoldPassage]) -> Labels:
    """Read one reader's labels; raises GoldError unless they are of the same passages in the same order."""
    rows: list[LabelRow] = []
    for number, line in enumerate(_read_lines(file), start=1):
        try:
            rows.append(LabelRow.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "linjen"
            raise GoldError(f"{field}: {describe_validation(first)}", file=file, line=number) from error
    for number, (row, passage) in enumerate(zip_longest(rows, passages), start=1):
        if row is None or passage is None or row.id != passage.id:
            raise GoldError(f"linjen må handle om samme avsnitt som i {PASSAGES}", file=file, line=number)
    return tuple(rows)


def _read_lines(file: Path) -> list[str]:
    try:
        # By line feeds alone: a passage may hold U+2028 and other characters that splitlines() takes for line ends.
        return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except OSError as error:
        raise GoldError(f"kan ikke leses: {describe_os_error(error)}", file=file) from error
    except UnicodeDecodeError as error:
        raise GoldError("er ikke UTF-8-tekst", file=file) from error


def _read_passages(file: Path) -> Iterator[GoldPassage]:
    seen: set[str] = set()
    for number, line in enumerate(_read_lines(file), start=1):
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
