"""`compliance ingest`: what was read of a file, before anything is judged."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.options import FILES_HELP, ConfigOption, MunicipalityOption, TypeOption


class Layout(StrEnum):
    """How the layout of a PDF is understood."""

    FAST = "fast"
    NEURAL = "neural"


def ingest(
    files: Annotated[list[Path], typer.Argument(metavar="FIL", help=FILES_HELP)],
    as_json: Annotated[bool, typer.Option("--json", help="Skriv ett JSON-objekt per avsnitt.")] = False,
    furniture: Annotated[
        bool, typer.Option("--furniture", help="Ta med topptekst, bunntekst, sidetall og innholdsfortegnelse.")
    ] = False,
    layout: Annotated[
        Layout | None, typer.Option("--layout", help="Hvordan oppsettet i en PDF leses; uten: fast.")
    ] = None,
    municipality: MunicipalityOption = None,
    document_type: TypeOption = None,
    config: ConfigOption = None,
) -> None:
    """Leser filer og viser hva som ble lest.

    Det er avsnitt, overskrifter og tabeller, og hva slags dokument det er, for hvilken kommune og når.

    Avslutter med 0 når alle filene ble lest, 1 når noen ble avvist, og 2 når en innstilling er feil.
    """
    from compliance.cli.reading import print_overview, print_rejection, write_reading
    from compliance.config import load_config, override
    from compliance.ingest.discover import discover_files
    from compliance.records import Rejected
    from compliance.runs.isolation import read_each

    settings = override(
        load_config(config),
        {
            "ingest.layout": layout.value if layout else None,
            "ingest.municipality": municipality,
            "ingest.document_type": document_type,
        },
    )
    found = discover_files(files)
    rejected = list(found.rejected)
    for each in rejected:
        print_rejection(each)
    for _, reading in read_each(found.files, config=settings):
        if isinstance(reading, Rejected):
            print_rejection(reading)
            rejected.append(reading)
        elif as_json:
            write_reading(reading, with_furniture=furniture)
        else:
            print_overview(reading, with_furniture=furniture)
    if rejected:
        raise typer.Exit(1)
