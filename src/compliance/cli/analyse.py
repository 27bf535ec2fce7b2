"""`compliance analyse`: the whole road, from files to a report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.interrupts import tell_when_interrupted
from compliance.cli.options import FILES_HELP, ConfigOption, MunicipalityOption, SummaryJsonOption, TypeOption

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.runs.result import RunResult
    from compliance.runs.run_files import RunFiles


class ReportLanguage(StrEnum):
    """Languages that the report can be written in."""

    NB = "nb"
    NN = "nn"
    EN = "en"


def analyse(
    paths: Annotated[list[Path], typer.Argument(metavar="FIL", help=FILES_HELP)],
    out: Annotated[
        Path, typer.Option("--out", metavar="MAPPE", help="Mappen for resultatene, for eksempel outputs/navn.")
    ],
    guidelines: Annotated[
        list[str] | None,
        typer.Option(
            "--guidelines", metavar="SETT", help="Retningslinjesett, atskilt med komma; uten: standardsettene."
        ),
    ] = None,
    reference: Annotated[
        list[Path] | None,
        typer.Option("--reference", metavar="FIL", help="Dokument å sammenligne ordlyden med (kan gjentas)."),
    ] = None,
    lang: Annotated[ReportLanguage | None, typer.Option("--lang", help="Språket i rapporten; uten: nb.")] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="MODELL", help="Språkmodell: navn eller mappe.")
    ] = None,
    municipality: MunicipalityOption = None,
    document_type: TypeOption = None,
    prune: Annotated[bool, typer.Option("--prune", help="Ta dokumenter som ikke er oppgitt nå, ut av mappen.")] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Prøv også filer som før ble lagt til side (for lang tid, for mye minne).")
    ] = False,
    config: ConfigOption = None,
    as_json: SummaryJsonOption = False,
) -> None:
    """Analyserer dokumenter og skriver en rapport.

    Dokumenter fra tidligere kjøringer blir liggende i mappen og er med i rapporten. Avbrutt arbeid fortsetter der det
    slapp.

    Avslutter med 0 når alle filene ble analysert, 1 når noen ble avvist, og 2 når en innstilling er feil.
    """
    from compliance.cli.summary import print_summary
    from compliance.config import load_config, override
    from compliance.runs.run_files import RunFiles
    from compliance.runs.unchanged import find_unchanged_run

    settings = override(
        load_config(config),
        {
            "guidelines.sets": tuple(name for names in guidelines for name in names.split(",")) if guidelines else None,
            "guidelines.references": tuple(reference) if reference else None,
            "report.language": lang.value if lang else None,
            "model.name": model,
            "ingest.municipality": municipality,
            "ingest.document_type": document_type,
        },
    )
    files = RunFiles(paths)
    outcome = find_unchanged_run(files, out=out, config=settings, prune=prune, retry=retry)
    if outcome is None:
        outcome = _analyse(files, out, settings, prune=prune, retry=retry)
    print_summary(outcome, as_json=as_json)
    if outcome.rejected:
        raise typer.Exit(1)


def _analyse(files: RunFiles, out: Path, settings: Config, *, prune: bool, retry: bool) -> RunResult:
    from compliance.cli.model import prepare_default
    from compliance.cli.progress import show_progress
    from compliance.cli.second_reader import announce_second_reader
    from compliance.runs.analysis_pool import open_pool
    from compliance.text.embedding.threads import loads_without_threads

    announce_second_reader(settings)
    if not loads_without_threads(settings.model):
        prepare_default(settings)  # before any process is started: each would measure how fast this machine is
    with open_pool(files.found.files, out=out, config=settings, stays=True) as pool:
        from compliance.runs.run import analyse_changed  # takes as long as the processes take to start

        prepare_default(settings)
        with show_progress() as on_progress, tell_when_interrupted(on_progress.describe_kept):
            return analyse_changed(files, out=out, pool=pool, on_progress=on_progress, prune=prune, retry=retry)
