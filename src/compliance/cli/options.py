"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FILES_HELP = "Filer eller mapper med PDF, DOCX, HTML, Markdown eller tekst."

ConfigOption = Annotated[Path | None, typer.Option("--config", metavar="FIL", help="Innstillinger (TOML).")]
MunicipalityOption = Annotated[
    str | None, typer.Option("--municipality", metavar="NAVN", help="Kommunen dokumentene gjelder.")
]
TypeOption = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="Dokumenttypen, for eksempel samfunnsdel.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Skriv JSON.")]
SummaryJsonOption = Annotated[bool, typer.Option("--json", help="Skriv sammendraget som JSON.")]
