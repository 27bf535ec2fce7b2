"""`compliance export` and `compliance import`: results to other programs, and people's codings back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from compliance.study.export.run import ExportKind


def export(
    run: Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen fra compliance study eller compliance analyse.")],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen for filene.")],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="FORMAT",
            help="Bare dette formatet: xlsx, parquet, csv, refi, pictures eller methods (kan gjentas).",
        ),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Skriver resultatene for Excel, R, Python, NVivo og andre programmer, med bilder og metodevedlegg.

    Uten --only skrives alle formatene.
    """
    from compliance.config import load_config
    from compliance.study.export.run import export_run

    written = export_run(run, out=out, config=load_config(config), kinds=_read_kinds(only))
    if as_json:
        typer.echo(json.dumps([{"path": str(each.path), "content": each.content} for each in written]))
    else:
        for each in written:
            typer.echo(f"{each.path}: {each.content}")


def import_(
    project: Annotated[
        Path,
        typer.Argument(metavar="FIL", help="REFI-QDA-prosjekt (.qdpx) fra NVivo, ATLAS.ti, MAXQDA eller QualCoder."),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPPE", help="Mappen for gullsettene.")],
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAVN", help="Hvem sine koder som gjelder, når flere har kodet.")
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="MAPPE", help="Analysen prosjektet kom fra: avsnittene blir da de samme."),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Gjør det personer har kodet i et REFI-QDA-prosjekt til gullsett for compliance evaluate og train.

    Sier hva som ikke har noen plass i et gullsett. To kodere blir to leseres merkelapper.
    """
    from compliance.config import load_config
    from compliance.study.export.run import import_codings

    found = import_codings(project, out=out, config=load_config(config), coder=coder, run=run)
    if as_json:
        sets = [{"folder": str(each.folder), "passages": each.passages, "coded": each.labelled} for each in found.sets]
        left_out = {each.what: each.times for each in found.unmapped}
        typer.echo(json.dumps({"sets": sets, "coders": found.coders, "left_out": left_out}, ensure_ascii=False))
        return
    for each in found.sets:
        typer.echo(f"{each.folder}: {each.passages} avsnitt, {each.labelled} er kodet")
    typer.echo(f"Koder fra {' og '.join(found.coders)}")
    for left in found.unmapped:
        typer.echo(f"Ikke med ({left.times} ganger): {left.what}", err=True)


def _read_kinds(only: list[str] | None) -> tuple[ExportKind, ...]:
    from compliance.errors import SettingsError
    from compliance.study.export.run import ExportKind

    known = {each.value for each in ExportKind}
    unknown = [each for each in only or () if each not in known]
    if unknown:
        raise SettingsError(f"--only: ukjent format «{unknown[0]}»; velg blant {', '.join(sorted(known))}")
    return tuple(ExportKind(each) for each in only) if only else tuple(ExportKind)
