"""A reader's answers as labels: gold folders that `evaluate` measures on and `train` learns from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance.check.answers import Answer, hash_passage
from compliance.evaluate.gold import DESCRIPTION, LABELS, PASSAGES, Description, GoldPassage, GoldSet, LabelRow
from compliance.evaluate.system import collect_labels
from compliance.files import write_atomically
from compliance.records import Language, Reading, Results


@dataclass(frozen=True, slots=True)
class AnsweredDocument:
    """The passages of one document that a reader has answered about, with their labels."""

    description: Description
    passages: tuple[GoldPassage, ...]
    labels: tuple[LabelRow, ...]


def label_answers(results: Results, answers: Mapping[tuple[str, str], Answer]) -> tuple[AnsweredDocument, ...]:
    """Return the documents with answers, those passages alone that somebody was asked about.

    A label is what the run says of the passage, with the goals that the reader gave it and without those that the
    reader took from it: of everything else nobody was asked.
    """
    by_passage: dict[str, list[Answer]] = {}
    for answer in answers.values():
        by_passage.setdefault(answer.passage_sha256, []).append(answer)
    documents = (_label_document(reading, results, by_passage) for reading in results.readings)
    return tuple(each for each in documents if each is not None)


def write_answers(documents: Sequence[AnsweredDocument], *, out: Path) -> tuple[Path, ...]:
    """Write each document as a gold folder under `out`; raises SettingsError where that cannot be done."""
    folders = []
    for document in documents:
        folder = out / (document.description.name or "svar")
        description = document.description.model_dump(exclude_none=True)
        _write(folder / DESCRIPTION, json.dumps(description, ensure_ascii=False, indent=1) + "\n")
        rows = ({"id": each.id, "text": each.text} for each in document.passages)
        _write(folder / PASSAGES, _write_lines(rows))
        _write(folder / LABELS, _write_lines(each.model_dump(mode="json") for each in document.labels))
        folders.append(folder)
    return tuple(folders)


def _label_document(
    reading: Reading, results: Results, by_passage: Mapping[str, Sequence[Answer]]
) -> AnsweredDocument | None:
    asked = [each for each in reading.passages if hash_passage(each.text) in by_passage]
    if not asked:
        return None
    passages = tuple(GoldPassage(each.id, each.text) for each in asked)
    ids = {each.id for each in passages}
    findings = [each for each in results.findings if each.passage_id in ids]
    rows = collect_labels(GoldSet(reading.document.id, passages), findings)
    labels = tuple(
        _correct(row, by_passage[hash_passage(passage.text)]) for row, passage in zip(rows, asked, strict=True)
    )
    language = reading.profile.language.value
    known = {Language.NB.value: "nb", Language.NN.value: "nn"}.get(language)
    description = Description.model_validate(
        {"name": reading.document.id, "kind": reading.profile.document_type.value, "language": known}
    )
    return AnsweredDocument(description, passages, labels)


def _correct(row: LabelRow, answers: Sequence[Answer]) -> LabelRow:
    given = {each.goal for each in answers if each.speaks_for_it}
    taken = {each.goal for each in answers if not each.speaks_for_it}
    goals = (*(goal for goal in row.goals if goal not in taken), *sorted(given - set(row.goals)))
    return row.model_copy(update={"goals": goals})


def _write_lines(rows: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_atomically(path) as file:
        file.write(text.encode("utf-8", "replace"))
