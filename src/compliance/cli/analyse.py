"""`compliance analyse`: the whole road, from files to a report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def analyse(
    paths: Annotated[list[Path], typer.Argument(help="Filer eller mapper.")],
    out: Annotated[Path, typer.Option("--out", help="Mappen for resultatene, for eksempel outputs/navn.")],
) -> None:
    """Analyserer dokumentene og skriver en rapport."""
    raise typer.Exit(1)
