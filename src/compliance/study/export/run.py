"""`compliance export` and `compliance import`: a run folder into other programs' formats, and codings back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from compliance.config import Config
from compliance.errors import RunFolderError, SettingsError, describe_os_error
from compliance.files import DATABASE_NAME, describe_path, is_run_folder
from compliance.guidelines.criteria import load_criteria
from compliance.guidelines.load import load_guidelines
from compliance.store.runs import load_run, open_run
from compliance.study.export.codes import Code, build_codebook
from compliance.study.export.codings import code_documents
from compliance.study.export.refi import write_refi
from compliance.study.export.refi_gold import GoldImport, import_gold
from compliance.study.export.refi_xml import clean


class ExportKind(StrEnum):
    """What a run can be written as."""

    REFI = "refi"  # REFI-QDA project and codebook


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
    written: list[ExportedFile] = []
    if ExportKind.REFI in kinds:
        written += _export_refi(folder, out, config)
    return tuple(written)


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


def _export_refi(folder: Path, out: Path, config: Config) -> tuple[ExportedFile, ...]:
    with open_run(folder) as store:
        results = store.load_results()
        files = {each.id: Path(each.path) for each in store.list_documents() if each.path}
    used = {key for each in code_documents(results) for selection in each.selections for key in selection.codes}
    codes: tuple[Code, ...] = build_codebook(load_guidelines(config.guidelines), load_criteria(), used=used)
    refi = write_refi(results, codes, folder=out, files=files)
    counts = f"{refi.sources} dokumenter ({refi.pdfs} med PDF), {refi.selections} merkede steder, {refi.codings} koder"
    return (
        ExportedFile(refi.project, f"REFI-QDA-prosjekt for NVivo, ATLAS.ti, MAXQDA og QualCoder: {counts}"),
        ExportedFile(refi.codebook, "Kodeboken alene (REFI-QDA)"),
    )
