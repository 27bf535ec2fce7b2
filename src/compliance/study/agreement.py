"""How far the program and a human coder agree: weighted kappa and Krippendorff's alpha, and a sample to check by."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from compliance.errors import SettingsError
from compliance.evaluate.gold_scores import ReaderScores
from compliance.files import write_atomically
from compliance.ingest.encoding import decode_text
from compliance.records import Results, ScoreSubject
from compliance.records.study import CRITERION, Estimate, SampleItem, StudyCell
from compliance.study.files import FORM_NAME
from compliance.study.resampling import interval

COLUMNS: Final = ("id", "kommune", "hva", "sitat", "dokument", "side", "verdi", "merknad")
SAMPLE_SIZE: Final = 50  # cells: about an hour's work, and a kappa to within 0.15 or so
_SEED: Final = 20260101
_SUBJECTS: Final = {
    "goals": ScoreSubject.GOAL.value,
    "elements": ScoreSubject.ELEMENT.value,
    "criteria": CRITERION,
}

Pair = tuple[int, int]  # the program's value and the coder's


def draw_sample(cells: Sequence[StudyCell], *, size: int = SAMPLE_SIZE) -> tuple[SampleItem, ...]:
    """Return cells drawn at random, as many from each stratum of subject and value as there are of it; seeded.

    Themes are left out: they repeat a goal.
    """
    strata: dict[str, list[StudyCell]] = defaultdict(list)
    for cell in cells:
        if cell.subject != ScoreSubject.THEME.value:
            strata[f"{cell.subject} {cell.value if cell.sure else 'usikker'}"].append(cell)
    total = sum(map(len, strata.values()))
    chooser = random.Random(_SEED)
    chosen: list[tuple[str, StudyCell]] = []
    for name in sorted(strata):
        count = max(1, round(size * len(strata[name]) / total))
        chosen += [(name, each) for each in chooser.sample(strata[name], min(count, len(strata[name])))]
    return tuple(
        SampleItem(
            f"{cell.municipality}|{cell.subject}|{cell.label}",
            stratum,
            cell.municipality,
            cell.subject,
            cell.label,
            cell.value,
            cell.certainty,
            cell.document_id,
            cell.passage_id,
            cell.page,
            cell.start,
            cell.end,
            cell.quote,
        )
        for stratum, cell in chosen
    )


def write_form(
    folder: Path, sample: Sequence[SampleItem], *, names: Mapping[str, str], labels: Mapping[tuple[str, str], str]
) -> Path:
    """Write the form that a person fills in, without the program's own values; one that is begun is left alone."""
    path = folder / FORM_NAME
    if path.is_file() and read_form(folder):
        return path
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sample:
        what = f"{each.label} {labels.get((each.subject, each.label), '')}".strip()
        quote = " ".join(each.quote.split())
        place = [quote, each.document_id or "", each.page or ""]
        writer.writerow([each.id, names.get(each.municipality, each.municipality), what, *place, "", ""])
    with write_atomically(path) as stream:
        stream.write(text.getvalue().encode("utf-8-sig"))
    return path


def read_form(folder: Path) -> dict[str, int]:
    """Return the values that a person has filled in, by the cell's id. Raises SettingsError for what is no value."""
    path = folder / FORM_NAME
    if not path.is_file():
        return {}
    text = (decode_text(path.read_bytes()) or "").lstrip("\ufeff")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    values = {}
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        written = (row.get("verdi") or "").strip()
        if written:
            if written not in {"0", "1", "2", "3", "4"}:
                raise SettingsError(
                    f"{path}: {row.get('id')}: verdi «{written}» er ikke et tall fra 0 til 4.", file=path
                )
            values[str(row.get("id"))] = int(written)
    return values


def compare_form(cells: Sequence[StudyCell], filled: Mapping[str, int]) -> Iterator[Estimate]:
    """Yield how far the program agrees with the form."""
    known = {f"{cell.municipality}|{cell.subject}|{cell.label}": cell for cell in cells}
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for name, value in filled.items():
        if cell := known.get(name):
            pairs[cell.subject].append((cell.value, value))
    for subject, found in pairs.items():
        yield from _measure("kontroll", subject, found)


def find_scores(folder: Path, file: str) -> Path:
    """Return where a reader's scores of a file would lie."""
    return folder / f"{file}.scores.json"


def compare_readers(folder: Path, results: Results, files: Mapping[str, str]) -> Iterator[Estimate]:
    """Yield how far the program agrees with readers' scores that lie beside the documents: `plan.pdf.scores.json`.

    `files` has each document's file by its id; the format is that of scores.json in a gold folder (docs/evaluate.md).
    """
    own = {(each.document_id, each.subject.value, each.label): each.value for each in results.scores}
    own |= {(each.document_id, CRITERION, each.criterion): each.value for each in results.criteria}
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for document_id, file in files.items():
        path = find_scores(folder, file)
        if not path.is_file():
            continue
        try:
            read = ReaderScores.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, OSError) as error:
            raise SettingsError(f"{path}: kan ikke leses som scores.json: {error}", file=path) from error
        for part, values in read.list_cells().items():
            for label, value in values.items():
                found = own.get((document_id, _SUBJECTS[part], label))
                if found is not None:
                    pairs[_SUBJECTS[part]].append((found, value))
    for subject, found_pairs in pairs.items():
        yield from _measure("leser", subject, found_pairs)


def _measure(source: str, subject: str, pairs: Sequence[Pair]) -> Iterator[Estimate]:
    for name, figure in (("kappa", weighted_kappa), ("alpha", krippendorff_alpha)):
        low, high = interval(pairs, figure)
        method = "kvadratisk vektet kappa" if name == "kappa" else "Krippendorffs alfa, intervallskala"
        yield Estimate(f"enighet_{name}", source, subject, len(pairs), round(figure(pairs), 4), low, high, method)


def weighted_kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa with quadratic weights (Cohen 1968); 1 where both always say the same one thing."""
    one, other = np.array(pairs, dtype=float).T
    observed = np.mean((one - other) ** 2)
    expected = np.mean((one[:, None] - other[None, :]) ** 2)
    return float(1 - observed / expected) if expected else 1.0


def krippendorff_alpha(pairs: Sequence[Pair]) -> float:
    """Return Krippendorff's alpha of two coders without gaps, interval metric (Krippendorff 2011)."""
    values = np.array(pairs, dtype=float)
    observed = np.mean((values[:, 0] - values[:, 1]) ** 2)
    pooled = values.ravel()
    count = len(pooled)
    expected = np.sum((pooled[:, None] - pooled[None, :]) ** 2) / (count * (count - 1))
    return float(1 - observed / expected) if expected else 1.0
