"""`compliance reuse`: shared wording between the documents of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.options import ConfigOption, SummaryJsonOption

if TYPE_CHECKING:
    from compliance.textreuse.corpus import OnProgress

STEPS = {"read": "Leser", "compare": "Sammenligner dokumentene", "references": "Sammenligner med referansene"}


def reuse(
    documents: Annotated[
        list[Path],
        typer.Argument(metavar="FIL", help='Filer med ett dokument på hver linje: {"id": "…", "text": "…"}.'),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Filen for funnene, ett på hver linje (JSON).")],
    reference: Annotated[
        list[Path] | None,
        typer.Option(
            "--reference",
            metavar="FIL",
            help="Dokument å sammenligne ordlyden med: PDF, DOCX, tekst, JSONL (kan gjentas).",
        ),
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            metavar="MAPPE",
            help="Mappe som husker dokumentene, så bare nye par blir sammenlignet neste gang.",
        ),
    ] = None,
    families: Annotated[
        Path | None,
        typer.Option(
            "--families", metavar="FIL", help="Filen for familiene: samme ordlyd i mange dokumenter, én på hver linje."
        ),
    ] = None,
    config: ConfigOption = None,
    as_json: SummaryJsonOption = False,
) -> None:
    """Finner ordlyd som dokumenter deler, alle mot alle.

    Svaret er det samme uansett rekkefølgen på linjene, og om dokumentene kommer på én gang eller etter hvert. Med
    --index er svaret funnene for dokumentene som er oppgitt, mot hverandre og mot alle i mappen.
    """
    from compliance.config import load_config
    from compliance.runs.compare_files import ReuseInput, ReuseOutput, find_corpus_reuse

    given = ReuseInput(documents, reference or (), index)
    with _show_steps() as on_progress:
        summary = find_corpus_reuse(
            given, out=ReuseOutput(out, families), config=load_config(config), on_progress=on_progress
        )
    if as_json:
        typer.echo(json.dumps(asdict(summary), ensure_ascii=False, indent=1))
        return
    typer.echo(
        f"{summary.documents} dokumenter og {summary.references} referanser: {summary.pairs} par deler ordlyd, "
        f"{summary.verbatim} steder ordrett og {summary.near_verbatim} nesten ordrett. Se {out}."
    )


@contextmanager
def _show_steps() -> Iterator[OnProgress]:
    """Show on stderr how far each step has come: a bar on a terminal, a line each tenth elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    told: dict[str, int] = {}
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:

        def on_progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(STEPS[step], total=total)
            bar.update(tasks[step], completed=done, total=total)
            tenths = 10 * done // max(1, total)
            if not console.is_terminal and told.get(step) != tenths:
                told[step] = tenths
                console.print(f"{STEPS[step]}: {10 * tenths} %", highlight=False)

        yield on_progress
