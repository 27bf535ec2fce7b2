"""`compliance export` and `compliance import`: a run folder into other programs' formats, and codings back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias

from compliance.config import Config
from compliance.errors import RunFolderError, SettingsError, describe_os_error
from compliance.files import DATABASE_NAME, describe_path, is_run_folder
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.load import load_guidelines
from compliance.guidelines.themes import load_themes
from compliance.records import Task
from compliance.report.views.method import load_measured
from compliance.resources import load_resources
from compliance.store.exports import FileFormat
from compliance.store.runs import RunStore, load_run, open_run
from compliance.study.export.codes import build_codebook
from compliance.study.export.codings import code_documents
from compliance.study.export.methods import MethodsInput, write_methods
from compliance.study.export.packages import write_package
from compliance.study.export.pictures import PictureInput, write_pictures
from compliance.study.export.refi import write_refi
from compliance.study.export.refi_gold import GoldImport, import_gold
from compliance.study.export.refi_xml import clean
from compliance.study.export.workbook import WorkbookInput, write_workbook


class ExportKind(StrEnum):
    """What a run can be written as."""

    XLSX = "xlsx"  # workbook
    PARQUET = "parquet"
    CSV = "csv"
    REFI = "refi"  # REFI-QDA project and codebook
    PICTURES = "pictures"  # SVG and PNG with captions
    METHODS = "methods"  # methods appendix, Markdown and Word


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that was written, and what is in it, in Norwegian."""

    path: Path
    content: str


def export_run(
    folder: Path, *, out: Path, config: Config, kinds: Collection[ExportKind] = tuple(ExportKind)
) -> tuple[ExportedFile, ...]:
    """Write a run, and the study of it where there is one, in each of the formats into the folder `out`.

    Raises RunFolderError where no run has been made into the folder, SettingsError where a file cannot be written.
    """
    if not is_run_folder(folder):
        raise RunFolderError(f"{describe_path(folder)}: her er det ikke laget noen analyse ({DATABASE_NAME} mangler).")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"{out}: mappen kan ikke lages ({describe_os_error(error)}).", file=out) from error
    with open_run(folder) as store:
        return tuple(written for kind in ExportKind if kind in kinds for written in EXPORTERS[kind](store, out, config))


def import_codings(
    path: Path, *, out: Path, config: Config, coder: str | None = None, run: Path | None = None
) -> GoldImport:
    """Write the codings of a REFI-QDA project as gold sets into the folder `out`.

    `run` is the folder of the run that the project was exported from: texts are then cut into its passages. Raises
    SettingsError where the project cannot be read or nobody has coded it, RunFolderError where there is no such run.
    """
    guidelines = load_guidelines(config.guidelines)
    readings = load_run(run).readings if run else ()
    texts = {
        clean(each.document.text): [(passage.start, passage.end) for passage in each.passages] for each in readings
    }
    codes = build_codebook(guidelines, load_criteria())
    return import_gold(path, out=out, codes=codes, guidelines=guidelines, coder=coder, texts=texts)


def _export_workbook(store: RunStore, out: Path, config: Config) -> Iterator[ExportedFile]:
    codes = build_codebook(load_guidelines(config.guidelines), load_criteria(), themes=load_themes())
    given = WorkbookInput(store.load_run(), store.load_study(), codes)
    yield ExportedFile(
        write_workbook(given, store.views(), out / "studie.xlsx"), "Arbeidsbok med ett ark for hver tabell"
    )


def _export_parquet(store: RunStore, out: Path, _: Config) -> Iterator[ExportedFile]:
    return _export_package(store, out / "parquet", FileFormat.PARQUET)


def _export_csv(store: RunStore, out: Path, _: Config) -> Iterator[ExportedFile]:
    return _export_package(store, out / "csv", FileFormat.CSV)


def _export_package(store: RunStore, folder: Path, file_format: FileFormat) -> Iterator[ExportedFile]:
    description, *written = write_package(store.views(), folder, file_format=file_format)
    yield ExportedFile(description, f"{len(written)} tabeller som {file_format}, med forklaring av kolonnene")


def _export_refi(store: RunStore, out: Path, config: Config) -> Iterator[ExportedFile]:
    results = store.load_results()
    files = {each.id: Path(each.path) for each in store.list_documents() if each.path}
    used = {key for each in code_documents(results) for selection in each.selections for key in selection.codes}
    codes = build_codebook(load_guidelines(config.guidelines), load_criteria(), used=used)
    refi = write_refi(results, codes, folder=out, files=files)
    counts = f"{refi.sources} dokumenter ({refi.pdfs} med PDF), {refi.selections} merkede steder, {refi.codings} koder"
    yield ExportedFile(refi.project, f"REFI-QDA-prosjekt for NVivo, ATLAS.ti, MAXQDA og QualCoder: {counts}")
    yield ExportedFile(refi.codebook, "Kodeboken alene (REFI-QDA)")


def _export_pictures(store: RunStore, out: Path, config: Config) -> Iterator[ExportedFile]:
    study = store.load_study()
    if study is None:
        return
    ids = [each.id for each in store.list_documents()]
    passages = {each.document.id: len(each.passages) for each in store.load_readings(ids)}
    marked = Counter(each.document_id for each in store.load_findings(ids) if each.task is Task.LOCAL)
    given = PictureInput(
        study=study,
        codes=build_codebook(load_guidelines(config.guidelines), load_criteria(), themes=load_themes()),
        shares=store.load_text_shares(),
        local={each: marked[each] / count for each, count in passages.items() if count},
    )
    *pictures, captions = write_pictures(given, out / "bilder")
    yield ExportedFile(
        captions, f"{len(pictures)} bilder (SVG og PNG) med bildetekst og tekst for den som ikke ser dem"
    )


def _export_methods(store: RunStore, out: Path, config: Config) -> Iterator[ExportedFile]:
    run = store.load_run()
    same = load_resources(config).settings_sha256 == run.config_sha256
    given = MethodsInput(
        run=run,
        study=store.load_study(),
        documents=[each.document for each in store.load_readings([each.id for each in store.list_documents()])],
        rejected=store.load_rejected(run.id),
        settings=dict(_list_changed(config)) if same else None,
        measured=load_measured(),
    )
    for path in write_methods(given, out):
        yield ExportedFile(path, "Metodevedlegg: versjoner, innstillinger, treffsikkerhet, definisjoner og grenser")


def _list_changed(config: Config) -> Iterator[tuple[str, object]]:
    """Yield the settings that are not the default's, by their dotted names."""
    default = Config().model_dump()
    for section, values in config.model_dump().items():
        for name, value in values.items():
            if value != default[section][name]:
                yield f"{section}.{name}", value


Exporter: TypeAlias = Callable[[RunStore, Path, Config], Iterator[ExportedFile]]
EXPORTERS: Final[Mapping[ExportKind, Exporter]] = {
    ExportKind.XLSX: _export_workbook,
    ExportKind.PARQUET: _export_parquet,
    ExportKind.CSV: _export_csv,
    ExportKind.REFI: _export_refi,
    ExportKind.PICTURES: _export_pictures,
    ExportKind.METHODS: _export_methods,
}
