"""`compliance evaluate`: measure against gold sets."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.evaluate.folders import Evaluation
    from compliance.evaluate.intervals import Figure, Figures


def evaluate(
    folders: Annotated[list[Path], typer.Argument(metavar="MAPPE", help="Gullmapper (docs/evaluate.md).")],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FIL", help="Skriv tallene som JSON til denne filen.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Måler verktøyet mot gullmapper og viser én tabell."""
    from compliance.config import load_config
    from compliance.evaluate.folders import System, evaluate_folders
    from compliance.pipeline import read_file
    from compliance.replacement import replace_file
    from compliance.workbench import Workbench

    settings = load_config(config)
    bench = Workbench(settings).with_default_sets()
    system = System(read=partial(read_file, config=settings), judge=bench.judge)
    evaluation = evaluate_folders(folders, system=system)
    _print_table(evaluation)
    if json_file:
        with replace_file(json_file) as file:
            file.write((json.dumps(evaluation.to_json(), indent=1, ensure_ascii=False) + "\n").encode())


def _print_table(evaluation: Evaluation) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Mål", "Verdi", "90 % intervall", "n", "To lesere")
    readers = dict(_flatten(evaluation.agreement))
    for name, figure in _flatten(evaluation.parts):
        other = f"{readers[name].value:.3f}" if name in readers else ""
        table.add_row(name, f"{figure.value:.3f}", f"{figure.low:.3f}–{figure.high:.3f}", str(figure.n), other)
    Console().print(table if table.rows else "Mappene har ingenting som kan måles.")


def _flatten(figures: Figures, prefix: str = "") -> Iterator[tuple[str, Figure]]:
    """Yield every figure with its path, less the figures by label: they stand in the JSON."""
    from compliance.evaluate.intervals import Figure

    for name, figure in figures.items():
        if isinstance(figure, Figure):
            yield prefix + name, figure
        elif name != "by_label":
            yield from _flatten(figure, f"{prefix}{name}.")
