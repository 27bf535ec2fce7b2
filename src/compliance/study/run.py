"""`compliance study`: analyse what has changed in a corpus, and write the study of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliance import __version__
from compliance.config import Config, hash_parts, override
from compliance.errors import SettingsError
from compliance.files import describe_path, hash_file
from compliance.guidelines.questions import load_questions
from compliance.records import Reading, Task
from compliance.records.study import CorpusRemark, RemarkKind
from compliance.resources import load_resources
from compliance.runs.result import Progress, RunResult, ignore_progress
from compliance.runs.run import analyse_files
from compliance.runs.run_files import RunFiles
from compliance.runs.unchanged import hash_inputs
from compliance.store.runs import STUDY_INPUTS, open_run
from compliance.study.agreement import compare_readers, read_form, write_form
from compliance.study.build import StudyInput, make_study
from compliance.study.corpus.folder import CorpusFiles, list_corpus, read_cells
from compliance.study.corpus.manifest import Manifest, fill_in, read_manifest, write_manifest
from compliance.study.corpus.places import Joined, load_places
from compliance.study.files import MANIFEST_NAME, ROWS, SCORES_PATTERN, STATE_NAME
from compliance.study.page.view import make_view
from compliance.study.page.write import write_study_pages
from compliance.study.result import StudyOptions, StudyResult
from compliance.study.unchanged import add_study_inputs, find_unchanged_study

DEFAULTS = StudyOptions()
# Those that a study looks at: what speaks for goals and elements, what binds, and whose words they are.
STUDY_TASKS = (Task.GOALS, Task.ELEMENTS, Task.LEVEL, Task.ATTRIBUTION)


def run_study(
    corpus: Path | RunFiles,
    *,
    out: Path,
    config: Config,
    options: StudyOptions = DEFAULTS,
    on_progress: Progress = ignore_progress,
) -> StudyResult:
    """Analyse a corpus folder into the folder `out`, save the study of it there and fill in the manifest.

    Only files that are new, changed or corrected are analysed. Raises SettingsError where the manifest or the settings
    are wrong, before any work is done.
    """
    held = corpus if isinstance(corpus, RunFiles) else RunFiles([corpus])
    (corpus,) = held.paths
    as_before = find_unchanged_study(held, out=out, config=config, options=options)
    if as_before is not None:
        return as_before
    files, held_in = list_corpus(corpus), _choose_manifest(corpus, out)
    manifest = read_manifest(held_in)
    joined, questions = load_places(options.places), load_questions(options.questions)
    if not files.files:
        raise SettingsError(f"{describe_path(corpus)}: fant ingen dokumenter.")
    inputs = hash_inputs(held, config=config, prune=options.prune)
    documents = RunFiles(tuple(files.files.values()), hashed=held.contents)
    corrected = override(config, {"corpus.corrections": manifest.list_corrections()})
    run = analyse_files(
        documents,
        out=out,
        config=corrected,
        on_progress=on_progress,
        prune=options.prune,
        retry=options.retry,
    )
    scores = [hash_file(path) for path in sorted(corpus.rglob(SCORES_PATTERN))]
    given_key = _Key(options, joined, tuple(map(repr, (*files.remarks, *run.rejected, *questions, *scores))))
    if _is_unchanged(out, run, key=given_key, manifest=manifest):
        return _finish(run, held_in / MANIFEST_NAME, _Inputs(inputs, corpus, options))
    with open_run(out) as store:
        results, shares = store.load_results(tasks=STUDY_TASKS), store.load_text_shares()
    filled = _fill_manifest(manifest, files, documents.contents, results.readings)
    written, unwritten = _write_manifest(corpus, out, filled)
    rejected = [CorpusRemark(RemarkKind.REJECTED, each.id, each.detail) for each in run.rejected]
    resources, form = load_resources(corrected), read_form(out)
    given = StudyInput(
        results=results,
        shares=shares,
        manifest=filled,
        joined=joined,
        as_of=options.day,
        corpus=corpus.resolve().name,
        selection=options.selection,
        remarks=(*files.remarks, *rejected, *unwritten),
        filled=form,
        agreement=tuple(compare_readers(corpus, results, _name_documents(filled, results.readings))),
    )
    study = make_study(given, rules=resources.rules, guidelines=resources.guidelines, questions=questions)
    with open_run(out) as store:
        store.save_study(study, key=given_key.make(str(store.corpus_key()), filled, form))
    sets = resources.guidelines_of(results.readings)
    write_form(
        out,
        study.sample,
        names={each.id: each.name for each in study.municipalities},
        labels={(each.subject, each.id): each.name for each in make_view(study, results, sets).list_labels()},
    )
    write_study_pages(study, results, folder=run.report.parent, guidelines=sets, questions=questions)
    return _finish(run, written, _Inputs(inputs, corpus, options))


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What decides whether the same command would have anything to do."""

    analysis: str | None  # a hash of what the analysis read
    corpus: Path
    options: StudyOptions


