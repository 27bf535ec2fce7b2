"""A study that has nothing to do: told by a hash of all that it reads, before guidelines, rules or model are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from compliance.config import Config, hash_parts
from compliance.files import DATABASE_NAME, REPORT_NAME, hash_file
from compliance.runs.run_files import RunFiles
from compliance.runs.unchanged import describe_unchanged, hash_inputs, walk_files
from compliance.store.runs import STUDY_INPUTS, open_run
from compliance.study.files import FORM_NAME, MANIFEST_NAME, ROWS, SCORES_PATTERN, STATE_NAME
from compliance.study.result import StudyOptions, StudyResult


def find_unchanged_study(files: RunFiles, *, out: Path, config: Config, options: StudyOptions) -> StudyResult | None:
    """Return the folder's study where the same command would make the same; None where there may be work to do.

    The files are those of one folder, the corpus.
    """
    (corpus,) = files.paths
    there = (out / DATABASE_NAME).is_file() and (out / REPORT_NAME / ROWS).is_dir() and corpus.is_dir()
    if options.retry or not there:
        return None
    inputs = hash_inputs(files, config=config, prune=options.prune)
    if inputs is None:
        return None
    with open_run(out) as store:
        if store.inputs_key(STUDY_INPUTS) != add_study_inputs(inputs, corpus, out=out, options=options):
            return None
        summary = store.load_study_summary()
        run = describe_unchanged(store, files, out=out)
    beside = out / MANIFEST_NAME
    return StudyResult(summary, run, beside if beside.is_file() else corpus / MANIFEST_NAME)


def add_study_inputs(inputs: str, corpus: Path, *, out: Path, options: StudyOptions) -> str:
    """Return a hash of that and of what the study itself reads: manifest, places, questions, readers' values."""
    return hash_parts(
        inputs,
        options.day.isoformat(),
        options.selection.describe(),
        *(f"{path!r} {hash_file(path)}" for path in _list_files(corpus, out, options)),
    )


def _list_files(corpus: Path, out: Path, options: StudyOptions) -> Iterator[Path]:
    for folder in (corpus, out):
        yield folder / MANIFEST_NAME
        yield folder / STATE_NAME
    yield out / FORM_NAME
    yield from sorted(corpus.rglob(SCORES_PATTERN))
    if options.places is not None:
        yield options.places
    for folder in options.questions:
        yield from walk_files(folder)
