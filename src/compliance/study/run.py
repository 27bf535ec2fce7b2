"""`compliance study`: analyse what has changed in a corpus, and write the study of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from compliance import __version__
from compliance.config import Config, hash_parts, override
from compliance.errors import SettingsError
from compliance.files import describe_path, hash_file
from compliance.guidelines.questions import QuestionSet, load_questions
from compliance.guidelines.sets import GuidelineSet
from compliance.records.study import CorpusRemark, RemarkKind, Study
from compliance.resources import load_resources
from compliance.runs.analysis_pool import AnalysisPool, open_pool
from compliance.runs.result import Progress, RunResult, ignore_progress
from compliance.runs.run import analyse_changed
from compliance.runs.run_files import RunFiles
from compliance.runs.unchanged import find_unchanged_run, hash_inputs
from compliance.store.runs import STUDY_INPUTS, RunStore, open_run
from compliance.study.agreement import compare_readers, find_scores, read_form, write_form
from compliance.study.build import StudyInput, make_study
from compliance.study.corpus.folder import CorpusFiles, list_corpus, read_cells
from compliance.study.corpus.manifest import Manifest, fill_in, read_manifest, write_manifest
from compliance.study.corpus.places import Joined, load_places
from compliance.study.files import MANIFEST_NAME, ROWS, SCORES_PATTERN, STATE_NAME
from compliance.study.page.view import make_view
from compliance.study.page.write import Behind, write_study_pages
from compliance.study.placing import Place
from compliance.study.result import StudyOptions, StudyResult
from compliance.study.source import Outlined, StudySource
from compliance.study.unchanged import add_study_inputs, find_unchanged_study

DEFAULTS = StudyOptions()


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
    as_before = find_unchanged_study(held, out=out, config=config, options=options)
    if as_before is not None:
        return as_before
    with open_study(held, out=out, config=config, options=options) as make:
        return make(on_progress)


@contextmanager
def open_study(
    files: RunFiles, *, out: Path, config: Config, options: StudyOptions = DEFAULTS
) -> Iterator[Callable[[Progress], StudyResult]]:
    """Read what decides the study of a corpus folder and start what analyses it; give what makes it, once.

    Opened before anything else runs in this process, the first process that analyses is a copy of it
    (`compliance.runs.copying.can_copy`). Raises SettingsError where the manifest or the settings are wrong.
    """
    planned = _plan(files, out=out, config=config, options=options)
    with open_pool(planned.documents.found.files, out=out, config=planned.config, stays=True) as pool:
        yield partial(_make, planned, pool)


@dataclass(frozen=True, slots=True)
class _Planned:
    """What a study is made from, before any document is read."""

    corpus: Path
    out: Path
    options: StudyOptions
    config: Config  # with what the manifest corrects
    files: CorpusFiles
    documents: RunFiles
    manifest: Manifest
    held_in: Path  # the manifest's folder
    joined: Joined
    questions: tuple[QuestionSet, ...]
    inputs: _Inputs


def _plan(held: RunFiles, *, out: Path, config: Config, options: StudyOptions) -> _Planned:
    (corpus,) = held.paths
    files, held_in = list_corpus(corpus), _choose_manifest(corpus, out)
    manifest = read_manifest(held_in)
    joined, questions = load_places(options.places), load_questions(options.questions)
    if not files.files:
        raise SettingsError(f"{describe_path(corpus)}: fant ingen dokumenter.")
    return _Planned(
        corpus,
        out,
        options,
        config=override(config, {"corpus.corrections": manifest.list_corrections()}),
        files=files,
        documents=RunFiles(tuple(files.files.values()), hashed=held.contents),
        manifest=manifest,
        held_in=held_in,
        joined=joined,
        questions=tuple(questions),
        inputs=_Inputs(hash_inputs(held, config=config, prune=options.prune), corpus, options),
    )


def _make(planned: _Planned, pool: AnalysisPool, on_progress: Progress) -> StudyResult:
    """Analyse what has changed, and make and save the study where anything that it rests on has."""
    corpus, out, options, files = planned.corpus, planned.out, planned.options, planned.files
    run = _analyse(planned, pool, on_progress)
    scores = [hash_file(path) for path in sorted(corpus.rglob(SCORES_PATTERN))]
    told = tuple(map(repr, (*files.remarks, *run.rejected, *planned.questions, *scores)))
    given_key = _Key(options, planned.joined, told)
    if _is_unchanged(out, run, key=given_key, manifest=planned.manifest):
        return _finish(run, planned.held_in / MANIFEST_NAME, planned.inputs)
    rejected = [CorpusRemark(RemarkKind.REJECTED, each.id, each.detail) for each in run.rejected]
    resources, form = load_resources(planned.config), read_form(out)
    with open_run(out) as store:
        source = StudySource(store)
        outlined = source.outline()
        filled = _fill_manifest(planned.manifest, files, planned.documents.contents, outlined)
        written, unwritten = _write_manifest(corpus, out, filled)
        read = _list_read(filled, outlined, corpus)
        given = StudyInput(
            run_id=store.load_run().id,
            settings=resources.settings_sha256,
            source=source,
            outlined=outlined,
            shares=store.load_text_shares(),
            manifest=filled,
            joined=planned.joined,
            as_of=options.day,
            corpus=corpus.resolve().name,
            selection=options.selection,
            remarks=(*files.remarks, *rejected, *unwritten),
            filled=form,
            agreement=tuple(compare_readers(corpus, store.load_results([*read], tasks=()), read)),
        )
        questions = planned.questions
        study = make_study(given, rules=resources.rules, guidelines=resources.guidelines, questions=questions)
        store.save_study(study, key=given_key.make(str(store.corpus_key()), filled, form))
        sets = resources.guidelines_of_profiles(each.profile for each in outlined.outlines)
        _write(study, store, run, guidelines=sets, questions=questions)
    return _finish(run, written, planned.inputs)


def _analyse(planned: _Planned, pool: AnalysisPool, on_progress: Progress) -> RunResult:
    documents, options = planned.documents, planned.options
    asked = {"prune": options.prune, "retry": options.retry}
    as_before = find_unchanged_run(documents, out=planned.out, config=planned.config, **asked)
    if as_before is not None:
        return as_before
    return analyse_changed(documents, out=planned.out, pool=pool, on_progress=on_progress, **asked)


def _write(
    study: Study,
    store: RunStore,
    run: RunResult,
    *,
    guidelines: Sequence[GuidelineSet],
    questions: Sequence[QuestionSet],
) -> None:
    """Write the control sample's form and the study's pages."""
    write_form(
        run.folder,
        study.sample,
        names={each.id: each.name for each in study.municipalities},
        labels={(each.subject, each.id): each.name for each in make_view(study, guidelines).list_labels()},
    )
    behind = Behind(store.load_run(), store.shared().list_passages(), _find_ties(store, study))
    kept, folder = store.study_blocks(), run.report.parent
    known = kept.load_pages()
    kept.save_pages(
        write_study_pages(study, behind, folder=folder, guidelines=guidelines, questions=questions, known=known)
    )


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


def _list_read(manifest: Manifest, outlined: Outlined, corpus: Path) -> dict[str, str]:
    """Return the file of each document that a reader's scores lie beside, by the document's id."""
    files = {row["sha256"]: row["file"] for row in manifest.rows}
    named = {each.id: files[each.sha256] for each in outlined.outlines if each.sha256 in files}
    return {document_id: file for document_id, file in named.items() if find_scores(corpus, file).is_file()}


def _find_ties(store: RunStore, study: Study) -> dict[str, Place]:
    """Return where the passages are that speak of promises again, by id."""
    ids = {tie for each in study.commitments for tie in (each.budget_passage, each.plan_passage) if tie}
    return {
        passage_id: Place(
            document_id=document_id, passage_id=passage_id, page=page, start=start, end=start + len(text), quote=text
        )
        for passage_id, document_id, start, text, page in store.shared().find_passages(ids)
    }


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
    manifest: Manifest, files: CorpusFiles, contents: Mapping[Path, str | None], outlined: Outlined
) -> Manifest:
    """Return the manifest with what was read of each document; files that could not be read have a row too."""
    by_hash = {each.sha256: each for each in outlined.outlines}
    read = {}
    for name, path in files.files.items():
        sha256 = contents[path] or ""
        outline = by_hash.get(sha256)
        read[name] = (sha256, read_cells(outline) if outline else {})
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