def _finish(run: RunResult, manifest: Path, inputs: _Inputs) -> StudyResult:
    """Note that the study has nothing left to do, where its run has not, and return what it ends with."""
    with open_run(run.folder) as store:
        if inputs.analysis is not None and store.inputs_key() is not None:
            key = add_study_inputs(inputs.analysis, inputs.corpus, out=run.folder, options=inputs.options)
            store.set_inputs_key(key, STUDY_INPUTS)
        return StudyResult(store.load_study_summary(), run, manifest)


def _name_documents(manifest: Manifest, readings: Sequence[Reading]) -> dict[str, str]:
    """Return each document's file in the corpus, by the document's id."""
    files = {row["sha256"]: row["file"] for row in manifest.rows}
    return {each.document.id: files[each.document.sha256] for each in readings if each.document.sha256 in files}


@dataclass(frozen=True, slots=True)
class _Key:
    """What a study depends on beside the corpus, its manifest and the form."""

    options: StudyOptions
    joined: Joined
    told: tuple[str, ...]  # what was left out of the corpus, and the questions

    def make(self, corpus_key: str, manifest: Manifest, filled: Mapping[str, int]) -> str:
        """Return a hash of all that the study depends on."""
        return hash_parts(
            __version__,
            corpus_key,
            self.options.day.isoformat(),
            self.options.selection.describe(),
            *self.told,
            repr([[row[column] for column in manifest.columns] for row in manifest.rows]),
            repr(sorted((name, sorted(said.items())) for name, said in self.joined.items())),
            repr(sorted(filled.items())),
        )


def _is_unchanged(out: Path, run: RunResult, *, key: _Key, manifest: Manifest) -> bool:
    """Whether nothing that the folder's study depends on has changed and its pages are there."""
    if not (run.report.parent / ROWS).is_dir():
        return False
    with open_run(out) as store:
        return store.study_key() == key.make(str(store.corpus_key()), manifest, read_form(out))


def _fill_manifest(
    manifest: Manifest, files: CorpusFiles, contents: Mapping[Path, str | None], readings: Sequence[Reading]
) -> Manifest:
    """Return the manifest with what was read of each document; files that could not be read have a row too."""
    by_hash = {each.document.sha256: each for each in readings}
    read = {}
    for name, path in files.files.items():
        sha256 = contents[path] or ""
        reading = by_hash.get(sha256)
        read[name] = (sha256, read_cells(reading) if reading else {})
    return fill_in(manifest, read)


def _choose_manifest(corpus: Path, out: Path) -> Path:
    """Return the folder whose manifest counts: the corpus, or the results' where a manifest was changed there later.

    It is in the results' folder only where the corpus could not be written to.
    """
    inside, beside = corpus / MANIFEST_NAME, out / MANIFEST_NAME
    if not beside.is_file():
        return corpus
    return out if not inside.is_file() or beside.stat().st_mtime > inside.stat().st_mtime else corpus


def _write_manifest(corpus: Path, out: Path, manifest: Manifest) -> tuple[Path, tuple[CorpusRemark, ...]]:
    """Write the manifest into the corpus, or beside the results where the corpus can only be read; tell which."""
    try:
        path = write_manifest(corpus, manifest)
    except SettingsError:
        path = write_manifest(out, manifest)
        detail = f"Korpuset kan bare leses. Manifestet ligger i resultatmappen ({describe_path(path)}). Rett det der."
        return path, (CorpusRemark(RemarkKind.MANIFEST_BESIDE, path.name, detail),)
    for name in (MANIFEST_NAME, STATE_NAME):  # from when the corpus could only be read
        (out / name).unlink(missing_ok=True)
    return path, ()
