"""`compliance check`: one draft before political review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.analyse import ReportLanguage
from compliance.cli.interrupts import tell_when_interrupted
from compliance.cli.options import ConfigOption, MunicipalityOption, SummaryJsonOption, TypeOption

if TYPE_CHECKING:
    from compliance.check.check import CheckResult


def check(
    draft: Annotated[Path, typer.Argument(metavar="UTKAST", help="Utkastet: PDF, Word, HTML, Markdown eller tekst.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPPE", help="Mappen for resultatene; uten: outputs/ og navnet på utkastet."),
    ] = None,
    plans: Annotated[
        list[Path] | None,
        typer.Option("--plans", metavar="FIL", help="Kommunens egne planer, filer eller mappe (kan gjentas)."),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", metavar="FIL", help="Forrige utgave av det samme dokumentet.")
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option("--against", metavar="FIL", help="Andre kommuners planer, filer eller mappe (kan gjentas)."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FIL", help="Svar på usikre funn fra compliance serve (answers.jsonl)."),
    ] = None,
    fail_under: Annotated[
        int | None,
        typer.Option(
            "--fail-under", metavar="ANTALL", min=1, help="Avslutt med 1 når færre mål enn dette har sikkert «skal»."
        ),
    ] = None,
    lang: Annotated[ReportLanguage | None, typer.Option("--lang", help="Språket i rapporten; uten: nb.")] = None,
    municipality: MunicipalityOption = None,
    document_type: TypeOption = None,
    config: ConfigOption = None,
    as_json: SummaryJsonOption = False,
) -> None:
    """Sjekker et utkast før politisk behandling.

    Skriver en rapport (HTML og PDF), utkastet med merknader, lister i Excel og en tekst til saksframlegget.
    Avslutter med 0 når alt er lest, 1 når noe ble avvist eller --fail-under ikke er nådd, og 2 når en innstilling er
    feil.
    """
    from compliance.cli.model import prepare_default
    from compliance.cli.progress import show_progress
    from compliance.cli.second_reader import announce_second_reader
    from compliance.config import load_config, override
    from compliance.errors import SettingsError
    from compliance.files import CHECK_RUN_NAME, describe_path
    from compliance.runs.analysis_pool import open_pool

    settings = override(
        load_config(config),
        {
            "report.language": lang.value if lang else None,
            "ingest.municipality": municipality,
            "ingest.document_type": document_type,
        },
    )
    announce_second_reader(settings)
    if draft.is_dir():
        raise SettingsError(f"{describe_path(draft)}: er en mappe. Oppgi én fil; compliance analyse leser mapper.")
    folder = out or Path("outputs") / draft.stem
    with open_pool([draft], out=folder / CHECK_RUN_NAME, config=settings) as pool:
        pool.begin(draft)
        from compliance.check.check import CheckInput, check_document  # takes as long as the process takes to start

        prepare_default(settings)
        given = CheckInput(draft, tuple(plans or ()), previous, tuple(against or ()), answers)
        with show_progress() as on_progress, tell_when_interrupted(on_progress.describe_kept):
            result = check_document(given, out=folder, config=settings, on_progress=on_progress, pool=pool)
    _print(result, as_json=as_json)
    if result.rejected or (fail_under is not None and result.followed_up < fail_under):
        raise typer.Exit(1)


def _print(result: CheckResult, *, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    from compliance.cli.reading import name_rejection
    from compliance.report.views.actions import tell_action

    files = {name: str(path) for name, path in asdict(result.files).items() if path is not None}
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "verdict": result.report.verdict.sentence,
                    "followed_up": result.followed_up,
                    "remarks": [asdict(remark) for remark in result.remarks],
                    "rejected": [asdict(rejected) for rejected in result.rejected],
                    "files": files,
                },
                ensure_ascii=False,
            )
        )
        return
    typer.echo(result.report.verdict.sentence)
    for action in result.report.actions:
        typer.echo(f"– {tell_action(action)}")
    for rejected in result.rejected:
        typer.echo(f"{name_rejection(rejected)}: {rejected.id}: {rejected.detail}", err=True)
    labels = {
        "page": "Rapporten",
        "pdf": "Til utskrift",
        "annotated": "Dokumentet med merknader",
        "sheet": "Lister til Excel",
        "case_paper": "Til saksframlegget",
    }
    for name, label in labels.items():
        if name in files:
            typer.echo(f"{label}: {files[name]}")
    if result.files.pdf is None:
        typer.echo("PDF ble ikke laget: fant ingen nettleser. Skriv ut rapporten fra nettleseren i stedet.", err=True)
