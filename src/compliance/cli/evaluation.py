"""An evaluation on the terminal: its figures, its progress, and what changed since the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from compliance.evaluate.comparison import Comparison, Difference
from compliance.evaluate.flips import Flip
from compliance.evaluate.folders import Evaluation, OnProgress
from compliance.evaluate.intervals import flatten_figures
from compliance.evaluate.second_reader import ReaderMeasure

MAX_FLIPS = 40  # each way on a terminal; --markdown lists more
LOG_WIDTH = 120  # characters of a table in a CI log: no name is folded


@contextmanager
def show_sets() -> Iterator[OnProgress]:
    """Tell on stderr of each gold set that is done."""

    def on_progress(name: str, done: int, total: int) -> None:
        typer.echo(f"{done}/{total} {name}", err=True)

    yield on_progress


def print_figures(evaluation: Evaluation) -> None:
    """Print the figures with their intervals, and two readers' beside them."""
    table = Table("Mål", "Verdi", "90 % intervall", "n", "To lesere")
    table.columns[0].overflow = "fold"
    readers = dict(flatten_figures(evaluation.agreement))
    for name, figure in flatten_figures(evaluation.parts):
        other = f"{readers[name].value:.3f}" if name in readers else ""
        table.add_row(escape(name), f"{figure.value:.3f}", f"{figure.low:.3f}–{figure.high:.3f}", str(figure.n), other)
    _open_console().print(table if table.rows else "Mappene har ingenting som kan måles.")


def print_second_reader(measured: ReaderMeasure) -> None:
    """Print how good a second reader is, what it could not be asked, and whether to use it."""
    table = Table("Mål", "Verdi", "90 % intervall", "n")
    for name, figure in flatten_figures(measured.figures):
        table.add_row(escape(name), f"{figure.value:.3f}", f"{figure.low:.3f}–{figure.high:.3f}", str(figure.n))
    if table.rows:
        _open_console().print(table)
    for line in measured.describe():
        typer.echo(line)


def print_comparison(comparison: Comparison) -> None:
    """Print what changed since the baseline; on stderr the figures that became worse."""
    changed = [each for each in comparison.differences if each.gain or each.is_worse]
    if changed:
        _open_console().print(_make_table(changed))
    typer.echo(comparison.describe())
    _print_flips("Fra rett til galt", [each for each in comparison.flips if each.is_worse])
    _print_flips("Fra galt til rett", [each for each in comparison.flips if not each.is_worse])
    if comparison.worse:
        typer.echo("Feil: dårligere enn grunnlinjen, med mer enn toleransen:", err=True)
        for each in comparison.worse:
            typer.echo(f"  {each.describe()}", err=True)
        typer.echo("Er det som det skal være, skriv en ny grunnlinje med --json.", err=True)


def _open_console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=LOG_WIDTH)


def _make_table(differences: Sequence[Difference]) -> Table:
    table = Table("Mål", "Før", "Nå", "Bedring, 90 %", "Toleranse", "")
    table.columns[0].overflow = "fold"
    for each in differences:
        interval = f"{each.low:+.3f} til {each.high:+.3f}"
        verdict = "dårligere" if each.is_worse else "ok"
        table.add_row(
            escape(each.path), f"{each.before:.3f}", f"{each.now:.3f}", interval, f"{each.tolerance:g}", verdict
        )
    return table


def _print_flips(title: str, flips: Sequence[Flip]) -> None:
    if flips:
        typer.echo(f"{title}: {len(flips)}")
    for each in flips[:MAX_FLIPS]:
        typer.echo(f"  {each.describe()}")
    if len(flips) > MAX_FLIPS:
        typer.echo(f"  … og {len(flips) - MAX_FLIPS} til (--markdown viser flere)")
