"""Progress of a batch on the terminal: documents, pages, time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from compliance.records import Analysis, Rejected
from compliance.runs.result import Progress as OnProgress


@contextmanager
def show_progress() -> Iterator[OnProgress]:
    """Show a progress bar on stderr while the block runs; yields what the pipeline calls for each file."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("dokumenter · {task.fields[pages]} sider ·"),
        TimeElapsedColumn(),
        TextColumn("· igjen"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Forbereder", total=None, pages=0)
        pages = 0

        def on_progress(path: Path, outcome: Analysis | Rejected, total: int) -> None:
            nonlocal pages
            if isinstance(outcome, Rejected):
                console.print(f"[red]Avvist[/red] {path.name}: {outcome.detail}", highlight=False)
            else:
                pages += len(outcome.reading.document.pages)
            bar.update(task, description="Analyserer", total=total, advance=1, pages=pages)

        yield on_progress
