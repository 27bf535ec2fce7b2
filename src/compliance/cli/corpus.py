"""`compliance corpus`: the documents of a study, and what is known of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.norwegian import Command, Group
from compliance.cli.options import ConfigOption, JsonOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.records.study import CorpusRemark

app = typer.Typer(
    cls=Group, help="Samler dokumentene til en studie i en mappe, med manifest.csv.", no_args_is_help=True
)

CorpusArgument = Annotated[Path, typer.Argument(metavar="MAPPE", help="Mappen med dokumentene.")]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATO", help="Studiedatoen; uten: i dag.")]
PlacesOption = Annotated[
    Path | None,
    typer.Option("--places", metavar="FIL", help="CSV med kommunenummer og innbyggere eller sentralitet."),
]
PopulationOption = Annotated[
    str | None, typer.Option("--population", metavar="SPENN", help="Bare kommuner med 25000.. eller 5000..25000.")
]
CountyOption = Annotated[
    list[str] | None, typer.Option("--county", metavar="FYLKE", help="Bare kommuner i fylket (kan gjentas).")
]


def read_day(written: str | None) -> date | None:
    """Return the day of an option; raises SettingsError where it is none."""
    from compliance.errors import SettingsError

    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise SettingsError(f"--as-of: «{written}» er ingen dato. Skriv 2020-09-30.") from error


@app.command("init", cls=Command)
def init(folder: CorpusArgument, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Lager manifest.csv, eller fyller det ut for nye filer. Det du selv har skrevet, blir stående."""
    from compliance.config import load_config
    from compliance.study.corpus.folder import update_manifest

    folder.mkdir(parents=True, exist_ok=True)
    manifest, remarks = update_manifest(folder, config=load_config(config))
    if as_json:
        _echo_json({"rows": [dict(row.cells) for row in manifest.rows], "remarks": [asdict(each) for each in remarks]})
        return
    typer.echo(
        f"{folder / 'manifest.csv'}: {len(manifest.rows)} rader. Rett det som er feil, og kjør compliance study."
    )
    _print_remarks(remarks)


@app.command("add", cls=Command)
def add(
    folder: CorpusArgument,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FIL", help="Dokumenter, eller ZIP med dokumenter.")
    ] = None,
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="NUMMER", help="Kommunenummer eller navn.")
    ] = "",
    document_type: Annotated[str, typer.Option("--type", metavar="TYPE", help="Dokumenttypen.")] = "",
    status: Annotated[
        str, typer.Option("--status", metavar="STATUS", help="vedtatt, utkast, under arbeid, finnes ikke, ikke svart.")
    ] = "",
    period: Annotated[str, typer.Option("--period", metavar="ÅR-ÅR", help="Planperioden.")] = "",
    adopted: Annotated[str, typer.Option("--adopted", metavar="DATO", help="Når den ble vedtatt.")] = "",
    url: Annotated[str, typer.Option("--url", metavar="ADRESSE", help="Hvor dokumentet er hentet.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="KILDE", help="Hvem som har gitt det.")] = "",
    licence: Annotated[str, typer.Option("--licence", metavar="LISENS", help="Hva det kan brukes til.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEKST", help="Merknad.")] = "",
    config: ConfigOption = None,
) -> None:
    """Kopierer dokumenter inn i mappen, eller noterer et svar der det ikke finnes noe dokument.

    Uten filer: «compliance corpus add MAPPE --municipality 1106 --type digitaliseringsstrategi --status "ikke svart"».
    """
    from compliance.config import load_config
    from compliance.errors import SettingsError
    from compliance.files import describe_path
    from compliance.study.corpus.folder import add_answer, add_documents, list_left_out

    said = {
        "municipality_number": municipality,
        "type": document_type,
        "status": status,
        "period": period,
        "adopted": adopted,
        "url": url,
        "source": source,
        "licence": licence,
        "note": note,
    }
    if files:
        for name in add_documents(folder, files, said=said, config=load_config(config)):
            typer.echo(name)
        for path in files:
            for name in list_left_out(path):
                typer.echo(f"Ikke tatt med fra {describe_path(path)}: {describe_path(name)}", err=True)
    elif municipality and status:
        add_answer(folder, said)
        typer.echo(f"{municipality}: {document_type or 'alle typer'}: {status}")
    else:
        raise SettingsError("Oppgi filer, eller --municipality og --status for et svar uten dokument.")


@app.command("list", cls=Command)
def list_inventory(
    folder: CorpusArgument, places: PlacesOption = None, as_of: AsOfOption = None, as_json: JsonOption = False
) -> None:
    """Viser kommune × dokumenttype, med hullene og dem som ikke har svart."""
    from compliance.study.corpus.listing import list_corpus_state

    state = list_corpus_state(folder, places=places, as_of=read_day(as_of))
    if as_json:
        _echo_json([asdict(each) for each in state.inventory])
        return
    from compliance.cli.study_tables import print_inventory

    print_inventory(state)


@app.command("verify", cls=Command)
def verify(folder: CorpusArgument, as_json: JsonOption = False) -> None:
    """Sjekker filene mot manifestet: endret, borte, ukjent, dobbelt, avløst eller feil merket.

    Avslutter med 1 når en fil er endret eller borte.
    """
    from compliance.records.study import RemarkKind
    from compliance.study.corpus.listing import list_corpus_state
    from compliance.study.corpus.verify import find_superseded, verify_corpus

    remarks = (*verify_corpus(folder), *find_superseded(list_corpus_state(folder).documents))
    if as_json:
        _echo_json([asdict(each) for each in remarks])
    else:
        _print_remarks(remarks)
        typer.echo(f"{len(remarks)} merknader." if remarks else "Ingen merknader.")
    if any(each.kind in {RemarkKind.CHANGED_FILE, RemarkKind.MISSING_FILE} for each in remarks):
        raise typer.Exit(1)


@app.command("status", cls=Command)
def status(
    folder: CorpusArgument, places: PlacesOption = None, as_of: AsOfOption = None, as_json: JsonOption = False
) -> None:
    """Viser hva hver kommune har av digitaliseringsstrategi på datoen, etter manifestet.

    Hva dokumentene sier i teksten, er med etter compliance study.
    """
    from compliance.study.corpus.listing import list_corpus_state

    state = list_corpus_state(folder, places=places, as_of=read_day(as_of))
    if as_json:
        _echo_json([asdict(each) for each in state.states])
        return
    from compliance.cli.study_tables import print_states

    print_states(state.states, {each.id: each.name for each in state.places})


def _print_remarks(remarks: Sequence[CorpusRemark]) -> None:
    for each in remarks:
        typer.echo(f"{each.file + ': ' if each.file else ''}{each.detail}")


def _echo_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
