"""`compliance evaluate`: measure against gold sets."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from compliance.evaluate.folders import Evaluation


def evaluate(
    folders: Annotated[list[Path], typer.Argument(help="Gullmapper (docs/evaluate.md).", exists=True, file_okay=False)],
    json_file: Annotated[Path | None, typer.Option("--json", help="Skriv tallene som JSON til denne filen.")] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Innstillinger (TOML).")] = None,
) -> None:
    """Måler verktøyet mot gullmapper og viser én tabell."""
    from compliance.config import load_config
    from compliance.evaluate.folders import evaluate_folders
    from compliance.pipeline import read_file

    evaluation = evaluate_folders(folders, read=partial(read_file, config=load_config(config)))
    _print_table(evaluation)
    if json_file:
        json_file.write_text(json.dumps(evaluation.to_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _print_table(evaluation: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Del", "Mål", "Verdi", "90 % intervall", "n")
    for part, figures in evaluation.parts.items():
        for name, figure in figures.items():
            table.add_row(part, name, f"{figure.value:.3f}", f"{figure.low:.3f}–{figure.high:.3f}", str(figure.n))
    Console().print(table if table.rows else "Mappene har ingenting som kan måles ennå.")
