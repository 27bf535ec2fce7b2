"""`compliance study`: from a corpus to the study of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.corpus import AsOfOption, CountyOption, PlacesOption, PopulationOption, read_day
from compliance.cli.interrupts import tell_when_interrupted
from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from compliance.config import Config
    from compliance.runs.run_files import RunFiles
    from compliance.study.result import StudyOptions, StudyResult


def study(
    corpus: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen med dokumentene, og manifest.csv.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="MAPPE", help="Mappen for resultatene, for eksempel outputs/navn.")
    ],
    as_of: AsOfOption = None,
    places: PlacesOption = None,
    population: PopulationOption = None,
    county: CountyOption = None,
    questions: Annotated[
        list[Path] | None, typer.Option("--questions", metavar="MAPPE", help="Mappe med egne spørsmål (kan gjentas).")
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Prøv også filer som før ble lagt til side (for lang tid, for mye minne).")
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="ANTALL", min=1, help="Hvor mange prosesser som analyserer.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADRESSE", help="Dask-klynge å analysere på: tcp://vert:8786, eller local."),
    ] = None,
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv status og funn som JSON.")] = False,
) -> None:
    """Analyserer det som er nytt eller rettet i et korpus, og lager studien av det.

    Avbrutt arbeid fortsetter der det slapp. Avslutter med 0 når alle filene ble analysert, 1 når noen ble avvist, og 2
    når en innstilling eller manifestet er feil.
    """
    from compliance.runs.copying import stay_single

    stay_single()
    from compliance.cli.study_tables import print_states
    from compliance.config import load_config, override
    from compliance.runs.run_files import RunFiles
    from compliance.study.corpus.selection import make_selection
    from compliance.study.result import StudyOptions
    from compliance.study.unchanged import find_unchanged_study

    settings = override(load_config(config), {"run.processes": workers, "run.cluster": cluster})
    options = StudyOptions(
        as_of=read_day(as_of),
        places=places,
        selection=make_selection(population, county or ()),
        questions=tuple(questions or ()),
        retry=retry,
    )
    files = RunFiles([corpus])
    result = find_unchanged_study(files, out=out, config=settings, options=options)
    if result is None:
        result = _make_study(files, out, settings, options)
    made = result.summary
    if as_json:
        described = {
            "states": [asdict(each) for each in made.states],
            "findings": [asdict(each) for each in made.findings],
        }
        typer.echo(json.dumps({**described, "remarks": [asdict(each) for each in made.remarks]}, ensure_ascii=False))
    else:
        print_states(made.states, {each.id: each.name for each in made.municipalities})
        for finding in made.findings:
            typer.echo(finding.text)
        for remark in made.remarks:
            typer.echo(f"{remark.file + ': ' if remark.file else ''}{remark.detail}", err=True)
        typer.echo(f"Studien: {result.run.report}")
    if result.run.rejected:
        raise typer.Exit(1)


def _make_study(files: RunFiles, out: Path, settings: Config, options: StudyOptions) -> StudyResult:
    from compliance.cli.model import prepare_default
    from compliance.cli.progress import show_progress
    from compliance.cli.second_reader import announce_second_reader
    from compliance.study.run import open_study

    prepare_default(settings)
    announce_second_reader(settings)
    # What it starts first: a process with a progress bar has a thread that draws it, and cannot be copied.
    with (
        open_study(files, out=out, config=settings, options=options) as make,
        show_progress() as on_progress,
        tell_when_interrupted(on_progress.describe_kept),
    ):
        return make(on_progress)
